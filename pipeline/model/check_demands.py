"""Names in what a framework asks of its entries that do not exist: kinds, fields, relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.model.kinds import ANY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pipeline.documents.document import Path
    from pipeline.model.kinds import Kind

    Wrong = tuple[Path, str, dict[str, str]]


class DemandsCheck:
    """Holds the members of ``framework.json`` and of kinds against the kinds there are.

    ``inverses`` are the names that each kind has for what others store about it.
    """

    def __init__(self, kinds: Mapping[str, Kind], inverses: Mapping[str, Collection[str]]) -> None:
        """Keep the kinds."""
        self.kinds = kinds
        self.inverses = inverses

    def of_framework(self, value: Mapping[str, Any]) -> Iterator[Wrong]:
        """Give each mistake in the value of ``framework.json``: where, which and about what."""
        names: set[str] = set()
        for index, measure in enumerate(value.get("coverage", ())):
            path: Path = ("coverage", index)
            if measure["name"] in names:
                yield (*path, "name"), "twice", {"detail": measure["name"]}
            names.add(measure["name"])
            yield from self._measure(path, measure)
        if guidance := value.get("guidance"):
            yield from self._guidance(guidance)
        for index, derived in enumerate(value.get("derived", ())):
            path = ("derived", index)
            yield from self._kind((*path, "of"), derived["of"], "of")
            yield from self._fields((*path, "field"), derived["of"], [derived["field"]])

    def of_kind(self, name: str, value: Mapping[str, Any]) -> Iterator[Wrong]:
        """Give each mistake in what the schema of a kind asks."""
        for index, need in enumerate(value.get("x-needs", ())):
            path: Path = ("x-needs", index)
            yield from self._fields((*path, "fields"), name, need["fields"])
            if "admitted" in need:
                yield from self._fields((*path, "admitted"), name, [need["admitted"]])
            if "through" in need:
                yield from self._reference((*path, "through"), name, need["through"])

    def _measure(self, path: Path, measure: Mapping[str, Any]) -> Iterator[Wrong]:
        kind = measure["of"]
        yield from self._kind((*path, "of"), kind, measure["name"])
        yield from self._cases((*path, "where"), kind, measure.get("where", ()))
        if "each" in measure:
            yield from self._reference((*path, "each"), kind, measure["each"])
        for index, need in enumerate(measure.get("needs", ())):
            yield from self._need((*path, "needs", index), kind, need)
        if alone := measure.get("alone"):
            yield from self._kind((*path, "alone", "of"), alone["of"], measure["name"])
            yield from self._need((*path, "alone", "need"), alone["of"], alone["need"])

    def _need(self, path: Path, kind: str, need: Mapping[str, Any]) -> Iterator[Wrong]:
        yield from self._fields((*path, "fields"), kind, need.get("fields", ()))
        for index, relation in enumerate(need.get("relations", ())):
            step = relation.partition("/")[0]
            if kind in self.kinds and step not in {ANY, *self.inverses[kind], *self._references(kind)}:
                yield (*path, "relations", index), "unknown-field", {"kind": kind, "field": step}

    def _guidance(self, guidance: Mapping[str, Any]) -> Iterator[Wrong]:
        known: set[str] = set()
        for kind, levels in guidance.get("levels", {}).items():
            path: Path = ("guidance", "levels", kind)
            yield from self._kind(path, kind, "levels")
            for index, level in enumerate(levels):
                known.add(level["level"])
                for member in ("where", "unless"):
                    yield from self._cases((*path, index, member), kind, level.get(member, ()))
        scenarios = guidance.get("scenarios")
        if not scenarios:
            return
        kind, path = scenarios["kind"], ("guidance", "scenarios")
        yield from self._kind((*path, "kind"), kind, "scenarios")
        if kind not in self.kinds:
            return
        yield from self._fields((*path, "profile"), kind, [scenarios["profile"]])
        names = {spec.name for spec in self.kinds[kind].references}
        for member in ("verdicts", "levels"):
            for name, expected in scenarios.get(member, {}).items():
                if name not in names:
                    yield (*path, member, name), "unknown-field", {"kind": kind, "field": name}
                elif member == "levels" and expected not in known:
                    yield (*path, member, name), "allowed", {"detail": expected, "allowed": ", ".join(sorted(known))}

    def _kind(self, path: Path, name: str, field: str) -> Iterator[Wrong]:
        if name not in self.kinds:
            yield path, "unknown-kind", {"kind": name, "field": field}

    def _cases(self, path: Path, kind: str, where: Any) -> Iterator[Wrong]:  # noqa: ANN401 - a case or a list of them
        for case in [where] if isinstance(where, dict) else where:
            yield from self._fields(path, kind, case)

    def _fields(self, path: Path, kind: str, fields: Iterable[str]) -> Iterator[Wrong]:
        for field in fields if kind in self.kinds else ():
            step = field.partition(".")[0]
            if step not in self.kinds[kind].properties:
                yield path, "unknown-field", {"kind": kind, "field": step}

    def _reference(self, path: Path, kind: str, field: str) -> Iterator[Wrong]:
        if kind in self.kinds and field not in self._references(kind):
            yield path, "unknown-field", {"kind": kind, "field": field}

    def _references(self, kind: str) -> set[str]:
        return {spec.path[0] for spec in self.kinds[kind].references}
