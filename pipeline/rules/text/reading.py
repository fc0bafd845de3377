"""What the rules of this family share: a body's text, its blocks, and edits tried out.

Nearly every text is right, and a search for what could be wrong tells so in no time. Only
where that finds something are the blocks of a body read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.documents.structure import read_structure, structure
from pipeline.findings import Edit, Fix
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.documents.document import Document
    from pipeline.documents.nodes import Node
    from pipeline.documents.structure import Structure
    from pipeline.model.kinds import Kind

PYTHON_MARKDOWN: Final = "python-markdown"
TAGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
"""Those of headings."""

_MOST_TRIED: Final = 20
_MOST_READ: Final = 100_000
_SHORT: Final = 40
_LONG: Final = 300


@lru_cache(maxsize=1)
def body_text(document: Document) -> str:
    """Give the body with a line end before it, so that a search finds its first line like any other."""
    body = document.body
    if body is None:
        return ""
    text = document.source.text[body.start :]
    return "\n" + (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)


def blocks(document: Document, kind: Kind) -> Structure:
    """Give the blocks of a document's body."""
    start = document.body.start if document.body else len(document.source.text)
    return structure(document.source, start, kind.markdown.dialect)


def insertion(place: Structure, number: int, text: str, *, after: str = "") -> Edit:
    """Put text at the beginning of a line, after what stands there."""
    start = place.starts[number] + len(after)
    return Edit(location=place.source.at(start, start), replacement=text)


def empty_line(place: Structure, number: int) -> Edit:
    """Put an empty line above a line, in the same quote."""
    before = place.before(number)
    quoted = before[: before.rfind(">") + 1]
    return insertion(place, number, f"{quoted}{line_end(place)}")


def line_end(place: Structure) -> str:
    """Give the line end that a text uses."""
    return "\r\n" if "\r\n" in place.source.text else "\n"


class Trials:
    """Tries out edits: a fix is offered where the blocks that come of it are as they should be.

    A text with more mistakes than a person makes gets no more fixes: each costs a reading.
    """

    def __init__(self, place: Structure) -> None:
        """Start with a text as it is."""
        self.place = place
        self.left = min(_MOST_TRIED, _MOST_READ // (len(place.source.text) + 1))

    def fix(
        self, title: str, edits: Sequence[Edit], works: Callable[[Node, Node], bool], *, safe: bool = True
    ) -> Fix | None:
        """Make a fix of edits, if they work: that is asked with the blocks as they are and as they become."""
        self.left -= 1
        if self.left < 0 or not edits:
            return None
        together = _together(edits)
        works_out = works(self.place.root, self._after(together))
        return Fix(title=title, edits=together, safe=safe) if works_out else None

    def _after(self, edits: Sequence[Edit]) -> Node:
        text = self.place.source.text
        for edit in reversed(edits):
            text = text[: edit.location.start] + edit.replacement + text[edit.location.end :]
        return read_structure(Source(path="", text=text), self.place.starts[0], self.place.dialect).root


def _together(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Sort edits, and make one of those that meet: nobody need ask which comes first."""
    made: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.location.start, each.location.end)):
        if made and made[-1].location.end == edit.location.start:
            before = made.pop()
            place = edit.location.source.at(before.location.start, edit.location.end)
            edit = Edit(location=place, replacement=before.replacement + edit.replacement)  # noqa: PLW2901 - the two
        made.append(edit)
    return tuple(made)


def short(text: str) -> str:
    """Give the beginning of a line for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"


def offered(text: str) -> str:
    """Give a text to write instead, whole unless it is very long."""
    return text if len(text) <= _LONG else short(text)


def starting(root: Node, *tags: str) -> set[int]:
    """Give the lines on which a block of these sorts begins."""
    return {node.number for _, node in root.walk() if node.tag in tags}


def count(root: Node, tag: str) -> int:
    """Count the blocks of a sort."""
    return sum(node.tag == tag for _, node in root.walk())


def one_more(tag: str) -> Callable[[Node, Node], bool]:
    """Ask for one more block of a sort than there was."""
    return lambda before, after: count(after, tag) == count(before, tag) + 1
