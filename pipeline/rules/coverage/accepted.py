"""The file with gaps that are known and accepted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Node
    from pipeline.guidance.coverage import Gap, Lack
    from pipeline.model.demands import AcceptedGaps
    from pipeline.model.framework import Entry, Framework


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Accepted:
    """One entry whose gap is accepted; ``around`` is the group of fields that it stands in.

    ``partner`` and ``lacking`` are given where only a part of what the entry lacks is accepted.
    """

    measure: str
    entry: Entry | None
    node: Node
    around: Node
    partner: str = ""
    lacking: tuple[Node, ...] = ()

    def covers(self, gap: Gap, lack: Lack | None) -> bool:
        """Whether it accepts that an entry lacks something."""
        if self.measure != gap.measure.name or self.entry is not gap.entry:
            return False
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


@lru_cache(maxsize=1)
def accepted(framework: Framework) -> tuple[Accepted, ...]:
    """Give each entry whose gap is accepted; what is wrong in the file is passed over."""
    return tuple(_accepted(framework))


def _accepted(framework: Framework) -> Iterator[Accepted]:
    found = file_of(framework)
    if found is None:
        return
    document, names = found
    kinds = {measure.name: measure.of for measure in framework.settings.demands.coverage}
    for group in groups_of(document, names):
        measure = str(_value(group, names.measure))
        entries = framework.index.table(kinds[measure], "code") if measure in kinds else {}
        partner = str(_value(group, names.partner) or "")
        other = framework.find(partner) if partner else None
        for node in items_of(group, names.entries):
            yield Accepted(
                measure=measure,
                entry=entries.get(str(node.value)),
                node=node,
                around=group,
                partner=other.id if other else partner,
                lacking=tuple(items_of(group, names.lacking)),
            )


def groups_of(document: Document, names: AcceptedGaps) -> Iterator[Node]:
    """Give each gap in the file, where it is a group of fields."""
    gaps = document.front.child(names.gaps) if document.front else None
    for group in gaps.items if gaps else ():
        if isinstance(group.value, dict):
            yield group


def items_of(group: Node, field: str) -> list[Node]:
    """Give the items of a list in a field, or the one value that stands there."""
    node = group.child(field) if field else None
    if node is None or node.value is None:
        return []
    return list(node.items) if isinstance(node.value, list) else [node]


def _value(group: Node, field: str) -> object:
    node = group.child(field) if field else None
    return node.value if node else None
