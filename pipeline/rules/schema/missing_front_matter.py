"""A file does not begin with the block of fields that its kind needs.

Without the fields between the two lines of dashes nobody knows what the page is called or
where it belongs, so it can be neither checked nor published.

Bad: a file that begins with ``## Vereiste``.

Good:

    ---
    id: urn:nl:ak:ver:avg-13
    title: Doe vooraf een DPIA
    ---

    ## Vereiste

Mend it: put the block at the very top; copy it from an entry of the same kind, or make a
new file with ``kader new``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.text import Location


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Dit bestand begint niet met een blok gegevens tussen twee regels met ---.",
            en="This file does not begin with a block of fields between two lines of ---.",
        ),
        "empty": Text(
            nl="Het blok gegevens tussen de twee regels met --- is leeg.",
            en="The block of fields between the two lines of --- is empty.",
        ),
        "list": Text(nl="Dit bestand bevat geen lijst.", en="This file does not hold a list."),
    },
    help={
        "": Text(
            nl="Zonder die gegevens kan de pagina niet worden gepubliceerd. Zet bovenaan in elk geval: {fields}.",
            en="Without them the page cannot be published. Put at least these at the top: {fields}.",
        ),
        "list": Text(
            nl="Begin elk onderdeel op een nieuwe regel met een streepje en een spatie.",
            en="Start each entry on a new line with a hyphen and a space.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for front matter, or for the list that a list file is."""
    front = document.front
    if kind.files.layout == "list":
        if front is None or not isinstance(front.value, list):
            yield Problem(location=first_line(document), variant="list")
        return
    required = tuple(kind.schema.get("required", ()))
    if not required or kind.files.layout != "document":
        return
    if front is None:
        text = document.source.text.lstrip("\ufeff")
        variant = "empty" if text.startswith("---") else ""
        yield Problem(location=first_line(document), variant=variant, parameters={"fields": ", ".join(required)})


def first_line(document: Document) -> Location:
    """Give the place of a document's first line."""
    return document.at(0, len(document.source.line(1)))
