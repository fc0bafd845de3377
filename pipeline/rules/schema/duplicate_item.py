"""The same item stands twice in a list.

Counts and lists on the site then show it double. Often another item was meant.

Bad: ``vereiste: [avg-13, avg-13]``

Good: ``vereiste: [avg-13, avg-10]``

Mend it: take the second one away, or write what you meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import violation_rule
from pipeline.rules.schema.edits import without_item
from pipeline.rules.schema.shapes import canonical, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Node
    from pipeline.rules.schema.violations import Violation

_LONGEST = 60


@violation_rule(
    "uniqueItems",
    severity=Severity.ERROR,
    message=Text(
        nl="“{value}” staat al in deze lijst, op regel {line}.",
        en="“{value}” is already in this list, on line {line}.",
    ),
    help=Text(
        nl="Haal deze weg, of schrijf wat je hier bedoelde.",
        en="Take this one away, or write what you meant here.",
    ),
)
def check(violation: Violation) -> Iterator[Problem]:
    """Point at each item that came before."""
    document = violation.document
    seen: dict[object, Node] = {}
    for index, node in enumerate(violation.node.items):
        if is_blank(node.value):
            continue
        first = seen.setdefault(canonical(node.value), node)
        if first is not node:
            written = " ".join((node.raw or document.place(node).text).split())
            yield Problem(
                location=document.place(node),
                field=f"{violation.field}.{index}",
                related=(document.place(first),),
                parameters={
                    "value": written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…",
                    "line": document.place(first).begin.line,
                },
                fix=without_item(document, violation.node, index),
            )
