"""The findings as JSON: a public contract, described by ``findings.schema.json``."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import Text
from pipeline.findings import Severity, State
from pipeline.reports.encode import as_json, write_list
from pipeline.reports.layout import shown
from pipeline.reports.words import words_of

if TYPE_CHECKING:
    from typing import TextIO

    from pipeline.findings import Finding, Fix, Parameter
    from pipeline.reports.report import Report
    from pipeline.text import Location

VERSION: Final = 2


def write(report: Report, stream: TextIO, *, width: int = 0, colour: bool = False) -> None:  # noqa: ARG001 - for people
    """Write the report as JSON, one finding a line."""
    totals = {
        "files": report.files,
        "entries": report.entries,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "notices": report.count(Severity.NOTICE),
    }
    stream.write(f'{{\n  "version": {VERSION},\n  "summary": {as_json(totals)},\n')
    stream.write(f'  "base": {as_json(_base(report) if report.base else None)},\n  "findings": ')
    write_list(stream, (_finding(finding, report) for finding in report.findings), indent="  ")
    stream.write(',\n  "solved": ')
    write_list(stream, (_solved(finding, report) for finding in report.solved), indent="  ")
    stream.write("\n}\n")


def schema() -> str:
    """Give the JSON Schema of this report."""
    return files(__package__).joinpath("findings.schema.json").read_text("utf-8")


def _base(report: Report) -> dict[str, Any]:
    return {
        "commit": report.base,
        "new": len(report.of_state(State.NEW)),
        "old": len(report.of_state(State.OLD)),
        "solved": len(report.solved),
    }


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    problem = finding.problem
    words = words_of(finding, report, shown)
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "path": finding.path,
        **_place(problem.location),
        "entry": finding.entry or None,
        "field": problem.field or None,
        "message": words.message,
        "help": words.advice,
        "parameters": {name: _plain(value, report.language) for name, value in sorted(problem.parameters.items())},
        "fix": _fix(problem.fix) if problem.fix else None,
        "fingerprint": finding.fingerprint,
        "state": finding.state,
    }


def _solved(finding: Finding, report: Report) -> dict[str, Any]:
    # A fix of what is no longer there would mend something else.
    return {**_finding(finding, report), "fix": None, "state": "solved"}


def _place(location: Location) -> dict[str, int]:
    begin, finish = location.begin, location.finish
    return {"line": begin.line, "column": begin.column, "end_line": finish.line, "end_column": finish.column}


def _plain(value: Parameter, language: str) -> str | int | list[str]:
    if isinstance(value, Text):
        return value.in_language(language)
    return list(value) if isinstance(value, tuple) else value


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [{**_place(edit.location), "replacement": edit.replacement} for edit in fix.edits],
    }
