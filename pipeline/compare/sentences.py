"""What changed in the text of a body, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.compare.changes import TextChange, Weight
from pipeline.compare.headings import paired_parts
from pipeline.compare.moves import share
from pipeline.compare.steps import matcher
from pipeline.compare.wording import weigh, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.compare.units import Part, Unit

    IsRare = Callable[[str], bool]
    Units = Sequence[Unit]
    Block = tuple[Units, Units]
    Cut = tuple[tuple[int, int], tuple[int, int]]

ALIKE: Final = 0.4
"""Least share of words in common of a sentence and the one that it became."""

SEARCHED: Final = 400
"""So many pairs of sentences of one place are compared; more are told as one change."""

LONGEST: Final = 3_000
"""Most sentences of a section that are put in order; of more, only what came and what went is known."""


class Compared(NamedTuple):
    """What changed in a text, and by old anchor the new one, empty where there is none."""

    changes: tuple[TextChange, ...]
    anchors: dict[str, str]


def compared(old: Sequence[Part], new: Sequence[Part], is_rare: IsRare) -> Compared:
    """Set the sections of two revisions of a body side by side."""
    found: list[TextChange] = []
    anchors: dict[str, str] = {}
    for before, now in paired_parts(old, new):
        one = old[before] if before is not None else None
        other = new[now] if now is not None else None
        if one is not None and one.heading is not None:
            anchors[one.heading.slug] = other.heading.slug if other is not None and other.heading else ""
        found.extend(_of_part(one, other, is_rare))
    return Compared(tuple(found), anchors)


def _of_part(old: Part | None, new: Part | None, is_rare: IsRare) -> Iterator[TextChange]:
    if old is None or new is None:
        part = old or new
        if part is not None and (part.heading or part.units):
            told = _texts(part.units) or (part.title,)
            yield TextChange(part.title, told if old else (), told if new else (), Weight.MEANING)
        return
    if old.title != new.title:
        yield TextChange(new.title, (old.title,), (new.title,), weigh(old.title, new.title, is_rare))
    one, other = ([unit.key for unit in part.units] for part in (old, new))
    if one != other:
        yield from _of_units(new.title, old.units, new.units, is_rare)


def _of_units(section: str, old: Units, new: Units, is_rare: IsRare) -> Iterator[TextChange]:
    blocks = list(_blocks(old, new))
    lost, gained = (Counter(unit.key for block in blocks for unit in block[side]) for side in (0, 1))
    moved = lost & gained
    leaving, coming = moved.copy(), moved.copy()
    aligned = [block for one, other in blocks for block in _aligned(_without(one, leaving), _without(other, coming))]
    for before, now in _rejoined(aligned):
        yield _change(section, before, now, is_rare)
    if moved:
        yield TextChange(section, _those(old, moved), _those(new, moved), Weight.EDITORIAL)


def _blocks(old: Units, new: Units) -> Iterator[Block]:
    """Give what differs between what stayed, place by place."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start].key == new[start].key:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end].key == new[-1 - end].key:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    one, other = ([unit.key for unit in units] for units in (old, new))
    ordered = matcher(one, other) if max(len(old), len(new)) <= LONGEST else None
    if ordered is None:
        lost, gained = (Counter(unit.key for unit in units) for units in (old, new))
        yield _those_units(old, lost - gained), _those_units(new, gained - lost)
        return
    for step, a, b, c, d in ordered.get_opcodes():
        if step != "equal":
            yield old[a:b], new[c:d]


def _aligned(old: Units, new: Units) -> Iterator[Block]:
    """Cut a place where sentences differ into a sentence and what it became, as far as that can be told."""
    if not old or not new or len(old) * len(new) > SEARCHED:
        if old or new:
            yield old, new
        return
    cut = _recut(old, new) or _likest(old, new)
    if cut is None and len(old) == len(new) == 1:
        yield old, new
        return
    if cut is None:
        yield old, ()
        yield (), new
        return
    (a, b), (c, d) = cut
    yield from _aligned(old[:a], new[:c])
    yield old[a:b], new[c:d]
    yield from _aligned(old[b:], new[d:])


def _recut(old: Units, new: Units) -> Cut | None:
    """Find a sentence that was cut in two, or two that were joined."""
    one, other = ([words(unit.key) for unit in units] for units in (old, new))
    for i in range(len(old)):
        for j in range(len(new)):
            if i + 1 < len(old) and one[i] + one[i + 1] == other[j]:
                return (i, i + 2), (j, j + 1)
            if j + 1 < len(new) and one[i] == other[j] + other[j + 1]:
                return (i, i + 1), (j, j + 2)
    return None


def _likest(old: Units, new: Units) -> Cut | None:
    """Find the sentences that are most alike; of several, those at the same place."""
    _, _, _, _, i, j = best = max(
        (_likeness(one, other), -abs(i - j), -(i + j), sorted((one.key, other.key)), i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
    )
    return ((i, i + 1), (j, j + 1)) if best[0] >= ALIKE else None


def _rejoined(blocks: Sequence[Block]) -> list[Block]:
    """Set sentences that came beside ones that went, where such a sentence changed and moved as well."""
    went = [block for block in blocks if len(block[0]) == 1 and not block[1]]
    came = [block for block in blocks if len(block[1]) == 1 and not block[0]]
    if not went or not came or len(went) * len(came) > SEARCHED:
        return list(blocks)
    scored = [
        (-likeness, i, j)
        for i, (old, _) in enumerate(went)
        for j, (_, new) in enumerate(came)
        if (likeness := _likeness(old[0], new[0])) >= ALIKE
    ]
    joined: dict[int, Block] = {}
    done: set[int] = set()
    for _, i, j in sorted(scored):
        if id(went[i]) not in done and id(came[j]) not in joined:
            done.add(id(went[i]))
            joined[id(came[j])] = (went[i][0], came[j][1])
    return [joined.get(id(block), block) for block in blocks if id(block) not in done]


def _likeness(one: Unit, other: Unit) -> float:
    return share(Counter(words(one.key)), Counter(words(other.key)))


def _change(section: str, old: Units, new: Units, is_rare: IsRare) -> TextChange:
    before, now = _texts(old), _texts(new)
    if before == now:  # the words stayed, and a link leads elsewhere
        before, now = (tuple(unit.led for unit in units) for units in (old, new))
    return TextChange(section, before, now, _weight(old, new, is_rare))


def _weight(old: Units, new: Units, is_rare: IsRare) -> Weight:
    one, other = (" ".join(unit.key for unit in units) for units in (old, new))
    return weigh(one, other, is_rare)


def _texts(units: Units) -> tuple[str, ...]:
    return tuple(unit.text for unit in units)


def _without(units: Units, keys: Counter[str]) -> Units:
    """Leave out units by key, each as often as it is counted."""
    kept: list[Unit] = []
    for unit in units:
        if keys[unit.key] > 0:
            keys[unit.key] -= 1
        else:
            kept.append(unit)
    return kept


def _those(units: Units, keys: Counter[str]) -> tuple[str, ...]:
    return _texts(_those_units(units, keys))


def _those_units(units: Units, keys: Counter[str]) -> Units:
    left = keys.copy()
    found: list[Unit] = []
    for unit in units:
        if left[unit.key] > 0:
            left[unit.key] -= 1
            found.append(unit)
    return found
