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
    from pipeline.documents.passages import Passage
    from pipeline.text import Source

_LITERAL: Final = {"fence", "code_block", "html_block"}
_MAY_BE_LITERAL = re.compile(r"```|~~~|^(?: {4}|\t)|<(?!!--)", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Literal(NamedTuple):
    """Code or raw HTML: its lines, from offset ``start`` of the source on."""

    lines: tuple[str, ...]
    start: int


class Written(NamedTuple):
    """All that a body shows to its readers."""

    passages: tuple[Passage, ...]
    literals: tuple[Literal, ...] = ()


def has_literals(source: Source, start: int) -> bool:
    """Whether code or raw HTML may stand in the text from offset ``start``."""
    return _MAY_BE_LITERAL.search(source.text, start) is not None


def written(source: Source, start: int, dialect: str) -> Written:
    """Read the text from offset ``start``."""
    env: dict[str, Any] = {}
    text = source.text
    markdown_parser(dialect).parse(text[start:], env)
    found = re.finditer("\r\n", text[start:]) if text.find("\r\n", start) >= 0 else ()
    returns = [match.start() - count for count, match in enumerate(found)]
    tokens = env[READING_ORDER]
    begins = [start, *(match.end() for match in LINE_END.finditer(text, start))]
    literals = [
        Literal(lines, begins[min(token.map[0], len(begins) - 1)])
        for token in tokens
        if token.type in _LITERAL and token.map and (lines := _lines(token.content))
    ]
    return Written(read_passages(tokens, start, returns), tuple(literals))


def _lines(content: str) -> tuple[str, ...]:
    """Give the lines that show something; comments do not."""
    lines = (" ".join(line.split()) for line in _COMMENT.sub("", content).splitlines())
    return tuple(filter(None, lines))
