"""``--base``: the findings of today beside those of an earlier revision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.cli.options import read_framework, read_schemas
from pipeline.cli.revisions import framework_at, schemas_at
from pipeline.compare.findings import compare_findings
from pipeline.compare.moves import moves_of
from pipeline.findings import Outcome
from pipeline.rules.registry import rules
from pipeline.rules.run import check_framework, findings_of_flaws, inspected
from pipeline.world.repository import Repository

if TYPE_CHECKING:
    from pipeline.cli.memory import Memory
    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
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
    then, flaws_then = schemas_at(repository, commit, options, schemas)
    before = findings_of_flaws(flaws_then)
    if schemas is None:
        found = compare_findings(before, findings_of_flaws(flaws), homes={})
        return None, Outcome(findings=found.findings, base=commit, solved=found.solved)
    framework = read_framework(options, schemas, tree, keep_tokens=keep_tokens, inspect=inspected, memory=memory)
    # Where the schemas of then were not right, those of today have to serve.
    past = then or schemas
    base = framework_at(repository, commit, past, beside=framework, inspect=inspected, today=framework.today)
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


def _unread(framework: Framework, base: Framework) -> frozenset[str]:
    """Give the files that cannot be read, with their entries: what was in them is not known to be solved."""
    paths = [document.source.path for document in framework.documents if not document.readable]
    tables = (framework.entries_by_path, base.entries_by_path)
    entries = (entry.id for table in tables for path in paths for entry in table.get(path, ()))
    return frozenset([*paths, *entries])
