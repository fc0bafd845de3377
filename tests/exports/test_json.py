"""The JSON export and the schema that is made with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from pipeline.exports.artifact import Context
from pipeline.exports.json import FILE, SCHEMA, export
from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.world.files import WorkingTree
from tests.support import ROOT, small_framework

if TYPE_CHECKING:
    from pipeline.model.framework import Framework

CONTEXT = Context(version="1.2.3", revision="0" * 40, date="2026-08-02")


def exported(framework: Framework) -> tuple[Any, Any]:
    made = {artifact.name: json.loads(artifact.content) for artifact in export(framework, CONTEXT)}
    return made[FILE], made[SCHEMA]


@pytest.fixture(scope="module")
def own() -> Framework:
    schemas, _ = load_schemas(WorkingTree(ROOT / "schemas"))
    assert schemas is not None
    return load(WorkingTree(ROOT), schemas, keep_tokens=True)


def test_the_schema_describes_the_data_of_our_own_content(own: Framework) -> None:
    data, schema = exported(own)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)] == []
    assert len(data["entries"]) == len(own.entries)


def test_the_schema_refuses_what_is_not_described(own: Framework) -> None:
    data, schema = exported(own)
    entry = next(each for each in data["entries"] if each["fields"].get("status"))
    entry["fields"]["status"] = "misschien"
    assert not jsonschema.Draft202012Validator(schema).is_valid(data)


def entry_of(data: Any, code: str) -> Any:  # noqa: ANN401
    return next(entry for entry in data["entries"] if entry["code"] == code)


def test_an_entry_holds_its_text_three_times() -> None:
    data, _ = exported(small_framework(keep_tokens=True))
    body = entry_of(data, "avg-13")["body"]
    assert body["markdown"].startswith("## Regel\n\nOnderzoek vooraf")
    assert "<p>Onderzoek vooraf" in body["html"]
    assert body["text"].startswith("Regel\n\nOnderzoek vooraf")
    assert "Noem Wees zorgvuldig in je verslag." in body["text"]
    assert "<script" not in body["html"]


def test_relations_stand_on_both_sides() -> None:
    data, _ = exported(small_framework(keep_tokens=True))
    outgoing = entry_of(data, "avg-13")["relations"]["outgoing"]
    incoming = entry_of(data, "ont")["relations"]["incoming"]
    assert {"field": "stap", "id": "urn:klein:stap:ont", "kind": "stap"} in outgoing
    assert {
        "field": "stap",
        "relation": "regels",
        "id": "urn:klein:regel:avg-13",
        "kind": "regel",
    } in incoming


def test_a_citation_has_its_words_and_its_address(own: Framework) -> None:
    data, _ = exported(own)
    assert {
        "field": "verwijzingen.bron",
        "source": "urn:nl:ak:brn:avg",
        "locator": "35",
        "text": "AVG, artikel 35",
        "url": "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679#art_35",
    } in entry_of(data, "avg-13")["citations"]


def test_it_tells_which_commit_it_is_made_from() -> None:
    data, _ = exported(small_framework(keep_tokens=True))
    about = data["framework"]
    assert (about["version"], about["date"], about["license"]) == ("1.2.3", "2026-08-02", "EUPL-1.2")


def test_the_same_framework_gives_the_same_bytes(own: Framework) -> None:
    assert [each.content for each in export(own, CONTEXT)] == [each.content for each in export(own, CONTEXT)]
