"""The line of a source with a place marked in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.reports.layout import COMMAND, is_narrow
from pipeline.text import LINE_END, UNSHOWABLE, display_width, visible

if TYPE_CHECKING:
    from pipeline.text import Location

TAB: Final = "→   "
CUT: Final = "…"


class Excerpt(NamedTuple):
    """A line as it is shown, and the columns (from 0) at which its mark starts and ends."""

    line: str
    start: int
    end: int


def excerpt(location: Location, room: int) -> Excerpt | None:
    """Show the line where a location begins, in at most ``room`` columns; nothing of an empty line.

    A long line is cut around the place. Tabs are shown as arrows, marked spaces as dots,
    and characters that cannot be seen as escapes. The mark is at least one column wide.
    """
    text = location.source.text
    line_start = location.start - location.begin.column + 1
    # A line can be a megabyte long: only what may fit is looked at.
    begin = max(line_start, location.start - room)
    limit = min(len(text), location.start + room + 1)
    line_end = LINE_END.search(text, location.start, limit)
    stop = line_end.start() if line_end else limit
    more = line_end is None and stop < len(text)
    segment = text[begin:stop]
    first = location.start - begin
    last = max(first, min(location.end, stop) - begin)
    if not segment.strip() and first == last:
        return None
    pieces = _pieces(segment, first, last)
    ends = [0, *accumulate(map(len if is_narrow("".join(pieces)) else display_width, pieces))]
    left, right = 0, len(pieces)
    if begin > line_start or more or max(ends[-1], ends[first] + 1) > room:
        left, right = _window(ends, first, room, cut=(begin > line_start, more))
    before = CUT if left > 0 or begin > line_start else ""
    after = CUT if right < len(pieces) or more else ""
    start = len(before) + ends[first] - ends[left]
    end = len(before) + ends[min(last, right)] - ends[left]
    return Excerpt(f"{before}{''.join(pieces[left:right])}{after}", start, max(end, start + 1))


def _pieces(segment: str, first: int, last: int) -> list[str]:
    """Give what is shown for each character."""
    pieces = list(segment)
    if UNSHOWABLE.search(segment):
        pieces = [TAB if char == "\t" else visible(char) for char in segment]
    if segment[first:last].isspace():
        # Spaces are what is wrong here, so they must be seen.
        pieces[first:last] = [_blank(char) for char in segment[first:last]]
    for match in COMMAND.finditer(segment):
        pieces[match.end() - 1] = "\\u005b"
    return pieces


def _blank(char: str) -> str:
    return {" ": "·", "\t": TAB}.get(char) or f"\\u{ord(char):04x}"


def _window(ends: list[int], first: int, room: int, *, cut: tuple[bool, bool]) -> tuple[int, int]:
    """Choose which pieces are shown, so that the place is among them with some before it."""
    tail = max(1, ends[-1] - ends[first])
    lead = max(room // 3, room - len(CUT) - tail)
    left = bisect_left(ends, ends[first] - lead, hi=first)
    room -= len(CUT) if left > 0 or cut[0] else 0
    if not cut[1] and ends[-1] - ends[left] <= room:
        return left, len(ends) - 1
    right = bisect_right(ends, ends[left] + room - len(CUT)) - 1
    return left, max(right, first)
