"""What changes in a file, as edits of the text that was read: nothing else in it moves."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.findings import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.text import Source

_in_order = attrgetter("location.start", "location.end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """The edits of one file, in order and without overlap, and its new path where it moves.

    ``created`` is for a file that is not there yet; its source is empty.
    """

    source: Source
    edits: tuple[Edit, ...] = ()
    target: str = ""
    created: bool = False

    @property
    def path(self) -> str:
        """Where the file is now."""
        return self.source.path

    @property
    def new_path(self) -> str:
        """Where the file will be."""
        return self.target or self.source.path

    @property
    def after(self) -> str:
        """The text that it will have."""
        return applied(self.source.text, self.edits)


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort edits by place and leave out those that change nothing."""
    return tuple(sorted((edit for edit in edits if edit.location.text != edit.replacement), key=_in_order))


def applied(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Give ``text[start:end]`` with edits in it, in order and without overlap, carried out."""
    parts: list[str] = []
    at = start
    for edit in edits:
        parts += text[at : edit.location.start], edit.replacement
        at = edit.location.end
    return "".join([*parts, text[at:end]])


@dataclass(slots=True)
class _Piece:
    """A part of a changed text: ``start`` to ``end`` of the first one, or new (``start`` is -1)."""

    start: int
    end: int
    text: str = ""

    @property
    def size(self) -> int:
        return self.end - self.start if self.start >= 0 else len(self.text)

    def split(self, size: int) -> tuple[_Piece, _Piece]:
        if self.start < 0:
            return _Piece(-1, -1, self.text[:size]), _Piece(-1, -1, self.text[size:])
        return _Piece(self.start, self.start + size), _Piece(self.start + size, self.end)


def combined(source: Source, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Write edits, and edits of the text that those lead to, as edits of ``source`` at once."""
    pieces = _pieces(len(source.text), first)
    result: list[_Piece] = []
    rest: _Piece | None = None
    at = 0
    for edit in second:
        for end, keep in ((edit.location.start, True), (edit.location.end, False)):
            while at < end:
                piece = rest or next(pieces)
                part, left = piece.split(min(piece.size, end - at))
                rest = left if left.size else None
                at += part.size
                if keep:
                    result.append(part)
        result.append(_Piece(-1, -1, edit.replacement))
    result.extend([rest] if rest else [])
    result.extend(pieces)
    return in_order(_edits(source, result))


def _pieces(size: int, edits: Sequence[Edit]) -> Iterator[_Piece]:
    at = 0
    for edit in edits:
        if at < edit.location.start:
            yield _Piece(at, edit.location.start)
        if edit.replacement:
            yield _Piece(-1, -1, edit.replacement)
        at = edit.location.end
    if at < size:
        yield _Piece(at, size)


def _edits(source: Source, pieces: Iterable[_Piece]) -> Iterator[Edit]:
    """Give what happened between each two pieces that were kept."""
    at, new = 0, ""
    for piece in (*pieces, _Piece(len(source.text), len(source.text))):
        if piece.start < 0:
            new += piece.text
            continue
        if new or at < piece.start:
            yield Edit(location=source.at(at, piece.start), replacement=new)
        at, new = piece.end, ""
