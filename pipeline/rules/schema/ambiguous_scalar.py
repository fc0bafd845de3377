"""A value without quotation marks is read as something else than it says.

YAML takes ``2.20`` for the number 2.2, ``no`` for "not true" and ``010`` for eight. Codes and
words then change without anyone noticing.

Bad: ``ARK: [2.20]``

Good: ``ARK: ["2.20"]``

Mend it: put the value between double quotation marks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.schema.violations import expected_types, nodes_of_entries, schemas_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Node, Path
    from pipeline.model.kinds import Kind

# Text to PyYAML and YAML 1.1, a number to readers of YAML 1.2.
_NUMBER_ELSEWHERE = re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]+|0o[0-7]+")


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="“{raw}” wordt zonder aanhalingstekens gelezen als {read}.",
            en="“{raw}” without quotation marks is read as {read}.",
        ),
        "number": Text(
            nl="“{raw}” wordt zonder aanhalingstekens een getal, maar hier hoort een tekst.",
            en="“{raw}” without quotation marks is a number, but a text belongs here.",
        ),
    },
    help=Text(nl='Schrijf: "{raw}"', en='Write: "{raw}"'),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at each plain value that is no text, or would be none elsewhere."""
    if document.front is None:
        return
    for entry in nodes_of_entries(document.front, kind):
        for path, node in entry.walk():
            if node.plain and node.raw:
                yield from _judge(document, kind, path, node)


def _judge(document: Document, kind: Kind, path: Path, node: Node) -> Iterator[Problem]:
    value = node.value
    if value is None or (isinstance(value, str) and not _NUMBER_ELSEWHERE.fullmatch(value)):
        return
    types: set[str] = set()
    for schema in schemas_at(kind.schema, path):
        types |= expected_types(schema)
    lossy = _printed(value) != node.raw
    # Where a text is the only thing allowed, any number or truth value is a text in disguise.
    text_only = "string" in types and not types & {"number", "integer", "boolean"}
    if not text_only and (not lossy or "string" not in types):
        return
    quoted = Edit(location=document.place(node), replacement=f'"{node.raw}"')
    yield Problem(
        location=document.place(node),
        variant="" if lossy else "number",
        field=".".join(map(str, path)),
        parameters={"raw": node.raw, "read": _read(value)},
        fix=Fix(title=f'"{node.raw}"', edits=(quoted,), safe=True),
    )


def _printed(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if isinstance(value, str) else str(value)


def _read(value: object) -> str | Text:
    if isinstance(value, bool):
        return Text(nl="“waar”", en="“true”") if value else Text(nl="“niet waar”", en="“false”")
    if isinstance(value, str):
        return Text(nl="een getal", en="a number")
    return str(value)
