"""An entry as it is listed on pages: link, code, summary and status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.exports.html import opening_title
from pipeline.exports.site.fields import word_of
from pipeline.exports.site.words import capitalised, natural
from pipeline.model.below import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.exports.addresses import Addresses
    from pipeline.exports.site.fields import Shown
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind

OTHER = "Overig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status: its word, what was written, and what it means (draft, final …, or nothing)."""

    word: str
    value: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry in a list. ``notes`` are what the relation says besides its target."""

    title: str
    href: str = ""
    id: str = ""
    code: str = ""
    summary: str = ""
    status: Status | None = None
    notes: tuple[tuple[str, Shown], ...] = ()

    @property
    def number(self) -> str:
        """The code, if it has a number: words alone add little to the title."""
        return self.code if any(map(str.isdigit, self.code)) else ""

    @property
    def past(self) -> bool:
        """Whether it should not be used any more."""
        return self.status is not None and self.status.state in {"replaced", "withdrawn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items under a heading."""

    label: str
    items: tuple[Item, ...]


def item_of(addresses: Addresses, entry: Entry, root: str, notes: tuple[tuple[str, Shown], ...] = ()) -> Item:
    """Make the item of an entry; ``root`` leads to the top of the site."""
    place = addresses.entry(entry)
    summary = entry.part("summary")
    return Item(
        title=title_of(entry),
        href=place.href(root) if place else "",
        id=entry.id,
        code=code_of(entry),
        summary=summary if isinstance(summary, str) else "",
        status=status_of(entry),
        notes=notes,
    )


def code_of(entry: Entry) -> str:
    """Give the code that people know an entry by; empty where it only repeats the title."""
    identity = entry.kind.identity
    return "" if identity.from_title or identity.where == "path" or entry.code == entry.title else entry.code


def title_of(entry: Entry) -> str:
    """Give an entry's title, or the heading that opens its body where it has no other."""
    title = entry.title
    return (opening_title(entry.document.body) or title) if title == entry.code else title


def status_of(entry: Entry) -> Status | None:
    """Give an entry's status, if it has one."""
    value = entry.part("status")
    if not isinstance(value, str) or not value:
        return None
    schema = below(entry.kind.schema, entry.kind.means["status"])
    word = capitalised(word_of(schema, value).replace("-", " "))
    return Status(word=word, value=value, state=entry.state)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Sort entries of a kind by their order field, then by code; a glossary by term."""

    def key(entry: Entry) -> tuple[float, tuple[tuple[int, int, str], ...], str]:
        order = entry.part("order")
        rank = order if isinstance(order, (int, float)) else float("inf")
        return rank, natural(title_of(entry) if entry.kind.page.page == "glossary" else entry.code), entry.path

    return sorted(entries, key=key)


def grouped(addresses: Addresses, kind: Kind, entries: Sequence[Entry], root: str) -> tuple[Group, ...]:
    """Put entries in the groups of their kind's index; one group without label if it has none.

    An entry stands once, in the group of its first value: editors put the main one first.
    """
    name = kind.page.group
    if not name:
        return (Group(label="", items=tuple(item_of(addresses, entry, root) for entry in entries)),)
    groups: dict[str, list[Item]] = {}
    ranks: dict[str, Any] = {}
    places = _Places(addresses)
    for entry in entries:
        label, rank = _group_of(places, entry, name)
        groups.setdefault(label, []).append(item_of(addresses, entry, root))
        ranks.setdefault(label, rank)
    return tuple(Group(label=label, items=tuple(groups[label])) for label in sorted(groups, key=ranks.__getitem__))


class _Places:
    """The place of entries among those of their kind."""

    def __init__(self, addresses: Addresses) -> None:
        self.framework = addresses.framework
        self._kinds: dict[str, dict[int, int]] = {}

    def of(self, entry: Entry) -> int:
        name = entry.kind.name
        if name not in self._kinds:
            siblings = in_order(self.framework.index.of_kind(name))
            self._kinds[name] = {id(each): place for place, each in enumerate(siblings)}
        return self._kinds[name][id(entry)]


def _group_of(places: _Places, entry: Entry, name: str) -> tuple[str, tuple[int, Any]]:
    """Give the label and rank of an entry's group: as its target, its schema or the alphabet has it."""
    value = entry.fields.get(name)
    path: tuple[str | int, ...] = (name, 0) if isinstance(value, list) else (name,)
    first = (value[0] if value else None) if isinstance(value, list) else value
    if first is None or isinstance(first, (dict, list)):
        return OTHER, (3, ())
    for reference in places.framework.outgoing(entry):
        if reference.path == path and reference.target is not None:
            return reference.target.title, (0, (places.of(reference.target),))
    schema = below(entry.kind.schema, name)
    schema = below(schema, 0) if isinstance(value, list) else schema
    words = schema.get("enum", ())
    if first in words:
        return capitalised(word_of(schema, first)), (1, (list(words).index(first),))
    return capitalised(word_of(schema, first)), (2, natural(str(first)))
