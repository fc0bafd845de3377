"""The file with gaps that are known and accepted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.rules.nearest import nearest, nearest_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.documents.document import Document, Node
    from pipeline.guidance.coverage import Gap, Lack
    from pipeline.model.demands import AcceptedGaps
    from pipeline.model.framework import Entry, Framework

SEARCHED: Final = 50
"""Most ids with a typing error for which is looked up what they meant."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Accepted:
    """One entry whose gap is accepted; ``around`` is the group of fields that it stands in.

    ``partner`` and ``lacking`` are given where only a part of what the entry lacks is accepted.
    What has a typing error is read as it was meant, and is not ``sure``: the mistake is told,
    not the gap as well.
    """

    measure: str
    entry: Entry | None
    node: Node
    around: Node
    partner: str = ""
    lacking: tuple[Node, ...] = ()
    sure: bool = True

    def covers(self, gap: Gap, lack: Lack | None) -> bool:
        """Whether it accepts that an entry lacks something."""
        if self.measure not in {"", gap.measure.name} or self.entry is not gap.entry:
            return False
        if not self.sure:
            return True
        if self.partner and self.partner != gap.partner_id:
            return False
        return not self.lacking or lack is None or lack.need.name in {node.value for node in self.lacking}


def file_of(framework: Framework) -> tuple[Document, AcceptedGaps] | None:
    """Give the file, where it is there and can be read."""
    gaps = framework.settings.demands.gaps
    document = framework.extras.get(gaps.file) if gaps else None
    if gaps is None or document is None or not document.readable or document.front is None:
        return None
    return document, gaps


def is_unknown(framework: Framework) -> bool:
    """Whether nobody knows what is accepted: the file is gone or cannot be read, which is told."""
    gaps = framework.settings.demands.gaps
    document = framework.extras.get(gaps.file) if gaps else None
    return gaps is not None and (document is None or not document.readable)


@lru_cache(maxsize=1)
def accepted(framework: Framework) -> tuple[Accepted, ...]:
    """Give each entry whose gap is accepted."""
    return tuple(_accepted(framework))


@lru_cache(maxsize=1)
def accepted_of(framework: Framework) -> Mapping[int, list[Accepted]]:
    """Give what is accepted of each entry, by its identity."""
    found: dict[int, list[Accepted]] = {}
    for each in accepted(framework):
        found.setdefault(id(each.entry), []).append(each)
    return found


def _accepted(framework: Framework) -> Iterator[Accepted]:
    found = file_of(framework)
    if found is None:
        return
    document, names = found
    searched = 0
    kinds = {measure.name: measure.of for measure in framework.settings.demands.coverage}
    for group in groups_of(document, names):
        measure = _word(group, names.measure)
        partner = _word(group, names.partner)
        other = framework.find(partner) if partner else None
        lacking = tuple(items_of(group, names.lacking))
        for node in items_of(group, names.entries):
            key = str(node.value)
            if measure in kinds:
                table = framework.index.table(kinds[measure], "code")
                entry = table.get(key)
                if entry is None and searched < SEARCHED:
                    searched += 1
                    entry = next(iter(near_entries(key, table.values())), None)
                sure = key in table and set(group.value) <= set(names.fields) and (not partner or other is not None)
            else:
                entry, sure = framework.find(key), False
            yield Accepted(
                measure=measure if measure in kinds else "",
                entry=entry,
                node=node,
                around=group,
                partner=other.id if other else partner,
                lacking=lacking,
                sure=sure,
            )


def near_entries(key: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give the entries that an id with a typing error may have meant: of the same sort, with a code near it."""
    before, _, code = key.rpartition(":")
    every = tuple(entries)
    alike = {entry.code: entry for entry in every if entry.id.rpartition(":")[0] == before}
    codes = alike or {entry.code: entry for entry in every}
    return tuple(codes[name] for name in nearest_entry(code, {name: each.title for name, each in codes.items()}))


def groups_of(document: Document, names: AcceptedGaps) -> Iterator[Node]:
    """Give each gap in the file, where it is a group of fields."""
    gaps = meant(document.front, names.gaps) if document.front else None
    for group in gaps.items if gaps else ():
        if isinstance(group.value, dict):
            yield group


def items_of(group: Node, field: str) -> list[Node]:
    """Give the items of a list in a field, or the one value that stands there."""
    node = meant(group, field)
    if node is None or node.value is None:
        return []
    return list(node.items) if isinstance(node.value, list) else [node]


def meant(group: Node, field: str) -> Node | None:
    """Give the value of a field, or of the one whose name is nearly the same."""
    node = group.child(field) if field else None
    if node is not None or not field or not isinstance(group.value, dict):
        return node
    near = nearest(field, [str(key) for key in group.value], most=1)
    return group.child(near[0]) if near else None


def _word(group: Node, field: str) -> str:
    node = meant(group, field)
    return str(node.value) if node is not None and node.value is not None else ""
