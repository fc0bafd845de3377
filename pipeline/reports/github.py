"""Workflow commands that GitHub shows beside the lines of a pull request.

GitHub shows ten annotations of a level in a step and drops the others silently. So the
first ten are commands, the others ordinary lines of the log, and a last annotation says
how many those are. Of a check against a base only new findings are told.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.reports.layout import printable, shown
from pipeline.reports.report import WORST_FIRST
from pipeline.reports.words import severity_word, since_base, summary, tally, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from pipeline.findings import Finding
    from pipeline.reports.report import Report

LIMIT: Final = 10
"""Most annotations of a level that GitHub shows for one step."""

REST: Final = Text(
    nl="Nog {rest}. GitHub toont niet meer berichten: de andere staan in het log.",
    en="Another {rest}. GitHub shows no more messages: the others are in the log.",
)


def write(report: Report, stream: TextIO, *, width: int = 0, colour: bool = False) -> None:  # noqa: ARG001 - for a log
    """Write a command or a line for each finding, the worst first, and the summary."""
    annotated, rest = _divided(report)
    stream.writelines(f"{_annotation(finding, report)}\n" for finding in annotated)
    stream.writelines(f"{_line(finding, report)}\n" for finding in rest)
    if rest:
        text = REST.in_language(report.language).format(rest=tally(rest, report.language))
        stream.write(f"{command('notice', {}, text)}\n")
    stream.write(f"{summary(report)} {since_base(report)}".rstrip() + "\n")


def command(name: str, properties: Mapping[str, str | int], data: str) -> str:
    """Write a workflow command (actions/toolkit, ``command.ts``)."""
    settings = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name}{' ' if settings else ''}{settings}::{_data(data)}"


def _divided(report: Report) -> tuple[list[Finding], list[Finding]]:
    """Give the findings that become annotations, and the rest; both with the worst first."""
    levels = {severity: [each for each in report.told if each.severity is severity] for severity in WORST_FIRST}
    room = dict.fromkeys(WORST_FIRST, LIMIT)
    if any(len(found) > LIMIT for found in levels.values()):
        room[Severity.NOTICE] -= 1  # for the one that counts the rest
    annotated = [finding for severity, found in levels.items() for finding in found[: room[severity]]]
    rest = [finding for severity, found in levels.items() for finding in islice(found, room[severity], None)]
    return annotated, rest


def _annotation(finding: Finding, report: Report) -> str:
    words = words_of(finding, report, shown)
    begin, finish = finding.problem.location.begin, finding.problem.location.finish
    properties: dict[str, str | int] = {
        "file": printable(report.prefix + finding.path),
        "line": begin.line,
        "endLine": finish.line,
    }
    if begin.line == finish.line:
        # GitHub refuses columns over several lines.
        properties |= {"col": begin.column, "endColumn": finish.column}
    text = f"{printable(words.message)}\n{printable(words.advice)}"
    return command(finding.severity.word, {**properties, "title": finding.rule}, text)


def _line(finding: Finding, report: Report) -> str:
    words = words_of(finding, report, shown)
    begin = finding.problem.location.begin
    place = f"{printable(report.prefix + finding.path)}:{begin.line}:{begin.column}"
    # The dash keeps a path that starts with "::" from being a command.
    word = severity_word(finding.severity, report.language)
    return f"- {place} {word}: {printable(words.message)} ({finding.rule})"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
