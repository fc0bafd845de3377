"""What the framework covers: for each measure, how many entries have what they need.

The measures stand in ``framework.json``. An entry that is kept for its id only neither needs
nor gives anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.guidance.conditions import holds, value_at
from pipeline.guidance.relations import Relations
from pipeline.guidance.scenarios import unmet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.demands import Measure, Need
    from pipeline.model.framework import Entry, Framework, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A need that is not met, and how much of it there is."""

    need: Need
    count: int = 0


class Gap(NamedTuple):
    """An entry that lacks something; ``partner`` is where it names the entry that it lacks it for."""

    measure: Measure
    entry: Entry
    partner: Reference | None = None
    lacks: tuple[Lack, ...] = ()

    @property
    def partner_id(self) -> str:
        """The id of the entry that it lacks it for, or nothing."""
        target = self.partner.target if self.partner else None
        return target.id if target else ""


class Figure(NamedTuple):
    """A measure, how many it counts and which of them lack something.

    ``counted`` are the ids of its entries; with ``each``, an entry counts more than once.
    """

    measure: Measure
    total: int
    gaps: tuple[Gap, ...]
    counted: frozenset[str]

    @property
    def covered(self) -> int:
        """How many lack nothing."""
        return self.total - len(self.gaps)


@lru_cache(maxsize=1)
def figures(framework: Framework) -> tuple[Figure, ...]:
    """Measure the framework."""
    measures = framework.settings.demands.coverage
    needs = [need for measure in measures for need in measure.needs]
    needs += [measure.alone.need for measure in measures if measure.alone]
    relations = Relations(framework, [name for need in needs for name in need.relations])
    return tuple(_figure(framework, relations, measure) for measure in measures)


def _figure(framework: Framework, relations: Relations, measure: Measure) -> Figure:
    total = 0
    gaps: list[Gap] = []
    counted: set[str] = set()
    for entry in _counted(framework, relations, measure):
        counted.add(entry.id)
        if measure.scenarios:
            total += 1
            if any(unmet(framework, entry)):
                gaps.append(Gap(measure=measure, entry=entry))
            continue
        partners = _partners(framework, entry, measure.each) if measure.each else (None,)
        for partner in partners:
            total += 1
            judged = (_lack(framework, relations, entry, need, partner) for need in measure.needs)
            lacks = tuple(filter(None, judged))
            if lacks:
                gaps.append(Gap(measure=measure, entry=entry, partner=partner, lacks=lacks))
    return Figure(measure=measure, total=total, gaps=tuple(gaps), counted=frozenset(counted))


def is_there(entry: Entry) -> bool:
    """Whether an entry counts: it can be read and is not kept for its id only."""
    return entry.node is not None and not entry.is_gone


def _counted(framework: Framework, relations: Relations, measure: Measure) -> Iterator[Entry]:
    alone = _alone(framework, relations, measure)
    everybody = not measure.where and measure.alone is None
    for entry in framework.index.of_kind(measure.of):
        if is_there(entry) and (everybody or entry.id in alone or holds(measure.where, entry.fields)):
            yield entry


def _alone(framework: Framework, relations: Relations, measure: Measure) -> set[str]:
    """Give those that are the only ones to give some entry what it needs."""
    if measure.alone is None:
        return set()
    found: set[str] = set()
    for entry in framework.index.of_kind(measure.alone.of):
        givers = relations.others(entry, measure.alone.need, enough=2) if is_there(entry) else set()
        if len(givers) == 1:
            found.update(givers)
    return found


def _partners(framework: Framework, entry: Entry, field: str) -> Iterator[Reference]:
    for reference in framework.outgoing(entry):
        if reference.path[:1] == (field,) and reference.target is not None:
            yield reference


def _lack(
    framework: Framework, relations: Relations, entry: Entry, need: Need, partner: Reference | None
) -> Lack | None:
    if need.relations:
        count = len(relations.others(entry, need, partner, enough=need.least))
        return Lack(need=need, count=count) if count < need.least else None
    values = [value_at(entry.fields, field) for field in need.fields]
    late = need.within > 0 and any(is_past(str(value), need, framework) for value in values)
    return Lack(need=need) if late or None in values else None


def is_past(day: str, need: Need, framework: Framework) -> bool:
    """Whether a day is too long ago; never where it is no day, or nobody says what day it is."""
    try:
        return (date.fromisoformat(framework.today) - date.fromisoformat(day)).days > need.within
    except ValueError:
        return False
