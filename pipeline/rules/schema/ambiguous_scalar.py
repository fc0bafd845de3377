"""A value without quotation marks is read as something else than it says.

YAML takes ``2.20`` for the number 2.2, ``3:46`` for 226, ``no`` for "not true" and ``010`` for
eight. Codes and words then change without anyone noticing.

Bad: ``locator: 2.20``

Good: ``locator: "2.20"``

Mend it: put the value between straight double quotation marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.schema.shapes import printed, reads_differently, values_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Node
    from pipeline.model.kinds import Kind


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
        "answer": Text(
            nl="“{raw}” wordt zonder aanhalingstekens een antwoord (waar of niet waar), maar hier hoort een tekst.",
            en="“{raw}” without quotation marks is an answer (true or false), but a text belongs here.",
        ),
        "elsewhere": Text(
            nl="“{raw}” wordt zonder aanhalingstekens door sommige programma's gelezen als een getal.",
            en="“{raw}” without quotation marks is read as a number by some programs.",
        ),
    },
    help=Text(nl='Schrijf "{raw}", met de aanhalingstekens.', en='Write "{raw}", with the quotation marks.'),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at each plain value that is no text, or would be none elsewhere."""
    for path, node in values_in(document, kind):
        if node.plain and reads_differently(kind, path, node):
            quoted = Edit(location=document.place(node), replacement=f'"{node.raw}"')
            yield Problem(
                location=document.place(node),
                variant=_variant(node),
                field=".".join(map(str, path)),
                parameters={"raw": node.raw, "read": printed(node.value)},
                fix=Fix(title=f'{node.raw} → "{node.raw}"', edits=(quoted,), safe=True),
            )


def _variant(node: Node) -> str:
    if isinstance(node.value, str):
        return "elsewhere"
    if isinstance(node.value, bool):
        return "answer"
    return "number" if printed(node.value) == node.raw else ""
