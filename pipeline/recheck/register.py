"""What is known of every file of a framework without reading it again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.recheck.cards import line_of, sorts, tables_of
from pipeline.rules.derived.table import Use

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from pipeline.model.demands import Derived
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.recheck.cards import Card, Line


class Register:
    """A line for each file with entries, and the paths of all files."""

    def __init__(self, schemas: Schemas, files: frozenset[str], lines: Mapping[str, Line]) -> None:
        """Keep the lines by path; tables are made when first asked for."""
        self.schemas = schemas
        self.files = files
        self.lines = lines

    def changed(self, path: str, line: Line | None) -> Register:
        """Give the register with another line for a file, or without the file."""
        if line is None:
            others = {name: each for name, each in self.lines.items() if name != path}
            return Register(self.schemas, self.files - {path}, others)
        if self.lines.get(path) == line:
            return self
        return Register(self.schemas, self.files | {path}, {**self.lines, path: line})

    def with_files(self, files: frozenset[str]) -> Register:
        """Give the register with other files that hold no entries."""
        return Register(self.schemas, files, self.lines)

    @cached_property
    def paths(self) -> Sequence[str]:
        """The files with entries, in reading order."""
        return sorted(self.lines)

    @cached_property
    def paths_of(self) -> Mapping[str, Sequence[str]]:
        """The files of each kind, in reading order."""
        table: dict[str, list[str]] = {}
        for path in self.paths:
            table.setdefault(self.lines[path].kind, []).append(path)
        return table

    def cards(self, paths: Sequence[str]) -> Iterator[tuple[str, int, Card]]:
        """Give the cards of some files, each with its path and its number there."""
        for path in paths:
            for number, card in enumerate(self.lines[path].cards):
                yield path, number, card

    def asking(self, names: frozenset[str]) -> Iterator[str]:
        """Give the files that look up one of these names."""
        return (path for path, line in self.lines.items() if not names.isdisjoint(line.asks))

    def leading(self, steps: frozenset[str], *, anchored: bool) -> Iterator[str]:
        """Give the files with an address that ends in one of these steps; ``anchored`` ones name a heading."""
        return (
            path for path, line in self.lines.items() if not steps.isdisjoint(line.anchored if anchored else line.leads)
        )

    def uses(self, derived: Derived) -> Sequence[Use]:
        """Give what all entries say for a table."""
        number = tables_of(derived.of, self.schemas).index(derived)
        return [Use(*card.uses[number]) for _, _, card in self.cards(self.paths_of.get(derived.of, ()))]

    @property
    def articles(self) -> Iterator[tuple[str, str]]:
        """The addresses that hide an article of law, each with the one that a link names."""
        return (pair for path in self.paths for pair in self.lines[path].articles)

    def hiding(self, targets: frozenset[str]) -> Iterator[str]:
        """Give the files with a link to one of these addresses that hide an article."""
        lines = self.lines.items() if targets else ()
        return (path for path, line in lines if any(target in targets for target, _ in line.articles))

    def going_by(self, names: Container[str]) -> Iterator[tuple[str, Card]]:
        """Give the entries that go by one of these names, each with its file."""
        return (
            (path, card)
            for path, line in self.lines.items()
            for card in line.cards
            if any(name in names for every in (*card.names, *card.meant) for name in every)
        )

    def number_of(self, sort: str) -> int:
        """Give the place of a sort of names on a card."""
        return sorts(self.schemas).index(sort)


def register_of(framework: Framework, known: Mapping[str, Line] | None = None) -> Register:
    """Make the register of a whole framework; of files that did not change, the lines may be ``known``."""
    lines = dict(known or {})
    for document in framework.documents:
        path = document.source.path
        kind = framework.schemas.claim(path)
        if kind is not None and path not in lines:
            entries = framework.entries_by_path.get(path, ())
            references = (reference for entry in entries for reference in framework.outgoing(entry))
            lines[path] = line_of(document, kind, entries, references, framework.schemas)
    return Register(framework.schemas, framework.files, lines)
