"""Comments that ask to leave a finding out, with the reason why.

In running text ``<!-- kader: negeer links/broken want … -->``, among fields
``# kader: negeer schema/pattern want …``; in English ``ignore … because …``. A comment
speaks for what follows it: a block of text up to an empty line, or a field with all that is
indented below it; where something stands before it on its own line, also for that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.text import LINE_END, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.documents.document import Document
    from pipeline.text import Location

SIGN = "kader:"

_REQUEST = lazy_pattern(
    r"kader:[ \t]*(?:negeer|ignore)[ \t]+(\S+)(?:[ \t]+(?:want|because)\b[ \t]*:?[ \t]*(.*))?", re.DOTALL
)
_AMONG_FIELDS = lazy_pattern(r"(?:^|(?<=[\r\n \t]))#[ \t]*(kader:[^\r\n]*)", re.MULTILINE)


class Suppression(NamedTuple):
    """One such comment. ``rule`` is empty where it cannot be read.

    Findings that begin in ``source.text[start:end]`` are meant.
    """

    location: Location
    rule: str = ""
    reason: str = ""
    start: int = 0
    end: int = 0

    def covers(self, place: Location) -> bool:
        """Whether a place is one that the comment speaks for."""
        return self.start <= place.start < self.end or self.start <= place.start == place.end <= self.end


def suppressions(document: Document) -> Iterator[Suppression]:
    """Give the comments of a document that ask to leave a finding out."""
    text = document.source.text
    if SIGN not in text:
        return
    body = document.body
    fields_end = body.start if body else len(text) if document.front is not None else 0
    for match in _AMONG_FIELDS.finditer(text, 0, fields_end):
        end = match.start(1) + len(match[1].rstrip())
        yield _read(document, match[1], match.start(), end, _end_of_field)
    for comment in body.comments if body else ():
        if comment.text.startswith(SIGN):
            yield _read(document, comment.text, comment.start, comment.end, _end_of_block)


def _read(document: Document, words: str, start: int, end: int, reach: Callable[[str, int], int]) -> Suppression:
    text = document.source.text
    location = document.at(start, end)
    match = _REQUEST.fullmatch(words.strip())
    if not match:
        return Suppression(location=location)
    return Suppression(
        location=location,
        rule=match[1],
        reason=(match[2] or "").strip(),
        start=_start_of_line(text, start),
        end=reach(text, _next_line(text, end)),
    )


def _start_of_line(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _next_line(text: str, offset: int) -> int:
    match = LINE_END.search(text, offset)
    return match.end() if match else len(text)


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Give the lines from an offset on, each with the offset after it."""
    while start < len(text):
        after = _next_line(text, start)
        yield text[start:after], after
        start = after


def _end_of_block(text: str, start: int) -> int:
    """Give the end of the first block of text: empty lines and other comments may stand before it."""
    end = start
    inside = False
    for line, after in _lines(text, start):
        bare = line.strip()
        if inside and not bare:
            break
        end = after
        inside = inside or (bool(bare) and not bare.startswith("<!--"))
    return end


def _end_of_field(text: str, start: int) -> int:
    """Give the end of the next field: with what is indented deeper, and the items of its list."""
    end = start
    depth, first_is_item = -1, False
    for line, after in _lines(text, start):
        bare = line.strip()
        here = len(line) - len(line.lstrip(" "))
        if bare and not bare.startswith("#"):
            is_item = bare.startswith("- ") or bare == "-"
            if depth >= 0 and (here < depth or (here == depth and (first_is_item or not is_item))):
                break
            if depth < 0:
                depth, first_is_item = here, is_item
        end = after
    return end
