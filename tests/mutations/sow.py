"""Place mistakes in pages: one to five a page, no two that get in each other's way."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.mutations.seed import HERE, collected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.mutations.material import Material
    from tests.mutations.page import Page
    from tests.mutations.seed import Change, Mutation, Seed

DEFAULT: Final = int(os.environ.get("KADER_SEED", "1"))
"""The seed of the suite; another may be chosen to explore."""

MOST: Final = 5
"""Most mistakes in one page."""

TOGETHER: Final = 0.8
"""How often a mistake is put in a page that has one already."""


@dataclass(frozen=True, slots=True, eq=False)
class Sown:
    """A mistake in its page."""

    mutation: Mutation
    page: Page
    seed: Seed


class Composed(NamedTuple):
    """The text of a page with its mistakes, and where their findings must begin."""

    text: str
    marks: Mapping[int, int]


@dataclass(eq=False)
class Bed:
    """One round: pages with mistakes in them."""

    material: Material
    sown: list[Sown] = field(default_factory=list)
    left: list[Mutation] = field(default_factory=list)

    @property
    def pages(self) -> dict[str, list[Sown]]:
        """The mistakes by the page that they are in."""
        found: dict[str, list[Sown]] = {}
        for each in self.sown:
            found.setdefault(each.page.path, []).append(each)
        return found

    @property
    def files(self) -> dict[str, bytes]:
        """All files, with the mistakes in them."""
        files = dict(self.material.files)
        for path, sown in self.pages.items():
            files[path] = composed(sown[0].page, sown).text.encode()
        for each in self.sown:
            for path, data in each.seed.files.items():
                if data is None:
                    del files[path]
                else:
                    files[path] = data
        return files

    def add(self, mutation: Mutation, page: Page, seed: Seed) -> bool:
        """Put a mistake in a page, unless another is in its way."""
        there = [each for each in self.sown if each.page.path == page.path]
        if len(there) >= MOST or any(_in_the_way(mutation, seed, page, each) for each in there):
            return False
        touched, moved, used = _paths(self.sown)
        mine = {page.path, *seed.files}
        if touched & {*seed.files, *seed.uses} or moved & mine or used & mine:
            return False
        self.sown.append(Sown(mutation, page, seed))
        return True


BEDS: Final = 3
"""Rounds that share all kinds of mistakes, so that each finds a page."""


QUIET: Final = frozenset({"completeness/measure-missing", "completeness/example-missing", "derived/stale"})
CONFLICT: Final = "source/merge-conflict-marker"
NOTE: Final = "text/footnote"
UNREAD: Final = frozenset({"completeness", "style"})
"""Families that do not judge an entry whose fields cannot be read, or that is two versions in one."""


def beds(material: Material, seed: int, kinds: Iterable[Mutation] | None = None) -> tuple[Bed, ...]:
    """Make each kind of mistake once, in some rounds that share them."""
    chosen = list(collected() if kinds is None else kinds)
    order = [each for each in chosen if not _is_quiet(each)]
    Random(seed).shuffle(order)  # noqa: S311 - the same choices each time are what is wanted
    shares = [*(order[number::BEDS] for number in range(BEDS)), [each for each in chosen if _is_quiet(each)]]
    return tuple(sow(material, seed, share, number) for number, share in enumerate(shares))


def _is_quiet(mutation: Mutation) -> bool:
    """Whether a mistake may go unseen while any other file has one: what is lacking may stand there."""
    return mutation.family == "coverage" or mutation.rule in QUIET


def sow(material: Material, seed: int, kinds: Iterable[Mutation], number: int = 0) -> Bed:
    """Make each kind of mistake once, where that can be, in pages chosen by ``seed`` and ``number``."""
    random = Random(seed * (BEDS + 1) + number)  # noqa: S311 - the same choices each time are what is wanted
    bed = Bed(material)
    order = list(kinds)
    random.shuffle(order)
    pages = material.pages(random, seed)
    for mutation in order:
        if not any(_sow(bed, mutation, page) for page in _order(bed, pages, random)):
            bed.left.append(mutation)
    return bed


def _order(bed: Bed, pages: Sequence[Page], random: Random) -> Iterator[Page]:
    used = [each[0].page for each in bed.pages.values()]
    first = used if random.random() < TOGETHER else []
    random.shuffle(first)
    yield from first
    others = [page for page in pages if page not in first]
    random.shuffle(others)
    yield from others


def _sow(bed: Bed, mutation: Mutation, page: Page) -> bool:
    override = page.kind.overrides.get(mutation.rule)
    if override is not None and override.severity == "off":
        return False
    seed = mutation.make(page)
    return seed is not None and bed.add(mutation, page, seed)


def _paths(sown: Iterable[Sown]) -> tuple[set[str], set[str], set[str]]:
    """Give the files that mistakes are in, those that they write or take away, those that they are about."""
    moved = {path for each in sown for path in each.seed.files}
    return {each.page.path for each in sown} | moved, moved, {path for each in sown for path in each.seed.uses}


def _in_the_way(mutation: Mutation, seed: Seed, page: Page, other: Sown) -> bool:
    if "file" in {seed.breaks, other.seed.breaks} or mutation is other.mutation:
        return True
    if _tell_the_same(mutation.rule, other.mutation.rule):
        return True
    pairs = ((mutation, seed, other.mutation, other.seed), (other.mutation, other.seed, mutation, seed))
    if any(_hides(one.rule, mine, two) or _covers(mine, theirs, page) for one, mine, two, theirs in pairs):
        return True
    lines = [_lines(page, change) for change in seed.changes]
    return any(
        start <= end2 and start2 <= end
        for start, end in lines
        for start2, end2 in (_lines(page, change) for change in other.seed.changes)
    )


def _tell_the_same(one: str, two: str) -> bool:
    """Whether one finding tells both: some are told once a file, and two notes may be one that was misspelt."""
    return (one == two and one.startswith("source/")) or (one.startswith(NOTE) and two.startswith(NOTE))


def _hides(rule: str, seed: Seed, other: Mutation) -> bool:
    """Whether nobody can judge one mistake while the other is there."""
    if rule == "source/crlf":
        return other.family == "text"  # a fix ends its lines as the file does
    if rule == CONFLICT and other.rule == "text/heading-duplicate":
        return True  # the signs of a conflict make headings
    return bool(seed.breaks or rule == CONFLICT) and other.family in UNREAD


def _covers(seed: Seed, other: Seed, page: Page) -> bool:
    """Whether one mistake leaves no fields for the other."""
    return seed.breaks == "fields" and any(page.is_list or change.start < page.body for change in other.changes)


def _lines(page: Page, change: Change) -> tuple[int, int]:
    """Give the lines of a change, with the one above and the one below."""
    return page.line_of(max(0, page.line_of(change.start) - 1)), page.line_after(page.line_after(change.end))


def composed(page: Page, sown: Sequence[Sown], *, restored: int = -1, to: str | None = None) -> Composed:
    """Write a page with its mistakes; that with number ``restored`` is put right instead.

    ``to`` is then what stands for its first change; without it, the text as it was.
    """
    pieces: list[str] = []
    marks: dict[int, int] = {}
    last = length = 0
    every = [(change, number) for number, each in enumerate(sown) for change in each.seed.changes]
    for change, number in sorted(every, key=lambda pair: (pair[0].start, pair[0].end)):
        text = change.text
        if number == restored:
            right = page.text[change.start : change.end]
            text = to if to is not None and change is sown[number].seed.changes[0] else right
        kept = page.text[last : change.start]
        before, mark, after = text.partition(HERE)
        if mark:
            marks[number] = length + len(kept) + len(before)
        pieces += kept, before, after
        length += len(kept) + len(before) + len(after)
        last = change.end
    return Composed("".join((*pieces, page.text[last:])), marks)
