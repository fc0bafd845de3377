"""What a file or an entry of an earlier revision is called now.

Of files that are gone, the same text under another name comes first, then the same id, then
a text that is much alike. Git does the same, but knows neither ids nor changes that are not
committed yet.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from pipeline.compare.texts import Texts, words_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from pipeline.compare.texts import Shelf
    from pipeline.model.framework import Entry, Framework

Key = TypeVar("Key")
Value = TypeVar("Value")

ALIKE: Final = 0.6
"""Likeness from which on two entries hold the same text, edited (`pipeline.compare.texts`)."""

HALF: Final = 0.5
"""Share of words from which on an entry that kept its id or its file is still the same."""

NEARLY_ALL: Final = 0.8
"""Share of a text, by the weight of its words, from which on another text has taken it in."""

SEARCHED: Final = 200
"""So many entries are compared with all others; that takes its time."""


@lru_cache(maxsize=4)
def moves_of(framework: Framework) -> Moves:
    """Give what moved since the framework's base; nothing where it has none."""
    return Moves(framework)


class Moves:
    """The moves between the base of a framework and the framework."""

    def __init__(self, framework: Framework) -> None:
        """Keep the framework; everything is found when first asked for."""
        self._now = framework
        self._base = framework.base if framework.base is not None else framework

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The new path of each file that has another one."""
        gone = sorted(self._base.files - self._now.files)
        added = sorted(self._now.files - self._base.files)
        if not gone or not added:
            return {}
        found = dict(self._documents(_alone(self._base, gone), _alone(self._now, added)))
        taken = {*found.values(), *(entry.path for entry in _alone(self._now, added))}
        by_name = _unique((path.rpartition("/")[2], path) for path in added if path not in taken)
        for name, path in _unique((path.rpartition("/")[2], path) for path in gone if path not in found).items():
            if name in by_name:
                found[path] = by_name[name]
        return found

    @cached_property
    def former_files(self) -> Mapping[str, str]:
        """The old path of each file that has another one."""
        return {new: old for old, new in self.files.items()}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The entry that an id which is gone now goes by: of the same file, or of the same text."""
        ids = {entry.id for entry in self._now.entries}
        before = {entry.id for entry in self._base.entries}
        gone = [entry for entry in self._base.entries if entry.id not in ids]
        fresh = [entry for entry in self._now.entries if entry.id not in before]
        if not gone or not fresh:
            return {}
        by_title = _unique(((entry.path, entry.title), entry) for entry in fresh if entry.title != entry.code)
        pairs = _Pairs(gone, fresh)
        pairs.add(lambda entry: self._in_place(entry, by_title))
        alike = dict(self._matched(pairs.gone, pairs.added))
        pairs.add(alike.get)
        return {entry.id: other for entry, other in pairs.found.items()}

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The present name of each entry or file that had another one."""
        return {**self.files, **{name: entry.id for name, entry in self.entries.items()}}

    @cached_property
    def texts(self) -> Texts:
        """The words of all entries of both revisions."""
        return Texts((*self._base.entries, *self._now.entries))

    def holder(self, entry: Entry) -> Entry | None:
        """Give the entry that now holds the text of one of the base, under whatever id.

        One that held much the same text before is not it: that is another entry like it.
        """
        for likeness, other in self._changed.like(entry):
            if likeness < ALIKE:
                break
            own = self.before(other)
            if other.id != entry.id and (own is None or self.texts.likeness(own, other) < likeness):
                return other
        return None

    def joined(self, entry: Entry) -> Entry | None:
        """Give the entry that has taken in the text of one of the base, among other text maybe."""
        for _, other in self._changed.like(entry):
            own = self.before(other)
            had = self.texts.contained(entry, own) if own is not None else 0.0
            if other.id != entry.id and self.texts.contained(entry, other) >= NEARLY_ALL and had < HALF:
                return other
        return None

    def giver(self, entry: Entry) -> Entry | None:
        """Give the entry of the base, of another id, whose text a present entry now holds."""
        for likeness, other in self._former.like(entry):
            if likeness < ALIKE:
                break
            own = self.after(other)
            if other.id != entry.id and (own is None or self.texts.likeness(other, own) < likeness):
                return other
        return None

    def before(self, entry: Entry) -> Entry | None:
        """Give the entry of the base with the id of a present one."""
        return self._base_by_id.get(entry.id)

    def after(self, entry: Entry) -> Entry | None:
        """Give the present entry with the id of one of the base."""
        return self._now_by_id.get(entry.id)

    @cached_property
    def _base_by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in reversed(self._base.entries)}

    @cached_property
    def _now_by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in reversed(self._now.entries)}

    @cached_property
    def _changed(self) -> Shelf:
        """The present entries that are not just as they were."""
        return self.texts.shelf(each for each in self._now.entries if not same_text(each, self.before(each)))

    @cached_property
    def _former(self) -> Shelf:
        """The entries of the base that are not just as they were."""
        return self.texts.shelf(each for each in self._base.entries if not same_text(each, self.after(each)))

    def _documents(self, gone: list[Entry], added: list[Entry]) -> Iterator[tuple[str, str]]:
        """Pair entries in files of their own: by text, by id, by likeness, then by id at least."""
        by_text = _unique((entry.document.source.text, entry) for entry in added)
        by_id = _unique((entry.id, entry) for entry in added)
        pairs = _Pairs(gone, added)
        pairs.add(lambda entry: by_text.get(entry.document.source.text))
        pairs.add(lambda entry: other if (other := by_id.get(entry.id)) and _is_still(entry, other) else None)
        alike = dict(self._matched(pairs.gone, pairs.added))
        pairs.add(alike.get)
        pairs.add(lambda entry: by_id.get(entry.id))
        yield from ((entry.path, other.path) for entry, other in pairs.found.items())

    def _in_place(self, entry: Entry, by_title: Mapping[tuple[str, str], Entry]) -> Entry | None:
        """Give the entry in the same file, or of the same title in the same list."""
        path = self.files.get(entry.path, entry.path)
        if entry.kind.files.layout != "document":
            return by_title.get((path, entry.title))
        others = self._now.entries_by_path.get(path, ())
        return others[0] if len(others) == 1 and _is_still(entry, others[0]) else None

    def _matched(self, gone: list[Entry], fresh: Collection[Entry]) -> Iterator[tuple[Entry, Entry]]:
        """Pair entries by likeness, the likest first."""
        if not gone or not fresh:
            return
        shelf = self.texts.shelf(fresh)
        pairs = [(likeness, entry, other) for entry in gone[:SEARCHED] for likeness, other in shelf.like(entry)]
        pairs.sort(key=lambda each: (-each[0], each[1].id, each[2].id))
        done: set[Entry] = set()
        for likeness, entry, other in pairs:
            if likeness >= ALIKE and entry not in done and other not in done:
                done |= {entry, other}
                yield entry, other


class _Pairs:
    """Entries that are gone and entries that were added, paired one to one."""

    def __init__(self, gone: Iterable[Entry], added: Iterable[Entry]) -> None:
        self.gone = list(gone)
        self.added = dict.fromkeys(added)
        self.found: dict[Entry, Entry] = {}

    def add(self, partner: Callable[[Entry], Entry | None]) -> None:
        """Pair each entry that is left with its partner, where that one is left too."""
        for entry in self.gone:
            other = partner(entry)
            if other is not None and other in self.added:
                self.found[entry] = other
                del self.added[other]
        self.gone = [entry for entry in self.gone if entry not in self.found]


def _alone(framework: Framework, paths: Iterable[str]) -> list[Entry]:
    """Give the entries that have one of these files for themselves."""
    table = framework.entries_by_path
    found = (table[path][0] for path in paths if len(table.get(path, ())) == 1)
    return [entry for entry in found if entry.kind.files.layout == "document"]


def _unique(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
    """Make a table of what goes by a key that nothing else goes by."""
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: values[0] for key, values in groups.items() if len(values) == 1}


def same_text(entry: Entry, other: Entry | None) -> bool:
    """Whether the files of two entries hold the same."""
    return other is not None and entry.document.source.text == other.document.source.text


def _is_still(entry: Entry, other: Entry) -> bool:
    """Whether at least half of the words are the same."""
    return share(words_of(entry), words_of(other)) >= HALF


def share(one: Counter[str], other: Counter[str]) -> float:
    """Give the share of words that two texts have in common (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
