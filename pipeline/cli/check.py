"""``kader check``: the findings of a framework."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import read_framework, read_schemas, shared
from pipeline.findings import Severity
from pipeline.reports.registry import FORMATS, writer
from pipeline.reports.report import Report
from pipeline.rules.run import check_framework, findings_of_flaws, inspected
from pipeline.world.git import prefix_in_repository

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.findings import Finding
    from pipeline.model.framework import Framework


@click.command("check")
@shared
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="terminal",
    show_default=True,
    help="How to write the findings.",
)
def command(options: Options, form: str) -> int:
    """Check the framework and print what is wrong.

    Exit code 1 when there is an error; warnings and notices do not count.
    """
    framework, findings = checked(options)
    if framework is not None or findings:
        write(options, form, framework, findings)
    return exit_code(findings)


def checked(options: Options, *, keep_tokens: bool = False) -> tuple[Framework | None, tuple[Finding, ...]]:
    """Read and check; no framework where the schemas are flawed."""
    # What is made here lives until the end, and not in circles: looking for garbage among it
    # costs a tenth of the time and finds nothing.
    gc.disable()
    schemas, flaws = read_schemas(options)
    if schemas is None:
        return None, findings_of_flaws(flaws)
    framework = read_framework(options, schemas, keep_tokens=keep_tokens, inspect=inspected)
    return framework, check_framework(framework)


def write(options: Options, form: str, framework: Framework | None, findings: tuple[Finding, ...]) -> None:
    """Print findings in a form."""
    report = Report(
        findings=findings,
        files=len(framework.documents) if framework else 0,
        entries=len(framework.entries) if framework else 0,
        language=options.language,
        prefix=prefix_in_repository(options.root) if form in {"github", "sarif"} else "",
    )
    if form == "terminal" and options.quiet and not findings:
        return
    writer(form)(report, sys.stdout, width=options.width, colour=options.color)


def exit_code(findings: tuple[Finding, ...]) -> int:
    """Give 1 when a finding is an error, else 0."""
    return int(any(finding.severity is Severity.ERROR for finding in findings))
