"""What changed in the fields of an entry.

Objects are compared key by key. The items of a list are compared as a set: an item is the same
wherever it stands, and one that changed is set beside its counterpart (`pipeline.compare.items`).
A reference is what it names today: one that only follows a new name says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.compare.changes import FieldChange, Weight
from pipeline.compare.items import Shapes, called, is_same, paired, plain
from pipeline.model.kinds import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.compare.items import Item, Path, Side
    from pipeline.compare.weights import Scales


class _Place(NamedTuple):
    """A place in the fields of both revisions; ``item`` names the item of a list that it is in."""

    steps: tuple[str, ...]
    old: Path
    new: Path
    item: str = ""

    def at(self, key: str) -> _Place:
        return self._replace(steps=(*self.steps, key), old=(*self.old, key), new=(*self.new, key))

    @property
    def field(self) -> str:
        return ".".join(step for step in self.steps if step != ANY)


def field_changes(old: Side, new: Side, scales: Scales, without: set[str]) -> tuple[FieldChange, ...]:
    """Compare the fields of an entry, in the order of its schema; ``without`` are told elsewhere."""
    compared = _Compared(old, new, scales)
    kind = new.entry.kind
    known = [*kind.properties, *sorted({*old.entry.fields, *new.entry.fields} - kind.properties.keys(), key=str)]
    return tuple(
        change
        for name in known
        if name not in without
        for change in compared.changes(
            old.entry.fields.get(name), new.entry.fields.get(name), _Place((str(name),), (name,), (name,))
        )
    )


class _Compared:
    def __init__(self, old: Side, new: Side, scales: Scales) -> None:
        self._old, self._new = old, new
        self._scales = scales
        self._shapes = Shapes(new.entry.kind)

    def changes(self, old: object, new: object, place: _Place) -> Iterator[FieldChange]:
        """Give what changed at a place."""
        if is_same(old, new):
            return
        if isinstance(old, dict) and isinstance(new, dict):
            for key in [*old, *(key for key in new if key not in old)]:
                yield from self.changes(old.get(key), new.get(key), place.at(key))
        elif isinstance(old, list) or isinstance(new, list):
            if old is None or new is None:
                yield self._change(old, new, place)
            else:
                yield from self._lists(old, new, place)
        else:
            yield self._change(old, new, place)

    def _lists(self, old: object, new: object, place: _Place) -> Iterator[FieldChange]:
        steps = (*place.steps, ANY)
        one = self._items(old, place.old, steps, self._old)
        other = self._items(new, place.new, steps, self._new)
        pairs = paired(one, other)
        for before, now in pairs:
            within = _Place(steps, before.path if before else (), now.path if now else (), place.item)
            if before is None or now is None:
                yield self._change(before.value if before else None, now.value if now else None, within)
            elif isinstance(before.shaped, dict) and isinstance(now.shaped, dict):
                named = within._replace(item=called(before, now) or place.item)
                yield from self.changes(before.shaped, now.shaped, named)
            else:
                yield from self.changes(before.value, now.value, within)
        yield from self._order(pairs, place)

    def _items(self, value: object, path: Path, steps: tuple[str, ...], side: Side) -> list[Item]:
        if not isinstance(value, list):
            return [self._shapes.item(value, path, steps, side)]
        return [self._shapes.item(each, (*path, index), steps, side) for index, each in enumerate(value)]

    def _order(self, pairs: Sequence[tuple[Item | None, Item | None]], place: _Place) -> Iterator[FieldChange]:
        """Tell that items that stayed stand in another order."""
        stayed = [(before, now) for before, now in pairs if before and now]
        former = sorted(stayed, key=lambda pair: pair[0].path[-1:])
        present = sorted(stayed, key=lambda pair: pair[1].path[-1:])
        if former != present and all(before.same == now.same for before, now in stayed):
            old, new = [before.value for before, _ in former], [now.value for _, now in present]
            yield FieldChange(place.field, plain(old), plain(new), Weight.EDITORIAL, place.item)

    def _change(self, old: object, new: object, place: _Place) -> FieldChange:
        weight = self._scales.weigh(place.steps, old, new)
        before, now = self._old.targets.get(place.old), self._new.targets.get(place.new)
        if before is not None and before == now:
            weight = Weight.EDITORIAL
        return FieldChange(place.field, plain(old), plain(new), weight, place.item)
