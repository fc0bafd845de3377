from __future__ import annotations

import json

import pytest

from pipeline.model.framework import Framework, Index, names_of
from pipeline.model.kinds import ReferenceField
from pipeline.model.load import load
from tests.support import FIXTURES, MemoryTree, schemas_of, small_files, small_framework, small_schemas

SMALL = {path.name: path.read_text("utf-8") for path in (FIXTURES / "klein" / "schemas").iterdir()}


@pytest.mark.parametrize(
    "name", ["urn:klein:regel:awb-01", "awb-01", "awb-01-wees-zorgvuldig", "content/regels/awb-01-wees-zorgvuldig.md"]
)
def test_an_entry_is_found_by_id_code_file_name_or_path(name: str) -> None:
    found = small_framework().find(name)
    assert found is not None
    assert found.id == "urn:klein:regel:awb-01"


@pytest.mark.parametrize("name", ["", "stappen", "AWB-01", "awb-09", "content/regels"])
def test_what_is_no_name_finds_nothing(name: str) -> None:
    assert small_framework().find(name) is None


def test_an_id_goes_before_another_entrys_code() -> None:
    stappen = "- id: urn:klein:regel:awb-01x\n  slug: a\n- id: awb-01\n  slug: b\n"
    found = small_framework({"content/stappen.yaml": stappen}).find("awb-01")
    assert found is not None
    assert found.kind.name == "stap"


def test_what_an_entry_says_and_what_is_said_of_it() -> None:
    framework = small_framework()
    avg, awb, ontwerp = (framework.find(name) for name in ("avg-13", "awb-01", "ont"))
    assert avg and awb and ontwerp  # noqa: PT018 - for the type checker
    assert [reference.key for reference in framework.outgoing(avg)] == ["ontwerp", "awb-01", "awb-01"]
    assert [(reference.origin.code, reference.field) for reference in framework.incoming(awb)] == [
        ("avg-13", "zie-ook.0"),
        ("avg-13", ""),
    ]
    assert [reference.origin.code for reference in framework.incoming(ontwerp)] == ["avg-13", "awb-01"]
    assert framework.incoming(avg) == ()


def test_a_reference_to_nothing_is_nobodys_incoming_one() -> None:
    text = "---\nid: urn:klein:regel:awb-02\ntitle: x\nstatus: concept\nzie-ook: [awb-99]\n---\n"
    framework = small_framework({"content/regels/awb-02-x.md": text})
    entry = framework.find("awb-02")
    assert entry is not None
    assert [reference.target for reference in framework.outgoing(entry)] == [None]
    assert sum(len(framework.incoming(each)) for each in framework.entries) == 5


def test_which_entry_a_place_belongs_to() -> None:
    framework = small_framework()
    text = framework.documents_by_path["content/stappen.yaml"].source.text
    places = {0: "ont", text.index("Ontwerp"): "ont", text.index("Monitoring"): "beh", len(text): None}
    found = {offset: framework.entry_at("content/stappen.yaml", offset) for offset in places}
    assert {offset: entry.code if entry else None for offset, entry in found.items()} == places
    page = framework.entry_at("content/regels/awb-01-wees-zorgvuldig.md", 10_000)
    assert page is not None
    assert page.code == "awb-01"
    assert framework.entry_at("nergens.md", 0) is None


def test_the_parts_of_an_entry() -> None:
    framework = small_framework()
    entry = framework.find("avg-13")
    assert entry is not None
    assert (entry.title, entry.state, entry.stem) == ("Doe vooraf een DPIA", "draft", "avg-13-doe-een-dpia")
    assert (entry.part("status"), entry.part("summary")) == ("concept", None)
    assert entry.location.text == "urn:klein:regel:avg-13"
    assert entry.location.begin.line == 2


@pytest.mark.parametrize(
    ("text", "title", "state", "place"),
    [
        ("geen velden\nmeer", "awb-02", "", "geen velden"),
        ("", "awb-02", "", ""),
        ("---\ntitle: ''\nstatus: 3\n---\n", "awb-02", "", "title: ''\nstatus: 3"),
        ("---\ntitle: [a]\nstatus: onzin\n---\n", "awb-02", "", "title: [a]\nstatus: onzin"),
        ("---\ntitle: Luister\nstatus: vastgesteld\n---\n", "Luister", "final", "title: Luister\nstatus: vastgesteld"),
    ],
)
def test_an_entry_that_lacks_parts(text: str, title: str, state: str, place: str) -> None:
    entry = small_framework({"content/regels/awb-02-x.md": text}).find("awb-02")
    assert entry is not None
    assert (entry.title, entry.state, entry.location.text) == (title, state, place)


def test_entries_of_a_kind_and_of_all() -> None:
    index = small_framework().index
    assert [entry.code for entry in index.of_kind("stap")] == ["ont", "beh"]
    assert len(index.of_kind("*")) == 4
    assert index.of_kind("wet") == ()
    assert set(index.table("stap", "field:slug")) == {"ontwerp", "monitoring-en-beheer"}
    assert index.table("stap", "stem") == {}
    assert index.find("ont", ReferenceField(path=(), to=("regel", "stap"), by="code")) is index.of_kind("stap")[0]


def test_names_of_an_entry() -> None:
    framework = small_framework({"content/regels/awb-02-x.md": "---\na: b: c\n---\n"})
    avg, broken, stap = (framework.find(name) for name in ("avg-13", "awb-02", "ont"))
    assert avg and broken and stap  # noqa: PT018 - for the type checker
    assert list(names_of(avg, "id")) == ["urn:klein:regel:avg-13"]
    assert list(names_of(avg, "code")) == ["avg-13", "urn:klein:regel:avg-13"]
    assert list(names_of(avg, "stem")) == ["avg-13-doe-een-dpia"]
    assert list(names_of(avg, "field:title")) == ["Doe vooraf een DPIA"]
    assert list(names_of(avg, "field:datum")) == []
    assert list(names_of(broken, "field:title")) == ["awb-02"]
    assert list(names_of(stap, "stem")) == []


def test_an_empty_framework() -> None:
    framework = Framework(schemas=small_schemas())
    assert framework.find("avg-13") is None
    assert framework.index.of_kind("*") == ()
    assert framework.settings.ledger == "content/ids.csv"
    assert list(framework.kinds) == ["regel", "stap"]
    assert Index(()).table("*", "id") == {}


def test_kinds_stand_in_the_order_of_the_site() -> None:
    stap = json.loads(SMALL["stap.schema.json"]) | {"x-site": {"order": 0}}
    los = json.loads(SMALL["stap.schema.json"]) | {"$id": "los.schema.json", "x-kind": "los", "x-site": {}}
    los["x-files"] = {"layout": "list", "file": "content/los.yaml"}
    files = {**SMALL, "stap.schema.json": json.dumps(stap), "los.schema.json": json.dumps(los)}
    assert list(load(MemoryTree(small_files()), schemas_of(files)).kinds) == ["stap", "regel", "los"]
