"""What an entry says about others and what others say about it, in groups for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.exports.law import place_in
from pipeline.exports.site.fields import FieldReader, Shown, label_of, relation_fields
from pipeline.exports.site.items import Group, Item, item_of
from pipeline.exports.site.words import natural
from pipeline.model.below import below
from pipeline.model.kinds import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.exports.addresses import Addresses
    from pipeline.model.framework import Entry, Reference

MENTIONED = "Genoemd in de tekst van"


def outgoing(addresses: Addresses, entry: Entry, root: str) -> tuple[Group, ...]:
    """Group an entry's references by field: its lists of entries and the sources it cites."""
    reader = FieldReader(addresses, entry, root)
    listed = relation_fields(entry.kind)
    cited = {(*each.path, each.source) for each in entry.kind.citations}
    successor = entry.kind.means.get("successor")
    fields = {name: place for place, name in enumerate(entry.kind.properties)}
    references = sorted(
        (each for each in addresses.framework.outgoing(entry) if not each.is_mention),
        key=lambda each: (fields.get(str(each.path[0]), len(fields)), each.start),
    )
    groups = _Groups(addresses, root)
    for reference in references:
        if reference.path[0] == successor:
            continue
        if reference.path[0] in listed:
            label, notes = _label(entry, reference.path[:1]), _notes(reader, reference)
        elif _pattern(reference.path) in cited:
            label, notes = _label(entry, reference.path), ()
        else:
            continue
        groups.add(label, reference.target, notes, written=reference.key)
    return groups.all()


def incoming(addresses: Addresses, entry: Entry, root: str) -> tuple[Group, ...]:
    """Group what others say about an entry by what the entry calls the relation."""
    kinds = list(addresses.framework.kinds)
    references = sorted(
        (each for each in addresses.framework.incoming(entry) if each.origin is not entry),
        key=lambda each: (each.is_mention, kinds.index(each.origin.kind.name), natural(each.origin.code)),
    )
    groups = _Groups(addresses, root)
    said = {id(each.origin) for each in references if not each.is_mention}
    for reference in references:
        inverse = reference.spec.inverse
        if reference.is_mention and id(reference.origin) not in said:
            label = MENTIONED
        elif inverse is not None:
            label = inverse.label.nl
        else:
            continue
        groups.add(label, reference.origin, _places(reference))
    return groups.all()


class _Groups:
    """Items by label; an entry that comes twice in a group stands once, with both notes."""

    def __init__(self, addresses: Addresses, root: str) -> None:
        self._addresses = addresses
        self._root = root
        self._groups: dict[str, dict[str, Item]] = {}

    def add(self, label: str, entry: Entry | None, notes: tuple[tuple[str, Shown], ...], *, written: str = "") -> None:
        """Add an entry, or what was ``written`` where there is no such entry."""
        group = self._groups.setdefault(label, {})
        key = f"{id(entry)}" if entry else f"?{written}"
        if key in group:
            notes = tuple(dict.fromkeys((*group[key].notes, *notes)))
        made = item_of(self._addresses, entry, self._root, notes) if entry else Item(title=written, notes=notes)
        group[key] = made

    def all(self) -> tuple[Group, ...]:
        return tuple(Group(label=label, items=tuple(items.values())) for label, items in self._groups.items())


def _notes(reader: FieldReader, reference: Reference) -> tuple[tuple[str, Shown], ...]:
    """Give what the object around a reference says besides."""
    last = reference.path[-1]
    return reader.qualifiers(reference.path[:-1], last) if isinstance(last, str) and len(reference.path) > 1 else ()


def _places(reference: Reference) -> tuple[tuple[str, Shown], ...]:
    """Give the article of this source that the other names."""
    target = reference.target
    if target is None or reference.is_mention or not reference.locator:
        return ()
    return (("", Shown(text=place_in(target, reference.locator))),)


def _pattern(path: Iterable[str | int]) -> tuple[str, ...]:
    return tuple(ANY if isinstance(step, int) else step for step in path)


def _label(entry: Entry, path: Iterable[str | int]) -> str:
    """Give the label of the field at a path."""
    schema: Mapping[str, Any] = entry.kind.schema
    name = ""
    for step in path:
        schema = below(schema, step)
        name = step if isinstance(step, str) else name
    return label_of(schema, name)
