"""Findings for people: by file, each with its line and the place marked in it.

What is wrong in the same words in several files has one cause, most often. Such findings
stand together after the files, with the help once.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import Text
from pipeline.findings import Severity, State
from pipeline.reports.excerpt import excerpt
from pipeline.reports.layout import at_line_start, painter, printable, shown, wrap
from pipeline.reports.words import counted, joined, severity_word, since_base, summary, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from pipeline.findings import Finding
    from pipeline.reports.report import Report
    from pipeline.reports.words import Words
    from pipeline.text import Location

    Cause = tuple[str, Severity, bool, Words]

COMMON: Final = 3
"""Files from which the same words are one cause."""

MANY: Final = 20
"""More findings than this are counted by rule at the end."""

COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
INDENT: Final = "    "
BAR: Final = "    │ "


class _Told(NamedTuple):
    """A finding with its words."""

    finding: Finding
    words: Words

    @property
    def cause(self) -> Cause:
        return (self.finding.rule, self.finding.severity, self.finding.state is State.OLD, self.words)


def write(report: Report, stream: TextIO, *, width: int, colour: bool) -> None:
    """Write the findings and the summary."""
    page = _Page(report, width, colour=colour)
    stream.writelines("\n".join(block) + "\n\n" for block in page.blocks())
    stream.writelines(f"{line}\n" for line in page.ending())


class _Page:
    """A report laid out for a width; lines are made when asked for."""

    def __init__(self, report: Report, width: int, *, colour: bool) -> None:
        self.report = report
        self.width = width
        self.paint = painter(colour=colour)

    def blocks(self) -> Iterator[list[str]]:
        """Give the lines of each file, then those of each common cause."""
        told = [_Told(finding, words_of(finding, self.report, shown)) for finding in self.report.told]
        files: dict[Cause, set[str]] = {}
        for each in told:
            files.setdefault(each.cause, set()).add(each.finding.path)
        common = {cause for cause, paths in files.items() if len(paths) >= COMMON}
        for path, group in groupby((each for each in told if each.cause not in common), lambda each: each.finding.path):
            yield list(self._file(path, group))
        causes: dict[Cause, list[Finding]] = {}
        for each in told:
            if each.cause in common:
                causes.setdefault(each.cause, []).append(each.finding)
        for (_rule, _severity, _old, words), findings in sorted(causes.items(), key=_by_weight):
            yield list(self._cause(findings, words))

    def ending(self) -> Iterator[str]:
        """Give the summary, after a count for each rule where there is much."""
        findings = self.report.told
        if len(findings) > MANY:
            counts = Counter((each.severity, each.rule) for each in findings)
            digits = len(str(max(counts.values())))
            for (severity, rule), count in sorted(counts.items(), key=lambda item: (-item[0][0], -item[1], item[0][1])):
                first = f"  {count:>{digits}}  "
                yield from named(rule, severity, self.report.language, self.width, self.paint, first=first)
            yield ""
        worst = max((each.severity for each in self.report.fresh), default=None)
        colour = COLOURS[worst] if worst else "green"
        for line in wrap(summary(self.report), self.width):
            yield self.paint(line, fg=colour, bold=True)
        past = since_base(self.report)
        yield from wrap(past, self.width) if past else ()
        count = sum(each.problem.fix is not None and each.problem.fix.safe for each in findings)
        if count:
            words = Text(
                nl=f"Met kader check --fix los je er {count} vanzelf op.",
                en=f"kader check --fix mends {count} of them for you.",
            )
            yield from wrap(words.in_language(self.report.language), self.width)

    def _file(self, path: str, group: Iterator[_Told]) -> Iterator[str]:
        yield self.paint(at_line_start(printable(path)), bold=True)
        said: set[str] = set()
        for number, (finding, words) in enumerate(group):
            if number:
                yield ""
            begin = finding.problem.location.begin
            yield from self._heading(f"{begin.line}:{begin.column} ", finding, words)
            yield from self._excerpt(finding)
            yield from self._advice(words, said)
            yield from self._related(finding)
            yield self._rule(finding)

    def _cause(self, findings: list[Finding], words: Words) -> Iterator[str]:
        language = self.report.language
        places = counted(len(findings), Text(nl="plaats", en="place"), Text(nl="plaatsen", en="places"), language)
        number = len({finding.path for finding in findings})
        files = counted(number, Text(nl="bestand", en="file"), Text(nl="bestanden", en="files"), language)
        heading = Text(nl=f"Op {places} in {files}", en=f"In {places} in {files}").in_language(language)
        yield self.paint(heading, bold=True)
        yield from self._heading("", findings[0], words)
        alike = len({finding.problem.location.text for finding in findings}) == 1
        if alike:
            yield from self._excerpt(findings[0])
        yield from self._advice(words, set())
        yield self._rule(findings[0])
        for finding in findings:
            yield INDENT + _place(finding.problem.location)
            if not alike:
                yield from self._excerpt(finding)
            yield from self._related(finding)

    def _heading(self, place: str, finding: Finding, words: Words) -> Iterator[str]:
        severity, language = finding.severity, self.report.language
        age = Text(nl=" (was er al)", en=" (there before)").in_language(language) if finding.state is State.OLD else ""
        word = f"{severity_word(severity, language)}{age}:"
        first = f"  {place}{word} "
        lines = wrap(printable(words.message), self.width, first=first, rest=INDENT)
        painted = self.paint(word, fg=COLOURS[severity], bold=True)
        yield f"  {place}{painted}{lines[0].removeprefix(first.rstrip())}"
        yield from lines[1:]

    def _excerpt(self, finding: Finding) -> Iterator[str]:
        found = excerpt(finding.problem.location, self.width - len(BAR))
        if found:
            bar = self.paint(BAR, dim=True)
            marks = "^" * (found.end - found.start)
            yield bar + found.line
            yield bar + " " * found.start + self.paint(marks, fg=COLOURS[finding.severity], bold=True)

    def _advice(self, words: Words, said: set[str]) -> Iterator[str]:
        if words.hint:
            for line in wrap(printable(words.hint), self.width, first=INDENT, rest=INDENT):
                yield self.paint(line, fg="green")
        if words.help not in said:
            said.add(words.help)
            yield from wrap(printable(words.help), self.width, first=INDENT, rest=INDENT)

    def _related(self, finding: Finding) -> Iterator[str]:
        language = self.report.language
        line = Text(nl="regel", en="line").in_language(language)
        places = [
            f"{line} {each.begin.line}" if each.source.path == finding.path else _place(each)
            for each in finding.problem.related
        ]
        if places:
            label = Text(nl="Zie ook", en="See also").in_language(language)
            yield from wrap(f"{label} {joined(places, language)}.", self.width, first=INDENT, rest=INDENT)

    def _rule(self, finding: Finding) -> str:
        return self.paint(INDENT + finding.rule, dim=True)


def named(
    rule: str, severity: Severity, language: str, width: int, paint: Callable[..., str], *, first: str
) -> Iterator[str]:
    """Write ``links/broken (fout)`` after ``first``."""
    word = severity_word(severity, language)
    *lines, last = wrap(f"{rule} ({word})", width, first=first, rest=" " * len(first))
    yield from lines
    yield f"{last.removesuffix(f'({word})')}({paint(word, fg=COLOURS[severity])})"


def _place(location: Location) -> str:
    begin = location.begin
    return at_line_start(f"{printable(location.source.path)}:{begin.line}:{begin.column}")


def _by_weight(item: tuple[Cause, list[Finding]]) -> tuple[int, bool, int, str, str]:
    (rule, severity, old, words), findings = item
    return (-severity, old, -len(findings), rule, words.message)
