"""A few pages of a framework, that can look up all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pipeline.model.framework import Entry, Framework, Index
from pipeline.model.kinds import ANY
from pipeline.model.load import entries_of, references_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from pipeline.documents.document import Document, Node
    from pipeline.model.framework import Reference
    from pipeline.model.kinds import Kind
    from pipeline.recheck.cards import Card
    from pipeline.recheck.register import Register

Reader = Callable[[str], "Document | None"]
Value = TypeVar("Value")


class Unknown(Exception):  # noqa: N818 - no error of anybody
    """A file cannot be looked up after all."""


class Later(Mapping[str, Value]):
    """Values that are made, all of them, when the first one is asked for."""

    def __init__(self, make: Callable[[], Mapping[str, Value]]) -> None:
        """Keep how to make them."""
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Value]:
        return self._make()

    def __getitem__(self, name: str) -> Value:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class Lookup(Mapping[str, Value]):
    """Values by name, each made when it is first asked for."""

    def __init__(self, names: Mapping[str, object], make: Callable[[str], Value]) -> None:
        """Keep the names, and how to make the value of each."""
        self._names = names
        self._make = make

    def __getitem__(self, name: str) -> Value:
        if name not in self._names:
            raise KeyError(name)
        return self._make(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Distant(Entry):
    """An entry of which the card is known; its file is read when more is asked."""

    _of: tuple[Card, str, int, Library]

    def __init__(self, card: Card, place: tuple[str, int], kind: Kind, library: Library) -> None:
        """Keep the card, and where the entry is: its file, and its number there."""
        for name, value in (("id", card.id), ("code", card.code), ("kind", kind)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_of", (card, *place, library))

    @property
    def path(self) -> str:
        """Its file, relative to the root."""
        _, path, _, _ = self._of
        return path

    @property
    def title(self) -> str:
        """What people call it."""
        return self._of[0].title

    @property
    def state(self) -> str:
        """What its status means."""
        return self._of[0].state

    @property
    def document(self) -> Document:
        """Its file, read."""
        _, path, _, library = self._of
        return library.document(path)

    @property
    def node(self) -> Node | None:
        """Its fields."""
        _, path, number, library = self._of
        return library.nodes(path)[number]


class Library:
    """The documents and entries of a framework, read when first asked for."""

    def __init__(self, register: Register, read: Reader) -> None:
        """Keep the register of what there is, and how to read it."""
        self.register = register
        self._read = read
        self._documents: dict[str, Document] = {}
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._nodes: dict[str, tuple[Node | None, ...]] = {}
        self._outgoing: dict[int, tuple[Reference, ...]] = {}
        self.index = LibraryIndex(self)

    def document(self, path: str) -> Document:
        """Give the document of a file; raise `Unknown` where it cannot be read."""
        if path not in self._documents:
            found = self._read(path)
            if found is None:
                raise Unknown(path)
            self._documents[path] = found
        return self._documents[path]

    def entries(self, path: str) -> tuple[Entry, ...]:
        """Give the entries of a file."""
        if path not in self._entries:
            line = self.register.lines[path]
            kind = self.register.schemas.kinds[line.kind]
            cards = enumerate(line.cards)
            self._entries[path] = tuple(Distant(card, (path, number), kind, self) for number, card in cards)
        return self._entries[path]

    def nodes(self, path: str) -> tuple[Node | None, ...]:
        """Give the fields of each entry of a file."""
        if path not in self._nodes:
            kind = self.register.schemas.kinds[self.register.lines[path].kind]
            self._nodes[path] = tuple(entry.node for entry in entries_of(self.document(path), kind))
        return self._nodes[path]

    def outgoing(self, entry: Entry) -> tuple[Reference, ...]:
        """Give what an entry says about others."""
        key = id(entry)
        if key not in self._outgoing:
            self._outgoing[key] = tuple(references_of(entry, self.index))
        return self._outgoing[key]

    def incoming(self, entry: Entry) -> Iterator[Reference]:
        """Give what others say about an entry, in order of their files."""
        names = self.register.lines[entry.path].names(entry.path)
        for path in sorted(self.register.asking(names)):
            for other in self.entries(path):
                yield from (reference for reference in self.outgoing(other) if reference.target is entry)


class LibraryIndex(Index):
    """Entries by what references call them, read when first asked for."""

    def __init__(self, library: Library) -> None:
        """Look up names in the register of a library."""
        super().__init__(())
        self._library = library
        self._register = library.register
        self._places: dict[tuple[str, str], dict[str, tuple[str, int]]] = {}

    def of_kind(self, name: str) -> tuple[Entry, ...]:
        """Give the entries of a kind in reading order: all of them are read."""
        return tuple(entry for path in self._paths(name) for entry in self._library.entries(path))

    def table(self, kind: str, by: str) -> Mapping[str, Entry]:
        """Give the entries of a kind by name."""
        places = self._placed(kind, by)

        def entry(name: str) -> Entry:
            path, number = places[name]
            return self._library.entries(path)[number]

        return Lookup(places, entry)

    def titles(self, kind: str, by: str) -> Mapping[str, str]:
        """Give the titles of the entries of a kind by every name that they go by."""
        lines = self._register.lines
        return {name: lines[path].cards[number].title for name, (path, number) in self._placed(kind, by).items()}

    def called(self, kind: str, by: str) -> Iterator[tuple[str, str]]:
        """Give what each entry of a kind should be called, with its title, in reading order."""
        place = self._register.number_of(by)
        for _, _, card in self._register.cards(self._paths(kind)):
            names = (*(card.meant[place] if card.meant else ()), *card.names[place])
            yield from ((name, card.title) for name in names[:1])

    def doubtful(self, kind: str) -> tuple[Entry, ...]:
        """Give the entries of a kind that may go by a name that is not known."""
        cards = self._register.cards(self._paths(kind))
        return tuple(self._library.entries(path)[number] for path, number, card in cards if card.doubtful)

    def _paths(self, kind: str) -> Sequence[str]:
        return self._register.paths if kind == ANY else self._register.paths_of.get(kind, ())

    def _placed(self, kind: str, by: str) -> Mapping[str, tuple[str, int]]:
        """Give the file and the number there of each entry of a kind, by name; the first one has it."""
        key = (kind, by)
        if key not in self._places:
            table: dict[str, tuple[str, int]] = {}
            place = self._register.number_of(by)
            cards = list(self._register.cards(self._paths(kind)))
            for path, number, card in cards:
                for name in card.names[place]:
                    table.setdefault(name, (path, number))
            for path, number, card in cards:
                for name in card.meant[place] if card.meant else ():
                    table.setdefault(name, (path, number))
            self._places[key] = table
        return self._places[key]


@dataclass(frozen=True, kw_only=True, eq=False)
class Excerpt(Framework):
    """A framework of which only some documents are to be judged: those in ``documents``.

    Whatever is looked up in it by name is what the whole framework would give.
    """

    library: Library

    def outgoing(self, entry: Entry) -> tuple[Reference, ...]:
        """Give what an entry says about others, in reading order."""
        return self.library.outgoing(entry)

    def incoming(self, entry: Entry) -> tuple[Reference, ...]:
        """Give what others say about an entry, in order of their files."""
        return tuple(self.library.incoming(entry))

    def references_ahead(self, *, but: Container[str]) -> tuple[Reference, ...]:
        """Give the references, and all that one arrives at by following them, but not past entries in these states."""
        found = list(self.references)
        seen = set(map(id, self.entries))
        for reference in found:  # it grows as it goes
            target = reference.target
            if target is not None and id(target) not in seen and target.state not in but:
                seen.add(id(target))
                found.extend(self.outgoing(target))
        return tuple(found)

    @cached_property
    def entries_by_path(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each file, in reading order."""
        return Lookup(self.library.register.lines, self.library.entries)

    @cached_property
    def documents_by_path(self) -> Mapping[str, Document]:
        """The document of each parsed file."""
        return Lookup(self.library.register.lines, self.library.document)

    @cached_property
    def page_titles(self) -> Mapping[str, str]:
        """The titles of the entries that have a file for themselves, by its path."""
        lines = self.library.register.lines.items()
        return {path: line.cards[0].title for path, line in lines if len(line.cards) == 1}

    @property
    def codes(self) -> Iterator[tuple[str, str, str]]:
        """The kind, the code and the file of each entry, in reading order."""
        register = self.library.register
        return ((register.lines[path].kind, card.code, path) for path, _, card in register.cards(register.paths))


def excerpt_of(library: Library, paths: Iterable[str], extras: Mapping[str, Document], today: str) -> Excerpt:
    """Take some files out of a framework, as far as they are there; raise `Unknown` where one cannot be read."""
    asked = sorted(path for path in paths if path in library.register.lines)
    entries = tuple(entry for path in asked for entry in library.entries(path))
    return Excerpt(
        schemas=library.register.schemas,
        documents=tuple(map(library.document, asked)),
        entries=entries,
        files=library.register.files,
        references=tuple(reference for entry in entries for reference in library.outgoing(entry)),
        index=library.index,
        extras=extras,
        today=today,
        library=library,
    )
