"""The words of findings, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Severity, State
from pipeline.reports.report import WORST_FIRST
from pipeline.rules.rule import fill, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.findings import Finding
    from pipeline.reports.report import Report

ONE: Final = {
    Severity.ERROR: Text(nl="fout", en="error"),
    Severity.WARNING: Text(nl="waarschuwing", en="warning"),
    Severity.NOTICE: Text(nl="tip", en="notice"),
}
MANY: Final = {
    Severity.ERROR: Text(nl="fouten", en="errors"),
    Severity.WARNING: Text(nl="waarschuwingen", en="warnings"),
    Severity.NOTICE: Text(nl="tips", en="notices"),
}
FINDING: Final = Text(nl="bevinding", en="finding")
FINDINGS: Final = Text(nl="bevindingen", en="findings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a finding says: what is wrong, what was meant (or nothing), why and what to do."""

    message: str
    hint: str
    help: str

    @property
    def advice(self) -> str:
        """Hint and help together."""
        return f"{self.hint} {self.help}".strip()


def words_of(finding: Finding, report: Report, show: Callable[[str], str]) -> Words:
    """Give a finding its words; ``show`` escapes what contributors wrote."""
    rule = report.rules[finding.rule]
    problem, language = finding.problem, report.language
    suggestions = problem.parameters.get("suggestions")
    names = [show(name) for name in suggestions] if isinstance(suggestions, tuple) else []
    return Words(
        message=fill(rule.message(problem).in_language(language), problem.parameters, language, show),
        hint=did_you_mean(names, language),
        help=fill(rule.help(problem).in_language(language), problem.parameters, language, show),
    )


def did_you_mean(names: Sequence[str], language: str) -> str:
    """Write ``Bedoel je “x” of “y”?``; empty without names."""
    if not names:
        return ""
    quoted = listed([f"“{name}”" for name in names], language)
    return f"Bedoel je {quoted}?" if language == "nl" else f"Did you mean {quoted}?"


def severity_word(severity: Severity, language: str) -> str:
    """Give a severity's word for people: fout, waarschuwing, tip."""
    return ONE[severity].in_language(language)


def counted(number: int, one: Text, many: Text, language: str) -> str:
    """Write ``1 fout`` or ``3 fouten``."""
    return f"{number} {(one if number == 1 else many).in_language(language)}"


def tally(findings: Iterable[Finding], language: str, adjective: str = "") -> str:
    """Write ``3 fouten, 2 waarschuwingen en 1 tip``, the worst first; empty without findings."""
    numbers = dict.fromkeys(WORST_FIRST, 0)
    for finding in findings:
        numbers[finding.severity] += 1
    return joined(
        [
            f"{count} {adjective}{(ONE if count == 1 else MANY)[sort].in_language(language)}"
            for sort, count in numbers.items()
            if count
        ],
        language,
    )


def joined(words: Sequence[str], language: str) -> str:
    """Write ``a, b en c``."""
    joint = " en " if language == "nl" else " and "
    return joint.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def summary(report: Report) -> str:
    """Write ``3 fouten en 1 tip in 251 bestanden (199 onderdelen).``, or that there are none."""
    language = report.language
    new = Text(nl="nieuwe ", en="new ").in_language(language) if report.base else ""
    none = Text(nl=f"Geen {new}bevindingen", en=f"No {new}findings").in_language(language)
    found = tally(report.fresh, language, new) or none
    files = counted(report.files, Text(nl="bestand", en="file"), Text(nl="bestanden", en="files"), language)
    entries = counted(report.entries, Text(nl="onderdeel", en="entry"), Text(nl="onderdelen", en="entries"), language)
    return f"{found} in {files} ({entries})."


def since_base(report: Report) -> str:
    """Count what was there before and what is solved; empty where nothing is compared or to tell."""
    language = report.language
    old, solved = tally(report.of_state(State.OLD), language), tally(report.solved, language)
    parts = [
        (old, Text(nl="Was er al: {found}{hint}.", en="There before: {found}{hint}.")),
        (solved, Text(nl="Opgelost: {found}.", en="Solved: {found}.")),
    ]
    hint = Text(nl=" (te zien met --all)", en=" (shown by --all)").in_language(language)
    shown = "" if report.everything else hint
    return " ".join(text.in_language(language).format(found=found, hint=shown) for found, text in parts if found)
