"""Which item of a list became which."""

from __future__ import annotations

import json
from collections import Counter, deque
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.compare.moves import share
from pipeline.compare.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind

Path = tuple[str | int, ...]

ALIKE: Final = 0.5
"""Least share in common of an item without a name and the one that it became."""

SEARCHED: Final = 2_500
"""So many pairs of items are compared; in longer lists only names count."""

LONGEST_NAME: Final = 100
"""Most characters of a word that an item is called by."""


class Side(NamedTuple):
    """An entry of one revision, and by path the id of today of what each of its references names."""

    entry: Entry
    targets: Mapping[Path, str]


class Item(NamedTuple):
    """An item of a list.

    ``shaped`` is its value, an object also where only the reference in it was written; ``same`` is
    equal for items that say the same; ``keys`` are the names that it may be known by, the
    narrowest first, and ``words`` are what people may call it by.
    """

    value: object
    shaped: Any
    path: Path
    same: str
    keys: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


class Shapes:
    """What the schema says of the items of lists."""

    def __init__(self, kind: Kind) -> None:
        """Note where references stand."""
        self._paths = [spec.path for spec in kind.references]
        self._locators = {(*each.path, each.source): each.locator for each in kind.citations}

    def item(self, value: object, path: Path, steps: tuple[str, ...], side: Side) -> Item:
        """Read an item; ``steps`` is its path with ``*`` for positions."""
        fields = [spec[-1] for spec in self._paths if len(spec) == len(steps) + 1 and spec[:-1] == steps]
        shaped = value
        if fields and steps in self._paths and not isinstance(value, (dict, list)):
            shaped = {fields[0]: value}
        same = _same(shaped, path, side)
        if not isinstance(shaped, dict):
            return Item(value, shaped, path, same, ((side.targets[path],),) if path in side.targets else (), ())
        named = [name for name in fields if shaped.get(name) is not None]
        locators = [self._locators[*steps, name] for name in named if (*steps, name) in self._locators]
        whole = tuple(side.targets.get((*path, name), str(plain(shaped[name]))) for name in named)
        places = tuple(str(plain(shaped.get(name))) for name in locators)
        keys = ((*whole, *places), whole) if named else ()
        words = (shaped.get(name) for name in (*named, *locators)) if named else shaped.values()
        return Item(value, shaped, path, same, keys, tuple(str(each) for each in words if _is_short(each)))


def _is_short(value: object) -> bool:
    return isinstance(value, (str, int, float)) and len(str(value)) <= LONGEST_NAME


def called(before: Item, now: Item) -> str:
    """Name an item by what stayed the same in it, or else by what it is called now."""
    stayed = [word for word in now.words if word in before.words]
    return " ".join((stayed or now.words)[:2])


def paired(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[Item | None, Item | None]]:
    """Pair items: those that say the same, then by name, then by likeness. Those that went come first."""
    pairs: list[tuple[Item | None, Item | None]] = []
    for trait in (
        lambda item: item.same,
        lambda item: item.keys[0] if item.keys else None,
        lambda item: item.keys[-1] if item.keys else None,
    ):
        found = list(_by(trait, old, new))
        pairs += found
        old = _rest(old, [before for before, _ in found])
        new = _rest(new, [now for _, now in found])
    found = list(_likest(old, new))
    pairs += found
    old = _rest(old, [before for before, _ in found])
    new = _rest(new, [now for _, now in found])
    return [*((item, None) for item in old), *((None, item) for item in new), *sorted(pairs, key=_place)]


def _place(pair: tuple[Item | None, Item | None]) -> Path:
    return pair[1].path[-1:] if pair[1] else ()


def _rest(items: Sequence[Item], done: Sequence[Item]) -> list[Item]:
    places = {item.path for item in done}
    return [item for item in items if item.path not in places]


def _by(trait: Callable[[Item], Any], old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    waiting: dict[Any, deque[Item]] = {}
    for item in old:
        if (key := trait(item)) is not None:
            waiting.setdefault(key, deque()).append(item)
    for item in new:
        alike = waiting.get(trait(item))
        if alike:
            yield alike.popleft(), item


def _likest(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Pair what is alike; an item that names an entry is another one where it names another."""
    if len(old) * len(new) > SEARCHED:
        return
    scored = [
        (-likeness, i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if not one.keys and not other.keys and (likeness := _likeness(one.shaped, other.shaped)) >= ALIKE
    ]
    done: set[tuple[str, int]] = set()
    for _, i, j in sorted(scored):
        if ("old", i) not in done and ("new", j) not in done:
            done |= {("old", i), ("new", j)}
            yield old[i], new[j]


def _likeness(one: object, other: object) -> float:
    if isinstance(one, dict) and isinstance(other, dict):
        both = one.keys() | other.keys()
        alike = sum(max(_likeness(one[key], other[key]), 0.0) for key in one.keys() & other.keys())
        return alike / len(both) if both else 1.0
    if isinstance(one, str) and isinstance(other, str) and one != other:
        said, says = Counter(words(one)), Counter(words(other))
        # One word is another word; only of sentences can a part stay.
        return share(said, says) if min(said.total(), says.total()) > 2 else 0.0  # noqa: PLR2004
    return float(is_same(one, other))


def _same(value: object, path: Path, side: Side) -> str:
    return json.dumps(_named(value, path, side), sort_keys=True, ensure_ascii=False)


def _named(value: object, path: Path, side: Side) -> object:
    """Give a value with the id of today in the place of each reference."""
    if isinstance(value, dict):
        return {str(key): _named(each, (*path, key), side) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each, (*path, index), side) for index, each in enumerate(value)]
    return {"": side.targets[path]} if path in side.targets else plain(value)


def is_same(one: object, other: object) -> bool:
    """Whether two values are the same; the order of keys does not count, and ``true`` is not 1."""
    if type(one) is not type(other):
        return False
    return one == other and _json(one) == _json(other)


def _json(value: object) -> str:
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False)


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Give a value as JSON has it: the keys of objects are text."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
