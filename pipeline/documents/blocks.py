"""Blocks of running text: their tokens, and where these stand in the source."""

from __future__ import annotations

import bisect
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.documents.dialects import place

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    from pipeline.documents.dialects import Pieces

Span = tuple[int, int]
_first = itemgetter(0)


class Block:
    """A block of running text; ``covered`` are the spans of its links, code, tags and mentions."""

    def __init__(self, token: Token, offset: Callable[[int], int]) -> None:
        """Keep its tokens; ``offset`` gives the place in the source of one in the parsed body."""
        self.content = token.content
        self.tokens: Sequence[Token] = token.children or ()
        self.pieces: Pieces = token.meta.get("pieces", [(0, 0)])
        self.offset = offset
        self.covered: list[Span] = []

    def at(self, span: Span) -> Span:
        """Give the offsets in the source of a span of the block's text."""
        first = self.offset(place(self.pieces, span[0]))
        if span[1] <= span[0]:
            return first, first
        return first, self.offset(place(self.pieces, span[1] - 1)) + 1

    def free(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Find a pattern where no link, code, tag or mention stands."""
        self.covered.sort()
        for match in pattern.finditer(self.content):
            index = bisect.bisect_left(self.covered, match.end(), key=_first)
            if index == 0 or self.covered[index - 1][1] <= match.start():
                yield match


def plain_text(tokens: Sequence[Token], *, images: bool = True) -> str:
    """Give the text of inline tokens without marks."""
    parts: list[str] = []
    for token in tokens:
        if token.type in {"text", "code_inline", "text_special"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "image" and images:
            parts.append(plain_text(token.children or ()))
    return "".join(parts)


def inside_link(tokens: Sequence[Token], index: int) -> list[Token]:
    """Give the tokens from the opening of a link at ``index`` to its end."""
    end = index + 1
    while end < len(tokens) and tokens[end].type != "link_close":
        end += 1
    return list(tokens[index + 1 : end])


def without_punctuation(address: str) -> str:
    """Leave out what ends a sentence rather than an address (GFM 6.9)."""
    closing = {")": address.count(")") - address.count("("), "]": address.count("]") - address.count("[")}
    end = len(address)
    while end:
        char = address[end - 1]
        if closing.get(char, 0) > 0:
            closing[char] -= 1
        elif char not in ".,;:!?*_~}{":
            break
        end -= 1
    return address[:end]
