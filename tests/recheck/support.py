"""Files with what a whole check says of them, and what is said after one more change without a whole check."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.documents.parse import parse_document
from pipeline.model.load import load
from pipeline.recheck.patch import Known, can_be_patched, patched
from pipeline.recheck.register import register_of
from pipeline.rules.run import inspected, outcome_of
from tests.mutations.material import TODAY
from tests.recheck.materials import any_material
from tests.support import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Outcome
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from pipeline.recheck.register import Register
    from tests.mutations.material import Material


class After(NamedTuple):
    """What is said after a change: without a whole check, where that can be, and with one."""

    quick: tuple[Outcome, Register] | None
    whole: Checked

    @property
    def is_quick(self) -> bool:
        """Whether nothing else was asked; then all there is to it has to be the same."""
        if self.quick is None:
            return False
        outcome, register = self.quick
        assert told(outcome) == told(self.whole.outcome)
        assert register.files == self.whole.register.files
        assert register.lines == self.whole.register.lines
        self.whole.outcome = outcome  # so that the next change goes on from here
        return True


class Checked:
    """Files with what a whole check says of them; documents are parsed once."""

    def __init__(self, where: Material, files: Mapping[str, bytes], earlier: Checked | None = None) -> None:
        self.where = where
        self.files = files
        self.earlier = earlier
        self.framework: Framework = load(
            MemoryTree(files), where.schemas, known=self._known, inspect=inspected, today=TODAY
        )
        self.outcome = outcome_of(self.framework)
        self.register = register_of(self.framework)
        self.earlier = None

    def _known(self, path: str, _: Kind) -> Document | None:
        same = self.earlier and self.earlier.files.get(path) == self.files[path]
        return self.earlier.framework.documents_by_path.get(path) if self.earlier and same else None

    def changed(self, path: str, data: bytes | None) -> After:
        """Say what is said after a file changed, came or went."""
        documents = self.framework.documents_by_path
        files = {name: content for name, content in self.files.items() if name != path}
        whole = Checked(self.where, {**files, path: data} if data is not None else files, self)
        schemas = self.where.schemas
        kind = None if schemas.settings.ignores(path) else schemas.claim(path)
        if not can_be_patched(schemas, self.files):
            return After(None, whole)
        names = (schemas.settings.ledger, *schemas.settings.demands.files)
        texts = {name: self.files[name].decode(errors="replace") for name in names if name in self.files}
        known = Known(self.register, documents.get, texts, whole.framework.extras)
        new = read(path, data, kind) if kind and data is not None else None
        return After(patched(self.outcome, path, documents.get(path), new, known), whole)


def read(path: str, data: bytes, kind: Kind) -> Document:
    """Parse a file."""
    markdown = kind.markdown
    document = parse_document(path, data, layout=kind.files.layout, dialect=markdown.dialect, slugs=markdown.slugs)
    return inspected(document, kind)


@cache
def checked(name: str) -> Checked:
    """Check a material as it is."""
    return Checked(any_material(name), any_material(name).files)


def told(outcome: Outcome) -> list[object]:
    """Give all there is to an outcome, without the texts of whole files."""
    hidden = sorted(outcome.hidden, key=lambda each: each.order)
    return [outcome.files, outcome.entries, outcome.day, *_told(outcome.findings), *_told(hidden)]


def _told(found: Sequence[Finding]) -> list[object]:
    """Give all there is to a finding."""

    def place(each: object) -> object:
        path, start, end = each.source.path, each.start, each.end  # type: ignore[attr-defined]
        return path, start, end, each.text  # type: ignore[attr-defined]

    return [
        (
            finding.rule,
            finding.severity,
            finding.entry,
            finding.fingerprint,
            finding.problem.variant,
            finding.problem.field,
            sorted(finding.problem.parameters.items()),
            place(finding.problem.location),
            [place(each) for each in finding.problem.related],
            finding.problem.fix
            and (finding.problem.fix.title, [(place(each.location), each[1]) for each in finding.problem.fix.edits]),
        )
        for finding in found
    ]
