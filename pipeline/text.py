r"""Source texts and places in them.

Offsets count characters from 0 in the text as it stands in the file: byte order mark and
carriage returns included, so that an edit at a location touches just those characters.
Lines and columns count from 1 and are computed when something is printed. A line ends at
``\n``, ``\r\n`` or ``\r``, as in CommonMark 2.1 and YAML 1.2.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

Made = TypeVar("Made")

LARGEST: Final = 1_048_576
"""Most bytes in a file of the framework."""

INCLUDED: Final = "--8<--"
"""Sign with which a site builder takes in another file, whose headings are not known here."""

_ASKED: Final = (
    *("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags"),
    *("groups", "groupindex"),
)


class _Later:
    """Compiles an expression when it is first asked something, and then answers as that does."""

    def __init__(self, expression: str, flags: int) -> None:
        self._made_of = (expression, flags)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern can do
        compiled = re.compile(*self._made_of)
        self.__dict__.update((each, getattr(compiled, each)) for each in _ASKED)
        return getattr(compiled, name)


def lazy_pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Give a regular expression that is compiled at its first use.

    There are hundreds of them, most of which a check of one changed file never needs.
    """
    return cast("re.Pattern[str]", _Later(expression, flags))


LINE_END = lazy_pattern(r"\r\n|\n|\r")

# Characters that steer a terminal or a reader's eye instead of showing something:
# controls, bidirectional overrides, zero-width signs, line and paragraph separators.
UNSHOWABLE = lazy_pattern(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]",
)


# Marks that stand on the character before them, and signs without a shape.
_NO_WIDTH = {"Mn", "Me", "Cf"}


def packed_quickly(made: type[Made]) -> type[Made]:
    """Let a frozen dataclass with slots be pickled without looking for its fields each time.

    Thousands of them go from one process to another, and into what a check remembers.
    """
    kind: Any = made
    names = [field.name for field in fields(kind)]
    values = attrgetter(*names)
    setters = [getattr(kind, name).__set__ for name in names]

    def packed(self: Made) -> tuple[object, ...]:
        return values(self)

    def restore(self: Made, state: tuple[object, ...]) -> None:
        for setter, value in zip(setters, state, strict=True):
            setter(self, value)

    kind.__getstate__ = packed
    kind.__setstate__ = restore
    return made


class OutsideRootError(OSError):
    """A path leads out of the root, through a symbolic link for instance."""


class Tree(Protocol):
    """A set of files: a working directory or one git revision."""

    def list(self) -> Iterable[str]:
        """Give the path of each file, POSIX style, relative to the root."""

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raise ``OSError`` where it cannot be read.

        ``FileNotFoundError`` means that it vanished, `OutsideRootError` that it leads out.
        """


class Position(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


def stem_of(path: str) -> str:
    """Give a file's name without folder and ending."""
    return path.rpartition("/")[2].rpartition(".")[0]


@packed_quickly
@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Source:
    """A file's text; ``path`` is POSIX style and relative to the root."""

    path: str
    text: str

    def position(self, offset: int) -> Position:
        """Give the line and column of a character offset."""
        if "\r" not in self.text:
            start = self.text.rfind("\n", 0, offset) + 1
            return Position(self.text.count("\n", 0, start) + 1, offset - start + 1)
        starts = line_starts(self.text)
        line = bisect.bisect_right(starts, offset) - 1
        return Position(line + 1, offset - starts[line] + 1)

    def line(self, number: int) -> str:
        """Give line ``number`` (from 1) without its line end; empty past the last line."""
        starts = line_starts(self.text)
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def at(self, start: int, end: int | None = None) -> Location:
        """Give the location from ``start`` up to ``end`` (one place when absent)."""
        return Location(source=self, start=start, end=start if end is None else end)


class Location(NamedTuple):
    """The characters ``start`` to ``end`` (exclusive) of a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters at this place."""
        return self.source.text[self.start : self.end]

    @property
    def begin(self) -> Position:
        """Where it begins."""
        return self.source.position(self.start)

    @property
    def finish(self) -> Position:
        """Where it ends (exclusive)."""
        return self.source.position(self.end)


# Few sources are asked for lines, and those few often: a small cache serves better than
# a table for each source.
@lru_cache(maxsize=64)
def line_starts(text: str) -> tuple[int, ...]:
    """Give the offset at which each line of ``text`` starts."""
    return (0, *(match.end() for match in LINE_END.finditer(text)))


def visible(text: str) -> str:
    r"""Show characters that steer instead of show as escapes: ``\u202e``, ``\n``."""
    return text if text.isascii() and text.isprintable() else UNSHOWABLE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    known = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
    if known:
        return known
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the BMP's last


def display_width(text: str) -> int:
    """Give the number of terminal columns that ``text`` takes (Unicode annex 11)."""
    return sum(
        0 if unicodedata.category(char) in _NO_WIDTH else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
