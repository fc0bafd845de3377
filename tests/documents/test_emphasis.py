"""Signs of emphasis that become nothing, against the two renderers."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.emphasis import leftovers
from tests.documents.renderers import render

PIECES = st.sampled_from(["*", "**", "***", "_", "__", " ", "a", "b c", ".", "(", '"', "é", "😀"])
WORDS = st.sampled_from(["vet", "twee woorden", "é"])
SIGNS = st.sampled_from(["*", "**", "***", "_", "__"])
SPACES = st.sampled_from(["", " "])


def literal(text: str, dialect: str) -> Counter[str]:
    shown = re.sub(r"<[^>]*>", "", render(text, dialect))
    return Counter(char for char in shown if char in "*_")


def left(text: str, *, loose: bool = False) -> Counter[str]:
    found: Counter[str] = Counter()
    for run in leftovers(text, [], loose=loose):
        found[run.sign] += run.left
    return found


# Both signs through one another, over and over, is no mistake that a person makes.
@given(
    st.lists(PIECES, max_size=10)
    .map(lambda pieces: f"x{''.join(pieces)}y")
    .filter(lambda text: "*" not in text or "_" not in text)
)
def test_commonmark_leaves_the_same_signs(text: str) -> None:
    assert left(text) == literal(text, "commonmark")


@given(sign=SIGNS, inner=WORDS, first=SPACES, last=SPACES, before=SPACES, after=SPACES)
def test_python_markdown_leaves_the_same_signs_of_a_pair(
    sign: str, inner: str, *, first: str, last: str, before: str, after: str
) -> None:
    text = f"x{before}{sign}{first}{inner}{last}{sign}{after}y"
    assert left(text, loose=True) == literal(text, "python-markdown")


def test_what_is_covered_or_escaped_has_no_signs() -> None:
    text = r"\** a `** b` **c**"
    assert [(run.start, run.left) for run in leftovers(text, [(6, 12)], loose=False)] == [(2, 1)]
