"""Running text as readers see it, with the way back to the source.

A passage is one block of text without marks: the words of links stay; code, images, inline
references and addresses between angle brackets become one neutral character each, so that a
sentence stays whole. Every offset in the text has its exact place in the source.
"""

from __future__ import annotations

import bisect
import html
import re
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from pipeline.documents.document import Node

NEUTRAL: Final = "\ufffc"
"""Stands for what is no word: Unicode's object replacement character."""

Span = tuple[int, int]
Stretch = tuple[int, int, int]
"""Where text begins in a passage and in its block, and how many characters its first took there."""

_WHOLE: Final = ((0, 0, 1),)
_WHOLE_LINES: Final = ((0, 0),)
_MARKS: Final = {"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"}
_BREAKS: Final = {"softbreak": " ", "hardbreak": "\n"}
_ATOMS: Final = {"code_inline", "image", "mention"}
_ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
# How far apart the words of a value may stand in the source.
_NEAR: Final = 200
_SPACES = lazy_pattern(r"[ \t]*+")
_ENTITY = lazy_pattern(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")

# The block that the next text is of, and the containers that give a paragraph its role.
_BLOCKS: Final = {"heading_open": "heading", "th_open": "cell", "td_open": "cell", "admonition_title_open": "title"}
_CONTAINERS: Final = {
    "blockquote_open": "quote",
    "admonition_open": "paragraph",
    "footnote_reference_open": "footnote",
}
_LISTS: Final = {"bullet_list_open", "ordered_list_open"}
_CLOSING: Final = {
    *("bullet_list_close", "ordered_list_close", "blockquote_close"),
    *("admonition_close", "footnote_reference_close"),
}
_STEPS: Final = {*_BLOCKS, *_CONTAINERS, *_LISTS, *_CLOSING, "list_item_open"}

_first = itemgetter(0)


class Origin(NamedTuple):
    """Where a body begins in the source, and where in it a line end took two characters."""

    start: int
    returns: Sequence[int] = ()

    def offset(self, at: int) -> int:
        """Give the offset in the source of one in the parsed body."""
        return self.start + at + (bisect.bisect_left(self.returns, at) if self.returns else 0)


# A tuple: there are thousands of them, and a frozen dataclass takes five times as long to make.
# Places are worked out when asked for: few passages have anything to be said about.
class Passage(NamedTuple):
    """One block of running text.

    ``role`` is ``paragraph``, ``item`` (in a list), ``quote``, ``footnote``, ``cell`` (of a
    table), ``heading`` (with its ``level``), ``title`` (of an admonition) or ``field`` (a
    value of the front matter). ``in_list`` is the number of the list around it, from 1 in
    each body, or 0; ``item`` counts that list's items up to this one, ``depth`` the lists.

    ``stretches`` say where the text was written in its block, ``lines`` where the lines of
    the block stand in the body, and ``origin`` where the body stands in the source.
    """

    role: str
    text: str
    stretches: Sequence[Stretch]
    lines: Sequence[tuple[int, int]]
    origin: Origin
    level: int = 0
    in_list: int = 0
    item: int = 0
    depth: int = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the offsets in the source of a stretch of the text."""
        first, _ = self._written(start)
        if end <= start:
            return self._laid(first), self._laid(first)
        last, width = self._written(end - 1)
        return self._laid(first), self._laid(last + width - 1) + 1

    def _written(self, offset: int) -> Span:
        """Give the place in the block of a character, and how many it took to write it."""
        here, there, width = self.stretches[max(bisect.bisect_right(self.stretches, offset, key=_first) - 1, 0)]
        return there + offset - here, width if here == offset else 1

    def _laid(self, offset: int) -> int:
        here, there = self.lines[max(bisect.bisect_right(self.lines, offset, key=_first) - 1, 0)]
        return self.origin.offset(there + offset - here)


def read_passages(tokens: Sequence[Token], start: int, returns: Sequence[int]) -> tuple[Passage, ...]:
    """Give the passages of a body that begins at ``start``; see `Origin`."""
    origin = Origin(start, returns)
    found: list[Passage] = []
    outer: list[tuple[str, int, int, int]] = []
    container, in_list, item, depth = "paragraph", 0, 0, 0
    block, level, lists = "", 0, 0
    for token in tokens:
        kind = token.type
        if kind == "inline":
            text, inner = token.content, token.children
            stretches: Sequence[Stretch] = _WHOLE
            if inner and (len(inner) > 1 or inner[0].type != "text" or inner[0].content != text):
                text, stretches = _plain(text, inner)
            if text:
                lines = token.meta["pieces"]
                found.append(Passage(block or container, text, stretches, lines, origin, level, in_list, item, depth))
            block, level = "", 0
        elif kind not in _STEPS:
            continue
        elif kind in _BLOCKS:
            block, level = _BLOCKS[kind], int(token.tag[1]) if kind == "heading_open" else 0
        elif kind == "list_item_open":
            container, item = "item", item + 1
        elif kind in _CLOSING:
            container, in_list, item, depth = outer.pop()
        else:
            outer.append((container, in_list, item, depth))
            if kind in _LISTS:
                lists += 1
                in_list, item, depth = lists, 0, depth + 1
            else:
                container, in_list, item = _CONTAINERS[kind], 0, 0
    return tuple(found)


def _plain(content: str, tokens: Sequence[Token]) -> tuple[str, Sequence[Stretch]]:
    """Give the text of a block without marks, and where it was written."""
    parts: list[str] = []
    stretches: list[Stretch] = []
    ends: list[int] = []
    length = cursor = 0
    hidden = False
    for token in tokens:
        kind = token.type
        if kind == "text" and not hidden:
            text = token.content
            if content.startswith(text, cursor):
                stretches.append((length, cursor, 1))
                cursor += len(text)
            else:
                cursor = _escaped(text, content, cursor, stretches, length)
        elif kind in _BREAKS:
            text = _BREAKS[kind]
            at = max(content.find("\n", cursor), 0)
            stretches.append((length, at, 1))
            cursor = at + 1 + _indentation(content, at + 1)
        elif kind == "link_close":
            cursor, hidden = ends.pop(), False
            continue
        elif hidden or kind in _MARKS:
            cursor += len(token.markup)
            continue
        elif token.meta and "span" in token.meta:
            start, end = token.meta["span"]
            text = _substitute(token)
            hidden = token.markup == "autolink"
            cursor = end
            if kind == "link_open":
                ends.append(end)
                cursor = start + 1
            if text:
                stretches.append((length, start, end - start))
        else:
            continue
        parts.append(text)
        length += len(text)
    return "".join(parts), stretches


def _indentation(content: str, at: int) -> int:
    match = _SPACES.match(content, at)
    return len(match[0]) if match else 0


def _substitute(token: Token) -> str:
    """Give what stands for a token that is no text."""
    if token.type in _ATOMS or token.markup == "autolink":
        return NEUTRAL
    return "\n" if token.type == "html_inline" and token.content[:3].lower() == "<br" else ""


def _escaped(text: str, content: str, at: int, stretches: list[Stretch], length: int) -> int:
    """Lay text of which characters were written otherwise: with a backslash, or as an entity.

    Gives the place behind it.
    """
    done = 0
    while done < len(text):
        char = text[done]
        entity = _ENTITY.match(content, at) if content.startswith("&", at) else None
        meant = html.unescape(entity[0]) if entity else ""
        if entity and text.startswith(meant, done):
            stretches.append((length + done, at, len(entity[0])))
            at, done = entity.end(), done + len(meant)
            continue
        if content.startswith("\\", at) and content.startswith(char, at + 1) and char in _ESCAPABLE:
            at += 1
        elif not content.startswith(char, at):
            found = content.find(char, at)
            if found < 0:
                stretches.append((length + done, at, 1))
                return at
            at = found
        stretches.append((length + done, at, 1))
        at, done = at + 1, done + 1
    return at


def passage_of(node: Node, text: str) -> Passage:
    """Give a value of the front matter, a string, as a passage of the source ``text``."""
    value: str = node.value
    for start in (node.start, node.start + 1):
        if text.startswith(value, start):
            return Passage("field", value, _WHOLE, _WHOLE_LINES, Origin(start))
    return Passage("field", value, _folded(value, text, node.start, node.end), _WHOLE_LINES, Origin(0))


def _folded(value: str, text: str, start: int, end: int) -> list[Stretch]:
    """Find the words of a value that takes several lines, or was written with escapes."""
    found: list[Stretch] = [(0, start, 1)]
    if text.startswith((">", "|"), start):
        start = max(text.find("\n", start, end), start)
    for match in re.finditer(r"\S+", value):
        for word in (match[0], match[0].replace("'", "''"), match[0].replace('"', '\\"')):
            at = text.find(word, start, min(end, start + len(word) + _NEAR))
            if at >= 0:
                found.append((match.start(), at, 1))
                start = at + len(word)
                break
    return found
