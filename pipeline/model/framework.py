"""The framework: entries, and what each says about others.

Built once by `pipeline.model.load`, never changed. Rules, exports and the command line
read it; nothing here reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pipeline.model.kinds import ANY
from pipeline.text import lazy_pattern, stem_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from pipeline.documents.document import Document, Node
    from pipeline.model.kinds import Kind, ReferenceField, Schemas, Settings
    from pipeline.text import Location


_BETWEEN = lazy_pattern(r"[:;/\s]")


@dataclass(frozen=True, kw_only=True, eq=False)
class Entry:
    """One entry. ``node`` holds its fields; none where there is no front matter.

    ``id`` is what the entry calls itself; where its file cannot be parsed, it is derived
    from the file name, so that one broken file does not make references to it dangle.
    """

    id: str
    code: str
    kind: Kind
    document: Document
    node: Node | None = None

    @property
    def path(self) -> str:
        """Its file, relative to the root."""
        return self.document.source.path

    @property
    def stem(self) -> str:
        """Its file's name without folder and extension."""
        return stem_of(self.path)

    @property
    def fields(self) -> Mapping[str, Any]:
        """Its fields as plain values."""
        value = self.node.value if self.node else None
        return value if isinstance(value, dict) else {}

    def part(self, means: str) -> Any:  # noqa: ANN401 - a field may hold anything
        """Give the value of the field that plays a part (``x-means``), or nothing."""
        name = self.kind.means.get(means)
        return self.fields.get(name) if name else None

    @property
    def title(self) -> str:
        """What people call it: its title or term, else its code."""
        for means in ("title", "term"):
            value = self.part(means)
            if isinstance(value, str) and value:
                return value
        return self.code

    @property
    def state(self) -> str:
        """What its status means: draft, final, replaced, withdrawn, or nothing."""
        status = self.part("status")
        return self.kind.states.get(status, "") if isinstance(status, str) else ""

    @property
    def is_gone(self) -> bool:
        """Whether it is kept for its id only: nothing is asked of it, and it gives nothing."""
        return self.state in {"replaced", "withdrawn"}

    @property
    def location(self) -> Location:
        """The place that stands for the whole entry: its id, else its first characters."""
        document = self.document
        if self.node is not None:
            node = self.node.child(self.kind.identity.field) or self.node
            return document.at(node.start, min(node.end, node.start + 80))
        text = document.source.text
        end = text.find("\n")
        return document.at(0, end if 0 <= end < len(text) else min(len(text), 80))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """A place in one entry that names another.

    ``key`` is what was written, ``target`` the entry it names or none, ``locator`` the
    article of law where one is cited. ``path`` is the place of the value in the front
    matter, ``()`` for a mention in running text.
    """

    origin: Entry
    spec: ReferenceField
    path: tuple[str | int, ...]
    key: str
    start: int
    end: int
    target: Entry | None = None
    locator: str = ""

    @property
    def field(self) -> str:
        """The place of the value, for reports: ``vereiste.0.ref``."""
        return ".".join(map(str, self.path))

    @property
    def location(self) -> Location:
        """Where it was written."""
        return self.origin.document.at(self.start, self.end)

    @property
    def is_mention(self) -> bool:
        """Whether it stands in running text."""
        return not self.path


class Index:
    """Entries by what references call them."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        """Keep the entries; tables are made when first asked for."""
        self._entries = entries
        self._tables: dict[tuple[str, str], dict[str, Entry]] = {}
        self._by_kind: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_kind.setdefault(entry.kind.name, []).append(entry)

    def of_kind(self, name: str) -> tuple[Entry, ...]:
        """Give the entries of a kind (``"*"``: all) in reading order."""
        return self._entries if name == ANY else tuple(self._by_kind.get(name, ()))

    def table(self, kind: str, by: str) -> Mapping[str, Entry]:
        """Give the entries of a kind by ``id``, ``code``, ``stem`` or ``field:name``."""
        key = (kind, by)
        if key not in self._tables:
            table: dict[str, Entry] = {}
            entries = self.of_kind(kind)
            for names in (names_of, names_meant):
                for entry in entries:
                    for name in names(entry, by):
                        table.setdefault(name, entry)
            self._tables[key] = table
        return self._tables[key]

    def titles(self, kind: str, by: str) -> Mapping[str, str]:
        """Give the titles of the entries of a kind by every name that they go by."""
        return {name: entry.title for name, entry in self.table(kind, by).items()}

    def called(self, kind: str, by: str) -> Iterator[tuple[str, str]]:
        """Give what each entry of a kind should be called, with its title, in reading order."""
        for entry in self.of_kind(kind):
            yield from ((name, entry.title) for name in called(entry, by))

    def doubtful(self, kind: str) -> tuple[Entry, ...]:
        """Give entries of a kind, among them all that may go by a name that is not known."""
        return self.of_kind(kind)

    def find(self, key: str, spec: ReferenceField) -> Entry | None:
        """Give the entry that a reference names, or nothing."""
        for kind in spec.to:
            found = self.table(kind, spec.by).get(key)
            if found is not None:
                return found
        return None


def called(entry: Entry, by: str) -> Iterator[str]:
    """Give the one name that references of a sort should call an entry by, where it has one."""
    return islice(chain(names_meant(entry, by), names_of(entry, by)), 1)


def names_meant(entry: Entry, by: str) -> Iterator[str]:
    """Give what an entry would be called if its name had no slip in it.

    A slip in a name is one mistake: it must not make every reference to the entry dangle.
    What the file is called tells the code, and characters that nobody sees are no part of a name.
    """
    if by in {"id", "code"} and entry.kind.identity.where == "field":
        yield from _by_code_meant(entry, by)
    for name in names_of(entry, by):
        if not name.isprintable():
            yield _printable(name)
    value = entry.fields.get(by.removeprefix("field:")) if by.startswith("field:") else None
    if isinstance(value, list) and len(value) == 1:
        yield str(value[0])  # a list of one, where a word belongs
    elif isinstance(value, (int, float)) and entry.node and (node := entry.node.child(by.removeprefix("field:"))):
        yield node.raw  # 2.20 without the quotation marks that keep the zero


def _by_code_meant(entry: Entry, by: str) -> Iterator[str]:
    """Give the id, and the code before it, that go with the file's name, or with the end of the id in a list."""
    kind = entry.kind
    code = _printable(_BETWEEN.split(entry.code)[-1].lower())
    if kind.files.layout == "document":
        match = kind.stem_pattern.fullmatch(entry.stem)
        code = (match.groupdict().get("code") if match else None) or ""
    if code and kind.identity.id_of(code) != entry.id and kind.code_pattern.fullmatch(code):
        if by == "code":
            yield code
        yield kind.identity.id_of(code)


def _printable(name: str) -> str:
    return "".join(filter(str.isprintable, name))


def names_of(entry: Entry, by: str) -> Iterator[str]:
    """Give what references of a sort may call an entry."""
    if by == "stem":
        if entry.kind.files.layout == "document":
            yield entry.stem
    elif by.startswith("field:"):
        value = entry.fields.get(by.removeprefix("field:"))
        if value is None and entry.node is None:
            yield entry.code
        elif value is not None and not isinstance(value, (dict, list)):
            yield str(value)
    else:
        if by == "code":
            yield entry.code
        yield entry.id


@dataclass(frozen=True, kw_only=True, eq=False)
class Framework:
    """All entries with their relations, and the files around them.

    ``files`` are all paths below the root; ``unclaimed`` those in the framework's folders
    that no schema claims; ``extras`` are the files that hold no entries and are read all the
    same. ``base`` is an earlier revision to compare with, where one was asked for. ``today`` is
    the day (``2026-08-02``) that deadlines are held against; without it nothing is ever late.
    """

    schemas: Schemas
    documents: tuple[Document, ...] = ()
    entries: tuple[Entry, ...] = ()
    files: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()
    index: Index = field(default_factory=lambda: Index(()))
    unclaimed: tuple[str, ...] = ()
    extras: Mapping[str, Document] = field(default_factory=dict)
    base: Framework | None = None
    today: str = ""

    @property
    def settings(self) -> Settings:
        """What ``framework.json`` says."""
        return self.schemas.settings

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds by name, in the order of the site."""
        return self.schemas.kinds

    def find(self, name: str) -> Entry | None:
        """Give the entry with this id, or else with this code, stem or path."""
        for by in ("id", "code", "stem"):
            entry = self.index.table(ANY, by).get(name)
            if entry is not None:
                return entry
        at_path = self.entries_by_path.get(name, ())
        return at_path[0] if at_path else None

    def outgoing(self, entry: Entry) -> tuple[Reference, ...]:
        """Give what an entry says about others, in reading order."""
        return tuple(self._outgoing.get(id(entry), ()))

    def incoming(self, entry: Entry) -> tuple[Reference, ...]:
        """Give what others say about an entry, in order of their files."""
        return tuple(self._incoming.get(id(entry), ()))

    def references_ahead(self, *, but: Container[str]) -> tuple[Reference, ...]:  # noqa: ARG002 - a part needs it
        """Give the references, and all that one arrives at by following them, but not past entries in these states."""
        return self.references

    @property
    def page_titles(self) -> Mapping[str, str]:
        """The titles of the entries that have a file for themselves, by its path."""
        return {path: entries[0].title for path, entries in self.entries_by_path.items() if len(entries) == 1}

    @property
    def codes(self) -> Iterator[tuple[str, str, str]]:
        """The kind, the code and the file of each entry, in reading order."""
        return ((entry.kind.name, entry.code, entry.path) for entry in self.entries)

    @cached_property
    def _outgoing(self) -> dict[int, list[Reference]]:
        table: dict[int, list[Reference]] = {}
        for reference in self.references:
            table.setdefault(id(reference.origin), []).append(reference)
        return table

    @cached_property
    def _incoming(self) -> dict[int, list[Reference]]:
        table: dict[int, list[Reference]] = {}
        for reference in self.references:
            if reference.target is not None:
                table.setdefault(id(reference.target), []).append(reference)
        return table

    @cached_property
    def entries_by_path(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each file, in reading order."""
        table: dict[str, list[Entry]] = {}
        for entry in self.entries:
            table.setdefault(entry.path, []).append(entry)
        return {path: tuple(entries) for path, entries in table.items()}

    @cached_property
    def documents_by_path(self) -> Mapping[str, Document]:
        """The document of each parsed file."""
        return {document.source.path: document for document in self.documents}

    def entry_at(self, path: str, offset: int) -> Entry | None:
        """Give the entry that a place in a file belongs to."""
        entries = self.entries_by_path.get(path, ())
        if len(entries) == 1 and entries[0].kind.files.layout == "document":
            return entries[0]
        for entry in entries:
            if entry.node is not None and _begin(entry.node, entry.document) <= offset <= entry.node.end:
                return entry
        return None


def _begin(node: Node, document: Document) -> int:
    """Give the place of the hyphen before an item of a list, or where the item begins."""
    before = document.source.text[max(0, node.start - 80) : node.start]
    bare = before.rstrip(" ")
    return node.start - (len(before) - len(bare) + 1) if bare.endswith("-") else node.start
