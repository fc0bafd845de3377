"""A body read again: its passages, and what stands on a page as it was written.

A document that went from one process to another has no passages any more, and never holds code
or raw HTML. Whoever compares texts reads the few that changed again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.documents.dialects import READING_ORDER, markdown_parser
from pipeline.documents.passages import read_passages
from pipeline.text import LINE_END

if TYPE_CHECKING:
    from markdown_it.token import Token

    from pipeline.documents.passages import Passage
    from pipeline.text import Source

_LITERAL: Final = {"fence", "code_block", "html_block"}
# Indented code follows an empty line or a heading; a comment is no HTML that shows anything.
_MAY_BE_LITERAL = re.compile(r"```|~~~|(?:\A|\n[ \t]*\r?\n|#[^\n]*\n)(?: {4}|\t)|<(?!!--)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Literal(NamedTuple):
    """Code or raw HTML: its lines, from offset ``start`` of the source on."""

    lines: tuple[str, ...]
    start: int


def passages_of(source: Source, start: int, dialect: str) -> tuple[Passage, ...]:
    """Read the running text from offset ``start``."""
    env: dict[str, Any] = {}
    text = source.text
    markdown_parser(dialect).parse(text[start:], env)
    found = re.finditer("\r\n", text[start:]) if text.find("\r\n", start) >= 0 else ()
    returns = [match.start() - count for count, match in enumerate(found)]
    return read_passages(env[READING_ORDER], start, returns)


def literals_of(source: Source, start: int, dialect: str) -> tuple[Literal, ...]:
    """Read the code and the raw HTML from offset ``start``; only blocks need to be read for that."""
    text = source.text
    if not _MAY_BE_LITERAL.search(text, start):
        return ()
    parser = markdown_parser(dialect)
    tokens: list[Token] = []
    parser.block.parse(LINE_END.sub("\n", text[start:]), parser, {}, tokens)
    begins = [start, *(match.end() for match in LINE_END.finditer(text, start))]
    return tuple(
        Literal(lines, begins[min(token.map[0], len(begins) - 1)])
        for token in tokens
        if token.type in _LITERAL and token.map and (lines := _lines(token.content))
    )


def _lines(content: str) -> tuple[str, ...]:
    """Give the lines that show something; comments do not."""
    lines = (" ".join(line.split()) for line in _COMMENT.sub("", content).splitlines())
    return tuple(filter(None, lines))
