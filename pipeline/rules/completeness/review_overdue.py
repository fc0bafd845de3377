"""Nobody has looked at an entry for a long time.

Laws change and pages move. What was right a year ago may mislead readers today. The day that
counts is the one given with ``--today``, or else that of the last commit.

Bad: ``gecontroleerd-op: 2024-01-10``, two years later

Good: a day in the past year

Mend it: hold the entry against its sources, mend what has changed, and write down the day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.guidance.conditions import value_at
from pipeline.guidance.coverage import is_past
from pipeline.rules.completeness.needs import needed
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.demands import Need
    from pipeline.model.framework import Entry, Framework


@nearby_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="De laatste controle was {days} dagen geleden, op {day}.",
        en="The last check was {days} days ago, on {day}.",
    ),
    help=Text(
        nl="Wetten en webadressen veranderen. Vergelijk dit minstens elke {within} dagen met de bronnen en zet de "
        "nieuwe datum erbij.",
        en="Laws and addresses change. Hold this against its sources every {within} days at least, and write down "
        "the new day.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Hold the day of the last check against today; time passing is never an error."""
    if not framework.today:
        return
    needs = {name: needed(kind, "completeness/review-overdue") for name, kind in framework.kinds.items()}
    for entry in framework.entries:
        for need in needs[entry.kind.name]:
            if entry.fields.keys().isdisjoint(path.partition(".")[0] for path in need.fields):
                continue
            if not entry.is_gone and need.state in {"", entry.state}:
                yield from _problems(framework, entry, need)


def _problems(framework: Framework, entry: Entry, need: Need) -> Iterator[Problem]:
    for path in need.fields:
        day = str(value_at(entry.fields, path))
        if entry.node is not None and is_past(day, need, framework):
            yield Problem(
                location=entry.document.place(entry.node.find(path.split("."))),
                field=path,
                parameters={
                    "day": day,
                    "days": (date.fromisoformat(framework.today) - date.fromisoformat(day)).days,
                    "within": need.within,
                },
            )
