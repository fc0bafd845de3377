"""The ledger of released ids, line by line, with places.

A CSV file with one line an id: ``urn,since,state,successor`` (docs/schemas.md, ``ledger``).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.framework import Framework
    from pipeline.text import Location, Source

HEADER: Final = ("urn", "since", "state", "successor")
STATES: Final = ("actief", "vervangen", "ingetrokken")

_LINE = lazy_pattern(r"[^\r\n]+")
_CELL = lazy_pattern(r'"(?:[^"]|"")*"|[^,]*')


class Line(NamedTuple):
    """A line that is not empty; ``values`` is none where it is no CSV."""

    source: Source
    start: int
    text: str
    values: tuple[str, ...] | None

    @property
    def location(self) -> Location:
        """The whole line."""
        return self.source.at(self.start, self.start + len(self.text))

    def cell(self, index: int) -> Location:
        """Give the place of the cell with this index, from 0."""
        place = 0
        for _ in range(index):
            match = _CELL.match(self.text, place)
            place = (match.end() if match else place) + 1
        match = _CELL.match(self.text, place)
        end = match.end() if match else place
        return self.source.at(self.start + place, self.start + end)


def lines_of(framework: Framework) -> list[Line]:
    """Give the lines of the ledger, its header first; none where it could not be read."""
    document = framework.extras.get(framework.settings.ledger)
    if document is None or document.flaws:
        return []
    return lines_in(document.source)


def lines_in(source: Source) -> list[Line]:
    """Give the lines of a ledger's text, its header first."""
    start = 1 if source.text.startswith("\ufeff") else 0
    found = _LINE.finditer(source.text, start)
    lines = [Line(source=source, start=each.start(), text=each[0], values=_values(each[0])) for each in found]
    return lines or [Line(source=source, start=start, text="", values=())]


@lru_cache(maxsize=4)
def released(framework: Framework) -> Mapping[str, Location]:
    """Give each id in the ledger with its place; none while the header is wrong."""
    lines = lines_of(framework)
    if not lines or lines[0].values != HEADER:
        return {}
    return {line.values[0]: line.cell(0) for line in lines[1:] if line.values and line.values[0]}


def _values(text: str) -> tuple[str, ...] | None:
    try:
        (row,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        return None
    return tuple(value.strip() for value in row)
