"""Reading, checking and telling, as several commands do it."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from pipeline.cli.options import read_framework, read_schemas
from pipeline.findings import Outcome
from pipeline.reports.registry import writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.cli.memory import Memory
    from pipeline.cli.options import Options
    from pipeline.documents.document import Flaw
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.rules.rule import Rule
    from pipeline.world.files import Snapshot


def checked(
    options: Options,
    tree: Snapshot | None = None,
    *,
    loaded: tuple[Schemas | None, tuple[Flaw, ...]] | None = None,
    keep_tokens: bool = False,
    memory: Memory | None = None,
    form: str = "",
) -> tuple[Framework | None, Outcome]:
    """Read and check; no framework where the schemas are flawed. ``form`` is how it will be written."""
    from pipeline.rules.run import findings_of_flaws, inspected, outcome_of, ready
    from pipeline.world.workers import beside

    schemas, flaws = loaded or read_schemas(options)
    if schemas is None:
        return None, Outcome(findings=findings_of_flaws(flaws))
    ready()
    framework = read_framework(options, schemas, tree, keep_tokens=keep_tokens, inspect=inspected, memory=memory)
    meanwhile = (lambda: writer(form)) if form else None
    return framework, outcome_of(framework, beside=partial(beside, meanwhile=meanwhile))


def write(
    options: Options,
    form: str,
    outcome: Outcome,
    *,
    everything: bool = False,
    words: Mapping[str, Rule] | None = None,
) -> None:
    """Print findings in a form; ``words`` are rules whose modules need not be imported for that."""
    from pipeline.reports.report import Report
    from pipeline.rules.registry import Rules
    from pipeline.world.git import prefix_in_repository

    report = Report(
        findings=outcome.findings,
        files=outcome.files,
        entries=outcome.entries,
        language=options.language,
        prefix=prefix_in_repository(options.root) if form in {"github", "lines", "sarif"} else "",
        base=outcome.base,
        solved=outcome.solved,
        everything=everything,
        rules=Rules(words),
    )
    if form == "terminal" and options.quiet and not report.told:
        return
    writer(form)(report, sys.stdout, width=options.width, colour=options.color)
