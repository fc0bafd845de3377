"""The texts of the entries in one document, as the rules of this family read them."""

from __future__ import annotations

import bisect
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.documents.passages import passage_of
from pipeline.documents.sentences import sentences
from pipeline.model.load import entries_of, nodes_at
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.documents.document import Document, Node
    from pipeline.documents.passages import Passage
    from pipeline.documents.sentences import Sentence
    from pipeline.model.kinds import Kind
    from pipeline.text import Location

TITLE: Final = "title"
TERM: Final = "term"
SUMMARY: Final = "summary"
PROSE: Final = "prose"
BODY: Final = "body"

_QUOTES = lazy_pattern(r"“[^“”]*+”|„[^„”“]*+[”“]|«[^«»]*+»|\"[^\"]*+\"")
_FEWEST_WORDS: Final = 3
# Of a merge conflict, both sides stand in the text.
_CONFLICT: Final = "<<<<<<<"


def small(text: str) -> str:
    """Give a text in small letters and with plain apostrophes, to look for words in."""
    text = text.lower()
    return text.replace("’", "'").replace("‘", "'") if "’" in text or "‘" in text else text


class Writing:
    """One piece of text: a field (``part`` says which) or a passage of the body."""

    __slots__ = ("_document", "_names", "_quotes", "_sentences", "_small", "field", "part", "passage", "text")

    def __init__(
        self, document: Document, passage: Passage, part: str, field: str, names: re.Pattern[str] | None
    ) -> None:
        self.passage = passage
        self.text = passage.text
        self.part = part
        self.field = field
        self._document = document
        self._names = names
        self._sentences: list[Sentence] | None = None
        self._small: str | None = None
        self._quotes: list[tuple[int, int]] | None = None

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences, worked out once."""
        if self._sentences is None:
            self._sentences = sentences(self.text, self._names)
        return self._sentences

    @property
    def whole_sentences(self) -> list[Sentence]:
        """Its sentences without the stray words of tables and short lists."""
        return [each for each in self.sentences if each.words >= _FEWEST_WORDS]

    @property
    def small(self) -> str:
        """Its text as `small` makes it, worked out once."""
        if self._small is None:
            self._small = small(self.text)
        return self._small

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a stretch of the text stands between quotation marks."""
        if self._quotes is None:
            self._quotes = [match.span() for match in _QUOTES.finditer(self.text)]
        number = bisect.bisect_left(self._quotes, (start, start)) - 1
        return number >= 0 and end < self._quotes[number][1]

    @property
    def is_prose(self) -> bool:
        """Whether it is written in sentences: no title, term or heading."""
        return self.part not in {TITLE, TERM} and self.passage.role not in {"heading", "title"}

    def place(self, start: int = 0, end: int | None = None) -> Location:
        """Give the place in the source of a stretch of the text; of all of it by default."""
        return self._document.at(*self.passage.span(start, len(self.text) if end is None else end))


class Writings:
    """All texts of one entry in reading order; those of the body are made when asked for."""

    def __init__(self, document: Document, fields: Sequence[Writing], names: re.Pattern[str] | None) -> None:
        """Keep the fields; the title and the summary are among them."""
        self._document = document
        self._names = names
        self.fields = fields

    @property
    def title(self) -> Writing | None:
        """The title."""
        return next((each for each in self.fields if each.part == TITLE), None)

    @property
    def summary(self) -> Writing | None:
        """The summary."""
        return next((each for each in self.fields if each.part == SUMMARY), None)

    @cached_property
    def body(self) -> Sequence[Writing]:
        """The passages of the body."""
        body = self._document.body
        return [Writing(self._document, each, BODY, "", self._names) for each in body.passages] if body else []

    @cached_property
    def all(self) -> Sequence[Writing]:
        """Fields and body."""
        return [*self.fields, *self.body]

    @cached_property
    def prose(self) -> Sequence[Writing]:
        """What is written in sentences."""
        return [each for each in self.all if each.is_prose]


# The rules of this family look at one document after another.
@lru_cache(maxsize=2)
def writings_of(document: Document, kind: Kind) -> tuple[Writings, ...]:
    """Give the texts of each entry in a document; none where something else is wrong with all of them."""
    in_list = kind.files.layout != "document"
    fields_in_body = document.front is None and not in_list and kind.schema.get("required")
    if not document.readable or fields_in_body or _CONFLICT in document.source.text:
        return ()
    names = _names_of(kind)
    return tuple(
        Writings(document, list(_fields(document, kind, entry.node, names)) if entry.node is not None else [], names)
        for entry in entries_of(document, kind)
    )


def _fields(document: Document, kind: Kind, node: Node, names: re.Pattern[str] | None) -> Iterator[Writing]:
    for part in (TITLE, TERM, SUMMARY):
        name = kind.means.get(part)
        below = node.child(name) if name else None
        if name and below is not None and _is_text(below):
            yield Writing(document, passage_of(below, document.source.text), part, name, names)
    for path in kind.prose:
        if path == (kind.means.get(SUMMARY),):
            continue
        for steps, below in nodes_at(node, path, ()):
            if _is_text(below):
                field = ".".join(map(str, steps))
                yield Writing(document, passage_of(below, document.source.text), PROSE, field, names)


def _is_text(node: Node) -> bool:
    return isinstance(node.value, str) and not node.value.isspace() and bool(node.value)


@lru_cache(maxsize=64)
def _names_of(kind: Kind) -> re.Pattern[str] | None:
    names = sorted(kind.style.names, key=len, reverse=True)
    if not names:
        return None
    return re.compile("|".join(rf"\b{re.escape(name)}\b".replace(r"\ ", r"\s+") for name in names))
