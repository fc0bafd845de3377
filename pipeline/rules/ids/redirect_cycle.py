"""Entries name one another as successor, in a circle.

Whoever is sent on from one never arrives: the last sends the reader back to the first.

Bad: ``avg-13`` is replaced by ``avg-14``, and ``avg-14`` by ``avg-13``

Good: ``avg-13`` is replaced by ``avg-14``, and ``avg-14`` is in force

Mend it: decide which entry is in force now, take the successor away there, and give it another
status. An entry that names itself is ``references/self``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.redirects import redirects
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@framework_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Deze pagina's vervangen elkaar in een kring: {circle}.",
        en="These entries replace one another in a circle: {circle}.",
    ),
    help=Text(
        nl="De lezer komt nergens aan. Kies welke pagina nu geldt, en haal daar de opvolger weg.",
        en="Readers never arrive. Choose which entry is in force now, and take its successor away.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Report each circle once, at its first step."""
    for first, *others in redirects(framework).circles():
        codes = [edge.origin.code for edge in (first, *others, first)]
        yield Problem(
            location=first.location,
            field=first.field,
            parameters={"circle": " → ".join(codes)},
            related=tuple(edge.location for edge in others),
        )
