"""What the schemas say, as plain values: kinds of entries and the framework's settings.

The meaning of each keyword stands in docs/schemas.md. What has few members and no default that
could change is a tuple with names: making a dataclass takes Python seven times as long, at every
start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import Text
from pipeline.model.demands import Demands
from pipeline.model.form import Agreement
from pipeline.model.patterns import ecma
from pipeline.model.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.demands import Need
    from pipeline.model.form import Form
    from pipeline.text import Location, Source

ANY = "*"
SLUG = r"[^/]+?"


class Inverse(NamedTuple):
    """What the target of a relation calls it."""

    name: str
    label: Text


class ReferenceField(NamedTuple):
    """A field that names other entries. ``path`` has ``*`` for the items of a list."""

    path: tuple[str, ...]
    to: tuple[str, ...]
    by: str = "id"
    inverse: Inverse | None = None
    mirror: str = ""
    vocabulary: bool = False

    @property
    def name(self) -> str:
        """The field without list steps: ``verwijzingen.bron``."""
        return ".".join(step for step in self.path if step != ANY)


class CitationField(NamedTuple):
    """An object that cites an article: the paths of its source and of the article."""

    path: tuple[str, ...]
    source: str
    locator: str


class Section(NamedTuple):
    """A heading that a body needs; ``least`` and ``most`` count words (0: no limit).

    ``short`` are those of an entry's short form. Without a heading it is the text before the
    first one.
    """

    heading: str
    level: int = 2
    least: int = 0
    most: int = 0
    short: tuple[int, int] = (0, 0)
    required: bool = True
    aliases: tuple[str, ...] = ()


class Markdown(NamedTuple):
    """How bodies are written: dialect, slugger of heading anchors, raw HTML allowed."""

    dialect: str = "commonmark"
    slugs: str = "github"
    html: bool = False


class Override(NamedTuple):
    """A rule's severity changed, with the reason. ``severity`` may be ``off``."""

    rule: str
    severity: str
    reason: str
    source: Source = field(compare=False)

    @property
    def location(self) -> Location:
        """Where the schema says so."""
        found = re.search(rf'"rule"\s*:\s*("{re.escape(self.rule)}")', self.source.text)
        return self.source.at(*found.span(1)) if found else self.source.at(0)


class Directive(NamedTuple):
    """A comment that the site's builder replaces: ``<!-- name field/stem flag -->``."""

    name: str
    lists: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededDirective:
    """A directive that each page of a kind needs; ``{stem}`` stands for the page's own."""

    name: str
    filters: Mapping[str, str] = field(default_factory=dict)


class Files(NamedTuple):
    """Where a kind's entries are."""

    layout: str = "document"
    folder: str = ""
    file: str = ""
    name: str = "{slug}"
    excluded: frozenset[str] = frozenset()
    recursive: bool = False

    def hold(self, path: str) -> bool:
        """Whether ``path`` is one of these files."""
        if self.layout != "document":
            return path == self.file
        folder, _, name = path.rpartition("/")
        if not name.endswith(".md") or name[:-3] in self.excluded:
            return False
        if self.recursive:
            return folder == self.folder or not self.folder or folder.startswith(f"{self.folder}/")
        return folder == self.folder


class Identity(NamedTuple):
    """Where an entry's id stands and what it looks like."""

    where: str = "field"
    field: str = "id"
    template: str = "{code}"
    code: str = ""
    prefixes: tuple[str, ...] = ()
    first: int = 1
    digits: int = 2
    from_title: bool = False

    def id_of(self, code: str) -> str:
        """Make the id of a code."""
        return self.template.replace("{code}", code)


class Page(NamedTuple):
    """An entry kind's place on the site."""

    order: int | None = None
    page: str = "entry"
    group: str = ""
    hidden: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """One kind of entry, read from its schema.

    ``schema`` is plain JSON Schema for an entry's fields, every ``$ref`` replaced by what
    it refers to; ``properties`` are its fields. ``means`` gives the field that plays a part,
    ``prose`` the paths of fields that hold running text, beside its summary.
    ``inverses`` are the relations that other kinds store about this one: by name, the kind
    that stores it and in which field. ``addresses`` are the paths of fields with a web address;
    ``lists`` the names of the directives that the site's builder replaces by text.
    """

    name: str
    one: Text
    many: Text
    files: Files
    identity: Identity
    schema: Mapping[str, Any]
    path: str
    references: tuple[ReferenceField, ...] = ()
    citations: tuple[CitationField, ...] = ()
    sections: tuple[Section, ...] = ()
    markdown: Markdown = Markdown()
    directives: tuple[NeededDirective, ...] = ()
    lists: frozenset[str] = frozenset()
    needs: tuple[Need, ...] = ()
    overrides: Mapping[str, Override] = field(default_factory=dict)
    page: Page = Page()
    inverses: Mapping[str, tuple[str, ReferenceField]] = field(default_factory=dict)
    means: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[tuple[str, ...], ...] = ()
    style: Style = field(default_factory=Style)
    prose: tuple[tuple[str, ...], ...] = ()
    form: Form | None = None

    @property
    def noun(self) -> Text:
        """What one entry is called in a sentence."""
        return self.one.lowered()

    @property
    def inverse_names(self) -> frozenset[str]:
        """Names of relations that other kinds store about this one and this one must not."""
        return frozenset(self.inverses) - self.properties.keys()

    @property
    def properties(self) -> Mapping[str, Any]:
        """The schema of each field."""
        return self.schema.get("properties", {})  # type: ignore[no-any-return]

    @cached_property
    def code_pattern(self) -> re.Pattern[str]:
        """What a code looks like."""
        return re.compile(ecma(self.identity.code) if self.identity.code else ".+")

    @cached_property
    def id_pattern(self) -> re.Pattern[str]:
        """What an id looks like, with the group ``code``."""
        before, _, after = self.identity.template.partition("{code}")
        code = ecma(self.identity.code) if self.identity.code else ".+"
        return re.compile(f"{re.escape(before)}(?P<code>{code}){re.escape(after)}")

    @cached_property
    def stem_pattern(self) -> re.Pattern[str]:
        """What a file name without ``.md`` looks like, with the group ``code`` if it has one."""
        code = ecma(self.identity.code) if self.identity.code else SLUG
        pattern = re.escape(self.files.name).replace(r"\{", "{").replace(r"\}", "}")
        pattern = pattern.replace("{code}", f"(?P<code>{code})", 1)
        return re.compile(pattern.replace("{slug}", SLUG).replace("{number}", "[0-9]+"))

    def is_like(self, other: Kind) -> bool:
        """Whether another revision of the schemas says just the same of this kind."""
        return all(getattr(self, each.name) == getattr(other, each.name) for each in fields(self))

    def label(self, name: str) -> Text:
        """Give a field's name for people."""
        words = self.properties.get(name, {}).get("x-label", {})
        return Text(nl=words.get("nl", name), en=words.get("en", name))

    def reference_in(self, name: str) -> ReferenceField | None:
        """Give the reference that starts at field ``name``, if there is one."""
        return next((each for each in self.references if each.path[0] == name), None)


class Site(NamedTuple):
    """Where the published site stands and how its addresses are made."""

    url: str = ""
    root: str = ""
    pages: str = "directory"
    repository: str = ""
    branch: str = "main"


class Navigation(NamedTuple):
    """A navigation file: its path, format and the folder that its paths start from."""

    file: str
    format: str
    root: str = ""


class Unasked(NamedTuple):
    """An external address, or a pattern of some, that is never asked whether it still works."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``framework.json`` says about the framework as a whole."""

    path: str = "framework.json"
    name: Text = Text(nl="", en="")
    description: Text = Text(nl="", en="")
    folders: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    markdown: Markdown = Markdown()
    site: Site = Site()
    navigation: tuple[Navigation, ...] = ()
    directives: Mapping[str, Directive] = field(default_factory=dict)
    unasked: tuple[Unasked, ...] = ()
    overrides: Mapping[str, Override] = field(default_factory=dict)
    ledger: str = ""
    disclaimer: Text = Text(nl="", en="")
    feedback: str = ""
    license: str = ""
    style: Style = field(default_factory=Style)
    demands: Demands = field(default_factory=Demands)
    agreement: Agreement = field(default_factory=Agreement)

    def watches(self, path: str) -> bool:
        """Whether ``path`` lies in one of the framework's folders."""
        return any(not folder or path.startswith(f"{folder}/") for folder in self.folders)

    def ignores(self, path: str) -> bool:
        """Whether ``path`` is declared to be no entry."""
        return any(fnmatchcase(path, pattern) for pattern in self.ignored)

    def asks(self, address: str) -> bool:
        """Whether an external address may be asked for."""
        return not any(fnmatchcase(address, each.address) for each in self.unasked)


@dataclass(frozen=True, kw_only=True, eq=False)
class Schemas:
    """All that a schemas folder says."""

    settings: Settings
    kinds: Mapping[str, Kind]

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What the framework and its kinds say of the severities of rules, each once."""
        tables = [self.settings.overrides, *(kind.overrides for kind in self.kinds.values())]
        return tuple({id(each): each for table in tables for each in table.values()}.values())

    @property
    def mind_the_day(self) -> bool:
        """Whether anything may be too long ago."""
        demands = self.settings.demands
        needs = [need for kind in self.kinds.values() for need in kind.needs]
        needs += [need for measure in demands.coverage for need in measure.needs]
        return any(need.within for need in needs)

    def claim(self, path: str) -> Kind | None:
        """Give the kind whose file this is; the longest folder wins."""
        known = self._claimed
        if path not in known:
            holders = [kind for kind in self._candidates(path) if kind.files.hold(path)]
            known[path] = max(holders, key=lambda kind: len(kind.files.folder or kind.files.file), default=None)
        return known[path]

    def _candidates(self, path: str) -> Iterator[Kind]:
        folder = path.rpartition("/")[0]
        yield from self._by_place.get(path, ())
        while True:
            yield from self._by_place.get(folder, ())
            if not folder:
                return
            folder = folder.rpartition("/")[0]

    @cached_property
    def _claimed(self) -> dict[str, Kind | None]:
        return {}

    @cached_property
    def _by_place(self) -> dict[str, list[Kind]]:
        places: dict[str, list[Kind]] = {}
        for kind in self.kinds.values():
            files = kind.files
            places.setdefault(files.folder if files.layout == "document" else files.file, []).append(kind)
        return places
