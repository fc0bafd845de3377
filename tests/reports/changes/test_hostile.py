"""Whatever contributors write, a report of changes stays a report; and JSON comes back as it went."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from pipeline.compare.changes import (
    Changes,
    CoverageChange,
    EntryChange,
    FieldChange,
    Form,
    Place,
    Redirect,
    RelationChange,
    TextChange,
    Weight,
)
from pipeline.reports.changes import markdown
from pipeline.reports.changes.comparison import Comparison, Side
from pipeline.reports.changes.json import changes_from_json, changes_to_json, schema
from pipeline.reports.changes.registry import FORMATS
from pipeline.text import UNSHOWABLE
from tests.reports.changes.samples import written
from tests.reports.changes.test_forms import ALLOWED, Page
from tests.reports.test_hostile import COMMANDS, obeyed
from tests.support import small_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

PIECES = (
    *("a", " ", "\n", "\r", "\t", "`", "```", "~~~", "](x)", "<!--", "-->", "<script>", "</style>", "</title>", "&lt;"),
    *(
        "@minister",
        "#12",
        "http://x.nl",
        "![a](b)",
        "{{",
        "{%",
        "%}",
        "|",
        "\\",
        "\x1b[31m",
        "\u202e",
        "\x9b",
        "\u200b",
    ),
    *("é", "漢", "\ud800", '"', "'", "\x00", "\u2028", "\n\n# Kop\n", "\n- a", "GH-1", "a/b#1"),
)
HOSTILE = st.lists(st.sampled_from(PIECES + COMMANDS) | st.characters(), max_size=8).map("".join)
WEIGHTS = st.sampled_from(list(Weight))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | HOSTILE,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(HOSTILE, below, max_size=3),
    max_leaves=5,
)
NAMES = HOSTILE | st.sampled_from(
    ["regel", "title", "zie-ook", "zie-ook.ref", "status", "stap", "urn:klein:regel:awb-01"]
)
FIELDS = st.builds(FieldChange, NAMES, VALUES, VALUES, WEIGHTS, HOSTILE)
SENTENCES = st.lists(HOSTILE, max_size=3).map(tuple)
TEXTS = st.builds(TextChange, HOSTILE, SENTENCES, SENTENCES, WEIGHTS)
ENTRIES = st.builds(
    EntryChange,
    *(NAMES, NAMES, HOSTILE, HOSTILE, st.sampled_from(list(Form)), WEIGHTS, HOSTILE, HOSTILE, HOSTILE),
    status=st.none() | st.tuples(HOSTILE, HOSTILE),
    fields=st.lists(FIELDS, max_size=2).map(tuple),
    texts=st.lists(TEXTS, max_size=2).map(tuple),
)
RELATIONS = st.builds(RelationChange, NAMES, NAMES, NAMES, st.booleans(), NAMES, HOSTILE, HOSTILE)
PLACES = st.lists(st.builds(Place, HOSTILE, st.integers(1, 9)), max_size=7).map(tuple)
REDIRECTS = st.builds(Redirect, st.sampled_from(["id", "page", "file", "anchor"]), HOSTILE, HOSTILE, PLACES)
FIGURES = st.tuples(st.integers(0, 9), st.integers(0, 9))
COVERAGE = st.builds(CoverageChange, HOSTILE, FIGURES, FIGURES)
CHANGES = st.builds(
    Changes, *(st.lists(each, max_size=2).map(tuple) for each in (ENTRIES, RELATIONS, REDIRECTS, COVERAGE))
)
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "aria-label", "aria-labelledby"),
}
ANCHORS = {*(weight.word for weight in Weight), "relations", "names", "coverage"}
VALID = Draft202012Validator(json.loads(schema()))
unhurried = settings(deadline=None)


def comparison(changes: Changes, name: str, language: str) -> Comparison:
    side = Side("0" * 40, "1.0.0", name)
    return Comparison(changes=changes, schemas=small_schemas(), base=side, head=side, language=language)


COMPARISONS = st.builds(comparison, CHANGES, HOSTILE, st.sampled_from(["nl", "en"]))


@unhurried
@given(CHANGES)
def test_json_comes_back_as_it_went(changes: Changes) -> None:
    value = json.loads(json.dumps(changes_to_json(changes)))
    VALID.validate(value)
    assert changes_from_json(value) == changes


@unhurried
@given(COMPARISONS, st.sampled_from([20, 40, 60]))
def test_nothing_steers_a_terminal_or_a_runner(told: Comparison, width: int) -> None:
    for name in FORMATS:
        text = written(name, told, width=width)
        if name == "html":
            # Of our own style sheet, nothing is contributed.
            text = text.partition("</style>")[2]
        assert not UNSHOWABLE.search(text.replace("\n", "")), name
        assert not obeyed(text) or name in {"markdown", "html"}, name
        text.encode()


@unhurried
@given(COMPARISONS)
def test_markdown_holds_contributed_text_as_code_only(told: Comparison) -> None:
    tokens = list(_all(MarkdownIt("gfm-like", {"linkify": False}).parse(written("markdown", told))))
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert kinds <= {
        "heading",
        "paragraph",
        "bullet_list",
        "list_item",
        "inline",
        "text",
        "code_inline",
        "strong",
        "softbreak",
    }
    for token in tokens:
        if token.type == "text":
            assert not re.search(r"[@<>\[\]#!`|{}]|http|GH-", token.content)


@pytest.mark.parametrize("label", ["www.x.example", "Zie www.x.example", "GH-1", "gh-1"])
def test_a_label_that_github_would_link_is_code(label: str) -> None:
    assert markdown._label(label) == f"`{label}`"  # noqa: SLF001 - labels come from schemas only


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


@unhurried
@given(COMPARISONS)
def test_html_holds_contributed_text_as_text_only(told: Comparison) -> None:
    text = written("html", told)
    page = Page(text)
    assert not page.open
    assert set(page.tags) <= ALLOWED
    assert text.count("<style>") == text.count("</style>") == 1
    assert {name for name, _ in page.attributes} <= ATTRIBUTES
    # Addresses lead to headings of the page, whose names are ours.
    assert {value for name, value in page.attributes if name == "href"} <= {f"#{name}" for name in ANCHORS}


def test_html_shows_what_was_written() -> None:
    title = '<script src="//x.example">alert(1)</script>{{ 7 * 7 }}\u202e'
    entry = EntryChange("urn:a", "regel", title, "a.md", Form.ADDED, Weight.MEANING)
    page = Page(written("html", comparison(Changes(entries=(entry,)), "v1", "nl")))
    assert title.replace("\u202e", "\\u202e") in page.texts
