"""The outcome of a check, parted: what stays after a change, and what is found anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.rules.links.resolve import SEARCHED, SEARCHING
from pipeline.rules.registry import rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.documents.document import Flaw
    from pipeline.documents.outline import Moves
    from pipeline.findings import Finding, Outcome
    from pipeline.recheck.matter import Said
    from pipeline.rules.rule import Rule
    from pipeline.text import Location

NAMELESS: Final = frozenset(
    {"derived/stale", "links/label-mismatch", "references/navigation", "source/case-collision", "source/unclaimed-file"}
)
"""Rules over everything that tell of articles, files or what `pipeline.recheck.cards.Card.uses` says: not of names."""

_LINE: Final = "line"


class Plan(NamedTuple):
    """What is asked anew after a change of the file at ``path``.

    ``pages`` are judged anew, and the rules in ``again`` are asked about everything. ``said`` tells what names
    the file, and ``moves`` where its places are now: nowhere, if it is new or ``is_gone``. ``drops`` tells which
    findings in those pages are found anew, or no longer.
    """

    path: str
    pages: frozenset[str]
    again: frozenset[str]
    said: Said
    moves: Moves | None = None
    is_gone: bool = False
    drops: Callable[[Finding], bool] = lambda _: False


class Parts(NamedTuple):
    """An outcome, parted.

    ``elsewhere`` and ``aside`` are what was found and what was hidden in pages that feel nothing, ``asked`` the
    others, and ``kept`` what rules that look at everything found there.
    """

    asked: frozenset[str]
    elsewhere: list[Finding]
    aside: list[Finding]
    kept: list[Finding]


def parted(outcome: Outcome, plan: Plan) -> Parts | None:
    """Part an outcome; none where rules over everything may find something else, or it has lost its place."""
    wide, asked = Wide(outcome), set(plan.pages)
    moved: tuple[list[Finding], list[Finding]] = ([], [])
    for found, after in zip((outcome.findings, outcome.hidden), moved, strict=True):
        for finding in found:
            where, is_wide = finding.path, wide.holds(finding)
            if finding.rule in plan.again or (where == plan.path and (not is_wide or plan.is_gone)):
                continue
            if where in plan.pages and plan.drops(finding):
                continue
            now = finding if _is_apart(finding, plan.path) else _moved(finding, plan.moves) if plan.moves else None
            may_name = is_wide and where != plan.path and finding.rule not in NAMELESS
            if (is_wide and now is None) or (may_name and plan.said.otherwise(finding)):
                return None
            if now is None:
                asked.add(where)
            else:
                after.append(now)
    elsewhere, aside = ([each for each in found if each.path not in asked] for found in moved)
    kept = [each for found in moved for each in found if each.path in asked and wide.holds(each)]
    return Parts(frozenset(asked), elsewhere, aside, kept)


class Wide:
    """What was found by looking at all entries together, or was one of too many to look further."""

    def __init__(self, outcome: Outcome) -> None:
        """See whether there are too many."""
        self._crowded = SEARCHING if any(count > SEARCHED for count in outcome.searched.values()) else frozenset()
        self._rules: dict[str, Rule] = {}

    def holds(self, found: Finding | Flaw) -> bool:
        """Whether a finding is one of those."""
        if found.rule not in self._rules:
            self._rules[found.rule] = rules()[found.rule]
        return found.rule in self._crowded or self._rules[found.rule].is_wide(found.problem)


def _places(finding: Finding) -> tuple[Location, ...]:
    problem = finding.problem
    edits = problem.fix.edits if problem.fix else ()
    return (problem.location, *problem.related, *(edit.location for edit in edits))


def _is_apart(finding: Finding, path: str) -> bool:
    """Whether a finding points at no place in a file."""
    problem = finding.problem
    if problem.location.source.path == path or any(place.source.path == path for place in problem.related):
        return False
    return not problem.fix or all(edit.location.source.path != path for edit in problem.fix.edits)


def _moved(finding: Finding, moves: Moves) -> Finding | None:
    """Give a finding with all that it points at where it stands now; none where a place is lost."""
    problem = finding.problem
    edits = problem.fix.edits if problem.fix else ()
    places = [_after(place, moves) for place in _places(finding)]
    tells_line = _LINE in problem.parameters and problem.related
    mends_other = any(edit.location.source.path != finding.path for edit in edits)
    if None in places or tells_line or mends_other:
        return None
    here, *others = (place for place in places if place)
    related, anew = others[: len(problem.related)], others[len(problem.related) :]
    fix = problem.fix and problem.fix._replace(
        edits=tuple(edit._replace(location=place) for edit, place in zip(edits, anew, strict=True)),
    )
    return replace(finding, problem=replace(problem, location=here, related=tuple(related), fix=fix))


def _after(place: Location, moves: Moves) -> Location | None:
    if place.source.path != moves.path:
        return place
    span = moves.after((place.start, place.end))
    return moves.source.at(*span) if span else None
