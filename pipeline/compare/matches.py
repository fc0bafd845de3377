"""Which entry of an earlier revision is which entry of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pipeline.compare.moves import Moves
    from pipeline.model.framework import Entry, Framework, Reference


class Matches(NamedTuple):
    """Entries of both revisions in pairs, and those that have no counterpart."""

    pairs: tuple[tuple[Entry, Entry], ...]
    gone: tuple[Entry, ...]
    added: tuple[Entry, ...]

    @property
    def today(self) -> dict[int, str]:
        """The id of today of each earlier entry, by its identity in memory."""
        return {id(old): new.id for old, new in self.pairs}


def matched(before: Framework, after: Framework, moves: Moves) -> Matches:
    """Pair entries by id, of the same file or kind first where an id comes twice; then what moved."""
    pairs: list[tuple[Entry, Entry]] = []
    waiting = _by_id(before.entries)
    added: list[Entry] = []
    fresh = _by_id(after.entries)
    for name, entries in fresh.items():
        former = waiting.get(name, [])
        for alike in (_at_the_same_place(moves), _of_the_same_kind, _anyhow):
            for entry in list(entries):
                same = next((each for each in former if alike(each, entry)), None)
                if same is not None:
                    former.remove(same)
                    entries.remove(entry)
                    pairs.append((same, entry))
        added.extend(entries)
    gone = [entry for entries in waiting.values() for entry in entries]
    renamed = _renamed(gone, added, moves)
    done = {id(entry) for pair in renamed for entry in pair}
    return Matches(
        pairs=(*pairs, *renamed),
        gone=tuple(entry for entry in gone if id(entry) not in done),
        added=tuple(entry for entry in added if id(entry) not in done),
    )


def _renamed(gone: Sequence[Entry], added: Sequence[Entry], moves: Moves) -> list[tuple[Entry, Entry]]:
    """Pair the entries that go by another id now; where an id was there twice, that of the same file."""
    free = {id(entry) for entry in added}
    here = _at_the_same_place(moves)
    found = [(entry, moves.entries[entry.id]) for entry in gone if entry.id in moves.entries]
    pairs: list[tuple[Entry, Entry]] = []
    for old, new in sorted(found, key=lambda pair: not here(*pair)):
        if id(new) in free:
            free.discard(id(new))
            pairs.append((old, new))
    return pairs


def _at_the_same_place(moves: Moves) -> Callable[[Entry, Entry], bool]:
    return lambda old, new: moves.files.get(old.path, old.path) == new.path


def _of_the_same_kind(old: Entry, new: Entry) -> bool:
    return old.kind.name == new.kind.name


def _anyhow(_old: Entry, _new: Entry) -> bool:
    return True


def _by_id(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = {}
    for entry in entries:
        table.setdefault(entry.id, []).append(entry)
    return table


def name_of(reference: Reference, today: Mapping[int, str]) -> str:
    """Give the id of today of what a reference names, or what was written where it names nothing."""
    target = reference.target
    return f"?{reference.key}" if target is None else today.get(id(target), target.id)
