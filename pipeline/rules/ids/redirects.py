"""Where entries that were replaced lead to."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from pipeline.model.framework import names_of
from pipeline.rules.schema.edits import instead, rewritten, without_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings import Fix
    from pipeline.model.framework import Entry, Framework, Reference

GONE: Final = ("replaced", "withdrawn")
"""States of an entry that is kept only so that its id is never lost."""

_ALIVE: Final = ("draft", "final")


def is_successor(reference: Reference) -> bool:
    """Whether a reference says what takes the place of the entry it is in."""
    return bool(reference.path) and reference.path[0] == reference.origin.kind.means.get("successor")


class Redirects:
    """The graph of replaced entries; an edge is a reference to a successor.

    An entry that replaces itself is `references/self` and left out.
    """

    def __init__(self, framework: Framework) -> None:
        self._edges: dict[int, list[Reference]] = {}
        for edge in framework.references_ahead(but=_ALIVE):
            origin, target = edge.origin, edge.target
            if is_successor(edge) and target is not None and target is not origin and origin.state not in _ALIVE:
                self._edges.setdefault(id(origin), []).append(edge)
        self._ends = self._find_ends()

    @property
    def edges(self) -> Iterator[Reference]:
        """All edges in reading order."""
        return chain.from_iterable(self._edges.values())

    def ends(self, entry: Entry | None) -> tuple[Entry, ...]:
        """Give where a reader who is sent on from ``entry`` arrives.

        Nothing for an entry that sends nobody on, and for one from which a circle is reached.
        """
        return tuple(self._ends.get(id(entry), {}).values())

    def circles(self) -> Iterator[tuple[Reference, ...]]:
        """Give the edges of each circle, in order."""
        stuck = self._edges.keys() - self._ends.keys()
        done: set[int] = set()
        for start in [edges[0].origin for node, edges in self._edges.items() if node in stuck]:
            here = start
            walk: list[Reference] = []
            places: dict[int, int] = {}
            while id(here) not in done:
                done.add(id(here))
                places[id(here)] = len(walk)
                edge = next(edge for edge in self._edges[id(here)] if id(edge.target) in stuck)
                walk.append(edge)
                here = edge.target or here
            if id(here) in places:
                yield tuple(walk[places[id(here)] :])

    def _find_ends(self) -> dict[int, dict[int, Entry]]:
        """Work back from the entries that send nobody on (Kahn's algorithm)."""
        open_edges = {
            node: sum(id(edge.target) in self._edges for edge in edges) for node, edges in self._edges.items()
        }
        origins: dict[int, list[int]] = {}
        for edge in self.edges:
            origins.setdefault(id(edge.target), []).append(id(edge.origin))
        ends: dict[int, dict[int, Entry]] = {}
        ready = [node for node, count in open_edges.items() if not count]
        while ready:
            node = ready.pop()
            ends[node] = {}
            for edge in self._edges[node]:
                if edge.target is not None:
                    ends[node].update(ends.get(id(edge.target), {id(edge.target): edge.target}))
            for origin in origins.get(node, ()):
                open_edges[origin] -= 1
                if not open_edges[origin]:
                    ready.append(origin)
        return ends


@lru_cache(maxsize=4)
def redirects(framework: Framework) -> Redirects:
    """Give the graph of a framework."""
    return Redirects(framework)


def name_like(reference: Reference, entry: Entry) -> str:
    """Give the name of ``entry`` in the form that ``reference`` was written in."""
    if reference.target is not None and reference.key == reference.target.id:
        return entry.id
    return next(names_of(entry, reference.spec.by), entry.id)


def redirected(reference: Reference, entries: Sequence[Entry], framework: Framework) -> Fix | None:
    """Let a reference among the fields name other entries, or leave it out where they stand beside it.

    None where it would name its own page, or what the same field names in another way, and
    while one before it may take the same name.
    """
    origin, front = reference.origin, reference.origin.node
    if front is None or reference.is_mention or not entries or origin in entries:
        return None
    wanted, beside = set(map(id, entries)), set[int]()
    for each in framework.outgoing(origin):
        if each is reference or each.path[:1] != reference.path[:1]:
            continue
        in_list = isinstance(reference.path[-1], int) and each.path[:-1] == reference.path[:-1]
        if id(each.target) in wanted and in_list:
            beside.add(id(each.target))
        elif id(each.target) in wanted or (each.start < reference.start and _may_become(each, wanted, framework)):
            return None
    names = [name_like(reference, entry) for entry in entries if id(entry) not in beside]
    document, index = origin.document, reference.path[-1]
    if isinstance(index, int):
        around = front.find(reference.path[:-1])
        return instead(document, around, index, names) if names else without_item(document, around, index)
    return rewritten(document, front.find(reference.path), names[0], safe=True) if len(entries) == 1 else None


def _may_become(reference: Reference, wanted: set[int], framework: Framework) -> bool:
    """Whether a reference may be redirected to an entry that is wanted elsewhere."""
    ends = redirects(framework).ends(reference.target) if reference.target is not reference.origin else ()
    return any(id(entry) in wanted for entry in ends)
