"""Rules over how texts read: sentences, passives, first words, mending, and hostile texts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.documents.sentences import count_words, sentences
from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.rules.registry import rules
from pipeline.rules.run import check_document, check_framework
from pipeline.rules.style.imperatives import imperative_in, is_imperative
from pipeline.rules.style.voice import passive
from pipeline.world.files import WorkingTree
from tests.support import CORPUS, ROOT, MemoryTree, needs_corpus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.model.kinds import Schemas


def split(text: str) -> list[str]:
    return [text[each.start : each.end] for each in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Een.", "Twee!", "Drie?", "Vier…", "Vijf"],
        ["Zie o.a. art. 5, d.w.z. het 2e lid t/m nr. 7 e.d. van de wet.", "Dat is de AVG."],
        ["Denk aan boten, auto's, enz.", "Meer is er niet."],
        ["Versie 2.1 staat op https://voorbeeld.nl/a.b en kost 1.000 euro.", "Koop hem."],
        ["“Mag dit?” vraagt ze.", "“Ja.”", "(Dat is alles.)", "Klaar"],
        ["Mevr. A. de Vries kwam.", "'s Avonds ging ze."],
        ["Wacht… niet te lang.", "Goed..."],
        ["1. Doe dit.", "Stop na 5.", "Ga dan door."],
        ["De plicht staat in \ufffc.", "\ufffc geldt ook."],
        ["Artikel 5, onder b.", "Dat geldt."],
        ["Eerste regel", "Tweede regel"],
    ],
)
def test_sentences(expected: list[str]) -> None:
    joint = "\n" if "Eerste" in expected[0] else " "
    assert split(joint.join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [("een twee/drie – vier (vijf) \ufffc 7 %", 6), ("AI-systeem en/of algoritme's", 3), ("", 0), (" – … ", 0)],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text("aB.!? \n\"'”(1\ufffc…é", max_size=60))
def test_sentences_hold_every_word_once(text: str) -> None:
    found = sentences(text)
    assert sum(each.words for each in found) == count_words(text.replace("\n", " ")) or "\n" in text
    last = 0
    for each in found:
        assert last <= each.start < each.end
        assert count_words(text[last : each.start]) == 0
        assert each.words == count_words(text[each.start : each.end]) > 0
        last = each.end
    assert count_words(text[last:]) == 0


PASSIVE = {
    "De gegevens worden elke maand door de gemeente gecontroleerd.": "gecontroleerd",
    "Dat besluit moet eerst worden genomen.": "genomen",
    "Leg uit hoe de gegevens gebruikt mogen worden.": "gebruikt",
    "Ze wordt, zoals afgesproken, niet geïnformeerd over het besluit.": "",
    "Er werd een DPIA gedaan.": "gedaan",
    "Je wordt gevraagd om te kiezen.": "gevraagd",
    "De regels die vastgesteld zijn en beschreven worden, gelden.": "beschreven",
    "Wordt het algoritme ingezet, dan geldt dit.": "ingezet",
    "Daar wordt aan alle eisen voldaan.": "voldaan",
}
ACTIVE = [
    "Je kunt zelf aanbieder worden.",
    "De gevolgen worden groter.",
    "Dan wordt het duidelijk.",
    "Het systeem werd beter.",
    "De gemeenten worden in 2030 groter.",
    "Na die controle wordt alles anders, en de medewerker controleert het.",
    "Het is duidelijk geworden.",
    "De gegevens zijn gecontroleerd.",
    "Het woord staat er, en het antwoord ook.",
]


@pytest.mark.parametrize(("text", "participle"), PASSIVE.items())
def test_passives(text: str, participle: str) -> None:
    found = passive(text, 0, len(text))
    assert (text[slice(*found[1])] if found else "") == participle


@pytest.mark.parametrize("text", ACTIVE)
def test_what_is_no_passive(text: str) -> None:
    assert passive(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("title", "tells", "instead"),
    [
        ("Controleer de data", True, ""),
        ("zorg voor rust", True, ""),
        ("Toets van tevoren", True, ""),
        ("Vraag naar de licentie", True, ""),
        ("Verantwoord je keuzes", True, ""),
        ("Verantwoord gebruik van data", False, ""),
        ("Beheer van modellen", False, ""),
        ("Beheer", False, ""),
        ("Je stelt beleid vast", False, ""),
        ("Beleid vaststellen", False, "Stel … vast"),
        ("Het lezen van de wet", False, "Lees"),
        ("Geven van uitleg", False, "Geef"),
        ("Uitleg controleren", False, "Controleer"),
        ("Opleiden van medewerkers", False, "Leid … op"),
        ("2 keer meten", False, "Meet"),
        ("", False, ""),
    ],
)
def test_first_words(title: str, tells: bool, instead: str) -> None:  # noqa: FBT001 - a table
    assert is_imperative(title, ()) is tells
    assert tells or imperative_in(title) == instead


def framework(style: str) -> tuple[Schemas, str]:
    """Give schemas with one kind and a style, and the path of its one file."""
    files: Mapping[str, str | bytes | OSError] = {
        "framework.json": f'{{"name": {{"nl": "K", "en": "F"}}, "folders": ["c"], "style": {style}}}',
        "les.schema.json": """{
          "$id": "les.schema.json", "x-kind": "les",
          "x-labels": {"nl": {"one": "les", "many": "lessen"}, "en": {"one": "lesson", "many": "lessons"}},
          "x-files": {"layout": "document", "folder": "c"}, "x-id": {"in": "stem"},
          "required": ["title"], "properties": {"title": {"x-means": "title"}, "kort": {"x-means": "summary"}}
        }""",
    }
    schemas, flaws = load_schemas(MemoryTree(files))
    assert schemas is not None, flaws
    return schemas, "c/een.md"


STRICT = """{
  "titles": {"full-stop": false, "characters": 80, "colons": 1, "imperative": true},
  "summaries": {"words": [10, 40], "full-stop": true, "differ": true},
  "sentences": {"words": 25, "mean": 15, "passive": 0}, "paragraphs": {"sentences": 4}, "lists": {"items": 7},
  "plain-words": {"middels": "met", "dient … te": "moet", "te allen tijde": "altijd"},
  "term-variants": {"algoritme's": "algoritmes", "hoog risico AI-": "hoog-risico-AI-"},
  "names": ["Algemene wet"], "dates": {}, "advice": {"binding": ["les"]}
}"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Luister goed.", "title: Luister goed"),
        ('title: "Luister goed . "', 'title: "Luister goed"'),
        ("title: 'Luister naar algoritme''s'", None),
        ("title: Luister naar algoritme’s", "title: Luister naar algoritmes"),
        ("title: Luister\n---\n\nEen hoog risico\nAI-systeem.", "title: Luister\n---\n\nEen hoog-risico-AI-systeem."),
        ("title: Luister\n---\n\n> Een hoog risico\n> AI-systeem.", None),
        ("title: Luister\n---\n\nEen **hoog risico** AI-systeem.", None),
        (
            "kort: Luister elke dag naar iedereen die iets te zeggen heeft",
            "kort: Luister elke dag naar iedereen die iets te zeggen heeft.",
        ),
        ("kort: Luister elke dag naar iedereen die iets te zeggen heeft,", None),
    ],
)
def test_safe_mending(before: str, after: str | None) -> None:
    schemas, path = framework(STRICT)
    text = f"---\n{before}" + ("" if "---" in before else "\n---\n")
    found = check_framework(load(MemoryTree({path: text}), schemas))
    assert found
    fixes = [finding.problem.fix for finding in found if finding.problem.fix and finding.problem.fix.safe]
    if after is None:
        assert not fixes
        return
    (fix,) = fixes
    for edit in reversed(fix.edits):
        place = edit.location
        text = text[: place.start] + edit.replacement + text[place.end :]
    assert text.removeprefix("---\n").removesuffix("\n---\n") == after
    again = check_framework(load(MemoryTree({path: text}), schemas))
    assert {finding.rule for finding in again}.isdisjoint(
        {"style/title-full-stop", "style/term-variant", "style/summary-length"}
    )


def test_a_text_that_cannot_be_judged_is_left_alone() -> None:
    schemas, path = framework(STRICT)
    sides = "---\ntitle: Luister\n---\n\n<<<<<<< HEAD\nA. B. C. D.\n=======\nA. B. C. E.\n>>>>>>> b\n"
    broken = "---\ntitle: Luister.\n kort: [\n---\n\nA. B. C. D. E. F.\n"
    for text in (sides, broken, "title: Luister.\n---\n\nA. B. C. D. E. F.\n"):
        found = check_framework(load(MemoryTree({path: text}), schemas))
        assert found
        assert not [finding.rule for finding in found if finding.rule.startswith("style/")]


HOSTILE = [
    *("a ", "a. ", "a.", ". ", "A. ", "a.b.c. ", "((((1. ", "nr. ", "…", "“", '"', "'s ", "\n", "€", "1"),
    *("worden ", "word ge", "gedaan worden ", "wordt € ", "ge", "de ", "moet ", "wat moet ", "mag ", "verplicht "),
    *("1 mei 2026 ", "geldt in 2026 ", "wet A A A van 1 mei 2026 ", "2026-12-02 ", "vanaf 20", "0"),
    *("middels ", "“middels ", "dient ", "te allen ", "algoritme's ", "hoog risico AI-", "Algemene wet ", "- a\n"),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    schemas, path = framework(STRICT)
    kind = schemas.claim(path)
    assert kind is not None
    ours = [rule.document for rule in rules().values() if rule.document and rule.name.startswith("style/")]

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        kort = text.replace("\n", " ").replace("'", "''")
        whole = f"---\ntitle: Luister\nkort: '{kort}'\n---\n\n{text}\n"
        document = parse_document(path, whole.encode(), layout="document", dialect="commonmark", slugs="github")
        begin = time.process_time()
        for check in ours:
            list(check(document, kind))
        return time.process_time() - begin

    # Linear is 6 times as long, quadratic 36 times; the rest is for a busy machine.
    assert seconds(60_000) < 18 * max(seconds(10_000), 0.02)


@given(st.text("aB .,-*_[]()#>\n'\"“”1:é€", max_size=80), st.sampled_from(["- ", "", "> ", "## "]))
def test_any_text_can_be_judged(text: str, start: str) -> None:
    schemas, path = framework(STRICT)
    kind = schemas.claim(path)
    assert kind is not None
    kort = text.replace("\n", " ").replace("'", "''")
    whole = f"---\ntitle: '{kort}'\nkort: '{kort}'\n---\n\n{start}{text}\n"
    document = parse_document(path, whole.encode(), layout="document", dialect="commonmark", slugs="github")
    for flaw in check_document(document, kind):
        place = flaw.problem.location
        assert 0 <= place.start <= place.end <= len(whole)
        if flaw.rule.startswith("style/"):
            assert place.start < place.end


def found_in(root: Path, schemas: Path) -> dict[str, int]:
    loaded, flaws = load_schemas(WorkingTree(schemas))
    assert loaded is not None, flaws
    counts: dict[str, int] = {}
    for finding in check_framework(load(WorkingTree(root), loaded)):
        if finding.rule.startswith("style/"):
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return counts


def test_our_own_content_follows_the_style() -> None:
    assert found_in(ROOT, ROOT / "schemas") == {}


@needs_corpus
def test_the_real_corpus_breaks_its_own_promises_only() -> None:
    counts = found_in(CORPUS, ROOT / "schemas" / "profiles" / "minbzk")
    assert counts == {"style/title-full-stop": 2, "style/summary-length": 21, "style/term-variant": 2}
