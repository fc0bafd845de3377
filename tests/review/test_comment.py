"""What others wrote stands in the comment as code, whatever it is; and the comment never grows too long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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
from pipeline.errors import Text
from pipeline.findings import Severity, State
from pipeline.reports.review.comment import LIMIT, SUMMARY_LIMIT, comment, has_news, summary
from pipeline.reports.review.fit import size
from pipeline.reports.review.values import LeftOut, Review, Span, Tally, Told
from tests.review.making import FORK, RULES, RUN, around, review_of, rule_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from pipeline.findings import Parameter

PIECES = ["`", "``", "\n", "\r", "<", ">", "](", "![", "[", ")", "@minister", "#1", "https://x.example", "</details>"]
PIECES += ["<!--", "-->", "{", "}", "\\", "\u202e", "\u200b", "www.x.example", "|", "*", "_", "~~", "    ", "- ", "> "]
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)
SIGN = "⁂"
"""Stands at both ends of every hostile text, and nowhere else."""

OURS = re.compile(rf"https://redirect\.github\.com/(?:{FORK}/edit/mijn-wijziging/[^?]*#L\d+|voorbeeldstad/kader/.*)")


def hostile_review(text: str) -> Review:
    """Put one text wherever a pull request can put text."""
    bad = SIGN + text + SIGN
    parameters: dict[str, Parameter] = {
        "value": bad,
        "field": Text(nl=bad, en=bad),
        "allowed": (bad, bad),
        "suggestions": (bad,),
        "count": 3,
    }
    finding = Told("schema/not-allowed-value", Severity.ERROR, bad, Span(3, 1, 3, 2), parameters=parameters, entry=bad)
    fields = (FieldChange(bad, bad, None, Weight.MEANING, bad), FieldChange("a", [bad], [bad, bad], Weight.MEANING))
    texts = (TextChange(bad, (bad,), (bad,), Weight.EDITORIAL),)
    entries = tuple(
        EntryChange(bad, bad, bad, bad, form, Weight.BREAKING, bad, bad, bad, (bad, bad), fields, texts)
        for form in Form
    )
    changes = Changes(
        entries,
        (RelationChange(bad, bad, bad, gained=True, kind=bad, origin_title=bad, target_title=bad),),
        (Redirect("page", bad, bad, (Place(bad, 4),)),),
        (CoverageChange(bad, (1, 2), (2, 2)),),
    )
    old = finding._replace(state=State.OLD)
    return Review(new=Tally(errors=1), findings=(finding, old), changes=changes, kinds=(bad,), themes=(bad,))


def leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from leaves(token.children) if token.children else [token]


@settings(deadline=None)
@given(HOSTILE)
def test_contributed_text_is_code_and_nothing_else(text: str) -> None:
    written = comment(hostile_review(text), around(checker=(SIGN + text + SIGN,)))
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written)
    blocks = {token.type for token in tokens}
    assert "code_block" not in blocks
    assert "fence" not in blocks
    for token in leaves(tokens):
        if SIGN in token.content:
            assert token.type == "code_inline"
        if token.type in {"link_open", "image"}:
            assert token.type == "link_open"
            assert OURS.fullmatch(str(token.attrs["href"]))
    html = {token.content.strip() for token in leaves(tokens) if token.type.startswith("html")}
    assert {part for part in html if "<summary>" not in part} <= {"<!-- kader:review -->", "</details>"}
    assert written.count("\n<details>\n") == 1


@settings(max_examples=30, deadline=None)
@given(HOSTILE)
def test_no_word_of_ours_becomes_a_mention_or_an_address(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(comment(hostile_review(text), around()))
    words = " ".join(token.content for token in leaves(tokens) if token.type == "text")
    assert not re.search(r"@\w|#\d|\bwww\.|https?:|\bGH-\d", words)


@settings(max_examples=10, deadline=None)
@given(HOSTILE, st.integers(1, 120))
def test_a_comment_has_a_limit_and_whole_items(text: str, times: int) -> None:
    one = hostile_review(text * 20)
    many = one._replace(
        new=Tally(errors=times),
        findings=one.findings * times,
        changes=one.changes._replace(entries=one.changes.entries * times),
    )
    written = comment(many, around())
    assert size(written) <= LIMIT
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written)
    assert written.endswith("met een voorbeeld van de site.\n")
    assert written.count("\n<details>\n") == written.count("\n</details>\n")
    assert all(token.type == "code_inline" for token in leaves(tokens) if SIGN in token.content)


def test_what_does_not_fit_is_counted() -> None:
    one = hostile_review("x" * 400)
    written = comment(one._replace(new=Tally(errors=200), findings=one.findings[:1] * 200), around())
    shown = written.count("- **Fout** in")
    assert 0 < shown <= 50
    assert f"En nog {200 - shown}. Alles staat in het [overzicht van de controle]({RUN})." in written
    assert size(written) <= LIMIT


def test_what_was_not_passed_on_is_counted_too() -> None:
    review = hostile_review("x")._replace(new=Tally(errors=7), left_out=LeftOut(entries=3, relations=2))
    written = comment(review, around())
    assert "\nEn nog 6. " in written
    assert "\nEn nog 5. " in written


def test_a_summary_has_room_for_more_and_no_links() -> None:
    page = {f"{RULES}/awb-02-x.md": rule_page("awb-02", body="".join(f"[{n}](weg-{n}.md)\n" for n in range(90)))}
    written = summary(review_of(page), around(linked=False))
    assert written.count("- **Fout** in") == 90
    assert "](" not in written
    one = hostile_review("x" * 450)
    written = summary(one._replace(findings=one.findings * 2000), around(linked=False))
    assert SUMMARY_LIMIT - 10_000 < size(written) <= SUMMARY_LIMIT


@pytest.mark.parametrize(
    ("review", "checker", "finished", "expected"),
    [
        (Review(), (), True, False),
        (Review(new=Tally(notices=1)), (), True, True),
        (Review(old=Tally(errors=5), solved=Tally(errors=1)), (), True, False),
        (Review(), ("Makefile",), True, True),
        (Review(), (), False, True),
    ],
)
def test_when_there_is_something_to_say(
    review: Review, checker: tuple[str, ...], *, finished: bool, expected: bool
) -> None:
    assert has_news(review, around(checker=checker, finished=finished)) is expected


@pytest.mark.parametrize(
    ("new", "verdict"),
    [
        (Tally(errors=1), "### Nog niet klaar: 1 nieuwe fout\n"),
        (Tally(errors=2, notices=1), "### Nog niet klaar: 2 nieuwe fouten en 1 nieuwe tip\n"),
        (Tally(warnings=1), "### Geen fouten, wel 1 nieuwe waarschuwing\n"),
        (Tally(), "### Geen nieuwe problemen\n"),
    ],
)
def test_the_verdict_comes_first(new: Tally, verdict: str) -> None:
    assert comment(Review(new=new), around()).splitlines(keepends=True)[1] == verdict
