"""Gaps that may be none: what would fill them stands in something that could not be read.

One mistake, one finding. While a file cannot be parsed, a reference has a typing error or a
field has a wrong name, the entries that these may have meant seem to lack something. The
mistake itself is told; the gap is not, until the mistake is mended.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pipeline.documents.front import misplaced
from pipeline.guidance.relations import EVERYBODY
from pipeline.model.framework import names_of
from pipeline.model.kinds import ANY
from pipeline.rules.nearest import nearest, slug
from pipeline.rules.references.dangling import by_another_name
from pipeline.rules.schema.violations import gate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Flaw
    from pipeline.model.demands import Need
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind, ReferenceField

SEARCHED: Final = 50
"""Most references without a target for which is guessed what they meant."""


class Doubt:
    """What may have been meant, by the relation it was meant for."""

    def __init__(self, framework: Framework) -> None:
        """Note the files that cannot be read."""
        self._framework = framework
        self._unread = [document for document in framework.documents if not document.readable or _is_bare(document)]
        claims = ((each, framework.schemas.claim(each.source.path)) for each in self._unread)
        self._unknown = {kind.name for each, kind in claims if kind and any(map(_hides_all, each.flaws))}
        self._meant: dict[tuple[str, ReferenceField, str], frozenset[str]] = {}

    @property
    def is_everywhere(self) -> bool:
        """Whether there are files that cannot be read."""
        return bool(self._unread)

    def about(self, entry: Entry, need: Need) -> bool:
        """Whether an entry may have what it needs after all."""
        steps = [name.partition("/")[0] for name in need.relations]
        own = [*need.fields, *(step for step in steps if step in entry.kind.properties)]
        if need.sharing and self._may_share(entry, need.sharing):
            return True
        if own and not gate(entry.kind)(entry.fields):
            return True
        return any(is_misread(entry, field) for field in own) or any(
            self._may_be_named(entry, step) for step in steps if step not in own
        )

    def is_vague(self, entry: Entry, field: str) -> bool:
        """Whether it is unknown for which others an entry counts: it names one that is not there."""
        return any(
            reference.target is None and reference.path[:1] == (field,) for reference in self._framework.outgoing(entry)
        ) or is_misread(entry, field)

    def _may_share(self, entry: Entry, field: str) -> bool:
        """Whether one that names an entry has a word in a field that is not known."""
        return any(self.is_vague(incoming.origin, field) for incoming in self._framework.incoming(entry))

    def _may_be_named(self, entry: Entry, relation: str) -> bool:
        for kind, spec in self._specs(entry, relation):
            if kind.name in self._unknown:
                return True
            names = tuple(names_of(entry, spec.by))
            if not any(names) or any(name in document.source.text for document in self._unread for name in names):
                return True
            meant = self._of(kind, spec, entry.kind)
            if ANY in meant or not meant.isdisjoint(names):
                return True
        return False

    def _specs(self, entry: Entry, relation: str) -> Iterator[tuple[Kind, ReferenceField]]:
        """Give the fields in which others store a relation with an entry."""
        for kind in self._framework.kinds.values():
            for spec in kind.references:
                inverse = spec.inverse.name if spec.inverse else ""
                if relation in {EVERYBODY, inverse} and (entry.kind.name in spec.to or ANY in spec.to):
                    yield kind, spec

    def _of(self, kind: Kind, spec: ReferenceField, target: Kind) -> frozenset[str]:
        """Give the names that the entries of a kind may have meant in a field; ``*``: any name."""
        key = (kind.name, spec, target.name)
        if key not in self._meant:
            self._meant[key] = frozenset(self._guesses(kind, spec, target))
        return self._meant[key]

    def _guesses(self, kind: Kind, spec: ReferenceField, target: Kind) -> Iterator[str]:
        known = self._framework.index.table(target.name, spec.by)
        required = spec.path[0] in kind.schema.get("required", ())
        searched = 0
        for entry in self._framework.index.of_kind(kind.name):
            right: set[tuple[str | int, ...]] = set()
            for reference in self._framework.outgoing(entry):
                if reference.target is not None:
                    right.add(reference.path)
                elif reference.path[:1] == spec.path[:1] and searched < SEARCHED:
                    searched += 1
                    meant = by_another_name(self._framework, reference)
                    yield from names_of(meant, spec.by) if meant else nearest(reference.key, known)
            if required and entry.node and spec.path[0] not in entry.fields:
                yield ANY
            if _is_bare(entry.document) and not misplaced(entry.document.source.text):
                yield ANY
            if len(spec.path) > 1 and not isinstance(entry.fields.get(spec.path[0], {}), (dict, list)):
                yield ANY
            for path, node in entry.node.walk() if entry.node else ():
                unread = path[:1] == spec.path[:1] or (path and path[0] not in kind.properties)
                if unread and path not in right and not node.children and isinstance(node.value, str):
                    yield node.value


def _hides_all(flaw: Flaw) -> bool:
    """Whether not even the words in a file are known; those of most other encodings are."""
    if flaw.rule == "source/not-utf8":
        return flaw.problem.parameters.get("encoding") == "UTF-16"
    return flaw.rule.startswith("source/") and flaw.problem.variant not in {"depth", "values"}


def _is_bare(document: Document) -> bool:
    """Whether a page has no fields, or none where fields belong."""
    return document.body is not None and document.front is None


@lru_cache(maxsize=1)
def doubt_in(framework: Framework) -> Doubt:
    """Give the doubts about a framework."""
    return Doubt(framework)


def is_misread(entry: Entry, path: str) -> bool:
    """Whether a field is there without a value, or under another name: other rules tell that."""
    around: Any = entry.fields
    for step in path.split("."):
        if not isinstance(around, dict):
            return True
        if step not in around:
            known = entry.kind.properties if around is entry.fields else ()
            unknown = [name for name in around if name not in known]
            labels = {slug(label) for label in known.get(step, {}).get("x-label", {}).values()} if known else ()
            return bool(nearest(step, unknown, most=1)) or any(slug(name) in labels for name in unknown)
        around = around[step]
    return around in (None, "", [], {})
