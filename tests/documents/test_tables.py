"""Rows cut into cells, against the two renderers."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.tables import github_cells, has_border, is_separator, is_table, python_markdown_cells
from tests.documents.renderers import render

CELLS = st.text("ab |\\`", max_size=6)
ROWS = st.lists(CELLS, min_size=2, max_size=4).map(lambda cells: f"|x{'|'.join(cells)}y|")
COLUMNS = 32
"""More than a made-up row has: what goes beyond the head is dropped."""

HEAD = f"|{' a |' * COLUMNS}\n|{'---|' * COLUMNS}"


def rendered(row: str, dialect: str) -> list[str]:
    """Give the cells that a renderer makes of a row; of a wide table, so that none is left out."""
    cells = re.findall(r"<td>(.*?)</td>", render(f"{HEAD}\n{row}", dialect))
    return [re.sub(r"[^ab]", "", re.sub(r"<[^>]*>", "", html.unescape(cell))) for cell in cells]


def ours(row: str, cells: list[tuple[int, int]]) -> list[str]:
    words = [re.sub(r"[^ab]", "", row[start:end]) for start, end in cells]
    return words + [""] * (COLUMNS - len(words))


@settings(deadline=None)
@given(row=ROWS)
def test_cells_are_cut_where_the_renderers_cut_them(row: str) -> None:
    assert ours(row, github_cells(row)) == rendered(row, "commonmark")
    assert ours(row, python_markdown_cells(row, bordered=True)) == rendered(row, "python-markdown")


@pytest.mark.parametrize(
    ("head", "separator", "rest"),
    [
        ("| a | b |", "|---|---|", []),
        ("a | b", "---|---", ["c"]),
        ("| a |", "|---|", ["| b |"]),
        ("| a |", "|---|", ["b"]),
        ("| a | b |", "|---|", []),
        ("| a | b |", "| x | y |", []),
        ("a", "---", []),
        ("| a \\| b | c |", ":-- | --:", []),
        ("`a|b` | c", "-|-", []),
        ("| a | b", "|   |   |", []),
    ],
)
def test_what_is_a_table_to_python_markdown(head: str, separator: str, rest: list[str]) -> None:
    text = "\n".join([head, separator, *rest])
    assert is_table(head, separator, rest) is ("<table>" in render(text, "python-markdown"))


def test_borders_and_separators() -> None:
    assert has_border("| a")
    assert has_border("a |")
    assert not has_border(r"a \|")
    assert is_separator("| :-: | --- |")
    assert not is_separator("| :-: | — |")
    assert not is_separator("---")
