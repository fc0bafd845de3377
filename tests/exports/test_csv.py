"""The CSV export."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.artifact import Context
from pipeline.exports.csv import export
from pipeline.exports.plain import cell
from tests.support import small_framework


def tables() -> dict[str, list[dict[str, str]]]:
    return {
        artifact.name: list(csv.DictReader(io.StringIO(artifact.content.decode(), newline="")))
        for artifact in export(small_framework(keep_tokens=True), Context())
    }


def test_a_table_for_each_kind_and_one_of_relations() -> None:
    assert list(tables()) == ["csv/regel.csv", "csv/stap.csv", "csv/relaties.csv"]


def test_a_row_has_every_field_and_the_text() -> None:
    row = next(row for row in tables()["csv/regel.csv"] if row["code"] == "avg-13")
    assert row["id"] == "urn:klein:regel:avg-13"
    assert row["title"] == "Doe vooraf een DPIA"
    assert row["artikel"] == "35"
    assert row["stap"] == "ontwerp"
    assert row["tekst"].startswith("## Regel")


def test_several_values_are_joined() -> None:
    row = next(row for row in tables()["csv/regel.csv"] if row["code"] == "awb-01")
    assert row["stap"] == "ontwerp|monitoring-en-beheer"


def test_relations_name_both_ends() -> None:
    assert {
        "van": "urn:klein:regel:avg-13",
        "van_soort": "regel",
        "veld": "stap",
        "naar": "urn:klein:stap:ont",
        "naar_soort": "stap",
        "locator": "",
    } in tables()["csv/relaties.csv"]


def test_lines_end_as_rfc_4180_says() -> None:
    content = next(iter(export(small_framework(keep_tokens=True), Context()))).content
    assert b"\r\n" in content
    assert content.endswith(b"\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_cannot_run_as_a_formula(start: str) -> None:
    assert cell(f"{start}HYPERLINK(A1)") == f"'{start}HYPERLINK(A1)"
    assert str(cell([f"{start}1", "b"])).startswith("'")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_value_becomes_a_cell_that_is_no_formula(value: Any) -> None:  # noqa: ANN401
    made = cell(value)
    assert isinstance(made, (str, int, float))
    assert not (isinstance(made, str) and made.startswith(("=", "+", "-", "@", "\t", "\r")))
