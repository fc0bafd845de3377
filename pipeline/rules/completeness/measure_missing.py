"""An entry has nothing that says what to do about it.

A requirement without a measure leaves readers with a duty and no way to meet it. A measure that
is only a condition for others, or that fits everything, does not count.

Bad: a requirement that no measure names

Good: a measure with the requirement's code in its list

Mend it: add the code to the measure that helps, or write the measure. If that cannot be done
now, write the gap down in the file with accepted gaps, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.coverage.gaps import problems_of
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Problem
    from pipeline.model.framework import Framework


@framework_rule(
    severity=Severity.WARNING,
    message=Text(nl="Hier hoort nog bij: {what}.", en="Still needed here: {what}."),
    help={
        "": Text(
            nl="De lezer weet nu wat er moet, maar niet hoe. Zet de code van deze pagina in de lijst van wat helpt.",
            en="Readers now know what must be done, but not how. Add the code of this page to the list of what helps.",
        ),
        "accept": Text(
            nl="De lezer weet nu wat er moet, maar niet hoe. Zet de code van deze pagina in de lijst van wat helpt. "
            "Kan dat nu niet, zet het gat ({name}) dan met de reden in {file}.",
            en="Readers now know what must be done, but not how. Add the code of this page to the list of what helps. "
            "If that cannot be done now, write the gap ({name}) and the reason in {file}.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Tell the gaps of the measures of coverage that name this rule."""
    yield from problems_of(framework, "completeness/measure-missing")
