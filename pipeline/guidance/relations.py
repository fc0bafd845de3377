"""Which other entries stand in a relation with an entry, stored on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.guidance.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from pipeline.model.demands import Need
    from pipeline.model.framework import Entry, Framework, Reference

EVERYBODY: Final = "*"


class Relations:
    """The relations of a framework, by entry and name."""

    def __init__(self, framework: Framework, names: Iterable[str]) -> None:
        """Look up who refers to whom by the name that the target has for it; only what is asked for."""
        self._framework = framework
        wanted = {step for name in names for step in name.split("/")}
        specs = [spec for kind in framework.kinds.values() for spec in kind.references]
        names_of = {id(spec): spec.inverse.name for spec in specs if spec.inverse and spec.inverse.name in wanted}
        self._gone: dict[int, bool] = {}
        self._shared: dict[tuple[int, str], set[int]] = {}
        self._incoming: dict[tuple[int, str], list[Reference]] = {}
        for reference in framework.references:
            name = names_of.get(id(reference.spec))
            if name is not None and reference.target is not None:
                self._incoming.setdefault((id(reference.target), name), []).append(reference)

    def others(self, entry: Entry, need: Need, partner: Reference | None = None, *, enough: int) -> set[str]:
        """Give the ids of the entries that give an entry what it needs; no more than enough.

        A reference of its own that leads nowhere counts as well: it is a mistake of its own.
        """
        found: set[str] = set()
        for name in need.relations:
            for reference, other in self._follow(entry, name.split("/")):
                if other is None:
                    found.add(f"?{reference.key}")
                elif self._counts(reference, other, need, partner):
                    found.add(other.id)
                if len(found) >= enough:
                    return found
        return found

    def _follow(self, entry: Entry, steps: list[str]) -> Iterator[tuple[Reference, Entry | None]]:
        for reference, other in self._step(entry, steps[0]):
            if len(steps) == 1 or other is None:
                yield reference, other
            elif not self._is_gone(other):
                yield from self._follow(other, steps[1:])

    def _step(self, entry: Entry, name: str) -> Iterator[tuple[Reference, Entry | None]]:
        if name == EVERYBODY:
            for reference in self._framework.incoming(entry):
                if not reference.is_mention:
                    yield reference, reference.origin
        elif name in entry.kind.properties:
            for reference in self._framework.outgoing(entry):
                if reference.path[:1] == (name,):
                    yield reference, reference.target
        else:
            for reference in self._incoming.get((id(entry), name), ()):
                yield reference, reference.origin

    def _counts(self, reference: Reference, other: Entry, need: Need, partner: Reference | None) -> bool:
        if self._is_gone(other) or (need.where and not holds(need.where, other.fields)):
            return False
        if need.unless and holds(need.unless, other.fields):
            return False
        if need.unless_beside and holds(need.unless_beside, beside(reference)):
            return False
        return not need.sharing or partner is None or id(partner.target) in self._named(other, need.sharing)

    def _is_gone(self, entry: Entry) -> bool:
        gone = self._gone.get(id(entry))
        if gone is None:
            gone = self._gone[id(entry)] = entry.is_gone
        return gone

    def _named(self, entry: Entry, field: str) -> set[int]:
        """Give what a field of an entry names."""
        key = (id(entry), field)
        if key not in self._shared:
            references = self._framework.outgoing(entry)
            self._shared[key] = {id(each.target) for each in references if each.path[:1] == (field,)}
        return self._shared[key]


def beside(reference: Reference) -> Mapping[str, Any]:
    """Give the fields that stand beside a reference in a group of their own."""
    node = reference.origin.node
    if node is None or len(reference.path) < len(("list", 0, "field")):
        return {}
    value = node.find(reference.path[:-1]).value
    return value if isinstance(value, dict) else {}
