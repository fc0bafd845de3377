"""Patches as a unified diff, for people; what git understands as long as nothing is escaped."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from itertools import accumulate, takewhile
from operator import eq
from typing import TYPE_CHECKING, Final

from pipeline.fixing.patch import applied
from pipeline.reports.layout import COMMAND, at_line_start, painter, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from pipeline.findings import Edit
    from pipeline.fixing.patch import Patch

CONTEXT: Final = 3
"""Lines that are shown around what changes."""

COLOURS: Final = {"-": "red", "+": "green", "@": "cyan"}


def write(patches: Iterable[Patch], stream: TextIO, *, colour: bool) -> None:
    """Write what changes in each file."""
    paint = painter(colour=colour)
    for patch in patches:
        stream.writelines(f"{line}\n" for line in _file(patch, paint))


@dataclass(slots=True)
class _Change:
    """Lines ``first`` to ``last`` (exclusive, from 0) that become other lines."""

    first: int
    last: int
    old: Sequence[str]
    new: Sequence[str]


def _file(patch: Patch, paint: Callable[..., str]) -> Iterator[str]:
    old, new = _name(f"a/{patch.path}"), _name(f"b/{patch.new_path}")
    if patch.path != patch.new_path:
        yield paint(f"diff --git {old} {new}", bold=True)
        yield paint(f"rename from {_name(patch.path)}", bold=True)
        yield paint(f"rename to {_name(patch.new_path)}", bold=True)
    lines = _lines(patch.source.text)
    hunks = list(_hunks(_changes(patch, lines)))
    if not hunks:
        return
    yield paint(f"--- {'/dev/null' if patch.created else old}", bold=True)
    yield paint(f"+++ {new}", bold=True)
    shift = 0
    for hunk in hunks:
        yield from (_painted(line, paint) for line in _hunk(hunk, lines, shift))
        shift += sum(len(each.new) - len(each.old) for each in hunk)


def _name(path: str) -> str:
    return printable(path)


def _lines(text: str) -> list[str]:
    """Split at line feeds alone: a carriage return is something that may change."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _changes(patch: Patch, lines: Sequence[str]) -> Iterator[_Change]:
    """Give what happens to whole lines."""
    text = patch.source.text
    starts = [0, *accumulate(map(len, lines))]
    # Past the end of a text without a last line end is its last line.
    most = len(lines) - (not text.endswith("\n") and bool(text))
    group: list[Edit] = []
    first = last = -1
    for edit in patch.edits:
        here = min(bisect.bisect_right(starts, edit.location.start) - 1, most)
        there = min(bisect.bisect_right(starts, edit.location.end), len(lines))
        if group and here > last:
            yield from _change(text, starts, group, first, last)
            group = []
        first, last = (first if group else here), there
        group.append(edit)
    if group:
        yield from _change(text, starts, group, first, last)


def _change(text: str, starts: Sequence[int], edits: Iterable[Edit], first: int, last: int) -> Iterator[_Change]:
    start, end = starts[first], starts[max(first, last)]
    old = _lines(text[start:end])
    new = _lines(applied(text, edits, start, end))
    same = _alike(old, new)
    old, new, first = old[same:], new[same:], first + same
    same = _alike(old[::-1], new[::-1])
    old, new = old[: len(old) - same], new[: len(new) - same]
    if old or new:
        yield _Change(first, first + len(old), old, new)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Give how many lines both begin with."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Put changes together whose context would overlap."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(hunk: Sequence[_Change], lines: Sequence[str], shift: int) -> Iterator[str]:
    begin = max(0, hunk[0].first - CONTEXT)
    end = min(len(lines), hunk[-1].last + CONTEXT)
    size = end - begin + sum(len(each.new) - len(each.old) for each in hunk)
    yield f"@@ -{_span(begin, end - begin)} +{_span(begin + shift, size)} @@"
    at = begin
    for change in hunk:
        yield from _marked(" ", lines[at : change.first])
        yield from _marked("-", change.old)
        yield from _marked("+", change.new)
        at = change.last
    yield from _marked(" ", lines[at:end])


def _span(first: int, count: int) -> str:
    start = first + 1 if count else first
    return f"{start}" if count == 1 else f"{start},{count}"


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield mark + _shown(line.removesuffix("\n"))
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _shown(line: str) -> str:
    """Make a line harmless; tabs may stay."""
    return COMMAND.sub(r"\1\\u005b", "\t".join(map(printable, line.split("\t"))))


def _painted(line: str, paint: Callable[..., str]) -> str:
    line = at_line_start(line)
    return paint(line, fg=COLOURS[line[0]]) if line[0] in COLOURS else line
