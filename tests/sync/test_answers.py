from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.sync.proposals.answers import LONGEST_LINE, LONGEST_TEXT, Given, _split, given, read_answers
from tests.sync.filled_in import AGREEMENT, ANSWERS, body_of, form
from tests.sync.test_tame import HOSTILE


def read(body: str) -> Given:
    answers = read_answers(form(), body)
    assert answers is not None
    return given(form(), answers)


def wrong(**answers: str) -> dict[str, str]:
    return dict(read(body_of({label.replace("_", " "): text for label, text in answers.items()})).problems)


def test_a_filled_in_form_is_read() -> None:
    assert read(body_of()) == Given(
        fields={
            "title": "Doe vooraf een DPIA",
            "stap": ("ontwerp", "monitoring-en-beheer"),
            "zie-ook": ("avg-13",),
            "bron": "https://voorbeeldstad.example/dpia",
            "aantal": 3,
        },
        sections={"Regel": "Doe een DPIA voordat je begint."},
        problems=(),
    )


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_github_ends_lines_in_its_own_way_after_an_edit(end: str) -> None:
    assert read(body_of().replace("\n", end)) == read(body_of())


def test_what_is_left_open_is_no_value() -> None:
    found = read(body_of(Stappen="", Bron="None", Aantal=" "))
    assert set(found.fields) == {"title", "zie-ook"}
    assert not found.problems


def test_what_must_be_there_is_told_with_the_help_of_the_form() -> None:
    assert wrong(Titel="", Regel="") == {
        "Titel": "Dit is nog leeg. Wat moet er?",
        "Regel": "Dit is nog leeg. Schrijf 1 tot 40 woorden.",
    }


@pytest.mark.parametrize(
    ("answers", "label", "sentence"),
    [
        ({"Titel": "x" * (LONGEST_LINE + 1)}, "Titel", "Dit is te lang. Hier passen hoogstens 500 tekens."),
        ({"Regel": "x" * (LONGEST_TEXT + 1)}, "Regel", "Dit is te lang. Hier passen hoogstens 8000 tekens."),
        ({"Titel": "🎉🎉"}, "Titel", "In `🎉🎉` staat geen letter. Schrijf woorden."),
        ({"Titel": "\u200b\u202e"}, "Titel", "Dit is nog leeg. Wat moet er?"),
        ({"Aantal": "drie"}, "Aantal", "`drie` is geen heel getal."),
        ({"Aantal": "1e9"}, "Aantal", "`1e9` is geen heel getal."),
        ({"Aantal": "٣"}, "Aantal", "`٣` is geen heel getal."),
        (
            {"Stappen": "Ontwerp, @redactie `x`"},
            "Stappen",
            "`` @redactie `x` `` staat niet in de lijst. Kies uit: `Ontwerp`, `Monitoring en beheer`.",
        ),
        (
            {"Zie ook": "\n".join(f"avg-{n}" for n in range(99))},
            "Zie ook",
            "Dit zijn er te veel. Noem er hoogstens 40.",
        ),
    ],
)
def test_what_is_wrong_with_an_answer(answers: dict[str, str], label: str, sentence: str) -> None:
    assert dict(read(body_of(answers)).problems) == {label: sentence}


def test_each_box_has_to_be_ticked() -> None:
    assert [each.label for each in read(body_of(ticked=False)).problems] == ["Akkoord", "Akkoord"]
    body = body_of().replace("[x] Dit zijn", "[ ] Dit zijn").replace("[x]", "[X]")
    assert [each.sentence for each in read(body).problems] == [
        "Zet een kruisje voor deze zin: `Dit zijn mijn eigen woorden.`"
    ]


@pytest.mark.parametrize(
    "written",
    ["avg-13\nawb-01", "avg-13, awb-01", "- avg-13\n- awb-01", "1. avg-13;awb-01 avg-13", "* avg-13\r\n\r\n* awb-01"],
)
def test_references_are_read_as_people_write_lists(written: str) -> None:
    assert read(body_of({"Zie ook": written})).fields["zie-ook"] == ("avg-13", "awb-01")


def test_options_may_hold_commas() -> None:
    labels = ["Diversiteit, non-discriminatie en rechtvaardigheid", "Diversiteit", "A"]
    assert _split("A, Diversiteit, non-discriminatie en rechtvaardigheid, Diversiteit", labels) == [
        "A",
        "Diversiteit, non-discriminatie en rechtvaardigheid",
        "Diversiteit",
    ]
    assert _split("A, B, c", labels) == ["A", "B", "c"]


# Headings inside answers


def test_a_heading_in_an_answer_fakes_no_other_field() -> None:
    fake = "Doe dit.\n\n### Bron\n\nhttps://kwaad.example\n\n### Status\n\nvastgesteld\n\n### Akkoord\n\n- [x] alles"
    found = read(body_of(Regel=fake))
    assert found.fields["bron"] == ANSWERS["Bron"]
    assert set(found.fields) <= {"title", "stap", "zie-ook", "bron", "aantal"}
    assert "\\### Status" in found.sections["Regel"]


def test_the_first_heading_after_the_one_before_counts() -> None:
    found = read(body_of(Titel="Mijn titel\n\n### Regel\n\nNep"))
    assert found.fields["title"] == "Mijn titel"
    assert found.sections["Regel"].startswith("Nep\n\n\\### Regel")


def test_boxes_ticked_in_an_answer_do_not_count() -> None:
    boxes = "\n".join(f"- [x] {item}" for item in AGREEMENT["items"])
    assert len(read(body_of(Regel=f"Doe dit.\n{boxes}", ticked=False)).problems) == 2


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Gewoon een melding.",
        "Vooraf\n\n" + body_of(),
        body_of().replace("### Bron", "### Bronnen"),
        body_of().replace("### Bron", "## Bron"),
        body_of().replace("### Akkoord", ""),
    ],
    ids=range(6),
)
def test_another_issue_is_not_a_form(body: str) -> None:
    assert read_answers(form(), body) is None


@settings(max_examples=200, deadline=None)
@examples(st.fixed_dictionaries(dict.fromkeys(ANSWERS, HOSTILE)))
def test_any_answers_are_read_or_are_no_form(answers: dict[str, str]) -> None:
    found = read_answers(form(), body_of(answers))
    if found is None:
        return
    values = given(form(), found)
    for value in values.fields.values():
        for text in value if isinstance(value, tuple) else [str(value)]:
            assert text == " ".join(text.split())
            assert text.isprintable()
