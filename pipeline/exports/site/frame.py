"""What all pages share: navigation, disclaimer, feedback, addresses, the foot of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from pipeline.exports.addresses import GLOSSARY, HOME, PROSE, Addresses
from pipeline.exports.site.items import in_order, title_of
from pipeline.exports.site.templating import render_part
from pipeline.exports.site.words import capitalised, dutch_date

if TYPE_CHECKING:
    from markupsafe import Markup

    from pipeline.exports.addresses import Place
    from pipeline.exports.artifact import Context
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind

SHORT: Final = 8
"""Characters shown of a commit's hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way into the site: a kind of entries, or a page of prose (which has no count)."""

    label: str
    path: str
    name: str
    description: str = ""
    count: int = 0


class Frame:
    """Makes the values that every page's template needs."""

    def __init__(self, framework: Framework, context: Context) -> None:
        """Lay out the site."""
        self.framework = framework
        self.context = context
        self.addresses = Addresses(framework)
        self.settings = framework.settings
        self._navigation: dict[tuple[str, str, bool], Markup] = {}

    def kinds(self) -> list[Kind]:
        """Give the kinds that have a page, in the order of the navigation."""
        return [kind for kind in self.framework.kinds.values() if self.addresses.kind(kind)]

    def entries(self, kind: Kind) -> list[Entry]:
        """Give the entries of a kind in reading order."""
        return self._ordered[kind.name]

    @cached_property
    def _ordered(self) -> dict[str, list[Entry]]:
        return {kind.name: in_order(self.framework.index.of_kind(kind.name)) for kind in self.kinds()}

    @cached_property
    def kind_ways(self) -> tuple[Way, ...]:
        """The kinds in the navigation."""
        return tuple(self._way(kind) for kind in self.kinds() if kind.page.order is not None and not _is_prose(kind))

    @cached_property
    def prose_ways(self) -> tuple[Way, ...]:
        """The pages of prose in the navigation, each with a place of its own."""
        listed = (kind for kind in self.kinds() if kind.page.order is not None and _is_prose(kind))
        return tuple(self._prose_way(entry) for kind in listed for entry in self.entries(kind))

    def _way(self, kind: Kind) -> Way:
        place = self.addresses.kind(kind)
        return Way(
            label=capitalised(kind.many.nl),
            path=place.path if place else HOME,
            name=kind.name,
            description=str(kind.schema.get("description", "")),
            count=len(self.entries(kind)),
        )

    def _prose_way(self, entry: Entry) -> Way:
        place = self.addresses.entry(entry)
        summary = entry.part("summary")
        return Way(
            label=title_of(entry),
            path=place.path if place else HOME,
            name=entry.id,
            description=summary if isinstance(summary, str) else "",
        )

    def values(
        self,
        place: Place,
        *,
        title: str,
        description: str = "",
        current: str = "",
        trail: tuple[tuple[str, Place | None], ...] = (),
        entry: Entry | None = None,
        state: str | None = None,
        root: str | None = None,
    ) -> dict[str, Any]:
        """Give the values for a page.

        ``current`` is the name of the way that it belongs to, ``trail`` the pages above it.
        ``state`` decides on the disclaimer: it is left out for what is final.
        """
        root = "../" * place.path.count("/") if root is None else root
        path = place.pretty("/")
        settings, context = self.settings, self.context
        return {
            "root": root,
            "language": "nl",
            "home": HOME,
            "name": settings.name.nl,
            "title": title,
            "description": description,
            "navigation": self.navigation(root, current, below=bool(trail)),
            "kind_ways": self.kind_ways,
            "prose_ways": self.prose_ways,
            "crumbs": "/" in place.path,
            "trail": [(label, above.href(root) if above else "") for label, above in trail],
            "canonical": place.pretty(settings.site.url) if settings.site.url else "",
            "indexed": True,
            "disclaimer": "" if state == "final" else settings.disclaimer.nl,
            "feedback": self.feedback(title=title, path=path, id_=entry.id if entry else ""),
            "source": self.source(entry),
            "version": context.version,
            "revision": context.revision[:SHORT],
            "date": dutch_date(context.date),
            "iso_date": context.date,
            "license": settings.license,
            "repository": web_address(settings.site.repository),
        }

    def navigation(self, root: str, current: str, *, below: bool) -> Markup:
        """Give the menu: the same for all pages at one depth below one way, so made once."""
        key = (root, current, below)
        if key not in self._navigation:
            ways = {"kind_ways": self.kind_ways, "prose_ways": self.prose_ways}
            values = {**ways, "root": root, "current": current, "below": below}
            self._navigation[key] = render_part("navigation.html", values)
        return self._navigation[key]

    def feedback(self, *, title: str, path: str, id_: str) -> str:
        """Give the address for telling that something is wrong; empty when there is none."""
        values = {
            "id": id_ or "-",
            "title": title,
            "version": self.context.version or self.context.revision[:SHORT] or "-",
            "path": path,
        }
        url = web_address(self.settings.feedback)
        for name, value in values.items():
            url = url.replace(f"{{{name}}}", quote(value, safe="", errors="replace"))
        return url

    def source(self, entry: Entry | None) -> str:
        """Give the address of an entry's file in the repository."""
        site = self.settings.site
        repository = web_address(site.repository)
        if entry is None or not repository:
            return ""
        return f"{repository}/blob/{quote(site.branch)}/{quote(entry.path, errors='replace')}"

    @property
    def state(self) -> str:
        """The state of the framework: final when every entry with a status is."""
        states = {entry.state for entry in self.framework.entries} - {"", "replaced", "withdrawn"}
        return "final" if states == {"final"} else "draft"


def web_address(url: str) -> str:
    """Give an address back if it is one of the web, else nothing."""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


def is_glossary(kind: Kind) -> bool:
    """Whether all entries of a kind stand on one page."""
    return kind.page.page == GLOSSARY


def _is_prose(kind: Kind) -> bool:
    return kind.page.page == PROSE
