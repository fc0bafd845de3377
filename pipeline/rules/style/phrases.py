"""Words and phrases that a schema wants written otherwise, found in the texts of a document."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings import Edit, Fix
from pipeline.rules.style.prose import small, writings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.model.style import Alternatives
    from pipeline.rules.style.prose import Writing
    from pipeline.text import Location

GAP: Final = "…"
_BETWEEN: Final = r"(?:[ \n]++[^\s.;:!?]++){0,6}?"


class Phrases:
    """A table of phrases, ready to be looked for."""

    def __init__(self, table: Alternatives) -> None:
        """Read a table as ``docs/schemas.md`` describes it."""
        self._table = {small(key): alternatives for key, alternatives in table.items()}
        # Of two phrases that begin alike, the longer one is meant.
        keys = sorted(self._table, key=len, reverse=True)
        self._probes = [(key, max(re.split(r"[ …]", key), key=len)) for key in keys]

    def find(self, document: Document, kind: Kind) -> Iterator[Match]:
        """Give each place in the texts of a document where a phrase stands."""
        # Between single quotation marks, YAML doubles an apostrophe.
        source = small(document.source.text).replace("''", "'")
        keys = [(key, word if GAP in key else key) for key, word in self._probes if word in source]
        if not keys:
            return
        for entry in writings_of(document, kind):
            for writing in entry.all:
                text = writing.small
                present = tuple([key for key, probe in keys if probe in text and _stands(probe, text)])
                if present and len(text) == len(writing.text):
                    yield from self._in(writing, present)

    def _in(self, writing: Writing, keys: tuple[str, ...]) -> Iterator[Match]:
        for found in _pattern(keys).finditer(writing.small):
            start, end = found.span()
            key = keys[(found.lastindex or 1) - 1]
            yield Match(writing, start, end, key, self._written(key, writing.text[start:end]))

    def _written(self, key: str, words: str) -> tuple[str, ...]:
        """Give what to write, with the capital and the rest of the word that were found."""
        rest = words[len(key) :] if key.endswith("-") else ""
        alternatives = tuple(f"{each}{rest}" for each in self._table[key])
        return tuple(each[:1].upper() + each[1:] for each in alternatives) if words[:1].isupper() else alternatives


class Match(NamedTuple):
    """A phrase that was found, and what to write instead."""

    writing: Writing
    start: int
    end: int
    key: str
    alternatives: tuple[str, ...]

    @property
    def words(self) -> str:
        """What stands there; only the words that matter, where others may stand between."""
        return self.key if GAP in self.key else " ".join(self.writing.text[self.start : self.end].split())

    @property
    def place(self) -> Location:
        """Where it stands."""
        return self.writing.place(self.start, self.end)

    @property
    def is_quoted(self) -> bool:
        """Whether it stands between quotation marks."""
        return self.writing.is_quoted(self.start, self.end)

    def fix(self, *, safe: bool) -> Fix | None:
        """Write the one alternative; none where marks stand in between, or there is a choice."""
        place = self.place
        if len(self.alternatives) != 1 or GAP in self.key or " ".join(place.text.split()) != self.words:
            return None
        edit = Edit(location=place, replacement=self.alternatives[0])
        return Fix(title=f"{self.words} → {self.alternatives[0]}", edits=(edit,), safe=safe)


def _stands(word: str, text: str) -> bool:
    """Whether a word stands apart in a text at least once, as "men" does not in "mensen"."""
    at = text.find(word)
    while at >= 0:
        if not text[at - 1 : at].isalnum() and (
            word[-1] == "-" or not text[at + len(word) : at + len(word) + 1].isalnum()
        ):
            return True
        at = text.find(word, at + 1)
    return False


@lru_cache(maxsize=256)
def _pattern(keys: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"({_expression(key)})" for key in keys))


def _expression(key: str) -> str:
    parts = [r"[ \n]++".join(map(re.escape, part.split())) for part in key.split(GAP)]
    inner = rf"{_BETWEEN}[ \n]++".join(parts)
    behind = r"[\w-]++" if key.endswith("-") else r"(?![\w'-])"
    return rf"(?<![\w'-]){inner}{behind}"
