"""``--base``: the findings of today beside those of an earlier revision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.cli.options import read_framework, read_schemas
from pipeline.compare.findings import compare_findings
from pipeline.compare.moves import moves_of
from pipeline.findings import Outcome
from pipeline.model.load import load
from pipeline.model.names import FRAMEWORK, SUFFIX
from pipeline.model.schemas import load_schemas
from pipeline.rules.registry import rules
from pipeline.rules.run import check_framework, findings_of_flaws, inspected
from pipeline.world.files import WorkingTree
from pipeline.world.git_tree import GitTree
from pipeline.world.repository import Repository
from pipeline.world.workers import shared_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.cli.memory import Memory
    from pipeline.cli.options import Options
    from pipeline.documents.document import Document, Flaw
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind, Schemas
    from pipeline.world.files import Snapshot


def checked_against(options: Options, name: str, tree: Snapshot, memory: Memory | None) -> Outcome:
    """Check what is in the folder and what revision ``name`` had when the two parted."""
    return compared(options, name, tree, memory)[1]


def compared(
    options: Options, name: str, tree: Snapshot, memory: Memory | None, *, keep_tokens: bool = False
) -> tuple[Framework | None, Outcome]:
    """Give the framework, with its base, as well; no framework where the schemas are flawed."""
    repository = Repository(options.root)
    commit = repository.fork_point(name)
    schemas, flaws = read_schemas(options)
    then, flaws_then = _schemas_at(repository, commit, options, schemas)
    before = findings_of_flaws(flaws_then)
    if schemas is None:
        found = compare_findings(before, findings_of_flaws(flaws), homes={})
        return None, Outcome(findings=found.findings, base=commit, solved=found.solved)
    framework = read_framework(options, schemas, tree, keep_tokens=keep_tokens, inspect=inspected, memory=memory)
    with GitTree(repository, commit, repository.prefix) as past:
        # Where the schemas of then were not right, those of today have to serve.
        known = _unchanged(past, framework)
        base = load(past, then or schemas, mapped=shared_map, inspect=inspected, known=known, today=framework.today)
    framework = replace(framework, base=base)
    found = compare_findings(
        (*before, *check_framework(base)),
        check_framework(framework),
        homes=moves_of(framework).homes,
        unread=_unread(framework, base),
        worsening={name for name, rule in rules().items() if rule.worsens_when_new},
    )
    return framework, Outcome(
        findings=found.findings,
        files=len(framework.documents),
        entries=len(framework.entries),
        base=commit,
        solved=found.solved,
    )


def _schemas_at(
    repository: Repository, commit: str, options: Options, today: Schemas | None
) -> tuple[Schemas | None, tuple[Flaw, ...]]:
    """Read the schemas of a commit; those of today where they are the same or of another repository."""
    prefix = repository.prefix_of(options.schemas)
    if prefix is None:
        return today, ()
    with GitTree(repository, commit, prefix) as tree:
        names = {path for path in tree.list() if path == FRAMEWORK or (path.endswith(SUFFIX) and "/" not in path)}
        here = WorkingTree(options.schemas)
        present = {path for path in here.list() if path == FRAMEWORK or (path.endswith(SUFFIX) and "/" not in path)}
        same = names == present and all(tree.holds(path, here.read(path)) for path in names)
        if FRAMEWORK not in names or (same and today is not None):
            return today, ()
        return load_schemas(tree, label=options.schemas_label)


def _unchanged(tree: GitTree, framework: Framework) -> Callable[[str, Kind], Document | None]:
    """Make a function that gives the documents which the revision has too, byte for byte."""
    alike: dict[Kind, bool] = {}

    def known(path: str, kind: Kind) -> Document | None:
        document = framework.documents_by_path.get(path)
        if document is None or any(flaw.rule.startswith("source/") for flaw in document.flaws):
            return None
        if kind not in alike:
            present = framework.kinds.get(kind.name)
            alike[kind] = present is not None and (present is kind or present.is_like(kind))
        claimed = framework.schemas.claim(path)
        same = alike[kind] and claimed is not None and claimed.name == kind.name
        return document if same and tree.holds(path, document.source.text.encode()) else None

    return known


def _unread(framework: Framework, base: Framework) -> frozenset[str]:
    """Give the files that cannot be read, with their entries: what was in them is not known to be solved."""
    paths = [document.source.path for document in framework.documents if not document.readable]
    tables = (framework.entries_by_path, base.entries_by_path)
    entries = (entry.id for table in tables for path in paths for entry in table.get(path, ()))
    return frozenset([*paths, *entries])
