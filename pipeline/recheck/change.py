"""A change of one file: what it was, what it is now, and in what the two differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.documents.outline import Moves, outline
from pipeline.model.framework import Index
from pipeline.model.load import entries_of, references_of
from pipeline.recheck.cards import Card, line_of, names_in_addresses
from pipeline.text import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.documents.outline import Span
    from pipeline.model.framework import Entry, Reference
    from pipeline.model.kinds import Kind, Schemas
    from pipeline.recheck.cards import Line
    from pipeline.text import Location


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """A file before or after a change; of what its references name, nothing is known here."""

    document: Document
    entries: tuple[Entry, ...]
    references: tuple[Reference, ...]
    line: Line

    @property
    def parts(self) -> Counter[tuple[Card, str]]:
        """Its entries, each with its card and, in a list, its text."""
        text = self.document.source.text
        nodes = (entry.node if entry.kind.files.layout != "document" else None for entry in self.entries)
        texts = (text[node.start : node.end] if node else "" for node in nodes)
        return Counter(zip(self.line.cards, texts, strict=True))


def side_of(document: Document, kind: Kind, schemas: Schemas) -> Side:
    """Look at a file by itself."""
    entries = tuple(entries_of(document, kind))
    references = tuple(reference for entry in entries for reference in references_of(entry, Index(())))
    return Side(
        document=document,
        entries=entries,
        references=references,
        line=line_of(document, kind, entries, references, schemas),
    )


class _PageMoves(Moves):
    """Where places of a page are after a change; what stands for the whole entry may have another end."""

    def __init__(self, old: Side, new: Side) -> None:
        super().__init__(old.document, new.document)
        before, after = ([_span(entry.location) for entry in side.entries] for side in (old, new))
        self._wholes = dict(zip(before, after, strict=False))

    def after(self, place: Span) -> Span | None:
        found = super().after(place)
        return found if self._wholes.get(place, found) == found else None


def _span(location: Location) -> Span:
    return location.start, location.end


@dataclass(frozen=True, kw_only=True, eq=False)
class Change:
    """A file that changed; it came where there was no ``old`` one, and went where there is no ``new`` one."""

    path: str
    kind: Kind
    old: Side | None
    new: Side | None

    @property
    def sides(self) -> Iterator[Side]:
        """What it was, and what it is."""
        return (side for side in (self.old, self.new) if side)

    @property
    def is_page(self) -> bool:
        """Whether it holds one entry, and not a list of them."""
        return self.kind.files.layout == "document"

    @property
    def comes_or_goes(self) -> bool:
        """Whether there is a file more or a file less."""
        return self.old is None or self.new is None

    @cached_property
    def cards(self) -> tuple[tuple[Card, ...], ...]:
        """The cards of the entries that are not what they were, before and after; those of a page in any case."""
        old, new = (side.parts if side else Counter[tuple[Card, str]]() for side in (self.old, self.new))
        if self.is_page:
            return tuple(tuple(card for card, _ in parts) for parts in (old, new))
        return tuple(tuple(card for card, _ in parts) for parts in (old - new, new - old))

    @property
    def names(self) -> frozenset[str]:
        """All names that the file and those entries went or go by."""
        own = {self.path, stem_of(self.path)}
        return frozenset(own.union(*(card.every_name for cards in self.cards for card in cards)))

    @property
    def codes(self) -> frozenset[str]:
        """The codes that those entries had or have."""
        return frozenset(card.code for cards in self.cards for card in cards)

    @property
    def steps(self) -> frozenset[str]:
        """The last steps, in small letters, of addresses that may lead to them."""
        codes = frozenset(end.lower() for code in self.codes for end in (code, code.rpartition("/")[2]))
        return codes | names_in_addresses(self.path)

    @property
    def titles(self) -> frozenset[str]:
        """The titles that came or went."""
        before, after = ({card.title for card in cards} for cards in self.cards)
        return frozenset(before ^ after)

    @property
    def renames(self) -> bool:
        """Whether anything goes by other names than it did, or is new or gone."""
        before, after = ([card.naming for card in side.line.cards] if side else None for side in (self.old, self.new))
        return before != after

    @property
    def has_another_state(self) -> bool:
        """Whether anything counts in another way than it did."""
        before, after = ([card.state for card in side.line.cards] if side else None for side in (self.old, self.new))
        return before != after

    @property
    def is_clear(self) -> bool:
        """Whether it is known in which fields, links and mentions the page changed."""
        return self._changed_fields is not None

    @cached_property
    def _changed_fields(self) -> frozenset[str] | None:
        if self.old is None or self.new is None or not self.is_page:
            return None
        before, after = outline(self.old.document), outline(self.new.document)
        return before.changed_fields(after) if before and after else None

    @property
    def fields(self) -> frozenset[str]:
        """The fields that changed; all that there may be, where that is not clear."""
        if self._changed_fields is not None:
            return self._changed_fields
        written = (name for side in self.sides for entry in side.entries for name in entry.fields)
        return frozenset({*self.kind.properties, *written})

    @property
    def moves(self) -> Moves | None:
        """Where the places of the file are now; nowhere, if it is new or gone."""
        return _PageMoves(self.old, self.new) if self.old and self.new else None

    @property
    def has_other_headings(self) -> bool:
        """Whether a link may lead to a place in it that was not there, or is no longer there."""
        return self.comes_or_goes or len({side.document.anchors for side in self.sides}) > 1
