"""A scenario expects something that the framework does not answer.

A scenario is a situation with what should follow from it. It tests whether the framework still
gives the right answer after a change.

Bad: a scenario that expects a requirement for a profile to which that requirement does not apply

Good: what is expected follows from the profile and from when each entry applies

Mend it: look which of the two is right. Correct the expectation or the profile, or correct the
entry that applies to the wrong situations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.guidance.applicability import Verdict
from pipeline.guidance.coverage import is_there
from pipeline.guidance.scenarios import unmet
from pipeline.rules.coverage.accepted import accepted, is_unknown
from pipeline.rules.rule import framework_rule
from pipeline.rules.schema.violations import gate
from pipeline.rules.words import label_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.guidance.scenarios import Unmet
    from pipeline.model.demands import Scenarios
    from pipeline.model.framework import Entry, Framework

VERDICTS: Final = {
    Verdict.YES.value: Text(nl="van toepassing", en="it applies"),
    Verdict.MAYBE.value: Text(nl="misschien van toepassing", en="it may apply"),
    Verdict.NO.value: Text(nl="niet van toepassing", en="it does not apply"),
}


@framework_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="“{key}” staat bij “{expected}”, maar het antwoord van het kader is: {found}.",
        en="“{key}” stands under “{expected}”, but the framework answers: {found}.",
    ),
    help=Text(
        nl="Kijk wat klopt. Verbeter de verwachting of het profiel, of verbeter bij “{title}” het veld “{field}”.",
        en="Look which is right. Correct the expectation or the profile, or the field “{field}” of “{title}”.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Hold what each scenario expects against what the framework answers."""
    guidance = framework.settings.demands.guidance
    if guidance is None or guidance.scenarios is None or is_unknown(framework):
        return
    measures = {measure.name for measure in framework.settings.demands.coverage if measure.scenarios}
    excused = {id(each.entry) for each in accepted(framework) if each.measure in measures}
    for entry in framework.index.of_kind(guidance.scenarios.kind):
        if not is_there(entry) or id(entry) in excused:
            continue
        for each in unmet(framework, entry):
            if _is_sound(entry) and each.reference.target is not None and _is_sound(each.reference.target):
                yield _problem(each, each.reference.target, guidance.scenarios, guidance.applies)


def _is_sound(entry: Entry) -> bool:
    """Whether the fields of an entry are right; else that is told, and the answer means nothing."""
    return gate(entry.kind)(entry.fields)


def _problem(each: Unmet, target: Entry, scenarios: Scenarios, applies: str) -> Problem:
    kind = each.reference.origin.kind
    level = next((path for path, level in scenarios.levels.items() if level == each.found), "")
    node = target.node.child(applies) if target.node else None
    return Problem(
        location=each.reference.location,
        field=each.reference.field,
        related=(target.document.place_of_key(node) if node else target.location,),
        parameters={
            "key": each.reference.key,
            "expected": label_at(kind, each.reference.spec.name),
            "found": VERDICTS[each.found] if each.found in VERDICTS else label_at(kind, level).lowered(),
            "title": target.title,
            "field": target.kind.label(applies),
        },
    )
