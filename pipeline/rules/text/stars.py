"""What was meant with signs of emphasis that became nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.documents.emphasis import Run

_OPENING: Final = frozenset("([{\"'“‘«„")
_QUOTES: Final = frozenset("\"'’”")
_CLOSING: Final = frozenset(")]}\"'”’».,;:!?…-–")
_BOLD: Final = 2
_MOST: Final = 3  # signs in a row that mean something
_WORDS = lazy_pattern(r"\s*[^\W\d_]{2}[^\n*_<>=+/\\|\d]{0,60}$")
_LOOK_BACK: Final = 20


class Pair(NamedTuple):
    """Two runs with text between them; ``touching`` tells that a space is missing, not one too many."""

    opening: Run
    closing: Run
    touching: bool = False
    spaced_before: bool = False
    spaced_after: bool = False


def pairs(text: str, runs: Sequence[Run]) -> Iterator[Pair]:
    """Give each two runs that were meant as a pair."""
    whole = [run for run in runs if run.left == run.size <= _MOST]
    counts = Counter(run.sign * run.size for run in whole)
    at = 0
    while at + 1 < len(whole):
        pair = _pair(text, whole[at], whole[at + 1], alone=counts[whole[at].sign] == _BOLD)
        if pair:
            yield pair
        at += 2 if pair else 1


def _pair(text: str, one: Run, other: Run, *, alone: bool) -> Pair | None:
    inner = text[one.end : other.start]
    if one.sign != other.sign or one.size != other.size or inner[-1:] == "\n" or not any(map(str.isalnum, inner)):
        return None
    begins, ends = _begins(text, one), _ends(text, other)
    if one.size == 1 and not (alone and begins and ends and _is_italic(text, one, inner)):
        return None
    if inner[0].isspace() or inner[-1].isspace():
        if begins and (ends or inner[-1].isspace()):
            return Pair(one, other, spaced_after=not ends)
    elif begins != ends:
        return Pair(one, other, touching=True, spaced_before=not begins, spaced_after=not ends)
    return None


def _is_italic(text: str, one: Run, inner: str) -> bool:
    """Whether a lone sign amid words is no sum and no sign of a note: words around it and in it."""
    before = text[max(one.start - _LOOK_BACK, 0) : one.start].rstrip()
    touches = inner[0].isspace() or inner[-1].isspace()
    return (
        touches
        and _WORDS.match(inner) is not None
        and (not before or not before[-2:].strip("abcdefghijklmnopqrstuvwxyz.,;:)"))
    )


def _begins(text: str, run: Run) -> bool:
    before = text[max(run.start - 2, 0) : run.start]
    return not before or before[-1].isspace() or (before[-1] in _OPENING and not _is_word(before[:-1]))


def _ends(text: str, run: Run) -> bool:
    after = text[run.end : run.end + 2]
    return (
        not after or after[0].isspace() or (after[0] in _CLOSING and not (after[0] in _QUOTES and _is_word(after[1:])))
    )


def _is_word(char: str) -> bool:
    return char.isalnum()


def notes(text: str, runs: Sequence[Run]) -> Iterator[tuple[str, bool]]:
    """Give the signs that may mark a note: after a word, and (``True``) at the beginning of the note itself."""
    for run in runs:
        first = run.start == 0 or text[run.start - 1] == "\n"
        if run.left == run.size and (first or (not _begins(text, run) and _ends(text, run))):
            yield run.sign * run.size, first


def loners(text: str, runs: Sequence[Run], marks: set[tuple[str, bool]]) -> Iterator[tuple[Run, bool]]:
    """Give runs without a mate, and (``True``) those of which some signs are left; none that mark a note."""
    paired = {id(run) for pair in pairs(text, runs) for run in (pair.opening, pair.closing)}
    for run in runs:
        if id(run) in paired or run.size > _MOST:
            continue
        begins, ends = _begins(text, run), _ends(text, run)
        sign = run.sign * run.left
        if run.left < run.size:
            if begins or not {(sign, True), (sign, False)} & marks:
                yield run, True
        elif run.size == _BOLD and run.sign == "*" and begins != ends:
            first = run.start == 0 or text[run.start - 1] == "\n"
            beside = text[run.end : run.end + 1] if begins else text[run.start - 1]
            word = beside.isalnum() or beside in ("\"'“‘«[" if begins else ".:!?)\"'”’»]")
            if word and ((begins and not first) or (sign, not begins) not in marks):
                yield run, False
