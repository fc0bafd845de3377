"""An entry does not say who is responsible.

Where nobody is named, nobody does it. An entry may leave it to another that it names, such as
the phase it belongs to.

Bad: a measure without ``raci``, in a phase without ``raci``

Good: a measure with its own division of tasks, or in a phase that has one

Mend it: write down who is accountable and who carries it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.completeness.needs import missing_fields, needed, problem_of
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Problem
    from pipeline.model.demands import Need
    from pipeline.model.framework import Entry, Framework

RULE = "completeness/responsibility-missing"


@nearby_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="Hier ontbreekt wie verantwoordelijk is ({fields}).",
        en="This does not say who is responsible ({fields}).",
    ),
    help=Text(
        nl="Als er niemand staat, doet niemand het. Vul {names} in.",
        en="Where nobody is named, nobody does it. Fill in {names}.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look for the fields that the schema names for this rule, here or where the entry leaves it to."""
    needs = {name: needed(kind, RULE) for name, kind in framework.kinds.items()}
    for entry in framework.entries:
        for need in needs[entry.kind.name]:
            missing = missing_fields(entry, need)
            if missing and not (need.through and _is_left_to_another(framework, entry, need)):
                yield problem_of(entry, need, missing)


def _is_left_to_another(framework: Framework, entry: Entry, need: Need) -> bool:
    """Whether another entry has it, or the lack is told there."""
    if need.through not in entry.fields:
        return need.through in entry.kind.schema.get("required", ())
    for reference in framework.outgoing(entry):
        if reference.path[:1] == (need.through,):
            target = reference.target
            if target is None or target.node is None or needed(target.kind, RULE):
                return True
            return not missing_fields(target, need)
    return True
