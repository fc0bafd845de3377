"""The lines end as Windows ends them.

Each line then ends with two characters, a carriage return and a line feed, where one will do.
Someone who edits the file on another computer may change every line without knowing it.
One notice is given for each file.

Bad: ``title: Doe een DPIA⟨CR⟩⟨LF⟩``

Good: ``title: Doe een DPIA⟨LF⟩``

Mend it: choose "LF" instead of "CRLF" at the bottom of your editor and save the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind

_CARRIAGE_RETURN = lazy_pattern(r"\r\n?")
_BARE_LINE_FEED = lazy_pattern(r"(?<!\r)\n")


@document_rule(
    severity=Severity.NOTICE,
    message={
        "": Text(
            nl="De regels van dit bestand eindigen op de manier van Windows (CRLF).",
            en="The lines of this file end as on Windows (CRLF).",
        ),
        "mixed": Text(
            nl="Niet alle regels van dit bestand eindigen op dezelfde manier: deze eindigt als op Windows (CRLF), "
            "net als {count} van de {lines} regels.",
            en="Not all lines of this file end in the same way: this one ends as on Windows (CRLF), "
            "as do {count} of the {lines} lines.",
        ),
    },
    help=Text(
        nl="Wie het bestand later bewerkt, wijzigt dan ongemerkt elke regel. Kies in je editor “LF” en sla op.",
        en="Whoever edits the file later then changes every line unawares. Choose “LF” in your editor and save.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Find the first carriage return, and see whether all lines have one."""
    text = document.source.text
    found = list(_CARRIAGE_RETURN.finditer(text))
    if not found:
        return
    others = sum(1 for _ in _BARE_LINE_FEED.finditer(text))
    edits = tuple(Edit(location=document.at(*match.span()), replacement="\n") for match in found)
    yield Problem(
        location=document.at(*found[0].span()),
        variant="mixed" if others else "",
        parameters={"count": len(found), "lines": len(found) + others},
        fix=Fix(title="CRLF → LF", edits=edits, safe=True),
    )
