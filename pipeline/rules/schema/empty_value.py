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
from pipeline.rules.schema.shapes import expected_types, is_blank, place_of, schemas_at, values_in
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Node, Path
    from pipeline.model.kinds import Kind
    from pipeline.text import Location

_REMARK = lazy_pattern(r"[ \t]+#")


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Het veld “{field}” is leeg.", en="The field “{field}” is empty."),
        "required": Text(nl="Het veld “{field}” is leeg.", en="The field “{field}” is empty."),
        "item": Text(nl="Dit onderdeel van “{field}” is leeg.", en="This item of “{field}” is empty."),
        "remark": Text(
            nl="Het veld “{field}” is leeg: wat achter een hekje (#) staat, telt niet mee.",
            en="The field “{field}” is empty: what follows a number sign (#) does not count.",
        ),
    },
    help={
        "": Text(nl="Vul het in, of haal de regel weg.", en="Fill it in, or take the line away."),
        "required": Text(
            nl="Dit veld is verplicht. Vul het in.",
            en="This field is required. Fill it in.",
        ),
        "remark": Text(
            nl='Hoort het hekje bij de tekst? Zet dan de hele waarde tussen rechte aanhalingstekens (").',
            en='Is the number sign part of the text? Then put the whole value between straight quotation marks (").',
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Point at each value that is nothing, an empty text or an empty list."""
    for path, node in values_in(document, kind):
        if is_blank(node.value) and not _is_told(node) and not _may_be_empty(kind, path, node.value):
            field = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            yield Problem(
                location=_place(document, path, node),
                variant=_variant(document, kind, path, node),
                field=".".join(map(str, path)),
                parameters={"field": field},
            )


def _is_told(node: Node) -> bool:
    """Whether something stands here that the parser could not take for a value, and told so."""
    return node.value is None and node.raw.startswith(("<!--", "*", "!"))


def _place(document: Document, path: Path, node: Node) -> Location:
    return document.place_of_key(node) if isinstance(path[-1], str) else place_of(document, node)


def _variant(document: Document, kind: Kind, path: Path, node: Node) -> str:
    if isinstance(path[-1], int):
        return "item"
    if node.value is None and _REMARK.match(document.source.text, node.end):
        return "remark"
    required = any(path[-1] in schema.get("required", ()) for schema in schemas_at(kind.schema, path[:-1]))
    return "required" if required else ""


def _may_be_empty(kind: Kind, path: Path, value: object) -> bool:
    """Whether the schema says in so many words that there may be nothing here."""
    found = schemas_at(kind.schema, path)
    if value is None:
        return any("null" in expected_types(schema) for schema in found)
    return any(value in schema.get("enum", ()) or ("const" in schema and schema["const"] == value) for schema in found)
