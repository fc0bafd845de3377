"""How alike two entries are, by their words: rare words count for more.

An entry is a vector of words, each with the weight (1 + log n) · log(N / m): n times in the
entry, m of N entries have it (tf-idf). Likeness is the cosine of the angle between two vectors: 0 for
nothing in common, 1 for the same words.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.documents.document import Document
    from pipeline.model.framework import Entry

    Key = tuple[Document, int]
    Vector = Mapping[str, float]

HEAVIEST: Final = 16
"""Words of an entry that are looked up to find others like it."""

COMMON: Final = 200
"""Entries from which on a word is too common to look others up by."""

_WORD = lazy_pattern(r"\w+")


class Texts:
    """The words of many entries, weighed together."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Count in how many entries each word stands; the same text counts once."""
        self._counts = {_key(entry): words_of(entry) for entry in entries}
        self._documents = Counter(word for count in self._counts.values() for word in count)
        self._vectors: dict[Key, Vector] = {}

    def likeness(self, one: Entry, other: Entry) -> float:
        """Compare all that two entries say."""
        return 1.0 if _key(one) == _key(other) else cosine(self._vector(one), self._vector(other))

    def likeness_in_short(self, one: Entry, other: Entry) -> float:
        """Compare just titles and summaries."""
        return cosine(*(self._weighed(Counter(_in_short(entry))) for entry in (one, other)))

    def contained(self, one: Entry, other: Entry) -> float:
        """Give how much of what one entry says another says too, whatever else that says."""
        words = self._vector(other)
        return sum(weight * weight for word, weight in self._vector(one).items() if word in words)

    def size(self, entry: Entry) -> int:
        """Give the number of different words in an entry."""
        return len(self._vector(entry))

    def shelf(self, entries: Iterable[Entry]) -> Shelf:
        """Put entries in order of their words, to look others up among them."""
        return Shelf(self, entries)

    def heaviest(self, entry: Entry) -> list[str]:
        """Give the words that tell an entry from others best."""
        vector = self._vector(entry)
        return heapq.nlargest(HEAVIEST, vector, key=lambda word: (vector[word], word))

    def _vector(self, entry: Entry) -> Vector:
        key = _key(entry)
        if key not in self._vectors:
            self._vectors[key] = self._weighed(self._counts.get(key) or words_of(entry))
        return self._vectors[key]

    def _weighed(self, counts: Mapping[str, int]) -> Vector:
        total = len(self._counts) + 1
        weights = {
            word: (1 + math.log(count)) * math.log(total / (self._documents[word] or 1))
            for word, count in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()} if length else {}


class Shelf:
    """Entries by their heaviest words."""

    def __init__(self, texts: Texts, entries: Iterable[Entry]) -> None:
        """Note under which words each entry is found."""
        self._texts = texts
        self._by_word: dict[str, list[Entry]] = {}
        for entry in entries:
            for word in texts.heaviest(entry):
                self._by_word.setdefault(word, []).append(entry)

    def like(self, entry: Entry) -> list[tuple[float, Entry]]:
        """Give the entries like this one, the likest first."""
        found: dict[int, Entry] = {}
        for word in self._texts.heaviest(entry):
            others = self._by_word.get(word, ())
            if len(others) <= COMMON:
                found.update((id(other), other) for other in others)
        scored = [(self._texts.likeness(entry, other), other) for other in found.values()]
        return sorted(scored, key=lambda each: (-each[0], each[1].id, each[1].path))


def words_of(entry: Entry) -> Counter[str]:
    """Count the words of an entry: of its fields but the id, and of its body."""
    own = entry.kind.identity.field
    fields = (text for name, value in entry.fields.items() if name != own for text in _texts(value))
    words = Counter(word for text in fields for word in _WORD.findall(text.lower()))
    body = entry.document.body
    if body is not None and entry.kind.files.layout == "document":
        words.update(_WORD.findall(entry.document.source.text[body.start :].lower()))
    return words


def words_in(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(_WORD.findall(text.lower()))


def _in_short(entry: Entry) -> Iterator[str]:
    for means in ("title", "term", "summary"):
        for text in _texts(entry.part(means)):
            yield from _WORD.findall(text.lower())


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - a field may hold anything
    if isinstance(value, dict):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
    elif value is not None:
        yield str(value)


def cosine(one: Vector, other: Vector) -> float:
    """Give the cosine of the angle between two vectors of length 1."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * longer.get(word, 0.0) for word, weight in shorter.items())


def _key(entry: Entry) -> Key:
    """Tell entries apart by what they are made of: two revisions may share a document."""
    return (entry.document, entry.node.start if entry.node is not None else -1)
