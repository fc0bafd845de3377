"""Lines in a paragraph that were meant to be the items of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from pipeline.documents.nodes import Node, Row

_SORTS: Final = {
    # A proper mark; one with a round bracket, which Python-Markdown does not know.
    "bullet": lazy_pattern(r"[-*+][ ]++(?=\S)"),
    "number": lazy_pattern(r"([0-9]{1,3})\.[ ]++(?=\S)"),
    "bracket": lazy_pattern(r"([0-9]{1,3})\)[ ]++(?=\S)"),
    # A sign that a word processor makes lists with; dashes only where two lines begin so.
    "sign": lazy_pattern(r"[•●○▪◦‣∙·][ \t\u00a0]*+(?=\S)"),
    "dash": lazy_pattern(r"[–—][ \t\u00a0]++(?=\S)"),
    # A mark without the space after it. `-verordening` may be half a word.
    "tight": lazy_pattern(r"-(?=[^\W\d_]|[\"“‘'\[(])"),
    "tight number": lazy_pattern(r"([0-9]{1,2})[.)](?=[^\W\d_])"),
}
_STARTERS: Final = frozenset("-*+•●○▪◦‣∙·–—0123456789")
_ENDS: Final = frozenset(":.;?!)")
_MOST: Final = 50
_STAR = lazy_pattern(r"\w\*")


class Attempt(NamedTuple):
    """Rows of one paragraph that were meant as items, and how they are marked."""

    sort: str
    node: Node
    rows: tuple[Row, ...]
    first: int
    marks: tuple[int, ...]
    """The length of each row's mark, with the space after it."""


def attempts(node: Node, *, brackets: bool, in_item: bool) -> Iterator[Attempt]:
    """Give what looks like a list in a paragraph; ``brackets`` tells that ``1)`` is a mark here."""
    rows = [(text.lstrip(" "), number) for text, number in node.rows]
    at = 0
    while at < len(rows):
        sort, match = _sort(rows[at][0])
        if match is None:
            at += 1
            continue
        run = [(rows[at], match)]
        for row in rows[at + 1 : at + _MOST]:
            again = _SORTS[sort].match(row[0])
            if again:
                run.append((row, again))
        if _is_meant(sort, run, rows[max(at - _MOST, 0) : at], in_item=in_item):
            kind = "number" if sort == "bracket" and brackets else sort
            yield Attempt(kind, node, tuple(row for row, _ in run), at, tuple(mark.end() for _, mark in run))
            return
        at += 1


def begins_like_items(text: str) -> bool:
    """Whether several lines of a text begin like items of a list or rows of a table: they are no sentences."""
    lines = (line.lstrip(" \t>") for line in text.splitlines())
    return sum(line.startswith("|") or _sort(line)[1] is not None for line in lines) > 1


def better_mark(sort: str, mark: str) -> str:
    """Give the mark that makes an item, in both dialects."""
    if sort in {"bullet", "number"}:
        return mark
    number = mark.rstrip(".) \t")
    return f"{number}. " if number.isdigit() else "- "


def _sort(text: str) -> tuple[str, re.Match[str] | None]:
    if text[:1] in _STARTERS:
        for sort, pattern in _SORTS.items():
            match = pattern.match(text)
            if match:
                return sort, match
    return "", None


def _is_meant(sort: str, run: Sequence[tuple[Row, re.Match[str]]], before: Sequence[Row], *, in_item: bool) -> bool:
    """Whether these rows, in this paragraph, can be nothing but a list."""
    text, mark = run[0][0][0], run[0][1]
    words = text[mark.end() :]
    ended = bool(before) and before[-1][0].rstrip(" *_")[-1:] in _ENDS
    if sort == "sign":
        return True
    if mark.lastindex:
        number = int(mark[1])
        follows = len(run) > 1 and (int(run[1][1][1]) == number + 1 or int(run[1][1][1]) == number == 1)
        return follows or (sort == "number" and number == 1 and ended)
    if sort == "dash":
        return len(run) > 1
    if sort == "tight":
        return len(run) > 1 or (words[:1].isupper() and (in_item or ended))
    return bool(before) and (len(run) > 1 or ended or _is_item(text, words)) and not _is_note(run, before)


def _is_item(text: str, words: str) -> bool:
    """Whether one line amid a sentence is an item, and no thought between dashes."""
    return text[0] != "+" and not (words[:1].islower() and " - " in words)


def _is_note(run: Sequence[tuple[Row, re.Match[str]]], before: Sequence[Row]) -> bool:
    """Whether a star marks a note below a text with a star."""
    return len(run) == 1 and run[0][0][0].startswith("*") and any(_STAR.search(row) for row, _ in before)
