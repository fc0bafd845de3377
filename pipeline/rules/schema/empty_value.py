"""A field or a list item has no value.

An empty field looks filled in to a program, and an empty item shows up as a blank line.

Bad:

    vereiste:
      -

Good:

    vereiste:
      - avg-13

Mend it: fill it in, or take the whole line away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.schema.violations import expected_types, gate, nodes_of_entries, schemas_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Het veld “{field}” is leeg.", en="The field “{field}” is empty."),
        "item": Text(nl="Dit onderdeel van “{field}” is leeg.", en="This item of “{field}” is empty."),
    },
    help=Text(nl="Vul het in, of haal de regel weg.", en="Fill it in, or take the line away."),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Point at each value that is nothing, an empty text or an empty list."""
    front = document.front
    if front is None:
        return
    is_valid = gate(kind)
    for entry in nodes_of_entries(front, kind):
        for path, node in entry.walk():
            if not path or (node.value is not None and node.value not in ("", [], {})):
                continue
            if is_valid(entry.value) and _may_be_empty(kind, path, node.value):
                continue
            field = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            item = isinstance(path[-1], int)
            yield Problem(
                location=document.place(node) if item else document.place_of_key(node),
                variant="item" if item else "",
                field=".".join(map(str, path)),
                parameters={"field": field},
            )


def _may_be_empty(kind: Kind, path: tuple[str | int, ...], value: object) -> bool:
    """Whether the schema says in so many words that there may be nothing here."""
    types = {name for schema in schemas_at(kind.schema, path) for name in expected_types(schema)}
    return value is None and "null" in types
