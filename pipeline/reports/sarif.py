"""The findings as SARIF 2.1.0, for code scanning and for editors.

Sections (§) are those of the OASIS standard "Static Analysis Results Interchange Format
(SARIF) Version 2.1.0".
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pipeline import __version__
from pipeline.findings import Severity, State
from pipeline.reports.encode import as_json, write_list
from pipeline.reports.layout import printable, shown
from pipeline.reports.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from pipeline.findings import Finding, Fix
    from pipeline.reports.report import Report
    from pipeline.rules.rule import Rule
    from pipeline.text import Location

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOMEPAGE: Final = "https://github.com/MinBZK/Algoritmekader"
BASELINE_STATES: Final = {State.NEW: "new", State.OLD: "unchanged"}
LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def write(report: Report, stream: TextIO, *, width: int = 0, colour: bool = False) -> None:  # noqa: ARG001 - for people
    """Write a log with one run; one result a line."""
    numbers = {name: number for number, name in enumerate(report.rules)}
    stream.write(f'{{\n  "$schema": "{SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    {{\n')
    stream.writelines(f'      "{name}": {as_json(value)},\n' for name, value in _run(report).items())
    stream.write('      "results": ')
    write_list(stream, (_result(finding, report, numbers) for finding in _all(report)), indent="      ")
    stream.write("\n    }\n  ]\n}\n")


def _all(report: Report) -> Iterator[Finding]:
    """Give the findings, and those that are absent now (§3.27.24)."""
    yield from report.findings
    yield from report.solved


def _run(report: Report) -> dict[str, Any]:
    driver = {
        "name": "kader",
        "informationUri": HOMEPAGE,
        "semanticVersion": __version__,
        # The manual pages are English, whatever the language of the results (§3.19.21).
        "language": "en",
        "rules": [_rule(rule) for rule in report.rules.values()],
    }
    return {
        "tool": {"driver": driver},
        "language": "nl-NL" if report.language == "nl" else "en",
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    paragraphs = [" ".join(paragraph.split()) for paragraph in rule.page.split("\n\n")]
    prose = " ".join(takewhile(lambda text: not text.startswith("Bad:"), paragraphs))
    return {
        "id": rule.name,
        "shortDescription": {"text": _message(paragraphs[0])},
        "fullDescription": {"text": _message(prose)},
        "help": {"text": _message(rule.page), "markdown": rule.page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.name.partition("/")[0]]},
    }


def _result(finding: Finding, report: Report, numbers: dict[str, int]) -> dict[str, Any]:
    problem = finding.problem
    words = words_of(finding, report, shown)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": _message(printable(f"{words.message} {words.advice}".strip()))},
        "locations": [_location(problem.location, report)],
        "partialFingerprints": {"kader/v2": finding.fingerprint},
    }
    if report.base:
        result["baselineState"] = BASELINE_STATES[finding.state] if finding.state else "absent"
    if problem.related:
        result["relatedLocations"] = [_location(place, report) for place in problem.related]
    if problem.fix and result.get("baselineState") != "absent":
        result["fixes"] = [_fix(problem.fix, report)]
    return result


def _message(text: str) -> str:
    """Take the meaning from braces and links, which plain text has too (§3.11.5, §3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "]\\(")


def _location(location: Location, report: Report) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(location, report), "region": _region(location)}}


def _artifact(location: Location, report: Report) -> dict[str, str]:
    path = report.prefix + location.source.path
    try:
        data = path.encode(errors="surrogateescape")  # the bytes on disk
    except UnicodeEncodeError:
        data = printable(path).encode()
    return {"uri": quote(data), "uriBaseId": "%SRCROOT%"}


def _region(location: Location) -> dict[str, int]:
    begin, finish = location.begin, location.finish
    return {
        "startLine": begin.line,
        "startColumn": begin.column,
        "endLine": finish.line,
        "endColumn": finish.column,
    }


def _fix(fix: Fix, report: Report) -> dict[str, Any]:
    changes: dict[str, dict[str, Any]] = {}
    for edit in fix.edits:
        artifact = _artifact(edit.location, report)
        change = changes.setdefault(artifact["uri"], {"artifactLocation": artifact, "replacements": []})
        replacement = {"deletedRegion": _region(edit.location), "insertedContent": {"text": edit.replacement}}
        change["replacements"].append(replacement)
    return {"description": {"text": _message(shown(fix.title))}, "artifactChanges": list(changes.values())}
