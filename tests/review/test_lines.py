"""Safe fixes as whole lines, and only on lines that the change touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Edit, Fix
from pipeline.fixing.patch import applied
from pipeline.reports.review.lines import line_fix, touched_lines
from pipeline.reports.review.values import LineFix
from pipeline.text import Source

TEXT = "een\ntwee\ndrie\nvier"
ALL = range(1, 100)


def fix(text: str, *edits: tuple[int, int, str], safe: bool = True) -> Fix:
    source = Source(path="a.md", text=text)
    return Fix("", tuple(Edit(source.at(start, end), new) for start, end, new in edits), safe)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param((4, 8, "TWEE"), (2, 2, ["TWEE"]), id="a word"),
        pytest.param((4, 9, ""), (2, 2, []), id="a whole line with its end"),
        pytest.param((3, 8, ""), (1, 2, ["een"]), id="a line with the end before it"),
        pytest.param((4, 4, "anderhalf\n"), (2, 2, ["anderhalf", "twee"]), id="a line before another"),
        pytest.param((8, 8, "\ntweeënhalf"), (2, 2, ["twee", "tweeënhalf"]), id="a line after another"),
        pytest.param((7, 11, "X"), (2, 3, ["tweXie"]), id="over a line end"),
        pytest.param((14, 18, ""), (4, 4, []), id="the last line without an end"),
        pytest.param((18, 18, "\n"), None, id="an end for the last line: the same lines"),
        pytest.param((4, 8, "\u200btwee"), None, id="a sign that nobody sees"),
        pytest.param((4, 8, "x\n" * 50), None, id="too many lines"),
    ],
)
def test_an_edit_as_whole_lines(edit: tuple[int, int, str], expected: tuple[int, int, list[str]] | None) -> None:
    found = line_fix(fix(TEXT, edit), ALL)
    assert found == (LineFix("a.md", expected[0], expected[1], tuple(expected[2])) if expected else None)


def test_edits_of_one_fix_go_together() -> None:
    assert line_fix(fix(TEXT, (0, 1, "E"), (9, 10, "D")), ALL) == LineFix("a.md", 1, 3, ("Een", "twee", "Drie"))


def test_what_is_no_suggestion() -> None:
    assert line_fix(None, ALL) is None
    assert line_fix(fix(TEXT, (4, 8, "TWEE"), safe=False), ALL) is None
    assert line_fix(fix(TEXT, (4, 8, "TWEE")), [1, 3, 4]) is None  # a line that the change leaves alone
    assert line_fix(fix(TEXT.replace("\n", "\r\n"), (5, 9, "TWEE")), ALL) is None
    assert line_fix(fix("een \u202e\n", (0, 3, "EEN")), ALL) is None  # what it replaces cannot be seen either


LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8).map("\n".join)


@given(LINES, st.data(), st.text("xy\n", max_size=4))
def test_taking_over_the_lines_is_applying_the_fix(text: str, data: st.DataObject, new: str) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    made = fix(text, (start, end, new))
    found = line_fix(made, ALL)
    if found is not None:
        lines = text.split("\n")
        lines[found.first - 1 : found.last] = found.lines
        # The end of the last line of a file is no part of a suggestion.
        assert "\n".join(lines).rstrip("\n") == applied(text, made.edits).rstrip("\n")


@given(LINES, LINES)
def test_lines_that_were_not_touched_were_there(before: str, after: str) -> None:
    touched = touched_lines(before, after)
    lines = after.split("\n")
    assert touched <= set(range(1, len(lines) + 1))
    kept = iter(before.split("\n"))
    assert all(line in kept for number, line in enumerate(lines, 1) if number not in touched)


def test_touched_lines() -> None:
    assert touched_lines("", TEXT) == {1, 2, 3, 4}
    assert touched_lines(TEXT, TEXT.replace("twee", "2")) == {2}
    assert touched_lines(TEXT, TEXT.replace("twee\n", "")) == frozenset()
    assert touched_lines(TEXT, TEXT) == frozenset()
