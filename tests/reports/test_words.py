from __future__ import annotations

import pytest

from pipeline.findings import Severity
from pipeline.reports.report import Report
from pipeline.reports.words import did_you_mean, joined, summary, words_of
from tests.reports.samples import found, marked, report, unknown


def of(error: int = 0, warning: int = 0, notice: int = 0, *, files: int, entries: int, language: str) -> Report:
    place = marked("⟦a⟧" + " " * 9)
    source = place.source
    rules = (
        ["references/unknown-target"] * error + ["schema/empty-value"] * warning + ["source/trailing-space"] * notice
    )
    findings = [found(rule, source.at(number)) for number, rule in enumerate(rules)]
    return report(*findings, files=files, entries=entries, language=language)


@pytest.mark.parametrize(
    ("given", "nl", "en"),
    [
        (
            {"error": 3, "warning": 2, "notice": 1, "files": 251, "entries": 199},
            "3 fouten, 2 waarschuwingen en 1 tip in 251 bestanden (199 onderdelen).",
            "3 errors, 2 warnings and 1 notice in 251 files (199 entries).",
        ),
        (
            {"error": 1, "notice": 2, "files": 2, "entries": 0},
            "1 fout en 2 tips in 2 bestanden (0 onderdelen).",
            "1 error and 2 notices in 2 files (0 entries).",
        ),
        (
            {"warning": 1, "files": 1, "entries": 1},
            "1 waarschuwing in 1 bestand (1 onderdeel).",
            "1 warning in 1 file (1 entry).",
        ),
        (
            {"files": 251, "entries": 199},
            "Geen bevindingen in 251 bestanden (199 onderdelen).",
            "No findings in 251 files (199 entries).",
        ),
    ],
)
def test_summary(given: dict[str, int], nl: str, en: str) -> None:
    assert summary(of(**given, language="nl")) == nl
    assert summary(of(**given, language="en")) == en


@pytest.mark.parametrize(
    ("names", "nl", "en"),
    [
        ((), "", ""),
        (("x",), "Bedoel je “x”?", "Did you mean “x”?"),
        (("x", "y"), "Bedoel je “x” of “y”?", "Did you mean “x” or “y”?"),
        (("x", "y", "z"), "Bedoel je “x”, “y” of “z”?", "Did you mean “x”, “y” or “z”?"),
    ],
)
def test_did_you_mean(names: tuple[str, ...], nl: str, en: str) -> None:
    assert did_you_mean(names, "nl") == nl
    assert did_you_mean(names, "en") == en


def test_joined() -> None:
    assert [joined(words, "nl") for words in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]


def test_the_report_chooses_how_contributed_text_is_shown() -> None:
    finding = unknown("<b>", marked("⟦<b>⟧"), "<i>")
    words = words_of(finding, report(finding), lambda text: text.replace("<", "&lt;"))
    assert words.message == "Er is geen vereiste “&lt;b>”."
    assert words.advice == (
        "Bedoel je “&lt;i>”? De lezer mist nu deze relatie. Gebruik de code van een bestaande pagina."
    )


def test_a_report_puts_its_findings_in_order() -> None:
    one, two, three = (unknown("x", marked(text, path)) for path, text in (("a", "⟦x⟧"), ("a", "a ⟦x⟧"), ("b", "⟦x⟧")))
    assert Report(findings=(three, two, one)).findings == (one, two, three)


def test_a_report_counts_by_severity() -> None:
    counted = of(error=2, notice=1, files=1, entries=1, language="nl")
    assert [counted.count(severity) for severity in Severity] == [1, 0, 2]
