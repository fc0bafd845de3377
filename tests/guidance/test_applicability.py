"""Whether and at what level something applies to a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.guidance.applicability import Verdict, verdict
from pipeline.guidance.conditions import holds, value_at
from pipeline.guidance.levels import level
from pipeline.model.demands import Guidance, Level, read_where
from pipeline.model.load import entries_of
from tests.support import small_schemas

if TYPE_CHECKING:
    from pipeline.model.framework import Entry

GUIDANCE = Guidance(
    applies="geldt",
    always="altijd",
    unknown="onbekend",
    levels={
        "regel": (
            Level(name="weg", state="replaced"),
            Level(name="moet", where=({"plicht": frozenset({"wet"})},), unless=({"bijlage": True},), otherwise="mag"),
            Level(name="kan", where=({"plicht": True},)),
        )
    },
)
FEATURES = ("ai", "groot", "geld")
ANSWERS = ("ja", "nee")

profiles = st.dictionaries(st.sampled_from(FEATURES), st.sampled_from((*ANSWERS, "onbekend")))
cases = st.lists(
    st.dictionaries(st.sampled_from(FEATURES), st.lists(st.sampled_from(ANSWERS), min_size=1, unique=True), min_size=1),
    min_size=1,
    max_size=4,
)


def entry(fields: str) -> Entry:
    kind = small_schemas().kinds["regel"]
    text = f"---\nid: urn:klein:regel:awb-02\n{fields}---\n"
    document = parse_document(
        "content/regels/awb-02-x.md", text.encode(), layout="document", dialect="commonmark", slugs="github"
    )
    return next(entries_of(document, kind))


def applying(geldt: object) -> Entry:
    return entry(f"geldt: {geldt!r}\n".replace("'", ""))


@pytest.mark.parametrize(
    ("geldt", "profile", "expected"),
    [
        ("altijd", {}, Verdict.YES),
        ([{"ai": ["ja"]}], {"ai": "ja"}, Verdict.YES),
        ([{"ai": ["ja"]}], {"ai": "nee"}, Verdict.NO),
        ([{"ai": ["ja"]}], {"ai": "onbekend"}, Verdict.MAYBE),
        ([{"ai": ["ja"]}], {}, Verdict.MAYBE),
        ([{"ai": ["ja", "nee"]}], {}, Verdict.MAYBE),
        ([{"ai": ["ja"], "groot": ["ja"]}], {"ai": "nee"}, Verdict.NO),
        ([{"ai": ["ja"], "groot": ["ja"]}], {"ai": "ja"}, Verdict.MAYBE),
        ([{"ai": ["ja"]}, {"groot": ["ja"]}], {"ai": "nee", "groot": "ja"}, Verdict.YES),
        ([{"ai": ["ja"]}, {"groot": ["ja"]}], {"ai": "nee"}, Verdict.MAYBE),
        ([{"ai": ["ja"]}], {"ai": "niet-van-toepassing"}, Verdict.NO),
    ],
)
def test_verdict(geldt: object, profile: dict[str, str], expected: Verdict) -> None:
    assert verdict(applying(geldt), profile, GUIDANCE) is expected


def test_what_says_nothing_applies_always() -> None:
    assert verdict(entry(""), {}, GUIDANCE) is Verdict.YES


@given(cases, profiles, st.sampled_from(FEATURES), st.sampled_from(ANSWERS))
def test_knowing_more_never_contradicts_what_was_certain(
    geldt: list[dict[str, list[str]]], profile: dict[str, str], feature: str, answer: str
) -> None:
    one = applying(geldt)
    before = verdict(one, {**profile, feature: "onbekend"}, GUIDANCE)
    after = verdict(one, {**profile, feature: answer}, GUIDANCE)
    assert before in {Verdict.MAYBE, after}


@given(cases, st.fixed_dictionaries({name: st.sampled_from(ANSWERS) for name in FEATURES}))
def test_a_full_profile_leaves_no_doubt(geldt: list[dict[str, list[str]]], profile: dict[str, str]) -> None:
    expected = any(all(profile[name] in words for name, words in case.items()) for case in geldt)
    assert verdict(applying(geldt), profile, GUIDANCE) is (Verdict.YES if expected else Verdict.NO)


@pytest.mark.parametrize(
    ("fields", "applies", "expected"),
    [
        ("status: verouderd\nplicht: wet\n", Verdict.YES, "weg"),
        ("plicht: wet\n", Verdict.YES, "moet"),
        ("plicht: wet\n", Verdict.MAYBE, "moet"),
        ("plicht: wet\n", Verdict.NO, "mag"),
        ("plicht: wet\nbijlage: x\n", Verdict.YES, "kan"),
        ("plicht: raad\n", Verdict.YES, "kan"),
        ("plicht: raad\n", Verdict.NO, ""),
        ("", Verdict.YES, ""),
    ],
)
def test_level(fields: str, applies: Verdict, expected: str) -> None:
    assert level(entry(fields), applies, GUIDANCE) == expected


@pytest.mark.parametrize(
    ("where", "fields", "expected"),
    [
        ([], {"a": "1"}, False),
        ({"a": ["1"]}, {"a": "1"}, True),
        ({"a": ["1"]}, {"a": 1}, True),
        ({"a": ["1", "2"]}, {"a": ["3", "2"]}, True),
        ({"a": ["1"]}, {}, False),
        ({"a": True}, {"a": "x"}, True),
        ({"a": True}, {"a": ""}, False),
        ({"a": False}, {"a": []}, True),
        ({"a.b": ["1"]}, {"a": {"b": "1"}}, True),
        ({"a.b": ["1"]}, {"a": "1"}, False),
        ({"a": ["1"], "b": ["1"]}, {"a": "1"}, False),
        ([{"a": ["1"]}, {"b": ["1"]}], {"b": "1"}, True),
    ],
)
def test_conditions(where: Any, fields: dict[str, Any], *, expected: bool) -> None:  # noqa: ANN401 - as JSON has it
    assert holds(read_where(where), fields) is expected


def test_a_path_through_a_value_leads_nowhere() -> None:
    assert value_at({"a": "x"}, "a.b") is None
    assert value_at({"a": {"b": 0}}, "a.b") == 0
