"""The relations between entries that came and that went."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.compare.changes import RelationChange
from pipeline.model.kinds import ANY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind, ReferenceField


class _Relation(NamedTuple):
    origin: str
    field: str
    target: str


def relation_changes(
    before: Framework, after: Framework, today: Mapping[int, str], unread: Collection[str]
) -> tuple[RelationChange, ...]:
    """Compare what the fields of entries say about others; ``unread`` are ids that are not judged."""
    old, new = _relations(before, today), _relations(after, {})
    changed = [(relation, False) for relation in old.keys() - new.keys()]
    changed += [(relation, True) for relation in new.keys() - old.keys()]
    found: list[RelationChange] = []
    for relation, gained in sorted(changed):
        if relation.origin not in unread:
            origin, target = (new if gained else old)[relation]
            found.append(RelationChange(*relation, gained, origin.kind.name, origin.title, target.title))
    return tuple(found)


def _relations(framework: Framework, today: Mapping[int, str]) -> dict[_Relation, tuple[Entry, Entry]]:
    found: dict[_Relation, tuple[Entry, Entry]] = {}
    for reference in framework.references:
        origin, target = reference.origin, reference.target
        if target is not None and not reference.is_mention:
            field = relation_name(origin.kind, reference.spec)
            names = (today.get(id(entry), entry.id) for entry in (origin, target))
            found.setdefault(_Relation(next(names), field, next(names)), (origin, target))
    return found


def relation_name(kind: Kind, spec: ReferenceField) -> str:
    """Give the field of a relation: the list, where an item may be a reference or an object with one."""
    if len(spec.path) > 1 and spec.path[-2] == ANY and any(each.path == spec.path[:-1] for each in kind.references):
        return ".".join(step for step in spec.path[:-1] if step != ANY)
    return spec.name
