"""Rows of tables cut into cells, as each of the two dialects does it.

A cell is a span of the row's text, white space included. GitHub's tables know no code in a
row: each ``|`` without a backslash ends a cell. Python-Markdown leaves one in code alone.
"""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING, Final

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = tuple[int, int]

# In Python-Markdown: an escaped backslash, an escaped run of backticks, a run, an escaped pipe, a pipe.
_MARKS = lazy_pattern(r"\\\\|\\(`++)|(`++)|\\\||(\|)")
_BORDER = lazy_pattern(r"(?<!\\)(?:\\\\)*+\|$")
_SEPARATOR: Final = frozenset("|:- ")
_PLAIN_SEPARATOR = lazy_pattern(r" *+:?-++:? *+$")


def github_cells(row: str) -> list[Cell]:
    """Cut a row as GitHub does, without the white space around it."""
    start, end = len(row) - len(row.lstrip()), len(row.rstrip())
    pipes = [at for at in _positions(row, "|", start, end) if at == start or row[at - 1] != "\\"]
    cells = _between(pipes, start, end)
    if cells and cells[0][0] == cells[0][1]:
        del cells[0]
    if cells and cells[-1][0] == cells[-1][1]:
        del cells[-1]
    return cells


def python_markdown_cells(row: str, *, bordered: bool) -> list[Cell]:
    """Cut a row as Python-Markdown does; ``bordered`` tells that the table's head has a pipe at an end."""
    start, end = len(row) - len(row.lstrip(" ")), len(row.rstrip(" "))
    if bordered and row.startswith("|", start):
        start += 1
    if bordered and start < end and _BORDER.search(row, start, end):
        end -= 1
    return _between(_pipes(row, start, end), start, end)


def has_border(row: str) -> bool:
    """Whether the head of a table has a pipe at one of its ends (Python-Markdown)."""
    row = row.strip(" ")
    return row.startswith("|") or _BORDER.search(row) is not None


def is_table(head: str, separator: str, rest: Sequence[str]) -> bool:
    """Whether these rows are a table to Python-Markdown."""
    if "|" not in head:
        return False
    bordered = has_border(head)
    count = len(python_markdown_cells(head, bordered=bordered))
    if count == 1 and not (bordered and all(has_border(row) for row in (separator, *rest))):
        return False
    cells = python_markdown_cells(separator, bordered=bordered)
    return len(cells) == count and all(set(separator[start:end]) <= _SEPARATOR for start, end in cells)


def is_separator(row: str) -> bool:
    """Whether a row is the line of hyphens that a table needs below its head."""
    cells = github_cells(row)
    return "|" in row and bool(cells) and all(_PLAIN_SEPARATOR.match(row[start:end]) for start, end in cells)


def _pipes(row: str, start: int, end: int) -> list[int]:
    """Give the places of pipes that end a cell: those outside code."""
    pipes: list[int] = []
    runs: list[tuple[int, int, int, int]] = []  # start, end, size as an end, size as a beginning
    by_size: dict[int, list[int]] = {}
    for match in _MARKS.finditer(row, start, end):
        if match[3]:
            pipes.append(match.start())
        elif match[1] or match[2]:
            size = len(match[1] or match[2])
            by_size.setdefault(size, []).append(len(runs))
            runs.append((match.start(), match.end() - 1, size, size - bool(match[1])))
    code: list[Cell] = []
    at = 0
    while at < len(runs):
        same = by_size.get(runs[at][3], [])
        mate = bisect.bisect_right(same, at)
        if runs[at][3] and mate < len(same):
            code.append((runs[at][0], runs[same[mate]][1]))
            at = same[mate]
        at += 1
    firsts = [first for first, _ in code]
    return [pipe for pipe in pipes if not _inside(pipe, firsts, code)]


def _inside(pipe: int, firsts: list[int], code: list[Cell]) -> bool:
    index = bisect.bisect_right(firsts, pipe) - 1
    return index >= 0 and pipe <= code[index][1]


def _positions(row: str, char: str, start: int, end: int) -> list[int]:
    found: list[int] = []
    at = row.find(char, start, end)
    while at >= 0:
        found.append(at)
        at = row.find(char, at + 1, end)
    return found


def _between(pipes: Sequence[int], start: int, end: int) -> list[Cell]:
    edges = [start - 1, *pipes, end]
    return [(first + 1, last) for first, last in itertools.pairwise(edges)]
