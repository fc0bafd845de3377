"""Where the entry of an issue is now: still there, gone by another name, or gone for good."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pipeline.rules.ids.redirects import redirects
from pipeline.rules.ids.released import HEADER, lines_of
from pipeline.sync.issues.marker import Sort, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.model.framework import Entry, Framework
    from pipeline.sync.issues.marker import Marker


class Fate(StrEnum):
    """What became of what an issue is about."""

    HERE = "here"
    FOLLOWED = "followed"
    WITHDRAWN = "withdrawn"
    VANISHED = "vanished"
    HIDDEN = "hidden"


class Found(NamedTuple):
    """What an issue is about now, and what became of what it was about."""

    topic: Topic
    fate: Fate = Fate.HERE


class Whereabouts:
    """Looks for entries under their old ids.

    A page that names its successor sends readers on; so does the list of released ids. An id that
    is simply gone may go by another one: ``moved`` gives those that are known, and an entry that has
    the file for itself that the old one had is taken for the same. What was in a file that cannot
    be read now is hidden, not gone.
    """

    def __init__(self, framework: Framework, moved: Mapping[str, str] | None = None) -> None:
        """Keep the framework; ``moved`` gives the present id of entries that got another one."""
        self._framework = framework
        self._moved = moved or {}

    def of(self, marker: Marker) -> Found:
        """Say what an issue is about now."""
        topic = marker.topic
        if topic.sort is not Sort.ENTRY:
            return Found(topic)
        entry = self._by_id.get(topic.name)
        if entry is not None and not entry.is_gone:
            return Found(topic)
        heir = self._heir(entry) if entry is not None else self._renamed(topic.name, marker.path)
        if heir is not None:
            return Found(Topic(Sort.ENTRY, heir.id), Fate.FOLLOWED)
        if entry is not None:
            return Found(topic, Fate.WITHDRAWN)
        document = self._framework.documents_by_path.get(marker.path)
        return Found(topic, Fate.VANISHED if document is None or document.readable else Fate.HIDDEN)

    def lost(self, markers: Iterable[Marker]) -> tuple[Marker, ...]:
        """Give the markers of entries that are gone without a trace: an earlier revision may know."""
        return tuple(each for each in markers if self.of(each).fate is Fate.VANISHED)

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in reversed(self._framework.entries)}

    @cached_property
    def _successors(self) -> Mapping[str, str]:
        """The successor of each released id that was replaced, as the ledger has it."""
        lines = lines_of(self._framework)[1:]
        rows = (line.values for line in lines if line.values and len(line.values) == len(HEADER))
        return {row[0]: row[3] for row in rows if row[3]}

    def _heir(self, entry: Entry | None) -> Entry | None:
        """Give the first entry that a reader who is sent on arrives at."""
        ends = redirects(self._framework).ends(entry)
        return next((end for end in ends if not end.is_gone), None)

    def _renamed(self, name: str, path: str) -> Entry | None:
        """Give the entry that has another id than it had."""
        for other in (self._successor(name), self._moved.get(name, "")):
            entry = self._by_id.get(other)
            if entry is not None:
                return self._heir(entry) if entry.is_gone else entry
        inside = self._framework.entries_by_path.get(path, ())
        alone = len(inside) == 1 and inside[0].kind.files.layout == "document" and not inside[0].is_gone
        return inside[0] if alone else None

    def _successor(self, name: str) -> str:
        """Follow the ledger to its end; a circle leads nowhere."""
        seen: set[str] = set()
        while name in self._successors and name not in seen:
            seen.add(name)
            name = self._successors[name]
        return name if name not in seen else ""
