"""Where every entry stands on the site, and where links in texts lead.

An entry has a page at ``<folder>/<code>/index.html``, or an anchor on its kind's page when
that is a glossary. Paths are made of safe letters only and differ in more than case,
whatever contributors call their files.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from pipeline.exports.html import Link, fragment
from pipeline.exports.law import cite

if TYPE_CHECKING:
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind

HOME: Final = "index.html"
GLOSSARY: Final = "glossary"
PROSE: Final = "page"

_LONGEST: Final = 100
# Names at the top of the site that no kind may take.
_TAKEN: Final = ("assets", "index.html", "404.html", "sitemap.xml")
# Browsers drop these from an address or read them as a slash, so what follows may surprise.
_TRICKY = re.compile(r"[\x00-\x20\x7f-\xa0\\\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")
# Characters that no address may hold as they are (RFC 3986, appendix A).
_UNSAFE = re.compile(r'[ "<>`{}|^]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the site (``vereisten/avg-13/index.html``) and a place on it."""

    path: str
    anchor: str = ""

    def href(self, root: str) -> str:
        """Give its address; ``root`` leads to the top of the site, ``../../`` for instance."""
        return root + self.path + (fragment(self.anchor) if self.anchor else "")

    def pretty(self, root: str) -> str:
        """Give its address on a web server, which adds ``index.html`` itself."""
        path = self.path.removesuffix(HOME)
        return root + path + (fragment(self.anchor) if self.anchor else "")


class Addresses:
    """The places of all kinds and entries of a framework."""

    def __init__(self, framework: Framework) -> None:
        """Give each kind that has entries, and each of its entries, its own place."""
        self.framework = framework
        self._kinds: dict[str, Place] = {}
        self._entries: dict[int, Place] = {}
        folders = _Names(_TAKEN)
        for kind in framework.kinds.values():
            entries = framework.index.of_kind(kind.name)
            if kind.page.hidden or not entries:
                continue
            folder = folders.take(folder_of(kind))
            self._kinds[kind.name] = Place(path=f"{folder}/{HOME}")
            names = _Names((HOME,))
            for entry in entries:
                if kind.page.page == GLOSSARY:
                    anchor = names.take(entry.code.replace("/", "-"))
                    self._entries[id(entry)] = Place(path=f"{folder}/{HOME}", anchor=anchor)
                else:
                    self._entries[id(entry)] = Place(path=f"{folder}/{names.take(entry.code)}/{HOME}")

    def kind(self, kind: Kind) -> Place | None:
        """Give the page that lists a kind's entries."""
        return self._kinds.get(kind.name)

    def entry(self, entry: Entry) -> Place | None:
        """Give an entry's place; none when its kind is hidden."""
        return self._entries.get(id(entry))

    def file(self, path: str) -> Place | None:
        """Give the page made of a file, or of a folder of files."""
        entries = self.framework.entries_by_path.get(path, ())
        if entries:
            whole = entries[0].kind.files.layout == "document"
            return self.entry(entries[0]) if whole else self.kind(entries[0].kind)
        return self._by_folder.get(path)

    @cached_property
    def _by_folder(self) -> dict[str, Place]:
        kinds = self.framework.kinds
        return {kinds[name].files.folder: place for name, place in self._kinds.items() if kinds[name].files.folder}

    def keys(self, kind: Kind) -> tuple[str, ...]:
        """Give the fields by whose values entries of other kinds name those of this kind."""
        return self._keys.get(kind.name, ())

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for kind in self.framework.kinds.values():
            for spec in kind.references:
                for name in spec.to if spec.by.startswith("field:") else ():
                    found.setdefault(name, {})[spec.by.removeprefix("field:")] = None
        return {name: tuple(keys) for name, keys in found.items()}

    @cached_property
    def by_path(self) -> dict[str, Place]:
        """Each page by its path, for links that were written as addresses of this site."""
        places = (*self._kinds.values(), *self._entries.values(), Place(path=HOME))
        return {place.path.removesuffix(HOME).rstrip("/"): Place(path=place.path) for place in places}


class BodyLinks:
    """Where the links in one entry's body lead; ``root`` as in `Place.href`."""

    def __init__(self, addresses: Addresses, entry: Entry, root: str, *, prefix: str = "") -> None:
        """Keep what is needed; ``prefix`` stands before the ids of this body."""
        self._addresses = addresses
        self._entry = entry
        self._root = root
        self._prefix = prefix

    def href(self, target: str) -> str | None:
        """Give the address for a target as written; none for what is no page and no web address."""
        target = _UNSAFE.sub(lambda match: quote(match[0]), target.strip(" \t\n"))
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        if _TRICKY.search(target):
            return None
        if parts.scheme in {"http", "https"}:
            own = self._own(target)
            return own.href(self._root) if own else target
        if parts.scheme or target.startswith("//"):
            return target if parts.scheme == "mailto" else None
        return self._relative(unquote(parts.path), unquote(parts.fragment))

    def mention(self, kind: str, code: str, locator: str) -> Link | None:
        """Give the link for an inline reference."""
        entry = self._addresses.framework.index.table(kind, "code").get(code)
        if entry is None:
            return None
        if locator and entry.kind.identifiers:
            citation = cite(entry, locator)
            return Link(text=citation.text, href=citation.url, law=True)
        place = self._addresses.entry(entry)
        return Link(text=name_in_text(entry), href=place.href(self._root) if place else "")

    def _relative(self, path: str, anchor: str) -> str | None:
        """Give the address for a path from this entry's file."""
        if not path:
            return fragment(self._prefix + anchor) if anchor else None
        place = self._page(_resolved(self._entry.path, path))
        return Place(path=place.path, anchor=place.anchor or anchor).href(self._root) if place else None

    def _own(self, url: str) -> Place | None:
        """Give the page of this site that a full address means."""
        site = self._addresses.framework.settings.site
        if not site.url or not url.startswith(site.url):
            return None
        path, _, anchor = url.removeprefix(site.url).partition("#")
        path = unquote(path.partition("?")[0]).strip("/").removesuffix(HOME).rstrip("/")
        place = self._addresses.by_path.get(path) or self._page(f"{site.root}/{path}" if site.root else path)
        return Place(path=place.path, anchor=place.anchor or unquote(anchor)) if place else None

    def _page(self, path: str) -> Place | None:
        tries = (path, f"{path}.md", f"{path}/index.md" if path else "index.md")
        return next((place for each in tries if (place := self._addresses.file(each))), None)


def folder_of(kind: Kind) -> str:
    """Give the last part of a kind's folder, or its file's stem."""
    files = kind.files
    name = files.folder.rpartition("/")[2] if files.layout == "document" else files.file.rpartition("/")[2]
    return name.rpartition(".")[0] or name or kind.name


def name_in_text(entry: Entry) -> str:
    """Give what an entry is called within a sentence: its term, else its title."""
    term = entry.part("term")
    return term if isinstance(term, str) and term else entry.title


def safe_path(text: str) -> str:
    """Write any text as a path of letters, digits, points, dashes and underscores."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    steps = (re.sub(r"[^A-Za-z0-9_.-]+", "-", step)[:_LONGEST].strip("._-") for step in plain.split("/"))
    return "/".join(step.replace(HOME, "index-html") for step in steps if step) or "x"


def _resolved(path: str, relative: str) -> str:
    """Follow a relative path from a file; POSIX, relative to the root."""
    steps = [] if relative.startswith("/") else path.split("/")[:-1]
    for step in relative.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


class _Names:
    """Names that differ, also where upper and lower case are one."""

    def __init__(self, taken: tuple[str, ...]) -> None:
        self._taken = set(taken)

    def take(self, wanted: str) -> str:
        base = name = safe_path(wanted)
        number = 2
        while name.casefold() in self._taken:
            name = f"{base}-{number}"
            number += 1
        self._taken.add(name.casefold())
        return name
