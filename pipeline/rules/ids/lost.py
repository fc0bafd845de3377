"""Ids that the base had and that no entry has any more."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.compare.moves import SEARCHED, moves_of
from pipeline.rules.ids.codes import is_well_formed, written_id
from pipeline.rules.references.dangling import is_broken_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Entry, Framework
    from pipeline.text import Location


class Lost(NamedTuple):
    """An entry of the base whose id is gone; ``other`` has its text now, and ``renamed`` its place too."""

    entry: Entry
    location: Location
    other: Entry | None = None
    renamed: bool = False


def is_lasting(entry: Entry) -> bool:
    """Whether others know an entry by an id of its own, which outlives its file."""
    kind = entry.kind
    return kind.files.layout != "abbreviations" and kind.identity.where == "field" and is_well_formed(entry)


def lost(framework: Framework) -> Iterator[Lost]:
    """Give what the base had, without what another rule tells: a file or an id that cannot be read."""
    base = framework.base
    if base is None:
        return
    ids = {entry.id for entry in framework.entries}
    moves = moves_of(framework)
    unread = {name for name, kind in framework.kinds.items() if is_broken_list(framework, kind)}
    twice = repeated(framework)
    searched = 0
    for number, entry in enumerate(base.entries):
        kind = framework.kinds.get(entry.kind.name)
        if entry.id in ids or kind is None or kind.name in unread or not is_lasting(entry):
            continue
        here = _in_its_place(entry, framework)
        if here is not None and (not is_lasting(here) or here.id in twice):
            continue
        other = moves.entries.get(entry.id)
        if other is not None:
            yield Lost(entry=entry, location=other.location, other=other, renamed=True)
        else:
            searched += 1
            other = moves.joined(entry) if searched <= SEARCHED else None
            yield Lost(entry=entry, location=_place(number, framework, base), other=other)


@lru_cache(maxsize=4)
def repeated(framework: Framework) -> frozenset[str]:
    """Give the ids that several entries have: `ids/duplicate` tells that."""
    counts = Counter(entry.id for entry in framework.entries if written_id(entry))
    return frozenset(name for name, count in counts.items() if count > 1)


def _in_its_place(entry: Entry, framework: Framework) -> Entry | None:
    """Give what is now in the file that the entry had for itself."""
    path = moves_of(framework).files.get(entry.path, entry.path)
    others = framework.entries_by_path.get(path, ()) if entry.kind.files.layout == "document" else ()
    return others[0] if len(others) == 1 else None


def _place(number: int, framework: Framework, base: Framework) -> Location:
    """Give the place where the entry was: in its file of then, or after the item before it in a list."""
    entry = base.entries[number]
    document = framework.documents_by_path.get(entry.path)
    if document is None:
        return entry.location
    moves = moves_of(framework)
    earlier = (base.entries[index] for index in range(number - 1, max(-1, number - SEARCHED), -1))
    before = (moves.after(each) for each in earlier if each.path == entry.path)
    node = next((each.node for each in before if each is not None and each.path == entry.path), None)
    end = node.end if node is not None else 0
    return document.at(end, end)
