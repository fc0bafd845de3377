"""Which file a link leads to.

A link in Markdown is relative to its file. mkdocs rewrites it when it names a file, and
leaves it alone otherwise; like the addresses in raw HTML it is then relative to the page's
own address, in which ``a/b.md`` is the folder ``a/b/``. Our own site also knows a page by
its path without ``.md``. What those sites cannot find is broken; nothing else is.
"""

from __future__ import annotations

import posixpath
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pipeline.compare.moves import moves_of
from pipeline.rules.links.address import RELATIVE, domain_like, read_address
from pipeline.rules.nearest import MOST, Names, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Link
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.links.address import Address

SEARCHED: Final = 200
"""So many links are compared with everything that they may have meant; that takes its time."""

SEARCHING: Final = frozenset({"links/broken", "links/missing-image", "links/broken-anchor", "links/own-site"})
"""The rules that do so."""

_INDEXES: Final = ("index.md", "README.md")
_HTML: Final = (".html", ".htm")
_SAFE: Final = "/:@!$&'*+,;=~-._"


class Lead(NamedTuple):
    """A link with the document it stands in and its address."""

    document: Document
    kind: Kind
    link: Link
    address: Address

    @property
    def is_raw(self) -> bool:
        """Whether it stands in raw HTML, which no site builder rewrites."""
        return self.link.form in {"html", "html-image"}


# The rules of this family share one table; frameworks compare by identity.
@lru_cache(maxsize=4)
def leads(framework: Framework) -> tuple[Lead, ...]:
    """Give every link of every body, in reading order."""
    found: list[Lead] = []
    for document in framework.documents:
        kind = framework.schemas.claim(document.source.path)
        found.extend(leads_in(document, kind) if kind else ())
    return tuple(found)


def leads_in(document: Document, kind: Kind) -> Iterator[Lead]:
    """Give every link of one body, in reading order."""
    for link in document.body.links if document.body else ():
        yield Lead(document=document, kind=kind, link=link, address=read_address(link))


@lru_cache(maxsize=4)
def files_of(framework: Framework) -> Files:
    """Give the files of a framework, made ready for many questions."""
    return Files(framework)


def missing(framework: Framework, *, images: bool) -> Iterator[tuple[Lead, bool]]:
    """Give the images, or the other links, whose file is not there; and whether to look for it.

    A name of a website without a scheme is left to ``links/malformed-url``.
    """
    files = files_of(framework)
    count = 0
    for lead in leads(framework):
        if lead.address.sort != RELATIVE or lead.link.is_image != images or files.find(lead) is not None:
            continue
        if not domain_like(lead.link.target.strip()):
            count += 1
            yield lead, count <= SEARCHED


def moved(framework: Framework, lead: Lead) -> str | None:
    """Give the present path of the file that a link led to in the base, where a base is known."""
    base = framework.base
    if base is None:
        return None
    moves, path = moves_of(framework), lead.document.source.path
    # The file that the link stands in may have moved as well.
    document = base.documents_by_path.get(moves.former_files.get(path, path), lead.document)
    led = files_of(base).find(lead._replace(document=document))
    found = moves.files.get(led, led) if led else None
    return found if found in framework.files else None


class Files:
    """The files that links may lead to."""

    def __init__(self, framework: Framework) -> None:
        """Keep the framework; tables are made when first asked for."""
        self._framework = framework
        self._all = framework.files
        self._site = framework.settings.site
        self._anchors: dict[str, frozenset[str] | None] = {}

    def find(self, lead: Lead) -> str | None:
        """Give the path of the file that a relative link leads to; none where there is none."""
        source, path = lead.document.source.path, lead.address.path
        if not path:
            return source
        if lead.is_raw and self._in_directories(source):
            address = self._page_address(source, path)
            return self.page(address) or self._by_code(address)
        here = _join(posixpath.dirname(source), path)
        if here is None:
            return None
        if here in self._all and not path.endswith("/"):
            return here
        found = self.page(self._page_address(source, path))
        if found is None and lead.kind.markdown.dialect != "python-markdown":
            found = self.page(here) or (here if here in self._folders_of_kinds else None)
        return found or self._folder(here)

    def find_otherwise(self, lead: Lead) -> str | None:
        """Give the file that a link would lead to if sites read it as the repository does."""
        here = _join(posixpath.dirname(lead.document.source.path), lead.address.path)
        return None if here is None else here if here in self._all else self.page(here)

    def page(self, path: str | None) -> str | None:
        """Give the file behind the address of a page, given as a path from the root."""
        if path is None:
            return None
        if path in self._all and not path.endswith(".md"):
            return path
        stem = next((path.removesuffix(each) for each in _HTML if path.endswith(each)), path)
        folder = stem.removesuffix("index") if stem.endswith("/index") or stem == "index" else f"{stem}/"
        tries = [f"{stem}.md", *(folder.lstrip("/") + index for index in _INDEXES)]
        return next((each for each in tries if each in self._all), None)

    def relative(self, lead: Lead, path: str) -> str:
        """Write the path of a file as a link in this document has to."""
        source = lead.document.source.path
        if not (lead.is_raw and self._in_directories(source)):
            return quote(_relative(path, posixpath.dirname(source)), safe=_SAFE)
        start = self._page_address(source, ".") or ""
        is_page = path.endswith(".md")
        folder = path.removesuffix(".md").removesuffix("index").rstrip("/") if is_page else path
        return quote(_relative(folder or ".", start) + "/" * is_page, safe=_SAFE)

    def near(self, path: str, source: str) -> tuple[str, ...]:
        """Give files that a path may have meant: of the same name, then of nearly that name."""
        path = path.replace("\\", "/")
        stem, ending = posixpath.splitext(posixpath.basename(path.rstrip("/")))
        if ending.lower() not in self._names and (whole := self._by_name.get(f"{stem}.md".lower())):
            return _likeliest_first(path, whole)[:MOST]  # just the ending is not right
        if ending.lower() not in self._names:
            stem, ending = stem + ending * (ending.lower() not in _HTML), ".md"
        names = self._names[ending.lower()] if ending.lower() in self._names else Names({})
        if f"{stem}.md" in _INDEXES or stem in {"", ".", ".."}:
            indexes = [each for index in _INDEXES for each in self._by_name.get(index.lower(), ())]
            return nearest(_join(posixpath.dirname(source), path) or path, indexes)
        same = self._by_name.get(f"{stem}{ending}".lower())
        if same:
            return _likeliest_first(path, same)[:MOST]
        found = [each for near in names.near(stem) for each in self._by_name.get(f"{near}{ending}".lower(), ())]
        # A file in the folder that was written is likelier than one with a nearer name elsewhere.
        here = posixpath.dirname(_join(posixpath.dirname(source), path) or path)
        found.sort(key=lambda each: posixpath.dirname(each) != here)
        return tuple(dict.fromkeys((*self._lengthened(here, stem, ending), *found)))[:MOST]

    def _lengthened(self, folder: str, stem: str, ending: str) -> tuple[str, ...]:
        """Give the one file in a folder that was given a longer name, or whose code is the name."""
        start = f"{folder}/{stem}-".lstrip("/")
        beside = (path for path in sorted(self._all) if path.startswith(start) and path.endswith(ending))
        found = tuple(path for path in beside if "/" not in path[len(start) :])
        return found if len(found) == 1 else ()

    def find_on_site(self, path: str) -> str | None:
        """Give the file behind a path of the published site; ``""`` for a page without a file."""
        path = path.strip("/")
        found = self.page(posixpath.normpath(posixpath.join(self._site.root, path)) if path else self._site.root)
        return self._by_code(path) if found is None else found

    def _by_code(self, address: str | None) -> str | None:
        steps = (address or "").removesuffix("index.html").strip("/").split("/")
        return self._pages_by_code.get("/".join(steps[-2:]))

    def is_file(self, path: str) -> bool:
        """Whether there is a file at a path from the root."""
        return path in self._all

    def has(self, path: str) -> bool:
        """Whether there is a file, or a folder with files, at a path from the root."""
        return path in self._all or path in self._folders

    def _folder(self, path: str) -> str | None:
        """Give a folder outside the site: people read those in the repository."""
        outside = self._site.root and not self._inside(path)
        return path if outside and path in self._folders else None

    def _inside(self, path: str) -> bool:
        root = self._site.root
        return not root or path == root or path.startswith(f"{root}/")

    def _in_directories(self, source: str) -> bool:
        return self._inside(source) and bool(self._site.url or self._site.root) and self._site.pages == "directory"

    def _page_address(self, source: str, path: str) -> str | None:
        """Follow a path from the address of the page that is made of a source."""
        folder, name = posixpath.split(source)
        if self._in_directories(source) and name not in _INDEXES:
            folder = posixpath.join(folder, posixpath.splitext(name)[0])
        found = _join(folder, path)
        return found if found is None or self._inside(found) or not self._inside(source) else None

    def anchors(self, path: str) -> frozenset[str] | None:
        """Give the anchors of a page; none where they are not known."""
        if path not in self._anchors:
            document = self._framework.documents_by_path.get(path)
            self._anchors[path] = document.anchors if document is not None else None
        return self._anchors[path]

    @cached_property
    def _folders(self) -> frozenset[str]:
        found = {""}
        for path in self._all:
            folder = posixpath.dirname(path)
            while folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(found)

    @cached_property
    def _folders_of_kinds(self) -> frozenset[str]:
        return frozenset(kind.files.folder for kind in self._framework.kinds.values() if kind.files.folder)

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        table: dict[str, list[str]] = {}
        for path in sorted(self._all):
            table.setdefault(posixpath.basename(path).lower(), []).append(path)
        return {name: tuple(paths) for name, paths in table.items()}

    @cached_property
    def _names(self) -> dict[str, Names]:
        """The names of files without ending, with their titles, by ending."""
        table: dict[str, dict[str, str]] = {}
        titles = self._framework.page_titles
        for path in sorted(self._all):
            stem, ending = posixpath.splitext(posixpath.basename(path))
            table.setdefault(ending.lower(), {}).setdefault(stem, titles.get(path, stem))
        return {ending: Names(names) for ending, names in table.items()}

    @cached_property
    def _pages_by_code(self) -> dict[str, str]:
        """Pages by the addresses of our own site: the kind's folder and the entry's code."""
        table: dict[str, str] = {}
        for kind, code, path in self._framework.codes:
            files = self._framework.kinds[kind].files
            place = files.folder if files.layout == "document" else posixpath.splitext(files.file)[0]
            folder = posixpath.basename(place) or kind
            table.setdefault(f"{folder}/{code}", path)
            table.setdefault(folder, "")
        return table


def _join(folder: str, path: str) -> str | None:
    """Follow a relative path from a folder; none where it leaves the root."""
    found = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    if found == ".." or found.startswith("../"):
        return None
    return "" if found == "." else found


def _relative(path: str, folder: str) -> str:
    """Write a path as seen from a folder; both are relative to the root."""
    steps, start = [step for step in path.split("/") if step != "."], [step for step in folder.split("/") if step]
    shared = 0
    while shared < min(len(steps), len(start)) and steps[shared] == start[shared]:
        shared += 1
    return "/".join([".."] * (len(start) - shared) + steps[shared:]) or "."


def _likeliest_first(path: str, found: tuple[str, ...]) -> tuple[str, ...]:
    """Put the paths that share most steps with the one written first."""
    steps = {step for step in path.split("/") if step not in {"", ".", ".."}}
    return tuple(sorted(found, key=lambda each: (-len(steps & set(each.split("/"))), each)))
