"""An entry lacks what the framework means every entry of its kind to have.

The framework is meant to be whole: a measure for every requirement, an instrument in every
phase. Nothing is wrong with the entry itself; there is work left to do around it. The figure
says for how many the same thing is in order.

Bad: a phase without an instrument

Good: at least one instrument names the phase

Mend it: add what is lacking. If that cannot be done now, write the gap down in the file with
accepted gaps, with the reason; it is then no longer reported.
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
    severity=Severity.NOTICE,
    message=Text(
        nl="Hier hoort nog bij: {what} ({name}: {covered} van de {total} zijn in orde).",
        en="Still needed here: {what} ({name}: {covered} of {total} are in order).",
    ),
    help={
        "": Text(nl="{label} Vul aan wat ontbreekt.", en="{label} Add what is lacking."),
        "accept": Text(
            nl="{label} Vul aan wat ontbreekt. Kan dat nu niet, zet het gat dan met de reden in {file}.",
            en="{label} Add what is lacking. If that cannot be done now, write the gap and the reason in {file}.",
        ),
    },
    worsens_when_new=True,
)
def check(framework: Framework) -> Iterator[Problem]:
    """Tell the gaps of the measures that have no rule of their own."""
    yield from problems_of(framework, "coverage/gap")
