"""Which section of a body became which: by heading, else by what stands below it and by place."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from pipeline.compare.moves import share
from pipeline.compare.steps import matcher
from pipeline.compare.texts import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.compare.units import Part

ALIKE: Final = 0.5
"""Least likeness of two headings, or of the texts below them, where one became the other."""

SEARCHED: Final = 400
"""So many pairs of sections are compared; in a page of more, only headings that stayed count."""


def paired_parts(old: Sequence[Part], new: Sequence[Part]) -> list[tuple[int | None, int | None]]:
    """Pair sections by index, in the order of the new ones; those that are gone come last."""
    found = dict(_same(old, new))
    taken = set(found.values())
    gone = [index for index in range(len(old)) if index not in found]
    fresh = [index for index in range(len(new)) if index not in taken]
    found.update(_likest(old, new, gone, fresh))
    former = {now: before for before, now in found.items()}
    pairs: list[tuple[int | None, int | None]] = [(former.get(index), index) for index in range(len(new))]
    return pairs + [(index, None) for index in gone if index not in found]


def _same(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Pair those with the same heading: in their order first, then wherever they went."""
    one, other = ([part.title if part.heading else None for part in parts] for parts in (old, new))
    left: set[int] = set(range(len(old)))
    free: dict[object, deque[int]] = {}
    ordered = matcher(one, other)
    blocks = ordered.get_matching_blocks() if ordered else ()
    kept = {start + step: begin + step for start, begin, size in blocks for step in range(size)}
    yield from kept.items()
    left -= kept.keys()
    taken = set(kept.values())
    for index in range(len(new)):
        if index not in taken:
            free.setdefault(other[index], deque()).append(index)
    for index in sorted(left):
        if free.get(one[index]):
            yield index, free[one[index]].popleft()


def _likest(old: Sequence[Part], new: Sequence[Part], gone: list[int], fresh: list[int]) -> Iterator[tuple[int, int]]:
    """Pair the others of the same level by likeness, the likest first; place tells between equals."""
    if not gone or not fresh or len(gone) * len(fresh) > SEARCHED:
        return
    scored = [
        (-likeness, abs(before - now), before, now)
        for before in gone
        for now in fresh
        if (likeness := _likeness(old[before], new[now])) >= ALIKE
    ]
    done: set[tuple[str, int]] = set()
    for _, _, before, now in sorted(scored):
        if ("old", before) not in done and ("new", now) not in done:
            done |= {("old", before), ("new", now)}
            yield before, now


def _likeness(one: Part, other: Part) -> float:
    if one.heading is None or other.heading is None or one.heading.level != other.heading.level:
        return 0.0
    ordered = matcher(one.title.lower(), other.title.lower())
    titles = ordered.ratio() if ordered else 0.0
    texts = (" ".join(unit.key for unit in part.units) for part in (one, other))
    counts = [words_in(text) for text in texts]
    below = share(*counts) if all(counts) else 0.0
    return max(titles, below)
