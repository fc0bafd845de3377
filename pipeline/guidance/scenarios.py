"""Scenarios: situations with what the framework should answer, held against what it does answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.guidance.applicability import Verdict, verdict
from pipeline.guidance.conditions import value_at
from pipeline.guidance.levels import level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Entry, Framework, Reference


class Unmet(NamedTuple):
    """An expectation that the framework does not meet.

    ``expected`` and ``found`` are a verdict or a level; ``found`` is a verdict where a level
    was expected of what does not surely apply.
    """

    reference: Reference
    expected: str
    found: str


def unmet(framework: Framework, entry: Entry) -> Iterator[Unmet]:
    """Give what a scenario expects and the framework does not answer.

    What a scenario does not name is not expected: it may apply or not.
    """
    guidance = framework.settings.demands.guidance
    scenarios = guidance.scenarios if guidance else None
    profile = value_at(entry.fields, scenarios.profile) if scenarios else None
    if guidance is None or scenarios is None or not isinstance(profile, dict):
        return
    for reference in framework.outgoing(entry):
        target = reference.target
        if target is None or target.node is None:
            continue
        applies = verdict(target, profile, guidance)
        name = reference.spec.name
        if name in scenarios.verdicts:
            expected, found = scenarios.verdicts[name], applies.value
        elif name in scenarios.levels:
            expected = scenarios.levels[name]
            at_level = level(target, applies, guidance)
            found = at_level if at_level and applies is not Verdict.MAYBE else applies.value
        else:
            continue
        if found != expected:
            yield Unmet(reference=reference, expected=expected, found=found)
