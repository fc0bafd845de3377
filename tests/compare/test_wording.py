"""Which texts say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.changes import Weight
from pipeline.compare.wording import weigh


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Doe dit.", "Doe dit"),
        ("Doe dit, dan dat", "doe dit – dan dat!"),
        ("hoog risico AI-systeem", "hoog-risico-AI-systeem"),
        ("privacy risico's", "privacyrisico’s"),
        ("Eén en een", "Een en één"),
        ("de verplichitng", "de verplichting"),
        ("organsiatie", "organisatie"),
        ("Wacht 6 weken (artikel 5.1)", "wacht 6 weken; artikel 5.1"),
    ],
)
def test_the_same(old: str, new: str) -> None:
    assert weigh(old, new) is weigh(new, old) is Weight.EDITORIAL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("je moet", "je mag"),
        ("dit mag", "dit mag niet"),
        ("een plicht", "geen plicht"),
        ("binnen 6 weken", "binnen 16 weken"),
        ("artikel 5.1", "artikel 51"),
        ("1.000 euro", "1000 euro"),
        ("2 augustus 2026", "2 augustus 2027"),
        ("alleen de burger", "de burger alleen"),
        ("moeten melden", "moesten melden"),
        ("onbevoegd", "bevoegd"),
        ("interne toets", "externe toets"),
        ("mits dit", "tenzij dit"),
        ("", "iets"),
        ("alles wat", "alle wat"),
    ],
)
def test_something_else(old: str, new: str) -> None:
    assert weigh(old, new) is weigh(new, old) is Weight.MEANING


def test_a_word_that_stands_elsewhere_too_is_no_slip() -> None:
    known = {"aanbieder", "aanbieders"}
    assert weigh("de aanbieder", "de aanbieders", lambda word: word not in known) is Weight.MEANING
    assert weigh("de aanbeider", "de aanbieder", lambda word: word not in known) is Weight.EDITORIAL


@given(st.text(), st.text())
def test_any_texts(old: str, new: str) -> None:
    assert weigh(old, old) is Weight.EDITORIAL
    assert weigh(old, new) in {Weight.EDITORIAL, Weight.MEANING}
