"""The sentences of a body, section by section, as two revisions are compared.

A unit is a sentence, or a heading, a cell or a line of code. Its ``key`` tells it from others: how
its words are broken into lines or marked does not count, and what its links and references
lead to does, under the name that it has today.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

from pipeline.documents.passages import NEUTRAL
from pipeline.documents.sentences import sentences
from pipeline.documents.written import literals_of, passages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.documents.document import Body, Document, Heading, Link
    from pipeline.documents.passages import Passage
    from pipeline.model.framework import Entry

_WHOLE = {"heading", "title", "cell"}


class Unit(NamedTuple):
    """A sentence: as it is shown, with where its links lead, and what tells it from others."""

    text: str
    led: str
    key: str
    start: int


class Part(NamedTuple):
    """A section: its heading, or none for what stands before the first, and its units."""

    heading: Heading | None
    units: tuple[Unit, ...]

    @property
    def title(self) -> str:
        """The words of its heading."""
        return self.heading.text if self.heading else ""


class Leads(NamedTuple):
    """Where a document leads: what its mentions name, by offset, and the place behind a link."""

    mentions: Mapping[int, str]
    destination: Callable[[Link], str]


def parts_of(entry: Entry, leads: Leads) -> list[Part]:
    """Give the sections of an entry's body in reading order, the text before the first heading first."""
    document = entry.document
    body = document.body
    if body is None or entry.kind.files.layout != "document":
        return []
    starts = [heading.start for heading in body.headings]
    buckets: list[list[Unit]] = [[] for _ in range(len(starts) + 1)]
    for unit in sorted(_units(entry, body, leads), key=lambda each: each.start):
        buckets[bisect.bisect_right(starts, unit.start)].append(unit)
    return [Part(heading, tuple(units)) for heading, units in zip((None, *body.headings), buckets, strict=True)]


def _units(entry: Entry, body: Body, leads: Leads) -> Iterator[Unit]:
    document = entry.document
    dialect = entry.kind.markdown.dialect
    passages = body.passages
    if body.words and not passages:  # they were left behind in another process
        passages = passages_of(document.source, body.start, dialect)
    reader = _Reader(document, body, leads)
    for passage in passages:
        if passage.role != "heading":
            yield from reader.units(passage)
    for literal in literals_of(document.source, body.start, dialect):
        yield from (Unit(line, line, line, literal.start) for line in literal.lines)
    for comment in body.comments:
        # The site's builder puts a list in the place of such a comment.
        if comment.text.split(" ", 1)[0] in entry.kind.lists:
            shown = f"<!-- {' '.join(comment.text.split())} -->"
            yield Unit(shown, shown, shown, comment.start)
    for link in body.links:
        if link.form == "definition":
            place = leads.destination(link)
            yield Unit(
                f"{link.text} → {link.target}", f"{link.text} → {link.target}", f"{link.text} {place}", link.start
            )


class _Reader:
    """Makes units of passages."""

    def __init__(self, document: Document, body: Body, leads: Leads) -> None:
        self._text = document.source.text
        self._leads = leads
        self._links = [link for link in body.links if link.form != "definition"]
        self._starts = [link.start for link in self._links]

    def units(self, passage: Passage) -> Iterator[Unit]:
        text = passage.text
        if passage.role in _WHOLE:
            yield self._unit(passage, 0, len(text))
            return
        for sentence in sentences(text):
            yield self._unit(passage, sentence.start, sentence.end)

    def _unit(self, passage: Passage, start: int, end: int) -> Unit:
        words = passage.text[start:end]
        first, last = passage.span(start, end)
        shown = key = " ".join(words.split())
        if NEUTRAL in words:
            atoms = [passage.span(at, at + 1) for at in range(start, end) if passage.text[at] == NEUTRAL]
            shown = _filled(shown, [self._text[slice(*span)] for span in atoms])
            key = _filled(key, [self._atom(*span) for span in atoms])
        begin = bisect.bisect_left(self._starts, first)
        if begin and self._links[begin - 1].end > first:  # the text begins with the words of a link
            begin -= 1
        links = self._links[begin : bisect.bisect_left(self._starts, last)]
        if not links:
            return Unit(shown, shown, key, first)
        places = " ".join(map(self._leads.destination, links))
        led = f"{shown} → {' '.join(link.target for link in links)}"
        return Unit(shown, led, f"{key} {NEUTRAL}{places}", first)

    def _atom(self, start: int, end: int) -> str:
        """Give what stands for code, a picture, an address or a reference."""
        if start in self._leads.mentions:
            return self._leads.mentions[start]
        at = bisect.bisect_left(self._starts, start)
        if at < len(self._links) and self._links[at].start == start:
            return f"[{self._links[at].text}]"
        return self._text[start:end]


def _filled(text: str, atoms: list[str]) -> str:
    """Put each atom in the place of the sign that stands for it."""
    parts = text.split(NEUTRAL)
    filled = (f"{part}{' '.join(atom.split())}" for part, atom in zip(parts, atoms, strict=False))
    return "".join((*filled, *parts[len(atoms) :]))
