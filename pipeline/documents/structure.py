"""A body's blocks in the dialect of its kind, with the way back from a row to its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.documents.hide import hide
from pipeline.documents.nodes import Node
from pipeline.documents.python_markdown import TooMuchError, python_markdown_blocks
from pipeline.text import LINE_END, lazy_pattern

if TYPE_CHECKING:
    from pipeline.documents.nodes import Row
    from pipeline.text import Location, Source

_LEADING = lazy_pattern(r"[ \t>]*+")
_TAB: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """The tree of a body, and its lines with their offsets in the source."""

    source: Source
    dialect: str
    root: Node
    lines: tuple[str, ...]
    starts: tuple[int, ...]

    def offset(self, row: Row, at: int = 0) -> int:
        """Give the offset in the source of a place in a row's text."""
        line = self.lines[row[1]]
        even = line.expandtabs(_TAB).rstrip()
        text = row[0].rstrip()
        # A row is what its line ends with; a heading may have lost its closing signs.
        column = len(even) - len(text) if even.endswith(text) else max(even.find(text), 0)
        return self.starts[row[1]] + _uneven(line, column + at)

    def place(self, row: Row, first: int = 0, last: int | None = None) -> Location:
        """Give the location of a stretch of a row's text; of all of it by default."""
        end = len(row[0].rstrip()) if last is None else last
        return self.source.at(self.offset(row, first), self.offset(row, end))

    def before(self, number: int) -> str:
        """Give what stands before the text of a line: indentation and signs of quotes."""
        return _LEADING.match(self.lines[number])[0]  # type: ignore[index]

    def column(self, number: int) -> int:
        """Give how far a line is indented, in the quote it stands in."""
        return len(self.before(number).rpartition(">")[2].expandtabs(_TAB))


def _uneven(line: str, column: int) -> int:
    """Give the index in a line of a column that was counted with tabs as spaces."""
    if "\t" not in line:
        return min(column, len(line))
    at = 0
    for index, char in enumerate(line):
        if at >= column:
            return index
        at += _TAB - at % _TAB if char == "\t" else 1
    return len(line)


@lru_cache(maxsize=1)
def structure(source: Source, start: int, dialect: str) -> Structure:
    """Give the blocks of a body. Few texts need it, and then several rules do: the last is kept."""
    return read_structure(source, start, dialect)


def read_structure(source: Source, start: int, dialect: str) -> Structure:
    """Read the blocks of the body from offset ``start``; none where the text is made to be slow."""
    # Imported here: few texts need the parser of tokens again.
    from pipeline.documents.commonmark import commonmark_blocks  # noqa: PLC0415

    text = source.text
    body = text[start:]
    try:
        root = python_markdown_blocks(hide(body)) if dialect == "python-markdown" else commonmark_blocks(body)
    except (TooMuchError, RecursionError):
        root = Node("div")
    ends = [*LINE_END.finditer(text, start)]
    starts = (start, *(match.end() for match in ends))
    lines = tuple(
        text[first:last] for first, last in zip(starts, (*(match.start() for match in ends), len(text)), strict=True)
    )
    return Structure(source=source, dialect=dialect, root=root, lines=lines, starts=starts)
