from __future__ import annotations

from tests.reports.samples import found, marked, report, unknown, written


def test_a_line_for_each_finding() -> None:
    findings = report(
        found("source/trailing-space", marked("a⟦ ⟧", "a.md"), {"count": 1}),
        found("schema/empty-value", marked("⟦a:\nb⟧:", "a.md"), {"field": "a"}),
        unknown("avg-31", marked("- ⟦avg-31⟧", "b.md"), "avg-13"),
    )
    assert written("lines", findings) == (
        "a.md:1:1: waarschuwing: Het veld “a” is leeg. Vul het in. [schema/empty-value]\n"
        "a.md:1:2: tip: Hier staan spaties (1 keer). Haal ze weg. [source/trailing-space]\n"
        "b.md:1:3: fout: Er is geen vereiste “avg-31”. Bedoel je “avg-13”? De lezer mist nu deze relatie. "
        "Gebruik de code van een bestaande pagina. [references/unknown-target]\n"
        "1 fout, 1 waarschuwing en 1 tip in 2 bestanden (1 onderdeel).\n"
    )


def test_paths_start_at_the_top_of_the_repository() -> None:
    findings = report(unknown("x", marked("⟦x⟧", "content/a.md")), prefix="kader/", language="en")
    assert written("lines", findings).startswith("kader/content/a.md:1:1: error: There is no requirement “x”.")


def test_without_findings() -> None:
    assert written("lines", report(language="en")) == "No findings in 2 files (1 entry).\n"


def test_no_path_is_a_command() -> None:
    assert written("lines", report(unknown("x", marked("⟦x⟧", "::error::.md")))).startswith("\\u003a:error::.md:1:1: ")
