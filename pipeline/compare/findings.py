"""Which findings are new, which are old, and which an earlier revision had and this one has not.

Findings belong together when their home and their essence are the same; of several such,
those whose surroundings are alike. So none becomes new because another one was added before it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings import Severity, State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from pipeline.findings import Essence, Finding

AROUND: Final = 80
"""Characters before and after a place that tell it from others with the same words."""


class Comparison(NamedTuple):
    """The findings of today with their states, and the earlier ones that are solved."""

    findings: tuple[Finding, ...]
    solved: tuple[Finding, ...] = ()


def compare_findings(
    before: Iterable[Finding],
    now: Iterable[Finding],
    *,
    homes: Mapping[str, str],
    unread: Collection[str] = (),
    worsening: Collection[str] = (),
) -> Comparison:
    """Set the findings of two revisions side by side.

    ``homes`` gives the present name of an entry or file that had another one. What was found
    in a home in ``unread``, which cannot be read any more, is not known to be solved. A new
    notice of a rule in ``worsening`` becomes a warning. A finding that is now worse is new.
    """
    groups: dict[tuple[str, Essence], tuple[list[Finding], list[Finding]]] = {}
    for finding in before:
        home = homes.get(finding.home, finding.home)
        groups.setdefault((home, finding.essence), ([], []))[0].append(finding)
    for finding in now:
        groups.setdefault((finding.home, finding.essence), ([], []))[1].append(finding)
    judged: list[Finding] = []
    solved: list[Finding] = []
    for (home, _essence), (old, present) in groups.items():
        pairs = _paired(old, present)
        judged.extend(_judged(old, present, pairs, worsening))
        if home not in unread:
            solved.extend(finding for number, finding in enumerate(old) if number not in pairs.values())
    return Comparison(findings=_in_order(judged), solved=_in_order(solved))


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.order, each.fingerprint)))


def _judged(
    old: Sequence[Finding], present: Sequence[Finding], pairs: Mapping[int, int], worsening: Collection[str]
) -> Iterable[Finding]:
    """Give each present finding its state, and the fingerprint of the one it is paired with."""
    free = len(old)
    for number, finding in enumerate(present):
        earlier = pairs.get(number)
        if earlier is None:
            free += 1
            stamped = finding.stamped(free)
            worse = finding.severity is Severity.NOTICE and finding.rule in worsening
            severity = Severity.WARNING if worse else finding.severity
            yield replace(stamped, state=State.NEW, severity=severity)
        else:
            state = State.NEW if finding.severity > old[earlier].severity else State.OLD
            yield replace(finding.stamped(earlier + 1), state=state)


def _paired(old: Sequence[Finding], present: Sequence[Finding]) -> dict[int, int]:
    """Pair findings of one essence: by index in ``present``, the index in ``old``."""
    if not old or not present:
        return {}
    if len(old) == len(present) == 1:
        return {0: 0}
    pairs: dict[int, int] = {}
    left = set(range(len(old)))
    for trait in _TRAITS:
        waiting: dict[object, deque[int]] = {}
        for number in sorted(left):
            waiting.setdefault(trait(old[number]), deque()).append(number)
        for number, finding in enumerate(present):
            alike = waiting.get(trait(finding)) if number not in pairs else None
            if alike:
                pairs[number] = alike.popleft()
                left.discard(pairs[number])
    return pairs


def _before(finding: Finding) -> str:
    where = finding.problem.location
    return " ".join(where.source.text[max(0, where.start - AROUND) : where.start].split())


def _after(finding: Finding) -> str:
    where = finding.problem.location
    return " ".join(where.source.text[where.end : where.end + AROUND].split())


_TRAITS: Final[tuple[Callable[[Finding], object], ...]] = (
    lambda finding: (_before(finding), _after(finding)),
    _before,
    _after,
    lambda _finding: None,
)
