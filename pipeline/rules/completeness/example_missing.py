"""An entry has no example from practice.

An example shows that it can be done, and how others went about it. Not every entry needs one;
these do.

Bad: a measure at the core of the framework that no example names

Good: an example with the measure's code in its list

Mend it: add the code to an example that fits, or write the example, with its source. If there is
none to be found, write the gap down in the file with accepted gaps, with the reason.
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
            nl="Met een voorbeeld ziet de lezer dat het kan, en hoe. Zet de code van deze pagina bij een voorbeeld "
            "dat past.",
            en="An example shows readers that it can be done, and how. Add the code of this page to one that fits.",
        ),
        "accept": Text(
            nl="Met een voorbeeld ziet de lezer dat het kan, en hoe. Zet de code van deze pagina bij een voorbeeld "
            "dat past. Is er geen, zet het gat ({name}) dan met de reden in {file}.",
            en="An example shows readers that it can be done, and how. Add the code of this page to one that fits. "
            "If there is none, write the gap ({name}) and the reason in {file}.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Tell the gaps of the measures of coverage that name this rule."""
    yield from problems_of(framework, "completeness/example-missing")
