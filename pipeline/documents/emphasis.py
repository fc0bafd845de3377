"""Signs of emphasis that stay what they are: ``**`` and ``_`` that open or close nothing.

Pairs are made as CommonMark 6.2 makes them. Python-Markdown does the same since 3.11, but
looks at nothing but white space around a sign.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RUN = lazy_pattern(r"\\.|\*+|_+", re.DOTALL)
_MOST: Final = 2000
_BOTH: Final = 2


@dataclass(slots=True)
class Run:
    """Signs in a row. ``left`` counts those that became nothing, ``size`` all of them."""

    sign: str
    start: int
    size: int
    opens: bool
    closes: bool
    left: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + self.size


def leftovers(text: str, covered: Sequence[tuple[int, int]], *, loose: bool) -> list[Run]:
    """Give the runs of which something is left over; ``covered`` are spans without signs."""
    runs = list(_runs(text, covered, loose=loose))
    if len(runs) > _MOST:
        return []
    _pair(runs)
    return [run for run in runs if run.left]


def _runs(text: str, covered: Sequence[tuple[int, int]], *, loose: bool) -> Iterable[Run]:
    spans = iter(sorted(covered))
    first, last = next(spans, (len(text), len(text)))
    for match in _RUN.finditer(text):
        while last <= match.start() and first < len(text):
            first, last = next(spans, (len(text), len(text)))
        if first <= match.start() < last or match[0][0] == "\\":
            continue
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        opens, closes = (_loose if loose else _strict)(match[0][0], before, after)
        yield Run(match[0][0], match.start(), len(match[0]), opens, closes, len(match[0]))


def _strict(sign: str, before: str, after: str) -> tuple[bool, bool]:
    open_before, open_after = before.isspace(), after.isspace()
    marks_before, marks_after = _is_mark(before), _is_mark(after)
    opens = not open_after and (not marks_after or open_before or marks_before)
    closes = not open_before and (not marks_before or open_after or marks_after)
    if sign == "_":
        return opens and (not closes or marks_before), closes and (not opens or marks_after)
    return opens, closes


def _loose(sign: str, before: str, after: str) -> tuple[bool, bool]:
    opens, closes = not after.isspace(), not before.isspace()
    if sign == "_":
        return opens and not _is_word(before), closes and not _is_word(after)
    return opens, closes


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _pair(runs: Sequence[Run]) -> None:
    """Pair closing runs with the nearest opening ones, and count what is left of each."""
    openers: list[Run] = []
    searched: dict[tuple[str, bool, int], int] = {}  # no closer of this sort finds one below here
    for run in runs:
        if run.closes:
            sort = (run.sign, run.opens, run.size % 3)
            at = len(openers) - 1
            while run.left and at >= searched.get(sort, 0):
                opener = openers[at]
                if opener.sign == run.sign and _fit(opener, run):
                    used = _BOTH if opener.left >= _BOTH and run.left >= _BOTH else 1
                    opener.left -= used
                    run.left -= used
                    del openers[at + (opener.left > 0) :]  # what stands between is never closed
                    if opener.left:
                        continue
                at -= 1
            if run.left:
                searched[sort] = len(openers)
        if run.opens and run.left:
            openers.append(run)


def _fit(opener: Run, closer: Run) -> bool:
    """Whether two runs make a pair by the rule of three (CommonMark 6.2, 9 and 10)."""
    both = opener.closes or closer.opens
    return not both or (opener.size + closer.size) % 3 != 0 or (opener.size % 3 == 0 and closer.size % 3 == 0)
