from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reports.excerpt import excerpt
from pipeline.text import Source, display_width
from tests.reports.samples import marked

CASES = {
    "a value": ("- ⟦avg-31⟧", "- avg-31", "  ^^^^^^"),
    "one place between two characters": ("a⟦⟧b", "ab", " ^"),
    "the end of a line": ("ab⟦⟧\ncd", "ab", "  ^"),
    "the second line, ended as on Windows": ("a\r\n- ⟦b⟧\r\nc", "- b", "  ^"),
    "more than one line: the first": ("een ⟦twee\ndrie⟧", "een twee", "    ^^^^"),
    "tabs are shown": ("a:\t⟦b⟧", "a:→   b", "      ^"),
    "spaces that are the mistake are shown": ("titel⟦  ⟧", "titel··", "     ^^"),
    "so is a space that looks like another": ("a⟦\u00a0⟧b", "a\\u00a0b", " ^^^^^^"),
    "hidden characters are escaped": ("a\u202eb ⟦c⟧", "a\\u202eb c", "         ^"),
    "wide characters take two columns": ("漢 ⟦字⟧!", "漢 字!", "   ^^"),
    "accents take none": ("e\u0301 ⟦x⟧", "e\u0301 x", "  ^"),
    "a line that just fits": ("⟦x⟧" + "a" * 19, "x" + "a" * 19, "^"),
    "a long line is cut at its end": ("⟦avg⟧" + "a" * 40, "avg" + "a" * 16 + "…", "^^^"),
    "or so that its end can be marked": ("a" * 20 + "⟦⟧", "…" + "a" * 18, " " * 19 + "^"),
    "or at its start": ("a" * 40 + " ⟦avg⟧", "…" + "a" * 15 + " avg", " " * 17 + "^^^"),
    "or at both": ("a" * 40 + "⟦bbb⟧" + "c" * 40, "…aaaaaabbbccccccccc…", " " * 7 + "^^^"),
    "a long value fills the line": ("a" * 40 + "⟦" + "b" * 40 + "⟧", "…aaaaaabbbbbbbbbbbb…", " " * 7 + "^" * 12),
    "what a runner obeys is broken up": ("⟦a⟧ ##[error]", "a ##\\u005berror]", "^"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_line_and_mark(case: tuple[str, str, str]) -> None:
    text, line, marks = case
    found = excerpt(marked(text), 20)
    assert found is not None
    assert (found.line, " " * found.start + "^" * (found.end - found.start)) == (line, marks)


def test_an_empty_line_says_nothing() -> None:
    assert excerpt(marked("a\n⟦⟧\nb"), 20) is None


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80), st.data(), st.integers(20, 80))
def test_never_wider_than_the_room(text: str, data: st.DataObject, room: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = excerpt(Source(path="a.md", text=text).at(start, end), room)
    if found:
        assert display_width(found.line) <= room
        assert 0 <= found.start < found.end <= room


def test_a_line_of_a_megabyte_is_quick_to_show() -> None:
    source = Source(path="a.md", text="a" * 1_000_000)
    for start in range(0, 1_000_000, 100):
        assert excerpt(source.at(start, start + 5), 60)
