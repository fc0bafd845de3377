"""A replaced entry names a successor that was itself replaced.

Readers are then sent on twice, and a program that follows one step ends up at a page
that no longer counts.

Bad: ``avg-13`` is replaced by ``avg-14``, and ``avg-14`` by ``avg-15``

Good: both are replaced by ``avg-15``

Mend it: name the last one in the row, which the message suggests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.redirects import name_like, redirected, redirects
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@framework_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="De opvolger “{key}” is zelf ook vervangen.",
        en="The successor “{key}” was itself replaced.",
    ),
    help=Text(
        nl="De lezer wordt nu twee keer doorgestuurd. Noem hier meteen de laatste in de rij.",
        en="Readers are sent on twice now. Name the last one in the row here.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at each successor that sends its readers on."""
    graph = redirects(framework)
    for edge in graph.edges:
        ends = graph.ends(edge.target)
        if ends:
            suggestions = tuple(name_like(edge, entry) for entry in ends)
            yield Problem(
                location=edge.location,
                field=edge.field,
                parameters={"key": edge.key, "suggestions": suggestions},
                fix=redirected(edge, ends, framework),
                related=tuple(entry.location for entry in ends),
            )
