from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.model.schemas import load_schemas
from tests.support import FIXTURES, MemoryTree, _files
from tests.sync.filled_in import FORM, regel_schema


def mistakes(form: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the variant of each flaw of a form, with the text that it points at."""
    files: dict[str, str | bytes] = {**_files(FIXTURES / "klein" / "schemas")}
    files["regel.schema.json"] = json.dumps(regel_schema(form))
    _, flaws = load_schemas(MemoryTree(files))
    return [(flaw.problem.variant, flaw.problem.location.text) for flaw in flaws]


def asking(*questions: dict[str, Any]) -> dict[str, Any]:
    return {**FORM, "questions": [{"field": "title"}, *questions]}


def test_a_form_that_fits_its_kind_is_right() -> None:
    assert not mistakes(FORM)
    assert not mistakes({**FORM, "prefix": "stap"})


@pytest.mark.parametrize(
    ("form", "variant", "place"),
    [
        (asking({"field": "tietel"}), "no-such-field", '"tietel"'),
        (asking({"section": "Regels"}), "form-section", '"Regels"'),
        (asking({"field": "title", "label": "Nog eens"}), "twice", '{"field": "title", "label": "Nog eens"}'),
        (asking({"field": "bron", "label": "TITLE "}), "form-label", '{"field": "bron", "label": "TITLE "}'),
        ({**FORM, "questions": [{"section": "Regel"}]}, "form-lacks", None),
        ({**FORM, "filled": {"x": "y"}}, "no-such-field", '"y"'),
        ({**FORM, "day": "dag"}, "no-such-field", '"dag"'),
        ({**FORM, "prefix": "title"}, "form-prefix", '"title"'),
        ({**FORM, "prefix": "opgevolgd-door"}, "form-prefix", '"opgevolgd-door"'),
        ({**FORM, "file": "../x"}, "form", '"../x"'),
        ({**FORM, "file": "a/b"}, "form", '"a/b"'),
        (asking({"field": "bron", "section": "Regel"}), "", '{"field": "bron", "section": "Regel"}'),
        ({**FORM, "labels": []}, "", "[]"),
        ({**FORM, "labelz": ["x"]}, "keyword", '"labelz"'),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_wrong_with_a_form_is_told_at_its_place(form: dict[str, Any], variant: str, place: str | None) -> None:
    found = mistakes(form)
    assert variant in [each for each, _ in found], found
    assert place is None or (variant, place) in found, found


def test_a_form_cannot_ask_for_groups_of_fields() -> None:
    files: dict[str, str | bytes] = {**_files(FIXTURES / "klein" / "schemas")}
    schema = regel_schema(asking({"field": "groep"}))
    schema["properties"]["groep"] = {"type": "object", "properties": {}}
    files["regel.schema.json"] = json.dumps(schema)
    _, flaws = load_schemas(MemoryTree(files))
    assert [flaw.problem.variant for flaw in flaws] == ["form-field"]


def test_entries_in_one_file_together_have_no_form() -> None:
    files: dict[str, str | bytes] = {**_files(FIXTURES / "klein" / "schemas")}
    stap = json.loads(files["stap.schema.json"])
    names = [name for name in stap["properties"] if name != "id"]
    stap["x-form"] = {**FORM, "questions": [{"field": name} for name in names], "filled": {}, "day": ""}
    del stap["x-form"]["day"], stap["x-form"]["filled"]
    files["stap.schema.json"] = json.dumps(stap)
    _, flaws = load_schemas(MemoryTree(files))
    assert [flaw.problem.variant for flaw in flaws] == ["form-layout"]
