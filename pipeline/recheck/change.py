"""A change of one file: what it was, what it is now, and in what they differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.documents.outline import outline
from pipeline.model.framework import Index
from pipeline.model.load import entries_of, references_of
from pipeline.recheck.cards import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.framework import Entry, Reference
    from pipeline.model.kinds import Kind, Schemas
    from pipeline.recheck.cards import Line


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """A page before or after a change; of what its references name, nothing is known here."""

    document: Document
    entry: Entry
    references: tuple[Reference, ...]
    line: Line

    @property
    def names(self) -> frozenset[str]:
        """What it goes by."""
        return self.line.names(self.entry.path)


def side_of(document: Document, kind: Kind, schemas: Schemas) -> Side:
    """Look at a page by itself."""
    entry = next(entries_of(document, kind))
    references = tuple(references_of(entry, Index(())))
    return Side(
        document=document,
        entry=entry,
        references=references,
        line=line_of(document, kind, [entry], references, schemas),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Change:
    """A page that changed; it came where there was no ``old`` one, and went where there is no ``new`` one."""

    path: str
    kind: Kind
    old: Side | None
    new: Side | None

    @property
    def sides(self) -> Iterator[Side]:
        """What it was, and what it is."""
        return (side for side in (self.old, self.new) if side)

    @property
    def comes_or_goes(self) -> bool:
        """Whether there is a file more or a file less."""
        return self.old is None or self.new is None

    @property
    def names(self) -> frozenset[str]:
        """All names that the page went or goes by."""
        return frozenset[str]().union(*(side.names for side in self.sides))

    @property
    def titles(self) -> tuple[str, ...]:
        """The title that it had, and the one that it has, where they differ."""
        titles = tuple(side.entry.title for side in self.sides)
        return titles if len(set(titles)) == len(titles) else ()

    @property
    def renames(self) -> bool:
        """Whether it goes by other names than it did, or is new or gone."""
        return self.old is None or self.new is None or self.old.names != self.new.names

    @property
    def has_another_state(self) -> bool:
        """Whether it counts in another way than it did."""
        return self.old is None or self.new is None or self.old.entry.state != self.new.entry.state

    @property
    def is_clear(self) -> bool:
        """Whether it is known in which fields, links and mentions the page changed."""
        if self.old is None or self.new is None:
            return False
        before, after = outline(self.old.document), outline(self.new.document)
        return before is not None and after is not None and before.changed_fields(after) is not None

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that changed; all that there may be, where that is not clear."""
        before, after = (outline(side.document) if side else None for side in (self.old, self.new))
        changed = before.changed_fields(after) if before and after else None
        if changed is not None:
            return changed
        return frozenset({*self.kind.properties, *(name for side in self.sides for name in side.entry.fields)})

    @property
    def has_other_headings(self) -> bool:
        """Whether a link may lead to a place in it that was not there, or is no longer there."""
        return self.comes_or_goes or len({side.document.anchors for side in self.sides}) > 1
