from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.findings import Severity
from pipeline.model.load import load
from pipeline.sync.labels import LONGEST_DESCRIPTION, LONGEST_NAME, Pattern, difference, theme_key, themes_of
from pipeline.sync.read_labels import read_labels
from pipeline.text import Source
from tests.support import ROOT, MemoryTree, schemas_of

if TYPE_CHECKING:
    from pipeline.sync.labels import Labels

PATH = ".github/labels.yml"
OWN = read_labels(Source(path=PATH, text=(ROOT / PATH).read_text("utf-8")))

TEXT = {"nl": "Kader", "en": "Framework"}


def kind(name: str, folder: str, **properties: Any) -> str:  # noqa: ANN401 - JSON Schema
    label = {"one": name.title(), "many": f"{name.title()}s"}
    return json.dumps(
        {
            "$id": f"{name}.schema.json",
            "x-kind": name,
            "x-labels": {"nl": label, "en": label},
            "x-files": {"layout": "document", "folder": folder, "name": "{slug}"},
            "x-id": {"in": "stem"},
            "properties": {"title": {"type": "string", "x-means": "title"}, **properties},
        },
    )


REFERENCE = {"type": "string", "x-vocabulary": {"to": "vak", "by": "stem"}}
SCHEMAS = schemas_of(
    {
        "framework.json": json.dumps({"name": TEXT, "folders": ["c"]}),
        "vak.schema.json": kind("vak", "c/v"),
        "les.schema.json": kind("les", "c/l", vakken={"type": "array", "x-means": "theme", "items": REFERENCE}),
    },
)
FRAMEWORK = load(
    MemoryTree(
        {
            "c/v/rekenen.md": "---\ntitle: Rekenen, met ⟦getallen⟧\n---\n",
            "c/v/taal.md": "---\ntitle: Taal\n---\n",
            "c/l/delen.md": "---\ntitle: Delen\nvakken: [taal, rekenen, onbekend]\n---\n",
        },
    ),
    SCHEMAS,
)


def names(name: str) -> list[str]:
    entry = FRAMEWORK.find(name)
    assert entry is not None
    return [label.name for label in OWN.of_entry(FRAMEWORK, entry)]


# What belongs to an entry


def test_an_entry_has_the_label_of_its_kind_and_of_its_themes() -> None:
    assert names("delen") == ["soort: les", "onderwerp: taal", "onderwerp: rekenen"]


def test_a_theme_belongs_to_itself() -> None:
    assert names("rekenen") == ["soort: vak", "onderwerp: rekenen"]
    theme = FRAMEWORK.find("rekenen")
    assert theme is not None
    assert theme_key(FRAMEWORK, theme) == "rekenen"
    assert themes_of(FRAMEWORK, theme) == (theme,)


def test_the_labels_of_a_framework_are_known_beforehand() -> None:
    known = OWN.known(FRAMEWORK)
    assert list(known) == ["soort: les", "soort: vak", "onderwerp: rekenen", "onderwerp: taal"]
    assert known["onderwerp: rekenen"].description == "Hoort bij het onderwerp: Rekenen met ⟦getallen⟧."


def test_nobody_can_make_a_label_too_long_or_two_of_one() -> None:
    label = OWN.themes.of("a,b\u202e\n" + "x" * 90, "een titel, " * 40)
    assert label.name.startswith("onderwerp: a b x")
    assert len(label.name) == LONGEST_NAME
    assert len(label.description) == LONGEST_DESCRIPTION


@given(st.text(), st.text())
def test_any_text_makes_a_label_that_github_takes(key: str, label: str) -> None:
    made = OWN.kinds.of(key, label)
    assert len(made.name) <= LONGEST_NAME
    assert len(made.description) <= LONGEST_DESCRIPTION
    assert "," not in made.name
    assert made.name == made.name.strip()
    assert OWN.sorts(made.name)


# What is ours


def test_labels_of_others_are_left_alone() -> None:
    present = ["bug", "Ernst: Fout", "ernst: tip", "kader: bevindingen", "soort: iets", "goed voor een begin"]
    changed = difference(OWN, present, ["ernst: fout", "soort: les"])
    assert changed.add == ("soort: les",)
    assert changed.remove == ("ernst: tip", "soort: iets")


def test_nothing_to_do_for_labels_that_are_right() -> None:
    assert difference(OWN, ["soort: les", "x"], ["soort: les", "soort: les"]) == ((), ())


# The file


def test_our_own_labels_fit() -> None:
    assert OWN.severities[Severity.ERROR].name == "ernst: fout"
    assert OWN.kinds == Pattern("soort: ", "1d76db", "Gaat over een onderdeel van deze soort: {label}.")


GOOD = """\
labels:
  findings: {name: a, color: "aabbcc", description: b}
severities:
  error: {name: c, color: "#AABBCC", description: d}
kinds: {prefix: "k ", color: "aabbcc", description: e}
themes: {prefix: "t ", color: "aabbcc", description: f}
"""


def read(text: str) -> Labels:
    return read_labels(Source(path="labels.yml", text=text))


def test_a_colour_may_be_written_in_more_than_one_way() -> None:
    assert read(GOOD).severities[Severity.ERROR].color == "aabbcc"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("findings:", "findings", "2: dit is geen geldige YAML"),
        ("findings:", "others:", "2: het label `findings` ontbreekt"),
        ("error:", "worse:", "4: `worse` is geen ernst; kies uit notice, warning, error"),
        ("name: a,", "", "2: `name` ontbreekt"),
        ("name: a,", "name: a, extra: b,", "2: `extra` hoort hier niet"),
        ("name: a,", 'name: "a, b",', "2: een naam heeft geen komma"),
        ("name: a,", 'name: " ",', "2: hier hoort een tekst"),
        ("name: a,", f"name: {'a' * 51},", "2: de tekst heeft hoogstens 50 tekens"),
        ("name: a,", 'name: "a\\u202e",', "2: de tekst heeft hoogstens 50 tekens, en geen onzichtbare"),
        ("description: b", f"description: {'b' * 101}", "2: de tekst heeft hoogstens 100 tekens"),
        ('color: "aabbcc", description: b', "color: red, description: b", "2: een kleur is zes cijfers van 0 tot f"),
        ('color: "aabbcc", description: b', "color: 112233, description: b", "2: hier hoort een tekst"),
        ("name: c,", "name: A,", "2: “a” is niet van de andere labels te onderscheiden"),
        ("name: c,", "name: k c,", "2: “k c” is niet van de andere labels te onderscheiden"),
        ('"t "', '"k t"', "2: “k t” is niet van de andere labels te onderscheiden"),
        ('"t "', '"t, "', "6: een voorvoegsel heeft geen komma"),
        ('kinds: {prefix: "k ", color: "aabbcc", description: e}', "kinds: x", "5: hier horen velden met een naam"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        read(GOOD.replace(old, new, 1))
    number, _, words = told.partition(": ")
    assert caught.value.text.nl.partition(": ")[2].startswith(words)
    assert caught.value.text.nl.startswith(f"labels.yml:{number if 'onderscheiden' not in words else 1}: ")
