"""How the schemas say what style texts have."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model.schemas import load_schemas, plain_schema
from pipeline.model.style import Style, read_style
from tests.support import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.documents.document import Flaw
    from pipeline.model.kinds import Schemas

TEXT = {"nl": "K", "en": "F"}


def read(framework: Mapping[str, Any], kind: Mapping[str, Any]) -> tuple[Schemas | None, tuple[Flaw, ...]]:
    label = {"one": "les", "many": "lessen"}
    les = {
        "$id": "les.schema.json",
        "x-kind": "les",
        "x-labels": {"nl": label, "en": label},
        "x-files": {"layout": "document", "folder": "c"},
        "x-id": {"in": "stem"},
        "x-style": kind,
        "properties": {
            "title": {"type": "string", "x-means": "title"},
            "datum": {"type": "string"},
            "tekst": {"type": "string", "x-prose": True},
            "lijst": {"items": {"type": "string", "x-prose": True}},
            "code": {"type": "string", "x-prose": False},
        },
    }
    settings = {"name": TEXT, "folders": ["c"], "style": framework}
    files: dict[str, str | bytes | OSError] = {
        "framework.json": json.dumps(settings),
        "les.schema.json": json.dumps(les),
    }
    return load_schemas(MemoryTree(files))


def test_without_a_word_nothing_is_asked() -> None:
    assert read_style({}, Style()) == Style()
    assert Style().passive is None
    assert Style().date_field is None


def test_a_kind_adds_to_the_framework() -> None:
    framework = {
        "titles": {"full-stop": False, "characters": 80},
        "summaries": {"words": [10, 40]},
        "plain-words": {"middels": "met", "men": "je"},
        "names": ["Wet open overheid"],
    }
    kind = {
        "titles": {"characters": 60, "imperative": True, "verbs": ["Fluister"]},
        "sentences": {"passive": 0},
        "plain-words": {"men": ["je", "we"]},
        "names": ["Algemene wet"],
        "dates": {"field": "datum"},
        "advice": {"binding": ["les"]},
    }
    schemas, flaws = read(framework, kind)
    assert not flaws
    assert schemas is not None
    assert schemas.settings.style.title_characters == 80
    assert schemas.kinds["les"].style == Style(
        title_stop=False,
        title_characters=60,
        imperative=True,
        verbs=("Fluister",),
        summary_words=(10, 40),
        passive=0,
        plain_words={"middels": ("met",), "men": ("je", "we")},
        names=("Wet open overheid", "Algemene wet"),
        date_field="datum",
        binding=("les",),
    )
    assert schemas.kinds["les"].prose == (("tekst",), ("lijst", "*"))


def test_the_length_of_a_title_is_told_to_other_tools() -> None:
    schemas, _ = read({"titles": {"characters": 80}}, {})
    assert schemas is not None
    assert plain_schema(schemas.kinds["les"])["properties"]["title"]["maxLength"] == 80
    assert "maxLength" not in schemas.kinds["les"].properties["title"]


@pytest.mark.parametrize(
    ("framework", "kind", "variant", "words"),
    [
        ({}, {"dates": {"field": "dag"}}, "no-such-field", '"dag"'),
        ({}, {"advice": {"binding": ["les", "wet"]}}, "unknown-kind", '"wet"'),
        ({"advice": {"binding": ["wet"]}}, {}, "unknown-kind", '"wet"'),
        ({"title": {}}, {}, "keyword", '"title"'),
        ({}, {"sentences": {"words": 0}}, "", "0"),
        ({"plain-words": {"men": []}}, {}, "", "[]"),
    ],
)
def test_a_mistake_is_found_at_its_place(
    framework: Mapping[str, Any], kind: Mapping[str, Any], variant: str, words: str
) -> None:
    schemas, (flaw, *more) = read(framework, kind)
    assert schemas is None
    assert not more
    assert flaw.rule == "schema/invalid-schema"
    assert (flaw.problem.variant, flaw.problem.location.text) == (variant, words)


def test_both_meta_schemas_say_the_same() -> None:
    both = [
        json.loads(resources.files("pipeline.model").joinpath("meta", f"{name}.schema.json").read_text("utf-8"))
        for name in ("framework", "kind")
    ]
    for name in ("style", "limit", "phrases", "alternatives"):
        assert both[0]["$defs"][name] == both[1]["$defs"][name]
