from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest

from pipeline.documents.parse import parse_document
from pipeline.model.load import entries_of, load, read_document
from pipeline.rules.run import check_document, inspected
from tests.support import (
    CORPUS,
    FIXTURES,
    ROOT,
    MemoryTree,
    OutsideRootError,
    needs_corpus,
    schemas_of,
    small_files,
    small_framework,
    small_schemas,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.documents.document import Document
    from pipeline.findings import Problem
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind, Schemas

AVG = "content/regels/avg-13-doe-een-dpia.md"
AWB = "content/regels/awb-01-wees-zorgvuldig.md"
STAPPEN = "content/stappen.yaml"
SMALL = {path.name: path.read_text("utf-8") for path in (FIXTURES / "klein" / "schemas").iterdir()}


def framework_of(changes: Mapping[str, str | bytes | OSError | None]) -> Framework:
    return small_framework(changes)


def ids(framework: Framework) -> list[str]:
    return [entry.id.removeprefix("urn:klein:") for entry in framework.entries]


def flaws(framework: Framework) -> list[tuple[str, str]]:
    return [(document.source.path, flaw.rule) for document in framework.documents for flaw in document.flaws]


def entry(framework: Framework, name: str) -> Entry:
    found = framework.find(name)
    assert found is not None
    return found


def test_entries_stand_in_the_order_of_their_files() -> None:
    assert ids(small_framework()) == ["regel:avg-13", "regel:awb-01", "stap:ont", "stap:beh"]


# Files that are not as they should be


def test_a_file_that_vanished_since_it_was_listed_is_no_file() -> None:
    framework = framework_of({AWB: FileNotFoundError(2, "gone")})
    assert ids(framework) == ["regel:avg-13", "stap:ont", "stap:beh"]
    assert AWB not in framework.files
    assert not flaws(framework)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (PermissionError(13, "Permission denied"), "source/unreadable"),
        (IsADirectoryError(21, "Is a directory"), "source/unreadable"),
        (OutsideRootError(AWB), "source/outside-root"),
        (b"\xff\xfe", "source/not-utf8"),
        (b"x" * 1_048_577, "source/too-large"),
        (b"---\ntitle: a: b\n---\n", "schema/invalid-yaml"),
        (b"---\ntitle: a\n", "schema/unclosed-front-matter"),
    ],
    ids=lambda content: str(content)[:24],
)
def test_a_file_that_cannot_be_read_keeps_its_id_by_its_name(content: bytes | OSError, rule: str) -> None:
    framework = framework_of({AWB: content})
    assert flaws(framework) == [(AWB, rule)]
    assert ids(framework) == ["regel:avg-13", "regel:awb-01", "stap:ont", "stap:beh"]
    assert entry(framework, "awb-01").fields == {}
    assert [reference.key for reference in framework.references if reference.target is None] == []


def test_a_name_that_tells_no_code_stands_for_itself() -> None:
    framework = framework_of({"content/regels/losse-gedachte.md": "geen velden"})
    assert "regel:losse-gedachte" in ids(framework)


def test_items_without_id_are_told_apart() -> None:
    framework = framework_of({STAPPEN: "- title: a\n- slug: b\n- los\n- id: 7\n"})
    assert ids(framework)[2:] == ["stap:stappen-1", "stap:stappen-2", "stap:stappen-4"]


@pytest.mark.parametrize("content", ["", "a: b\n", "los\n", "- [\n", "- a\n- b\n", "[[]]\n"])
def test_a_list_file_without_entries(content: str) -> None:
    assert ids(framework_of({STAPPEN: content})) == ["regel:avg-13", "regel:awb-01"]


@pytest.mark.parametrize("front", ["- a\n", "los\n", "13\n", "null\n", "# niets\n"])
def test_front_matter_without_fields(front: str) -> None:
    framework = framework_of({AWB: f"---\n{front}---\n"})
    assert entry(framework, "awb-01").fields == {}
    assert entry(framework, "awb-01").node is None


def test_an_unclaimed_file_in_a_folder_of_the_framework_is_noted() -> None:
    framework = framework_of(
        {"content/los.md": "x", "content/los.yml": "x", "content/beeld.png": b"\x89", "los.md": "x"}
    )
    assert framework.unclaimed == ("content/los.md", "content/los.yml")
    assert {"content/beeld.png", "los.md"} <= framework.files


def test_an_ignored_file_is_neither_entry_nor_unclaimed() -> None:
    settings = json.loads(SMALL["framework.json"]) | {"ignored": ["content/regels/README.md", "content/*.txt.md"]}
    schemas = schemas_of({**SMALL, "framework.json": json.dumps(settings)})
    files: dict[str, str | bytes] = {**small_files(), "content/regels/README.md": "x", "content/a.txt.md": "x"}
    framework = load(MemoryTree(files), schemas)
    assert len(framework.entries) == 4
    assert framework.unclaimed == ()


def test_progress_counts_every_file_once_and_ends_with_all() -> None:
    steps: list[tuple[int, int]] = []
    files: dict[str, bytes | OSError] = {**small_files(), AWB: FileNotFoundError(2, "gone")}
    load(MemoryTree(files), small_schemas(), progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_tokens_are_kept_only_when_asked_for() -> None:
    tree, kind = MemoryTree(small_files()), small_schemas().kinds["regel"]
    bare, whole = read_document(tree, AVG, kind), read_document(tree, AVG, kind, keep_tokens=True)
    assert bare is not None
    assert bare.body is not None
    assert whole is not None
    assert whole.body is not None
    assert not bare.body.tokens
    assert whole.body.tokens


# Beside the entries: navigation and the ledger

NAVIGATION = json.dumps(
    json.loads(SMALL["framework.json"]) | {"navigation": [{"file": "menu.yml", "format": "mkdocs"}]}
)


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("nav: [content/a.md]\nx: !ENV [A, b]\ny: &a b\nz: *a\n", []),
        ("nav: a: b\n", ["schema/invalid-yaml"]),
        (b"\xff", ["source/not-utf8"]),
        (b"x" * 1_048_577, ["source/too-large"]),
        ("[" * 100, ["source/too-large"]),
        (PermissionError(13, "no"), ["source/unreadable"]),
        (OutsideRootError("menu.yml"), ["source/outside-root"]),
    ],
    ids=lambda content: str(content)[:24],
)
@pytest.mark.parametrize("name", ["menu.yml", "content/ids.csv"])
def test_extra_files_are_read_and_judged_as_far_as_they_matter(
    name: str, content: str | bytes | OSError, rules: list[str]
) -> None:
    schemas = schemas_of({**SMALL, "framework.json": NAVIGATION})
    framework = load(MemoryTree({**small_files(), name: content}), schemas)
    expected = rules if name == "menu.yml" or not isinstance(content, str) else []
    assert [flaw.rule for flaw in framework.extras[name].flaws] == expected


@pytest.mark.parametrize("content", [None, FileNotFoundError(2, "gone")])
def test_an_extra_file_that_is_not_there_is_left_out(content: OSError | None) -> None:
    schemas = schemas_of({**SMALL, "framework.json": NAVIGATION})
    files = {path: data for path, data in small_files().items() if path != "content/ids.csv"}
    tree = MemoryTree({**files, **({"menu.yml": content, "content/ids.csv": content} if content else {})})
    assert dict(load(tree, schemas).extras) == {}


def test_one_file_may_be_navigation_and_ledger_at_once() -> None:
    settings = json.loads(NAVIGATION) | {"ledger": "menu.yml"}
    schemas = schemas_of({**SMALL, "framework.json": json.dumps(settings)})
    framework = load(MemoryTree({**small_files(), "menu.yml": "nav: []\n"}), schemas)
    assert framework.extras["menu.yml"].front is not None


# Ids and references


def kind_of(**keywords: object) -> Kind:
    regel = json.loads(SMALL["regel.schema.json"]) | keywords
    return schemas_of({**SMALL, "regel.schema.json": json.dumps(regel)}).kinds["regel"]


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ({"in": "stem"}, ("avg-13-x", "avg-13-x")),
        ({"in": "path"}, ("diep/avg-13-x", "diep/avg-13-x")),
        ({"in": "stem", "template": "urn:x:{code}"}, ("urn:x:avg-13-x", "avg-13-x")),
        ({"field": "id", "template": "urn:x:{code}", "code": "[a-z]{3}-[0-9]{2}"}, ("urn:x:awb-02", "awb-02")),
        ({"field": "id", "template": "urn:y:{code}", "code": "[a-z]{3}-[0-9]{2}"}, ("urn:x:awb-02", "urn:x:awb-02")),
        ({"field": "title", "template": "t:{code}"}, ("Luister", "Luister")),
        ({"field": "aantal", "template": "t:{code}", "code": "[a-z]{3}-[0-9]{2}"}, ("t:avg-13", "avg-13")),
        ({"field": "artikel", "template": "t:{code}"}, ("t:avg", "avg")),
    ],
)
def test_where_an_id_comes_from(identity: dict[str, str], expected: tuple[str, str]) -> None:
    files = {"layout": "document", "folder": "content", "recursive": True, "name": "{code}-{slug}"}
    kind = kind_of(**{"x-id": identity, "x-files": files})
    text = "---\nid: urn:x:awb-02\ntitle: Luister\naantal: 3\nartikel: ''\n---\n"
    document = parse_document(
        "content/diep/avg-13-x.md", text.encode(), layout="document", dialect="commonmark", slugs="github"
    )
    (found,) = entries_of(document, kind)
    assert (found.id, found.code) == expected


def references(framework: Framework) -> list[tuple[str, str, str, str | None]]:
    return [
        (
            reference.origin.code,
            reference.field or "(tekst)",
            reference.key,
            reference.target.code if reference.target else None,
        )
        for reference in framework.references
    ]


def page(code: str, fields: str = "", body: str = "") -> dict[str, str]:
    front = f"---\nid: urn:klein:regel:{code}\ntitle: Regel {code}\nstatus: concept\n{fields}---\n\n"
    return {f"content/regels/{code}-x.md": f"{front}## Regel\n\n{body}\n"}


def test_references_by_code_by_id_and_by_a_field() -> None:
    fields = (
        "opgevolgd-door: [urn:klein:regel:avg-13, avg-13]\n"
        "stap: [ontwerp, ont]\n"
        "zie-ook: [awb-01, urn:klein:regel:awb-01]\n"
    )
    framework = framework_of(page("awb-02", fields))
    assert [each for each in references(framework) if each[0] == "awb-02"] == [
        ("awb-02", "opgevolgd-door.0", "urn:klein:regel:avg-13", "avg-13"),
        ("awb-02", "opgevolgd-door.1", "avg-13", None),
        ("awb-02", "stap.0", "ontwerp", "ont"),
        ("awb-02", "stap.1", "ont", None),
        ("awb-02", "zie-ook.0", "awb-01", "awb-01"),
        ("awb-02", "zie-ook.1", "urn:klein:regel:awb-01", "awb-01"),
    ]


def test_references_by_file_name_and_to_any_kind() -> None:
    regel = json.loads(SMALL["regel.schema.json"])
    regel["properties"] |= {
        "naast": {"type": "string", "x-reference": {"to": ["stap", "regel"], "by": "stem"}},
        "over": {"type": "string", "x-reference": {"to": "*"}},
    }
    schemas = schemas_of({**SMALL, "regel.schema.json": json.dumps(regel)})
    files: dict[str, str | bytes] = {
        **small_files(),
        **page("awb-02", "naast: awb-01-wees-zorgvuldig\nover: urn:klein:stap:beh\n"),
    }
    files |= page("awb-03", "naast: stappen\nover: beh\n")
    framework = load(MemoryTree(files), schemas)
    assert [each for each in references(framework) if each[0] > "awb-01"] == [
        ("awb-02", "naast", "awb-01-wees-zorgvuldig", "awb-01"),
        ("awb-02", "over", "urn:klein:stap:beh", "beh"),
        ("awb-03", "naast", "stappen", None),
        ("awb-03", "over", "beh", None),
    ]


def test_a_group_of_fields_and_running_text_refer_too() -> None:
    body = "Zie {regel:avg-13}, {stap:ont}, {wet:avg:35.1}, `{regel:code}` en {regel:awb-09:3}."
    framework = framework_of(page("awb-02", "zie-ook:\n  - ref: avg-13\n    waarom: gelijk\n", body))
    own = [each for each in framework.references if each.origin.code == "awb-02"]
    assert [(each.field, each.key, each.locator, each.is_mention, each.location.text) for each in own] == [
        ("zie-ook.0.ref", "avg-13", "", False, "avg-13"),
        ("", "avg-13", "", True, "{regel:avg-13}"),
        ("", "ont", "", True, "{stap:ont}"),
        ("", "avg", "35.1", True, "{wet:avg:35.1}"),
        ("", "awb-09", "3", True, "{regel:awb-09:3}"),
    ]
    assert [each.target.id if each.target else None for each in own] == [
        "urn:klein:regel:avg-13",
        "urn:klein:regel:avg-13",
        "urn:klein:stap:ont",
        None,
        None,
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "zie-ook:\n",
        "zie-ook: []\n",
        "zie-ook: ['', ' ', null]\n",
        "zie-ook: awb-01\n",
        "zie-ook: {a: b}\n",
        "zie-ook: [[awb-01]]\n",
    ],
)
def test_what_is_no_list_of_names_refers_to_nothing(fields: str) -> None:
    assert [each for each in references(framework_of(page("awb-02", fields))) if each[0] == "awb-02"] == []


def test_an_article_stands_beside_its_source() -> None:
    regel = json.loads(SMALL["regel.schema.json"])
    regel["properties"]["verwijzing"] = {
        "type": "array",
        "items": {
            "type": "object",
            "x-citation": {"source": "bron", "locator": "artikel"},
            "properties": {
                "bron": {"type": "string", "x-reference": {"to": "regel", "by": "code"}},
                "artikel": {"type": "string"},
            },
        },
    }
    schemas = schemas_of({**SMALL, "regel.schema.json": json.dumps(regel)})
    fields = 'verwijzing:\n  - bron: avg-13\n    artikel: "35"\n  - bron: awb-01\n'
    framework = load(MemoryTree({**small_files(), **page("awb-02", fields)}), schemas)
    assert [each.locator for each in framework.references if each.origin.code == "awb-02"] == ["35", ""]


def test_of_two_entries_with_one_id_the_first_is_meant() -> None:
    double = page("awb-01")["content/regels/awb-01-x.md"]
    framework = framework_of({"content/regels/zzz-01-x.md": double})
    targets = [each.target.path for each in framework.references if each.target and each.key == "awb-01"]
    assert set(targets) == {AWB}


# Documents travel between processes


def sent(value: object) -> object:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes


def comparable(found: object) -> list[tuple[object, ...]]:
    assert isinstance(found, tuple)
    return [(flaw.rule, *_problem(flaw.problem)) for flaw in found]


def _problem(problem: Problem) -> tuple[object, ...]:
    where = problem.location
    fix = problem.fix
    edits = [(edit.location.start, edit.location.end, edit.replacement) for edit in fix.edits] if fix else []
    related = [(each.source.path, each.start, each.end) for each in problem.related]
    return where.source.path, where.start, where.end, problem.variant, problem.field, problem.parameters, edits, related


def assert_travels(documents: list[tuple[Document, Kind]]) -> None:
    for document, kind in documents:
        again = sent(document)
        assert isinstance(again, type(document))
        assert again.body == document.body
        assert (again.front and again.front.value) == (document.front and document.front.value)
        found = check_document(document, kind)
        assert comparable(inspected(document, kind).checked) == comparable(found)
        assert comparable(sent(found)) == comparable(found)
        assert comparable(check_document(again, kind)) == comparable(found)


WRONG = "---\nid: x\nTitel: a\nstap: ontwerp\ndatum: 2-8-2026\nartikel: 2.20\nzie-ook:\n  -\n---\n"


@pytest.mark.parametrize("text", [WRONG, "---\na: b: c\n---\n", "---\na: &a b\nc: *a\n---\n", "", "---\n"])
def test_documents_and_what_is_found_in_them_can_be_sent(text: str) -> None:
    kind = small_schemas().kinds["regel"]
    document = read_document(MemoryTree({AVG: text}), AVG, kind, keep_tokens=True)
    assert document is not None
    assert_travels([(document, kind)])


def test_a_kind_can_be_sent() -> None:
    kind = small_schemas().kinds["regel"]
    again = sent(kind)
    assert isinstance(again, type(kind))
    assert (again.name, again.references, again.schema) == (kind.name, kind.references, kind.schema)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def all_documents(root: Path, schemas: Schemas) -> list[tuple[Document, Kind]]:
    paths = [path.relative_to(root).as_posix() for path in root.rglob("*.*") if path.suffix in {".md", ".yaml"}]
    tree = MemoryTree({path: (root / path).read_bytes() for path in paths if schemas.claim(path)})
    documents = [(read_document(tree, path, kind), kind) for path in tree.list() if (kind := schemas.claim(path))]
    return [(document, kind) for document, kind in documents if document]


def test_our_own_content_can_be_sent() -> None:
    documents = all_documents(ROOT, schemas_of(files_in(ROOT / "schemas")))
    assert documents
    assert_travels(documents)


@needs_corpus
def test_the_real_corpus_can_be_sent() -> None:
    schemas = schemas_of(files_in(ROOT / "schemas" / "profiles" / "minbzk"))
    documents = [(document, kind) for document, kind in all_documents(CORPUS, schemas) if document.flaws]
    assert documents
    assert_travels(documents)
