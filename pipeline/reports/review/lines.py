"""Safe fixes as whole lines, which is how GitHub lets a person take them over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.compare.steps import matcher
from pipeline.fixing.patch import applied, in_order
from pipeline.reports.markdown import visible_line
from pipeline.reports.review.values import LineFix
from pipeline.text import line_starts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.findings import Edit, Fix
    from pipeline.text import Source

MOST_LINES: Final = 20
"""Most lines of a suggestion, and most that it replaces: whoever takes one over should be able to read it."""

LONGEST_LINE: Final = 2_000


def line_fix(fix: Fix | None, touched: Collection[int]) -> LineFix | None:
    """Write a safe fix as whole lines; nothing where that cannot be, or where other lines change.

    ``touched`` are the lines that the change added or edited: GitHub takes suggestions for no others.
    """
    edits = in_order(fix.edits) if fix and fix.safe else ()
    if not edits or len({edit.location.source.path for edit in edits}) > 1:
        return None
    source = edits[0].location.source
    if "\r" in source.text:  # nobody knows with which line ends GitHub would write the new lines
        return None
    first, last, end = _region(source, edits)
    lines = _lines(applied(source.text, edits, line_starts(source.text)[first - 1], end))
    before = [source.line(number) for number in range(first, last + 1)]
    if lines == before or not all(line in touched for line in range(first, last + 1)):
        return None
    shown = _can_be_shown(before) and _can_be_shown(lines)
    return LineFix(source.path, first, last, tuple(lines)) if shown else None


def touched_lines(before: str, after: str) -> frozenset[int]:
    """Give the lines of ``after`` that are not as they were; more of them where that takes too long to tell."""
    old, new = before.split("\n"), after.split("\n")
    start = _common(old, new)
    stop = _common(old[start:][::-1], new[start:][::-1])
    old, middle = old[start : len(old) - stop], new[start : len(new) - stop]
    ordered = matcher(old, middle, autojunk=True)
    codes = ordered.get_opcodes() if ordered else [("replace", 0, len(old), 0, len(middle))]
    ranges = (range(low, high) for tag, _, _, low, high in codes if tag != "equal")
    return frozenset(start + number + 1 for numbers in ranges for number in numbers)


def _region(source: Source, edits: Sequence[Edit]) -> tuple[int, int, int]:
    """Give the first and last line that edits change, and where the last one ends."""
    starts = line_starts(source.text)
    first = source.position(edits[0].location.start).line
    at = edits[-1].location.end
    last = source.position(at).line
    if at == starts[last - 1] and last > first:
        text = applied(source.text, edits, starts[first - 1], at)
        if not text or text.endswith("\n"):
            return first, last - 1, at
    return first, last, starts[last] if last < len(starts) else len(source.text)


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _can_be_shown(lines: Sequence[str]) -> bool:
    """Whether a person sees all of it: no sign that steers or hides."""
    short = len(lines) <= MOST_LINES and all(len(line) <= LONGEST_LINE for line in lines)
    return short and all(visible_line(line) == line for line in lines)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
