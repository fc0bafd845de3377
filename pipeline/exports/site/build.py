"""The pages of the site, one function for each sort."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from markupsafe import Markup

from pipeline.exports.addresses import HOME, PROSE, BodyLinks, Place
from pipeline.exports.artifact import Artifact
from pipeline.exports.html import body_html
from pipeline.exports.site import relations
from pipeline.exports.site.fields import FieldReader
from pipeline.exports.site.frame import Frame, is_glossary
from pipeline.exports.site.items import grouped, item_of, status_of, title_of
from pipeline.exports.site.templating import assets, render
from pipeline.exports.site.words import capitalised, dutch_date, is_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.exports.artifact import Context
    from pipeline.exports.site.fields import Field
    from pipeline.exports.site.items import Group, Item, Status
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind

TOP: Final = "site/"
LATEST: Final = 5
"""Entries that the home page shows as checked last."""

_HTML: Final = "text/html"
_HOME: Final = Place(path=HOME)


def artifacts(framework: Framework, context: Context) -> Iterator[Artifact]:
    """Give every file of the site."""
    frame = Frame(framework, context)
    yield _page(_HOME, home(frame))
    for kind in frame.kinds():
        place = frame.addresses.kind(kind)
        if place is not None:
            yield _page(place, glossary(frame, kind, place) if is_glossary(kind) else index(frame, kind, place))
        yield from entry_pages(frame, kind)
    yield _page(Place(path="404.html"), not_found(frame))
    for name, (media_type, content) in assets().items():
        yield Artifact(name=f"{TOP}assets/{name}", media_type=media_type, content=content)
    if framework.settings.site.url:
        yield Artifact(name=f"{TOP}sitemap.xml", media_type="application/xml", content=sitemap(frame))


def home(frame: Frame) -> bytes:
    """Render the first page: what this is, how far it is, and the ways in."""
    shown = [entry for kind in frame.kinds() for entry in frame.entries(kind) if kind.page.order is not None]
    statuses = Counter(status for entry in shown if (status := status_of(entry)))
    checked = [(str(entry.part("checked")), entry) for entry in shown if is_date(entry.part("checked"))]
    latest = sorted(checked, key=lambda each: each[0], reverse=True)[:LATEST]
    settings = frame.settings
    values = frame.values(
        _HOME, title=settings.name.nl, description=settings.description.nl, current="", state=frame.state
    )
    values |= {
        "count": len(shown),
        "statuses": sorted(statuses.items(), key=lambda each: (-each[1], each[0].word)),
        "latest": [(item_of(frame.addresses, entry, ""), day, dutch_date(day)) for day, entry in latest],
    }
    return render("home.html", values)


def index(frame: Frame, kind: Kind, place: Place) -> bytes:
    """Render the list of a kind's entries, in groups where the schema names a field for that."""
    entries = frame.entries(kind)
    values = _kind_values(frame, kind, place)
    values |= {
        "groups": grouped(frame.addresses, kind, entries, str(values["root"])),
        "statuses": _statuses(entries),
    }
    return render("index.html", values)


def glossary(frame: Frame, kind: Kind, place: Place) -> bytes:
    """Render all entries of a kind on one page, each at its own anchor."""
    values = _kind_values(frame, kind, place)
    root = str(values["root"])
    values["terms"] = [_term(frame, entry, root) for entry in frame.entries(kind)]
    return render("glossary.html", values)


def entry_pages(frame: Frame, kind: Kind) -> Iterator[Artifact]:
    """Render the page of each entry of a kind; a glossary has none."""
    above = frame.addresses.kind(kind)
    if is_glossary(kind):
        return
    entries = frame.entries(kind)
    for number, entry in enumerate(entries):
        place = frame.addresses.entry(entry)
        if place is not None:
            previous = entries[number - 1] if number else None
            following = entries[number + 1] if number + 1 < len(entries) else None
            yield _page(place, entry_page(frame, entry, place, above, (previous, following)))


def entry_page(
    frame: Frame,
    entry: Entry,
    place: Place,
    above: Place | None,
    around: tuple[Entry | None, Entry | None] = (None, None),
) -> bytes:
    """Render an entry's own page."""
    kind = entry.kind
    prose = kind.page.page == PROSE
    listed = kind.page.order is not None
    values = frame.values(
        place,
        title=title_of(entry),
        description=_summary(entry),
        current=entry.id if prose else kind.name,
        trail=((capitalised(kind.many.nl), above),) if listed and not prose else (),
        entry=entry,
        state=entry.state,
    )
    root = str(values["root"])
    reader = FieldReader(frame.addresses, entry, root)
    successors = _successors(frame, entry)
    values |= _parts(frame, entry, reader, root)
    values |= {
        "one": capitalised(kind.one.nl),
        "prose": prose,
        "body": Markup(body_html(entry, BodyLinks(frame.addresses, entry, root), skip_title=True)),  # noqa: S704 - cleaned by nh3
        "successors": [item_of(frame.addresses, each, root) for each in successors],
        "outgoing": relations.outgoing(frame.addresses, entry, root),
        "incoming": relations.incoming(frame.addresses, entry, root),
        "around": tuple(item_of(frame.addresses, each, root) if each and not prose else None for each in around),
    }
    if entry.state in {"replaced", "withdrawn"}:
        values["indexed"] = False
        values["canonical"] = _canonical(frame, successors, root) or values["canonical"]
    return render("entry.html", values)


def not_found(frame: Frame) -> bytes:
    """Render the page for an address that does not exist.

    A server shows it at any depth, so its links start from where the site stands.
    """
    root = urlsplit(frame.settings.site.url).path if frame.settings.site.url else ""
    values = frame.values(Place(path="404.html"), title="Deze pagina is er niet", state="final", root=root)
    values |= {"indexed": False, "canonical": ""}
    return render("404.html", values)


def sitemap(frame: Frame) -> bytes:
    """List the pages for search engines, without entries that have been replaced or withdrawn."""
    url = frame.settings.site.url
    places = [_HOME]
    for kind in frame.kinds():
        above = frame.addresses.kind(kind)
        places += [above] if above else []
        current = (entry for entry in frame.entries(kind) if entry.state not in {"replaced", "withdrawn"})
        places += [place for entry in current if (place := frame.addresses.entry(entry))]
    pages = dict.fromkeys(Place(path=place.path).pretty(url) for place in places)
    changed = f"<lastmod>{escape(frame.context.date)}</lastmod>" if frame.context.date else ""
    lines = "".join(f"  <url><loc>{escape(page)}</loc>{changed}</url>\n" for page in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</urlset>\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry on the page of a glossary."""

    item: Item
    anchor: str
    body: Markup
    fields: tuple[Field, ...]
    uncertainty: Field | None
    successors: tuple[Item, ...]
    incoming: tuple[Group, ...]
    feedback: str


def _term(frame: Frame, entry: Entry, root: str) -> Term:
    place = frame.addresses.entry(entry) or _HOME
    reader = FieldReader(frame.addresses, entry, root)
    links = BodyLinks(frame.addresses, entry, root, prefix=f"{place.anchor}:")
    body = body_html(entry, links, shift=1, prefix=f"{place.anchor}:", skip_title=True)
    return Term(
        item=item_of(frame.addresses, entry, root),
        anchor=place.anchor,
        body=Markup(body),  # noqa: S704 - cleaned by nh3
        fields=tuple(field for field in reader.main() if field.name != entry.kind.means.get("term")),
        uncertainty=reader.one("uncertainty"),
        successors=tuple(item_of(frame.addresses, each, root) for each in _successors(frame, entry)),
        incoming=relations.incoming(frame.addresses, entry, root),
        feedback=frame.feedback(title=title_of(entry), path=place.pretty("/"), id_=entry.id),
    )


def _parts(frame: Frame, entry: Entry, reader: FieldReader, root: str) -> dict[str, object]:
    """Give what an entry's page shows besides its body and relations."""
    checked = entry.part("checked")
    return {
        "item": item_of(frame.addresses, entry, root),
        "summary": _summary(entry),
        "fields": reader.main(),
        "background": reader.background(),
        "uncertainty": reader.one("uncertainty"),
        "checked": (checked, dutch_date(checked)) if is_date(checked) else None,
    }


def _kind_values(frame: Frame, kind: Kind, place: Place) -> dict[str, object]:
    return {
        **frame.values(
            place,
            title=capitalised(kind.many.nl),
            description=str(kind.schema.get("description", "")),
            current=kind.name,
            state=frame.state,
        ),
        "kind": kind.name,
        "count": len(frame.entries(kind)),
    }


def _statuses(entries: Sequence[Entry]) -> list[tuple[Status, int]]:
    counts = Counter(status for entry in entries if (status := status_of(entry)))
    return sorted(counts.items(), key=lambda each: (-each[1], each[0].word))


def _summary(entry: Entry) -> str:
    summary = entry.part("summary")
    return summary if isinstance(summary, str) else ""


def _successors(frame: Frame, entry: Entry) -> list[Entry]:
    name = entry.kind.means.get("successor")
    references = frame.framework.outgoing(entry)
    return [each.target for each in references if each.path[:1] == (name,) and each.target is not None]


def _canonical(frame: Frame, successors: Sequence[Entry], root: str) -> str:
    """Give the address of the one entry that took another's place."""
    place = frame.addresses.entry(successors[0]) if len(successors) == 1 else None
    if place is None:
        return ""
    url = frame.settings.site.url
    return place.pretty(url) if url else place.href(root)


def _page(place: Place, content: bytes) -> Artifact:
    return Artifact(name=TOP + place.path, media_type=_HTML, content=content)
