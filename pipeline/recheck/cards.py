"""What others may look up of a file, and what the file looks up of others.

A rule that looks at pages one by one (`pipeline.rules.rule.nearby_rule`) looks others up by their
names, or by the last step of an address that leads to them. So whoever has the name of a page
among what it `asks` or `leads` to may feel a change of that page, and nobody else.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.model.framework import Framework, names_meant, names_of
from pipeline.rules.derived.table import use_of
from pipeline.rules.ids.codes import is_well_formed, written_id
from pipeline.rules.links.address import EXTERNAL
from pipeline.rules.links.label_mismatch import codes_named, named_links
from pipeline.rules.links.own_site import is_own
from pipeline.rules.links.resolve import leads_in
from pipeline.rules.references.dangling import is_doubtful
from pipeline.rules.references.malformed import codes_written
from pipeline.text import lazy_pattern, stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.documents.document import Document
    from pipeline.model.demands import Derived
    from pipeline.model.framework import Entry, Reference
    from pipeline.model.kinds import Kind, Schemas
    from pipeline.rules.links.resolve import Lead

ANYWHERE: Final = "*"
"""The step of an address that does not say what it leads to: ``..``."""

INDEXES: Final = frozenset({"index", "readme"})
"""Pages that go by the name of their folder."""

_NO_NAMES: Final = frozenset({"", ".", ".."})
_ENDING: Final = lazy_pattern(r"\.\w+$")


class Card(NamedTuple):
    """What others may look up of one entry without reading its file.

    ``names`` are those that it goes by, for each of the `sorts` of names; ``meant`` those that it would
    go by without its slips, or nothing where there are none. ``doubtful`` tells that it may go by others.
    ``uses`` are what it says for each table that is made of entries like it, and ``written`` tells whether
    its id stands there, in the form that its kind asks for or in another one: ``well``, ``ill`` or nothing.
    """

    id: str
    code: str
    title: str
    state: str
    names: tuple[tuple[str, ...], ...]
    meant: tuple[tuple[str, ...], ...] = ()
    doubtful: bool = False
    uses: tuple[tuple[str, tuple[tuple[str, str], ...], bool], ...] = ()
    written: str = ""

    @property
    def naming(self) -> tuple[object, ...]:
        """What it goes by, name for name."""
        return (self.id, self.code, self.names, self.meant, self.written)

    @property
    def every_name(self) -> frozenset[str]:
        """All names that it goes by or would go by."""
        return frozenset(name for names in (*self.names, *self.meant) for name in names) | {self.id, self.code}


class Line(NamedTuple):
    """A file: its kind and the cards of its entries, and what it looks up.

    ``asks`` are what may be names of entries, ``leads`` last steps of addresses in small letters, and ``anchored``
    those of addresses with a heading. ``articles`` are addresses that hide an article of law, each with
    the one that its link names.
    """

    kind: str
    cards: tuple[Card, ...]
    asks: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    anchored: tuple[str, ...] = ()
    articles: tuple[tuple[str, str], ...] = ()

    def names(self, path: str) -> frozenset[str]:
        """Give the names of its entries, and of the file."""
        every = (card.every_name for card in self.cards)
        return frozenset({path, stem_of(path)}).union(*every)


def names_in_addresses(path: str) -> frozenset[str]:
    """Give the last steps, in small letters, of addresses that may lead to a file.

    An address such as ``..`` may lead to many a page, and an index page goes by the name of its folder.
    """
    return frozenset({*last_steps(path.lower()), stem_of(path).lower(), ANYWHERE})


@lru_cache(maxsize=4)
def sorts(schemas: Schemas) -> tuple[str, ...]:
    """Give the sorts of names that references use."""
    return tuple(
        sorted({"id", "code", "stem", *(each.by for kind in schemas.kinds.values() for each in kind.references)})
    )


def tables_of(kind: str, schemas: Schemas) -> tuple[Derived, ...]:
    """Give the tables that are made of the entries of a kind."""
    return tuple(derived for derived in schemas.settings.demands.derived if derived.of == kind)


def card_of(entry: Entry, schemas: Schemas) -> Card:
    """Make the card of an entry."""
    by = sorts(schemas)
    meant = tuple(tuple(names_meant(entry, each)) for each in by)
    return Card(
        id=entry.id,
        code=entry.code,
        title=entry.title,
        state=intern(entry.state),
        names=tuple(tuple(names_of(entry, each)) for each in by),
        meant=meant if any(meant) else (),
        doubtful=is_doubtful(entry, schemas),
        written="well" if is_well_formed(entry) else "ill" if written_id(entry) else "",
        uses=tuple(tuple(use_of(entry, each)) for each in tables_of(entry.kind.name, schemas)),  # type: ignore[misc]
    )


def line_of(
    document: Document, kind: Kind, entries: Iterable[Entry], references: Iterable[Reference], schemas: Schemas
) -> Line:
    """Make the line of a file with its entries and all their references."""
    entries, links = tuple(entries), tuple(leads_in(document, kind))
    steps = list(_steps(links, schemas))
    named = (_asked(document, kind, entries, references, schemas), codes_named(links, schemas.kinds.values()))
    asked = dict.fromkeys(chain.from_iterable(named))
    return Line(
        kind=kind.name,
        cards=tuple(card_of(entry, schemas) for entry in entries),
        asks=tuple(map(intern, asked)),
        leads=tuple(map(intern, dict.fromkeys(step for step, _ in steps))),
        anchored=tuple(map(intern, dict.fromkeys(step for step, anchored in steps if anchored))),
        articles=tuple((intern(lead.link.target), intern(name)) for name, lead in named_links(links)),
    )


def _asked(
    document: Document, kind: Kind, entries: Sequence[Entry], references: Iterable[Reference], schemas: Schemas
) -> Iterator[str]:
    """Give all names by which rules about pages look others up for a document: none may be missing here."""
    for reference in references:
        yield from _meant_by(reference.key)
    for entry in entries:
        for name in kind.inverse_names & entry.fields.keys():
            below = entry.node.child(name) if entry.node else None
            for item in below.items or (below,) if below else ():
                yield from _meant_by(item.raw)
    body = document.body
    if body is None:
        return
    for comment in body.comments:
        first, *words = comment.text.split() or [""]
        if first in schemas.settings.directives:
            yield from (word.partition("/")[2] for word in words)
    yield from codes_written(document, schemas.kinds, kind)


def _meant_by(key: str) -> Iterator[str]:
    """Give a name that was written, and the name of the file that it may be the path of."""
    yield key
    if "/" in key or key.endswith(".md"):
        yield key.rpartition("/")[2].removesuffix(".md")


def _steps(links: Iterable[Lead], schemas: Schemas) -> Iterator[tuple[str, bool]]:
    """Give the names of what the links of a page may lead to, and whether to a heading there."""
    around = Framework(schemas=schemas)
    for lead in links:
        path = lead.address.path.replace("\\", "/").lower()
        if path and (lead.address.sort != EXTERNAL or is_own(lead, around)):
            yield from ((step, bool(lead.address.fragment)) for step in last_steps(path))


def last_steps(path: str) -> Iterator[str]:
    """Give the last step of an address, as it is and without its ending; of an index its folder as well."""
    steps = path.rstrip("/").split("/")
    name = _ENDING.sub("", steps[-1])
    yield from (steps[-1], ANYWHERE if steps[-1] in _NO_NAMES else name)
    if name in INDEXES and len(steps) > 1:
        yield from last_steps("/".join(steps[:-1]))
