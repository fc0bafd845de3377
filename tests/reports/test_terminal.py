from __future__ import annotations

import re
from dataclasses import replace

import click
import pytest

from pipeline.findings import Edit, Fix, State
from pipeline.reports.terminal import MANY
from pipeline.text import display_width
from tests.reports.samples import found, marked, report, unknown, written

TWO_FILES = report(
    unknown("avg-31", marked("---\nvereiste:\n  - ⟦avg-31⟧\n---\n", "content/a.md"), "avg-13"),
    found("schema/empty-value", marked("---\n⟦titel⟧:\n---\n", "content/b.md"), {"field": "titel"}),
    found("source/trailing-space", marked("---\ntitel:⟦  ⟧\n---\n", "content/b.md"), {"count": 1}),
    files=251,
    entries=199,
)


def test_findings_stand_by_file() -> None:
    expected = """\
content/a.md
  3:5 fout: Er is geen vereiste “avg-31”.
    │   - avg-31
    │     ^^^^^^
    Bedoel je “avg-13”?
    De lezer mist nu deze relatie. Gebruik de code van een
    bestaande pagina.
    references/unknown-target

content/b.md
  2:1 waarschuwing: Het veld “titel” is leeg.
    │ titel:
    │ ^^^^^
    Vul het in.
    schema/empty-value

  2:7 tip: Hier staan spaties (1 keer).
    │ titel:··
    │       ^^
    Haal ze weg.
    source/trailing-space

1 fout, 1 waarschuwing en 1 tip in 251 bestanden (199
onderdelen).
"""
    assert written("terminal", TWO_FILES) == expected


def test_in_english_at_40_columns() -> None:
    finding = unknown(
        "aia-08-transparantie-aan-gebruikers",
        marked("  - ⟦aia-08-transparantie-aan-gebruikers⟧"),
        "aia-08-transparantie",
        "aia-09-toezicht",
    )
    expected = """\
a.md
  1:5 error: There is no requirement
    “aia-08-transparantie-aan-gebruikers”.
    │   - aia-08-transparantie-aan-gebr…
    │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    Did you mean “aia-08-transparantie”
    or “aia-09-toezicht”?
    Readers now miss this relation. Use
    the code of an existing page.
    references/unknown-target

1 error in 2 files (1 entry).
"""
    assert written("terminal", report(finding, language="en"), width=40) == expected


def test_without_findings() -> None:
    assert (
        written("terminal", report(files=251, entries=199)) == "Geen bevindingen in 251 bestanden (199 onderdelen).\n"
    )


def test_the_same_help_stands_once_in_a_file() -> None:
    source = marked("- avg-31⟦⟧\n- avg-32").source
    findings = report(unknown("avg-31", source.at(2, 8)), unknown("avg-32", source.at(11, 17)))
    expected = """\
a.md
  1:3 fout: Er is geen vereiste “avg-31”.
    │ - avg-31
    │   ^^^^^^
    De lezer mist nu deze relatie. Gebruik de code van een
    bestaande pagina.
    references/unknown-target

  2:3 fout: Er is geen vereiste “avg-32”.
    │ - avg-32
    │   ^^^^^^
    references/unknown-target

2 fouten in 2 bestanden (1 onderdeel).
"""
    assert written("terminal", findings) == expected


def test_one_cause_in_many_files_is_told_once() -> None:
    missing = [unknown("avg-31", marked("- ⟦avg-31⟧", f"{name}.md"), "avg-13") for name in "abc"]
    other = unknown("avg-99", marked("- ⟦avg-99⟧", "b.md"))
    expected = """\
b.md
  1:3 fout: Er is geen vereiste “avg-99”.
    │ - avg-99
    │   ^^^^^^
    De lezer mist nu deze relatie. Gebruik de code van een
    bestaande pagina.
    references/unknown-target

Op 3 plaatsen in 3 bestanden
  fout: Er is geen vereiste “avg-31”.
    │ - avg-31
    │   ^^^^^^
    Bedoel je “avg-13”?
    De lezer mist nu deze relatie. Gebruik de code van een
    bestaande pagina.
    references/unknown-target
    a.md:1:3
    b.md:1:3
    c.md:1:3

4 fouten in 2 bestanden (1 onderdeel).
"""
    assert written("terminal", report(*missing, other)) == expected


def test_places_of_one_cause_that_differ_are_each_shown() -> None:
    spaces = [
        found("source/trailing-space", marked(f"{'a' * n}⟦{' ' * n}⟧", f"{n}.md"), {"count": 1}) for n in (1, 2, 3)
    ]
    expected = """\
Op 3 plaatsen in 3 bestanden
  tip: Hier staan spaties (1 keer).
    Haal ze weg.
    source/trailing-space
    1.md:1:2
    │ a·
    │  ^
    2.md:1:3
    │ aa··
    │   ^^
    3.md:1:4
    │ aaa···
    │    ^^^

3 tips in 2 bestanden (1 onderdeel).
"""
    assert written("terminal", report(*spaces)) == expected


def test_other_places_are_named() -> None:
    here = marked("a\nb\n⟦c⟧", "a.md")
    finding = unknown("c", here, related=(here.source.at(0), here.source.at(2), marked("x ⟦c⟧", "b.md")))
    assert "    Zie ook regel 1, regel 2 en b.md:1:3.\n" in written("terminal", report(finding))
    assert "    See also line 1, line 2 and b.md:1:3.\n" in written("terminal", report(finding, language="en"))


def test_many_findings_are_all_printed_and_counted_by_rule() -> None:
    source = marked("⟦⟧" + "- avg-31\n" * 200).source
    findings = [unknown(f"avg-{number}", source.at(number * 9 + 2, number * 9 + 8)) for number in range(200)]
    spaces = found("source/trailing-space", source.at(0), {"count": 1})
    text = written("terminal", report(*findings, spaces), width=40)
    assert text.count("Er is geen vereiste") == 200
    assert text.endswith("""

  200  references/unknown-target (fout)
    1  source/trailing-space (tip)

200 fouten en 1 tip in 2 bestanden (1
onderdeel).
""")
    assert len(findings) > MANY


def test_colour_changes_nothing_but_colour() -> None:
    coloured = written("terminal", TWO_FILES, colour=True)
    assert "\x1b[31m\x1b[1mfout:\x1b[0m Er is geen vereiste “avg-31”.\n" in coloured
    assert "\x1b[2m    references/unknown-target\x1b[0m\n" in coloured
    assert click.unstyle(coloured) == written("terminal", TWO_FILES)
    assert "\x1b" not in written("terminal", TWO_FILES)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_only_words_without_spaces_are_wider_than_asked(width: int, language: str) -> None:
    findings = report(
        unknown("een twee drie vier " * 30, marked("tekst " * 50 + "⟦een⟧" + " tekst" * 50), *("naam" * 5,) * 9),
        unknown("漢字 " * 60, marked("漢字" * 50 + "⟦een⟧" + "漢字" * 50, "b.md")),
        unknown("x" * 300, marked("⟦een⟧", "lang/" * 30 + "c.md")),
        *(found("schema/empty-value", marked("⟦een⟧", f"{name}.md"), {"field": "a b " * 40}) for name in "abcd"),
        language=language,
    )
    for line in written("terminal", findings, width=width).splitlines():
        words = re.sub(r"^ *(\d+:\d+ \w+:)?", "", line)
        assert display_width(line) <= width or " " not in words, line


STATES = (State.NEW, State.OLD, State.OLD)


def test_of_a_comparison_only_what_is_new_is_told_and_the_rest_is_counted() -> None:
    whole = report(
        *(replace(each, state=state) for each, state in zip(TWO_FILES.findings, STATES, strict=True)),
        files=251,
        entries=199,
    )
    compared = replace(whole, base="0123abc", solved=TWO_FILES.findings[:1])
    text = written("terminal", compared)
    assert "content/a.md" in text
    assert "content/b.md" not in text
    assert text.endswith(
        "1 nieuwe fout in 251 bestanden (199 onderdelen).\n"
        "Was er al: 1 waarschuwing en 1 tip (te zien met --all).\nOpgelost: 1 fout.\n"
    )
    everything = written("terminal", replace(compared, everything=True, language="en"))
    assert "  3:5 error: There is no requirement" in everything
    assert "  2:1 warning (there before): The field" in everything
    assert "There before: 1 warning and 1 notice. Solved: 1 error." in everything
    nothing = replace(compared, findings=(), solved=())
    assert written("terminal", nothing) == "Geen nieuwe bevindingen in 251 bestanden (199 onderdelen).\n"


def test_it_says_what_can_be_mended_unasked() -> None:
    place = marked("titel:⟦  ⟧\n")
    fix = Fix(title="", edits=(Edit(location=place, replacement=""),), safe=True)
    each = report(found("source/trailing-space", place, {"count": 1}, fix=fix))
    assert "Met kader check --fix los je er 1 vanzelf op." in written("terminal", each)
    unsafe = report(found("source/trailing-space", place, {"count": 1}, fix=fix._replace(safe=False)))
    assert "--fix" not in written("terminal", unsafe)
