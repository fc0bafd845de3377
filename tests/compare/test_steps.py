"""Texts that would keep `difflib` busy for minutes: what came and what went is told all the same."""

from __future__ import annotations

import pytest

from pipeline.compare.changes import Form
from pipeline.compare.differences import changes_between
from pipeline.compare.steps import matcher
from pipeline.compare.wording import says_the_same
from pipeline.reports.changes.html import marked
from pipeline.reports.review.lines import touched_lines
from tests.review.making import RULES, framework, rule_page

PAGE = f"{RULES}/awb-02-luister.md"
# The same thing again and again, and once in two places something else.
OLD, NEW = ["a"] * 1_500, ["a", "b"] * 750


def test_too_much_that_is_the_same_is_not_set_side_by_side() -> None:
    assert matcher(OLD, NEW) is None
    assert matcher(["a"] * 30, ["b", "a"] * 15) is not None
    assert matcher([*map(str, range(3_000))], [*map(str, range(1_000, 4_000))]) is not None


@pytest.mark.parametrize(
    "form", ["## {}\n\n", "{}. Zo.\n\n", "{}\n\n", "- {}\n"], ids=["headings", "sentences", "paragraphs", "items"]
)
def test_a_hostile_page_is_compared_in_time(form: str) -> None:
    before, after = (rule_page("awb-02", body="".join(map(form.format, row))) for row in (OLD, NEW))
    (change,) = changes_between(framework({PAGE: before}), framework({PAGE: after})).entries
    assert change.form is Form.CHANGED
    assert any("b" in " ".join((each.section, *each.new)) for each in change.texts)


def test_hostile_words_and_lines_are_compared_in_time() -> None:
    old, new = " ".join(OLD), " ".join(NEW)
    assert not says_the_same(old, new)
    assert marked(old[:3_000], new[:3_000]).new
    rows = [str(number % 110) for number in range(20_000)]
    assert touched_lines("\n".join(rows), "\n".join(x for row in rows[:10_000] for x in (row, "n" + row)))
