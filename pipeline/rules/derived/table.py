"""A table that a command makes from the entries: what it says, and what it should say."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.model.framework import names_meant
from pipeline.rules.coverage.doubt import is_misread
from pipeline.rules.schema.violations import gate
from pipeline.text import lazy_pattern, line_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.documents.document import Node
    from pipeline.model.demands import Derived
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind
    from pipeline.text import Location, Source

_ID = lazy_pattern(r"[\w:.-]+")

Words = dict[tuple[str, str], set[str]]
"""The ids of the entries that use a word, by group and word."""


class Row(NamedTuple):
    """A row with its cells by column, and its place: the first cell."""

    cells: Mapping[str, str]
    location: Location


class Table(NamedTuple):
    """A table: its columns, the place of the line with their names, and its rows."""

    columns: tuple[str, ...]
    header: Location
    rows: tuple[Row, ...]


def read_table(source: Source) -> Table | None:
    """Read a CSV file, with commas or semicolons; nothing where it is none."""
    text = source.text.removeprefix("\ufeff")
    skipped = len(source.text) - len(text)
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    starts = line_starts(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: tuple[str, ...] = ()
    header = source.at(0)
    rows: list[Row] = []
    before = 0
    try:
        for values in reader:
            start = skipped + starts[min(before, len(starts) - 1)]
            before = reader.line_num
            if not values:
                continue
            place = source.at(start, start + len(values[0]))
            if not columns:
                columns, header = tuple(values), place
            else:
                rows.append(Row(cells=dict(zip(columns, values, strict=False)), location=place))
    except csv.Error:
        return None
    return Table(columns=columns, header=header, rows=tuple(rows))


class Use(NamedTuple):
    """The words that an entry uses, each with its group.

    ``name`` is its id; the one that its file is named after where the two differ, for a slip in an id is told by
    the rules for ids, and leaves this table as it is. Of one that is ``unsure`` nobody knows what it would say:
    there is a mistake in it, which is told.
    """

    name: str
    words: tuple[tuple[str, str], ...]
    unsure: bool


def use_of(entry: Entry, derived: Derived) -> Use:
    """Give what an entry says for a table."""
    node = entry.node.child(derived.field) if entry.node else None
    if derived.field not in entry.fields:
        unsure = entry.node is None or is_misread(entry, derived.field)
    else:
        unsure = entry.fields[derived.field] is not None and not _gate(entry.kind, derived.field)(entry.fields)
    words = tuple((group if derived.group else "", word) for group, word in _words(node)) if node else ()
    return Use(name=next(names_meant(entry, "id"), entry.id), words=words, unsure=unsure)


@lru_cache(maxsize=16)
def _gate(kind: Kind, field: str) -> Callable[[Any], bool]:
    """Give what tells whether the value of one field is right."""
    return gate(replace(kind, schema={"properties": {field: kind.properties[field]}}))


def words_used(uses: Iterable[Use]) -> Words:
    """Give who uses each word."""
    used: Words = {}
    for use in uses:
        for each in use.words:
            used.setdefault(each, set()).add(use.name)
    return used


def _words(node: Node) -> Iterator[tuple[str, str]]:
    groups = node.children if isinstance(node.children, dict) else {"": node}
    for group, below in groups.items():
        for item in below.items or ([below] if not below.children else []):
            if item.raw.strip() and not item.children:
                yield str(group), item.raw.strip()


def ids_in(row: Row, derived: Derived, own: set[str], is_id: Callable[[str], bool]) -> tuple[set[str], set[str]]:
    """Give the ids that a row names in full, and those that it names anywhere.

    An id should be in the list, and marked in its ``own`` column where it has one.
    """
    marked = {name for name in own if row.cells.get(name, "").strip() not in {"", "0"}}
    if not derived.listed:
        return marked, marked
    listed = {word for word in _ID.findall(row.cells.get(derived.listed, "")) if is_id(word)}
    return {name for name in listed if name in marked or name not in own}, listed | marked
