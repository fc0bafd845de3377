"""A table that a command makes from the entries: what it says, and what it should say."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.framework import names_meant
from pipeline.text import lazy_pattern, line_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.documents.document import Node
    from pipeline.model.demands import Derived
    from pipeline.model.framework import Entry, Framework
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


def words_used(framework: Framework, derived: Derived) -> Words:
    """Give who uses each word now."""
    used: Words = {}
    for entry in framework.index.of_kind(derived.of):
        node = entry.node.child(derived.field) if entry.node else None
        for group, word in _words(node) if node else ():
            used.setdefault((group if derived.group else "", word), set()).add(id_by_file(entry))
    return used


def id_by_file(entry: Entry) -> str:
    """Give an entry's id; the one that its file is named after where the two differ.

    A slip in an id is told by the rules for ids, and leaves this table as it is.
    """
    return next(names_meant(entry, "id"), entry.id)


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
