"""Rows of tables, and lines that were meant to be such rows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.tables import github_cells, has_border, is_separator, python_markdown_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.documents.nodes import Row
    from pipeline.documents.tables import Cell

# The signs of a separator, and what a word processor makes of hyphens.
_SEPARATING: Final = frozenset("|:-–—\u2212 ")
_MANY: Final = 3


class Grid(NamedTuple):
    """Rows that were meant as a table: ``first`` is the index of its first row in the paragraph."""

    rows: tuple[Row, ...]
    counts: tuple[int, ...]
    first: int
    separator: int
    """The index of its first separator, or -1."""


@lru_cache(maxsize=1)
def may_have_faults(text: str) -> bool:
    """Whether a text has lines with pipes that are anything but plain tables with even rows."""
    if "|" not in text:
        return False
    lines = [*text.split("\n"), ""]
    at = 0
    while at < len(lines):
        start = at
        while "|" in lines[at]:
            at += 1
        if start < at and not _is_plain(lines[start:at], lines[start - 1], lines[at]):
            return True
        at += 1
    return False


def _is_plain(rows: Sequence[str], above: str, below: str) -> bool:
    """Whether these rows are a table in both dialects, with nothing right above or below."""
    if not any(is_like(row) or is_separator_like(row) for row in rows):
        return len(rows) == 1
    if above.strip() or below.strip() or len(rows) == 1:
        return False
    counts = {len(github_cells(row)) for row in rows}
    plain = all(row.startswith("|") and row.rstrip().endswith("|") for row in rows)
    return plain and len(counts) == 1 and is_separator(rows[1]) and "`" not in "".join(rows)


def is_like(row: str) -> bool:
    """Whether a line looks like a row, with a pipe at its beginning and another one further on."""
    return row.lstrip(" ").startswith("|") and len(github_cells(row)) > 1


def is_separator_like(row: str) -> bool:
    """Whether a line was meant to separate the head of a table from its rows."""
    return "|" in row and set(row) <= _SEPARATING and not set(row) <= {"|", " ", ":"}


def grids(rows: Sequence[Row]) -> Iterator[Grid]:
    """Give the stretches of a paragraph that were meant as a table."""
    at = 0
    while at < len(rows):
        start = at
        while at < len(rows) and _belongs(rows[at][0]):
            at += 1
        if start < at:
            if start and is_separator_like(rows[start][0]) and rows[start - 1][0].lstrip(" ").startswith("|"):
                start -= 1  # a head of one cell
            texts = [text for text, _ in rows[start:at]]
            counts = tuple(len(github_cells(text)) for text in texts)
            separator = next((index for index, text in enumerate(texts) if is_separator_like(text)), -1)
            if _is_meant(texts, counts, separator):
                yield Grid(tuple(rows[start:at]), counts, start, separator)
        at += 1


def _belongs(text: str) -> bool:
    return is_like(text) or is_separator_like(text) or (" | " in text and len(github_cells(text)) > 1)


def _is_meant(texts: Sequence[str], counts: Sequence[int], separator: int) -> bool:
    """Whether these lines, one below the other, can be nothing but a table."""
    if len(texts) < 2:  # noqa: PLR2004 - a row by itself says little
        return False
    if separator >= 0 or sum(map(is_like, texts)) > 1:
        return True
    return len(set(counts)) == 1 and (len(texts) >= _MANY or counts[0] >= _MANY)


def cells(row: str, head: str, *, loose: bool) -> list[Cell]:
    """Cut a row of a table with this head; ``loose`` tells that it is Python-Markdown's."""
    return python_markdown_cells(row, bordered=has_border(head)) if loose else github_cells(row)
