from __future__ import annotations

from pipeline.reports.github import LIMIT, command
from tests.reports.samples import found, marked, report, unknown, written


def test_a_command_for_each_finding() -> None:
    findings = report(
        found("source/trailing-space", marked("a⟦ ⟧", "a.md"), {"count": 1}),
        found("schema/empty-value", marked("⟦a:\nb⟧:", "a.md"), {"field": "a"}),
        unknown("avg-31", marked("- ⟦avg-31⟧", "b.md"), "avg-13"),
    )
    assert written("github", findings) == (
        "::error file=b.md,line=1,endLine=1,col=3,endColumn=9,title=references/unknown-target::"
        "Er is geen vereiste “avg-31”.%0A"
        "Bedoel je “avg-13”? De lezer mist nu deze relatie. Gebruik de code van een bestaande pagina.\n"
        "::warning file=a.md,line=1,endLine=2,title=schema/empty-value::Het veld “a” is leeg.%0AVul het in.\n"
        "::notice file=a.md,line=1,endLine=1,col=2,endColumn=3,title=source/trailing-space::"
        "Hier staan spaties (1 keer).%0AHaal ze weg.\n"
        "1 fout, 1 waarschuwing en 1 tip in 2 bestanden (1 onderdeel).\n"
    )


def test_without_findings() -> None:
    assert written("github", report(language="en")) == "No findings in 2 files (1 entry).\n"


def test_more_than_github_shows_goes_to_the_log() -> None:
    source = marked("⟦⟧" + "x\n" * 99).source
    errors = [unknown(f"x{number}", source.at(number * 2)) for number in range(12)]
    tips = [found("source/trailing-space", source.at(number * 2 + 50), {"count": 1}) for number in range(12)]
    lines = written("github", report(*errors, *tips)).splitlines()
    assert [line.partition(" ")[0] for line in lines[:22]] == ["::error"] * 10 + ["::notice"] * 9 + ["-"] * 3
    assert lines[19:21] == [
        "- a.md:11:1 fout: Er is geen vereiste “x10”. (references/unknown-target)",
        "- a.md:12:1 fout: Er is geen vereiste “x11”. (references/unknown-target)",
    ]
    assert lines[-2:] == [
        "::notice::Nog 2 fouten en 3 tips. GitHub toont niet meer berichten: de andere staan in het log.",
        "12 fouten en 12 tips in 2 bestanden (1 onderdeel).",
    ]
    assert sum(line.startswith("::notice") for line in lines) == LIMIT


def test_paths_start_at_the_top_of_the_repository() -> None:
    findings = report(unknown("x", marked("⟦x⟧", "content/a.md")), prefix="kader/")
    assert written("github", findings).startswith("::error file=kader/content/a.md,line=1,")


def test_properties_and_text_are_escaped() -> None:
    assert command("error", {"file": "a,b:c%\n.md"}, "50% ::warning::\r\nx") == (
        "::error file=a%2Cb%3Ac%25%0A.md::50%25 ::warning::%0D%0Ax"
    )
