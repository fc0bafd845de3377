from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.artifact import Context
from pipeline.exports.site.frame import Frame
from pipeline.sync.proposals.forms import _distinct, forms_of, written
from tests.support import ROOT
from tests.sync.filled_in import AGREEMENT, FORM, form, own_framework

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(path for path in FOLDER.glob("*.yml") if path.name != "config.yml")
each_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def test_a_form_asks_what_the_schema_says() -> None:
    value = yaml.safe_load(written(form()))
    assert value["name"] == FORM["name"]
    assert value["labels"] == ["voorstel", "soort: regel"]
    intro, title, text, steps, also, source, number, agree = value["body"]
    assert intro == {"type": "markdown", "attributes": {"value": FORM["intro"]}}
    assert title == {
        "type": "input",
        "id": "title",
        "attributes": {"label": "Titel", "description": "Wat moet er?"},
        "validations": {"required": True},
    }
    assert (text["type"], text["id"], text["attributes"]["label"]) == ("textarea", "tekst-regel", "Regel")
    assert text["attributes"]["description"] == "Schrijf 1 tot 40 woorden."
    assert steps["attributes"]["multiple"] is True
    assert steps["attributes"]["options"] == ["Ontwerp", "Monitoring en beheer"]
    assert [each["type"] for each in (also, source, number)] == ["textarea", "input", "input"]
    assert [each["label"] for each in agree["attributes"]["options"]] == AGREEMENT["items"]
    assert all(each["required"] for each in agree["attributes"]["options"])


@pytest.mark.parametrize("made", forms_of(own_framework()), ids=lambda made: made.form.file)
def test_the_forms_in_the_repository_are_what_the_schemas_ask(made: Any) -> None:  # noqa: ANN401 - an issue form
    assert (ROOT / made.path).read_text("utf-8") == written(made), "run: kader forms"


def test_each_proposal_has_a_form_and_one_more_is_for_mistakes() -> None:
    made = {each.form.file for each in forms_of(own_framework())}
    assert {path.stem for path in FORMS} == made | {"fout-melden"}


# What GitHub asks of a form, and a JSON Schema cannot say


@each_form
def test_ids_and_labels_are_unique(path: Path) -> None:
    body = yaml.safe_load(path.read_text("utf-8"))["body"]
    asked = [each for each in body if each["type"] != "markdown"]
    ids = [each["id"].casefold() for each in asked]
    labels = [each["attributes"]["label"].strip().casefold() for each in asked]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(labels)


@each_form
def test_options_are_texts_that_differ_and_none_is_reserved(path: Path) -> None:
    for element in yaml.safe_load(path.read_text("utf-8"))["body"]:
        options = element["attributes"].get("options", ())
        words = [each["label"] if isinstance(each, dict) else each for each in options]
        assert all(isinstance(word, str) and word.strip() for word in words)
        assert len({word.casefold() for word in words}) == len(words)
        assert "none" not in {word.casefold() for word in words}


@each_form
def test_every_form_asks_to_agree(path: Path) -> None:
    body = yaml.safe_load(path.read_text("utf-8"))["body"]
    (boxes,) = [each for each in body if each["type"] == "checkboxes"]
    agreement = own_framework().settings.agreement
    assert boxes["attributes"]["label"] == agreement.label
    assert [each["label"] for each in boxes["attributes"]["options"]] == list(agreement.items)
    assert all(each["required"] for each in boxes["attributes"]["options"])


@given(st.lists(st.tuples(st.sampled_from(["Ja", "ja", "None", "A, b", " A "]), st.sampled_from("abc")), max_size=4))
def test_options_can_always_be_told_apart(pairs: list[tuple[str, str]]) -> None:
    unique = list(dict.fromkeys((label.strip().casefold(), value) for label, value in pairs))
    made = [label.casefold() for label, _ in _distinct(unique)]
    assert len(set(made)) == len(made)
    assert "none" not in made


# The link on the site


def leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - any YAML
    if isinstance(value, dict):
        yield from (name for below in value.values() for name in leaves(below))
        yield str(value.get("id", ""))
    elif isinstance(value, list):
        yield from (name for below in value for name in leaves(below))


def test_the_link_on_the_site_fills_in_fields_that_the_form_has() -> None:
    framework = own_framework()
    frame = Frame(framework, Context(version="1.2.0", revision="", date=""))
    title = "A & B #1 +\n%20 {id} “é”"
    address = urlsplit(frame.feedback(title=title, path="/maatregelen/org-01/", id_="urn:nl:ak:mtr:org-01"))
    query = parse_qs(address.query)
    (template,) = query.pop("template")
    value = yaml.safe_load((FOLDER / template).read_text("utf-8"))
    assert query.pop("title") == [f"{value['title']}{title}"]
    assert set(query) < set(leaves(value))
    assert query == {"id": ["urn:nl:ak:mtr:org-01"], "pagina": ["/maatregelen/org-01/"], "versie": ["1.2.0"]}
