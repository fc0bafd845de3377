"""Which other pages may feel a change: those that look up what changed, and those that are said to have meant it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.model.kinds import ANY
from pipeline.rules.registry import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Outcome
    from pipeline.recheck.change import Change
    from pipeline.recheck.matter import Said
    from pipeline.recheck.register import Register
    from pipeline.rules.rule import Rule


DUPLICATE: Final = "ids/duplicate"
"""The rule that tells the same id of several pages: where ids change, it is asked about all of those again."""

LISTING: Final = "schema/not-allowed-value"
"""The rule that lists all words that a field may have."""


def reached(change: Change, outcome: Outcome, register: Register, said: Said) -> set[str]:
    """Give the paths of the pages that have to be judged anew, the one that changed among them."""
    return {path for path in _reached(change, outcome, register, said) if path in register.lines} | {change.path}


def _reached(change: Change, outcome: Outcome, register: Register, said: Said) -> Iterator[str]:
    if change.renames:
        yield from (path for path, _ in register.going_by(change.names))
        for finding in (*outcome.findings, *outcome.hidden):
            if finding.rule == DUPLICATE:
                yield from (finding.path, *(place.source.path for place in finding.problem.related))
    if keeps_terms(change):
        kinds = (each.name for each in register.schemas.kinds.values() if each.means.get("term"))
        yield from (path for name in kinds for path in register.paths_of.get(name, ()))
    if change.renames or change.has_another_state or _is_read_by_others(change, register):
        yield from register.asking(change.names)
    if change.renames or change.has_other_headings:
        yield from register.leading(change.steps, anchored=not change.renames)
    specs = [spec for each in register.schemas.kinds.values() for spec in each.references if spec.vocabulary]
    if change.renames and any(change.kind.name in spec.to or ANY in spec.to for spec in specs):
        yield from (finding.path for finding in outcome.findings if finding.rule == LISTING)
    yield from said_otherwise(outcome, said)


def said_otherwise(outcome: Outcome, said: Said) -> Iterator[str]:
    """Give the pages of which something else is said now, by the rules about pages."""
    table: dict[str, Rule] = {}
    for finding in (*outcome.findings, *outcome.hidden):
        if finding.rule not in table:
            table[finding.rule] = rules()[finding.rule]
        if not table[finding.rule].is_wide(finding.problem) and said.otherwise(finding):
            yield finding.path


def keeps_terms(change: Change) -> bool:
    """Whether terms may have come or gone."""
    return change.kind.means.get("term") in change.fields


def _is_read_by_others(change: Change, register: Register) -> bool:
    """Whether a rule reads in one page what the fields of another say, and those changed."""
    kind, changed = change.kind, change.fields
    specs = [(each, spec) for each in register.schemas.kinds.values() for spec in each.references]
    mirrors = {spec.mirror for _, spec in specs if spec.mirror}
    own = (spec for spec in kind.references if spec.path[0] in changed)
    if not changed.isdisjoint(mirrors) or any(spec.mirror or spec.inverse for spec in own):
        return True
    through = {(each.name, need.through) for each in register.schemas.kinds.values() for need in each.needs}
    return bool(changed) and any(
        (each.name, spec.path[0]) in through and (kind.name in spec.to or ANY in spec.to) for each, spec in specs
    )
