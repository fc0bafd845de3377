"""Findings one a line, for editors and other programs that read a log.

``path:line:column: severity: message [rule]``, as compilers write them. Problem matchers, of
VS Code and of GitHub, take a finding from one line only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reports.layout import at_line_start, printable, shown
from pipeline.reports.words import severity_word, since_base, summary, words_of

if TYPE_CHECKING:
    from typing import TextIO

    from pipeline.findings import Finding
    from pipeline.reports.report import Report


def write(report: Report, stream: TextIO, *, width: int = 0, colour: bool = False) -> None:  # noqa: ARG001 - for programs
    """Write a line for each finding, and the summary."""
    stream.writelines(f"{_line(finding, report)}\n" for finding in report.told)
    stream.write(f"{summary(report)} {since_base(report)}".rstrip() + "\n")


def _line(finding: Finding, report: Report) -> str:
    words = words_of(finding, report, shown)
    begin = finding.problem.location.begin
    place = f"{printable(report.prefix + finding.path)}:{begin.line}:{begin.column}"
    word = severity_word(finding.severity, report.language)
    text = f"{printable(words.message)} {printable(words.advice)}"
    return at_line_start(f"{place}: {word}: {text} [{finding.rule}]")
