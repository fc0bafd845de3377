"""Spaces at the ends of lines, seen by nobody.

They make changes look larger than they are. Two spaces at the end of a line of running
text are left alone: in Markdown they start a new line, as a backslash would without the space
behind it. One notice is given for each file.

Bad: ``title: Doe een DPIA ···``

Good: ``title: Doe een DPIA``

Mend it: take the spaces away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind

# Possessive, and never from within a run: a line of a million spaces takes no longer to judge.
_TRAILING = lazy_pattern(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")
_ENDS = (" \n", "\t\n", " \r", "\t\r")


@document_rule(
    severity=Severity.NOTICE,
    message=Text(
        nl="Hier staan spaties aan het eind van de regel ({count} keer in dit bestand).",
        en="Spaces at the end of the line ({count} times in this file).",
    ),
    help=Text(
        nl="Je ziet ze niet, maar ze maken wijzigingen onoverzichtelijk. Haal ze weg.",
        en="Nobody sees them, but they clutter changes. Take them away.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Find trailing space that means nothing."""
    text = document.source.text
    if not any(end in text for end in _ENDS) and not text.endswith((" ", "\t")):
        return
    body = document.body.start if document.body else len(text)
    found = [match for match in _TRAILING.finditer(text) if not _is_line_break(match, text, body)]
    if found:
        edits = tuple(Edit(location=document.at(*match.span()), replacement="") for match in found)
        yield Problem(
            location=document.at(*found[0].span()),
            parameters={"count": len(found)},
            fix=Fix(title="␠ → “”", edits=edits, safe=True),
        )


def _is_line_break(match: re.Match[str], text: str, body: int) -> bool:
    before = text[match.start() - 1 : match.start()]
    is_break = (len(match[0]) >= len("  ") and before not in {"", "\r", "\n"}) or before == "\\"
    return match.start() >= body and is_break
