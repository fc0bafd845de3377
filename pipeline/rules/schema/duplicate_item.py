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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.schema.violations import Violation


@violation_rule(
    "uniqueItems",
    severity=Severity.ERROR,
    message=Text(
        nl="“{value}” staat twee keer in deze lijst; de eerste keer op regel {line}.",
        en="“{value}” is twice in this list; the first time on line {line}.",
    ),
    help=Text(
        nl="Haal deze weg, of schrijf wat je hier bedoelde.",
        en="Take this one away, or write what you meant here.",
    ),
)
def check(violation: Violation) -> Iterator[Problem]:
    """Point at each item that came before."""
    document = violation.document
    seen: list[object] = []
    for index, item in enumerate(violation.node.value):
        node = violation.node.child(index) or violation.node
        if item in seen and item is not None:
            first = violation.node.child(seen.index(item)) or violation.node
            yield Problem(
                location=document.place(node),
                field=f"{violation.field}.{index}",
                related=(document.place(first),),
                parameters={
                    "value": node.raw or str(item),
                    "line": document.place(first).begin.line,
                },
            )
        seen.append(item)
