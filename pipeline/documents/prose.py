"""The running text of a body, read again for rules that look within lines.

A document keeps no tokens. Rules that look for marks which did not become anything read the
few texts again that may have some.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.documents.blocks import Block
from pipeline.documents.dialects import READING_ORDER, markdown_parser
from pipeline.text import LINE_END, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.text import Source

_HTML_CODE = lazy_pattern(r"<(code|kbd|pre|samp|tt)\b[^<>]*+>.{0,2000}?</\1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Prose:
    """The blocks of running text of a body, and the spans in its source of blocks of raw HTML."""

    blocks: tuple[Block, ...]
    html: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1)
def prose(source: Source, start: int, dialect: str) -> Prose:
    """Read the text from offset ``start``; what stands for itself in a block is ``covered``."""
    env: dict[str, Any] = {}
    text = source.text
    markdown_parser(dialect).parse(text[start:], env)
    offset = _offsets(text, start)
    tokens = env[READING_ORDER]
    blocks = tuple(_block(Block(token, offset)) for token in tokens if token.type == "inline")
    maps = [token.map for token in tokens if token.type == "html_block" and token.map]
    if not maps:
        return Prose(blocks, ())
    lines = [start, *(match.end() for match in LINE_END.finditer(text, start)), len(text), len(text)]
    return Prose(blocks, tuple((lines[first], lines[min(last, len(lines) - 1)]) for first, last in maps))


def _block(block: Block) -> Block:
    block.covered = [token.meta["span"] for token in block.tokens if "span" in token.meta]
    if "<" in block.content:
        block.covered += [match.span() for match in _HTML_CODE.finditer(block.content)]
    return block


def _offsets(text: str, start: int) -> Callable[[int], int]:
    """Give the offset in the source of one in the body, in which a line end is one character."""
    returns = [match.start() - count for count, match in enumerate(re.finditer("\r\n", text[start:]))]
    return lambda at: start + at + bisect.bisect_left(returns, at)
