from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.slugs import SLUGGERS, github_slug, python_markdown_slug


@pytest.mark.parametrize(
    ("heading", "github", "python_markdown"),
    [
        ("Toelichting", "toelichting", "toelichting"),
        ("Wat is één AI-systeem?", "wat-is-één-ai-systeem", "wat-is-een-ai-systeem"),
        ("Risico's", "risicos", "risicos"),
        ("  Bronnen  ", "bronnen", "bronnen"),
        ("A & B", "a--b", "a-b"),
        ("1.2 Vereisten (kort)", "12-vereisten-kort", "12-vereisten-kort"),
        ("snake_case", "snake_case", "snake_case"),
        ("Bijbehorende vereiste(n)", "bijbehorende-vereisten", "bijbehorende-vereisten"),
        ("🙂", "", ""),
        ("Cafe\u0301", "cafe\u0301", "cafe"),
        ("10 m² per dag", "10-m-per-dag", "10-m2-per-dag"),
        ("Deel Ⅳ – vervolg", "deel-ⅳ--vervolg", "deel-iv-vervolg"),
        ("Ⓐ‿b $ c", "ⓐ‿b--c", "ab-c"),
    ],
)
def test_anchors_as_the_two_builders_make_them(heading: str, github: str, python_markdown: str) -> None:
    assert github_slug(heading) == github
    assert python_markdown_slug(heading) == python_markdown


@pytest.mark.parametrize(
    ("slugger", "headings", "anchors"),
    [
        ("github", ["A", "A", "A"], ["a", "a-1", "a-2"]),
        ("github", ["A", "A-1", "A"], ["a", "a-1", "a-2"]),
        ("github", ["A", "A", "A 1", "A-1", "A"], ["a", "a-1", "a-1-1", "a-1-2", "a-2"]),
        ("github", ["!", "?"], ["", "-1"]),
        ("python-markdown", ["A", "A", "A"], ["a", "a_1", "a_2"]),
        ("python-markdown", ["A", "A_1", "A"], ["a", "a_1", "a_2"]),
        ("python-markdown", ["!", "?"], ["_1", "_2"]),
    ],
)
def test_the_second_heading_of_a_name_gets_a_number(slugger: str, headings: list[str], anchors: list[str]) -> None:
    slug = SLUGGERS[slugger]()
    assert [slug(heading) for heading in headings] == anchors


HEADINGS = st.one_of(st.text(max_size=6), st.text("aB_0123 -", max_size=5))


@given(st.lists(HEADINGS, max_size=8))
def test_python_markdowns_own_functions_agree(headings: list[str]) -> None:
    toc = pytest.importorskip("markdown.extensions.toc")
    slug = SLUGGERS["python-markdown"]()
    taken: set[str] = set()
    expected = [toc.unique(toc.slugify(heading, "-"), taken) for heading in headings]
    assert [slug(heading) for heading in headings] == expected


@pytest.mark.parametrize("slugger", list(SLUGGERS))
def test_many_headings_of_one_name_take_no_time(slugger: str) -> None:
    slug = SLUGGERS[slugger]()
    started = time.perf_counter()
    anchors = [slug(heading) for heading in ["Kop", "Kop_1", "!"] * 30_000]
    assert time.perf_counter() - started < 2
    if slugger == "python-markdown":
        assert len(set(anchors)) == len(anchors)


def test_a_number_past_all_measure_is_no_number() -> None:
    slug = SLUGGERS["python-markdown"]()
    heading = "a_" + "9" * 5000
    assert [slug(heading), slug(heading)] == [heading, f"{heading}_1"]
