from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.errors import UserError
from pipeline.model.kinds import ReferenceField
from pipeline.model.patterns import compiled, ecma
from pipeline.model.schemas import load_schemas, plain_schema
from pipeline.rules.schema.breaches import breaches, explained, explainer
from pipeline.rules.schema.violations import gate
from tests.model.entries import JSON, bent
from tests.support import FIXTURES, ROOT, MemoryTree, OutsideRootError, small_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.model.kinds import Kind, Schemas

OWN = ROOT / "schemas"
FOLDERS = [OWN, *sorted((OWN / "profiles").iterdir()), FIXTURES / "klein" / "schemas"]


@cache
def schemas_in(folder: Path) -> Schemas:
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    schemas, flaws = load_schemas(MemoryTree(files), label=f"{folder.relative_to(ROOT).as_posix()}/")
    assert not flaws
    assert schemas is not None
    return schemas


KINDS = [kind for folder in FOLDERS for kind in schemas_in(folder).kinds.values()]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)


# Our own schemas


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_our_own_schemas_have_no_flaws(folder: Path) -> None:
    assert schemas_in(folder).kinds


@each_kind
def test_the_plain_schema_is_a_schema_for_any_other_tool(kind: Kind) -> None:
    schema = plain_schema(kind)
    Draft202012Validator.check_schema(schema)
    written = json.dumps(schema)
    assert '"x-' not in written
    assert "$ref" not in written


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_pattern_of_the_id_is_one_that_any_tool_reads(data: st.DataObject) -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    kind = data.draw(st.sampled_from(KINDS))
    identity = kind.identity
    pattern = plain_schema(kind)["properties"].get(identity.field, {}).get("pattern")
    if identity.where == "field" and identity.code:
        codes = st.from_regex(kind.code_pattern, fullmatch=True).map(identity.id_of)
        written = data.draw(st.one_of(codes, st.from_regex(kind.id_pattern), st.text()))
        reads = jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(written)
        assert reads == bool(kind.id_pattern.fullmatch(written))


# The gate and the explainer


@each_kind
@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_gate_and_the_explainer_agree(kind: Kind, data: st.DataObject) -> None:
    pytest.importorskip("jsonschema_rs")
    value = data.draw(st.one_of(bent(kind), bent(kind), JSON))
    assert gate(kind)(value) == explainer(kind).is_valid(value), value


NESTED = {
    "type": "object",
    "required": ["b", "a", "items"],
    "properties": {
        "then": {"enum": ["x"]},
        "items": {"type": "array", "items": {"required": ["y", "x"], "properties": {"x": {"minLength": 2}}}},
        "a": {"oneOf": [{"type": "string", "maxLength": 2}, {"type": "array", "items": {"const": "q"}}, {}]},
        "b": {"anyOf": [{"required": ["c"]}, {"type": "array", "items": {"enum": ["x", "y"]}, "uniqueItems": True}]},
    },
    "if": {"required": ["a"]},
    "then": {"required": ["then"], "properties": {"b": {"minItems": 2, "type": "array"}}},
    "else": {"properties": {"items": {"maxItems": 1}}},
    "additionalProperties": False,
    "dependentRequired": {"b": ["a", "d"], "a": ["c"]},
    "dependentSchemas": {"items": {"not": {"required": ["b"]}}},
    "minProperties": 2,
}
WORDS = st.sampled_from(["x", "y", "q", "abc", ""])
PARTS = st.one_of(
    WORDS,
    st.integers(0, 3),
    st.floats(-3, 3),
    st.lists(st.one_of(WORDS, st.dictionaries(st.sampled_from("xyc"), WORDS)), max_size=3),
    st.dictionaries(st.sampled_from("xyc"), WORDS),
)


@each_kind
@settings(max_examples=10, deadline=None)
@given(st.data())
def test_both_libraries_explain_alike(kind: Kind, data: st.DataObject) -> None:
    pytest.importorskip("jsonschema_rs")
    value = data.draw(st.one_of(bent(kind), bent(kind), JSON))
    assert breaches(kind, value) == explained(kind, value)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["then", "items", "a", "b", "zz", "aa"]), PARTS))
def test_both_libraries_explain_a_nested_schema_alike(value: dict[str, object]) -> None:
    pytest.importorskip("jsonschema_rs")
    kind = _kind_of(json.dumps(NESTED))
    assert breaches(kind, value) == explained(kind, value)


@cache
def _kind_of(schema: str) -> Kind:
    return replace(small_schemas().kinds["regel"], schema=json.loads(schema))


def test_what_only_one_library_knows_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = _kind_of('{"patternProperties": {"^a": {"type": "string"}}}')
    (told,) = breaches(kind, {"ab": 1})
    assert (told.keyword, told.path) == ("type", ("ab",))
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    assert breaches(replace(kind), {"ab": 1}) == [told]


ODD = [
    r"^a$",
    r"^\d{2}$",
    r"^\D+$",
    r"^\w+$",
    r"^\W$",
    r"^\s+$",
    r"^\S+$",
    r"\bwet\b",
    r"\Bet",
    r"^[\d\w.-]+$",
    r"^[^\s\d]+$",
    r"^[[$]+$",
    r"a\$|\[b",
    r"^(?<jaar>\d{4})$",
    r"^(?!a).",
    r"(?<=a)b",
    r"^(?:\u00e9|é)+$",
    r"^\/x\-?$",
    r"^.*$",
]
TEXTS = st.one_of(
    st.text(max_size=6),
    st.text("a1é٣_$[]^-/ \t\n\r\u00a0\u0085\u2028\ufeff\u200b.wet", max_size=8),
    st.sampled_from(["a", "a\n", "12", "2026", "wet", "dewet", "ab", "a$", "/x-"]),
)


@settings(max_examples=300)
@given(st.sampled_from(ODD), TEXTS)
def test_a_pattern_means_the_same_to_both(pattern: str, text: str) -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    assert bool(compiled(pattern).search(text)) == jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(
        text
    )


@pytest.mark.parametrize(
    ("pattern", "python"),
    [
        ("^a$", "^a\\Z"),
        ("[$]", "[$]"),
        (r"\$", r"\$"),
        (r"\d", "[0-9]"),
        (r"[\d-]", "[0-9-]"),
        ("(?<a>b)", "(?P<a>b)"),
        ("(?<!a)b", "(?<!a)b"),
        ("[[]", r"[\[]"),
        ("a]$", r"a]\Z"),
    ],
)
def test_a_pattern_as_python_writes_it(pattern: str, python: str) -> None:
    assert ecma(pattern) == python


def test_without_the_fast_gate_the_verdicts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    kind = replace(small_schemas().kinds["regel"])
    is_valid = gate(kind)
    assert is_valid({"id": "urn:klein:regel:avg-01", "title": "x", "status": "concept"})
    assert not is_valid({"id": "urn:klein:regel:avg-01", "title": "x", "status": "concept", "datum": "2026-02-30"})


def test_a_pattern_that_only_python_reads_is_left_to_python() -> None:
    kind = small_schemas().kinds["regel"]
    odd = replace(kind, schema={"type": "object", "properties": {"a": {"pattern": "^a{,2}$"}}})
    assert [gate(odd)({"a": text}) for text in ("aa", "aaa")] == [True, False]


HOSTILE = 100_000
LONGEST_PATH = 4096


@each_kind
def test_no_pattern_of_ours_takes_long_over_a_long_text(kind: Kind) -> None:
    patterns = set(patterns_of(kind.schema))
    started = time.perf_counter()
    for sign in ["a", "1", "-", ".", "1-", "a.", ":", "urn:", " ", "1.a-b."]:
        text = sign * (HOSTILE // len(sign)) + "!"
        for pattern in patterns:
            compiled(pattern).search(text)
        kind.id_pattern.fullmatch(text)
        kind.id_pattern.fullmatch(kind.identity.id_of(text))
        kind.stem_pattern.fullmatch(text[:LONGEST_PATH])
    assert time.perf_counter() - started < 2


def patterns_of(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for below in schema.values():
            yield from patterns_of(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from patterns_of(below)


# Loading

SMALL = {path.name: path.read_text("utf-8") for path in (FIXTURES / "klein" / "schemas").iterdir()}


def loaded(changes: Mapping[str, str | bytes | OSError]) -> tuple[Schemas | None, list[str]]:
    schemas, flaws = load_schemas(MemoryTree({**SMALL, **changes}), label="schemas/")
    found = [f"{flaw.rule} {flaw.problem.location.source.path} {flaw.problem.variant}".strip() for flaw in flaws]
    return schemas, found


def test_a_folder_without_settings_is_no_schemas_folder() -> None:
    with pytest.raises(UserError, match=r"has no framework\.json"):
        load_schemas(MemoryTree({"regel.schema.json": SMALL["regel.schema.json"]}))


def test_other_files_and_folders_are_left_alone() -> None:
    schemas, flaws = loaded({"README.md": "x", "profiles/a/framework.json": "{", "x.json": "{"})
    assert schemas
    assert not flaws


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"\xff{}", "source/not-utf8 schemas/regel.schema.json"),
        (b" " * 1_100_000, "source/too-large schemas/regel.schema.json bytes"),
        (PermissionError(13, "no"), "source/unreadable schemas/regel.schema.json"),
        (FileNotFoundError(2, "gone"), "source/unreadable schemas/regel.schema.json"),
        (OutsideRootError("x"), "source/outside-root schemas/regel.schema.json"),
        ("[" * 100_000, "schema/invalid-schema schemas/regel.schema.json json"),
        ('{"a":' * 900 + "1" + "}" * 900, "schema/invalid-schema schemas/regel.schema.json keyword"),
        ("9" * 10_000, "schema/invalid-schema schemas/regel.schema.json json"),
        ("true", "schema/invalid-schema schemas/regel.schema.json type"),
        ("", "schema/invalid-schema schemas/regel.schema.json json"),
    ],
    ids=repr,
)
def test_a_schema_that_cannot_be_read_is_a_flaw(content: str | bytes | OSError, flaw: str) -> None:
    schemas, flaws = loaded({"regel.schema.json": content})
    assert schemas is None
    assert flaws == [flaw]


def test_a_byte_order_mark_in_a_schema_is_no_mistake() -> None:
    schemas, flaws = loaded({"regel.schema.json": "\ufeff" + SMALL["regel.schema.json"]})
    assert schemas
    assert not flaws


@given(st.data())
def test_a_schema_cut_short_or_changed_anywhere_never_crashes(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SMALL)))
    text = SMALL[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 30, len(text))))
    put = data.draw(st.sampled_from(["", "1", '"x"', "{}", "[]", "null", "true", '"$ref": "#",', '"a": 1,', "😀"]))
    schemas, flaws = loaded({name: text[:start] + put + text[end:]})
    assert bool(schemas) != bool(flaws)


# What schemas say


def test_a_kind_is_read_from_its_keywords() -> None:
    kind = small_schemas().kinds["regel"]
    assert (kind.one.nl, kind.many.en, kind.noun.nl) == ("regel", "rules", "regel")
    assert kind.means == {"title": "title", "status": "status", "successor": "opgevolgd-door"}
    assert kind.states == {
        "concept": "draft",
        "vastgesteld": "final",
        "verouderd": "replaced",
        "ingetrokken": "withdrawn",
    }
    assert [(section.heading, section.least, section.most) for section in kind.sections] == [("Regel", 1, 40)]
    assert kind.identity.prefixes == ("avg", "awb")
    assert kind.id_pattern.fullmatch("urn:klein:regel:avg-13")
    assert not kind.id_pattern.fullmatch("urn:klein:regel:avg-13x")
    stem = kind.stem_pattern.fullmatch("avg-13-doe-een-dpia")
    assert stem is not None
    assert stem["code"] == "avg-13"


def test_references_are_read_from_fields_lists_and_groups() -> None:
    kind = small_schemas().kinds["regel"]
    assert [(reference.path, reference.to, reference.by, reference.vocabulary) for reference in kind.references] == [
        (("opgevolgd-door", "*"), ("regel",), "id", False),
        (("stap", "*"), ("stap",), "field:slug", True),
        (("zie-ook", "*"), ("regel",), "code", False),
        (("zie-ook", "*", "ref"), ("regel",), "code", False),
    ]
    assert kind.reference_in("stap") == kind.references[1]
    assert kind.reference_in("title") is None
    assert ReferenceField(path=("a", "*", "b"), to=("c",)).name == "a.b"


def test_the_derived_side_of_a_relation_belongs_to_its_target() -> None:
    kinds = small_schemas().kinds
    assert set(kinds["stap"].inverses) == {"regels"}
    assert set(kinds["regel"].inverses) == {"genoemd-door"}
    assert kinds["stap"].inverses["regels"][0] == "regel"


def test_a_ref_takes_what_it_names_and_keeps_what_stands_beside_it() -> None:
    parts = {"$defs": {"a/b": {"type": "string", "description": "Deel.", "maxLength": 5}, "c": [{"type": "integer"}]}}
    regel = json.loads(SMALL["regel.schema.json"])
    regel["properties"] |= {
        "een": {"$ref": "parts.schema.json#/$defs/a~1b"},
        "twee": {"$ref": "parts.schema.json#/$defs/a~1b", "description": "Eigen."},
        "drie": {"$ref": "parts.schema.json#/$defs/a~1b", "maxLength": 9},
        "vier": {"$ref": "#/properties/een"},
        "vijf": {"$ref": "#/properties/zie-ook/items/anyOf/0"},
    }
    files = {
        "regel.schema.json": json.dumps(regel),
        "parts.schema.json": json.dumps({"$defs": {"a/b": parts["$defs"]["a/b"]}}),
    }
    schemas, flaws = loaded(files)
    assert not flaws
    assert schemas is not None
    found = schemas.kinds["regel"].properties
    text = {"type": "string", "description": "Deel.", "maxLength": 5}
    assert found["een"] == text
    assert found["twee"] == {**text, "description": "Eigen."}
    assert found["drie"] == {"maxLength": 9, "allOf": [text]}
    assert found["vier"] == text
    assert found["vijf"]["x-reference"]["to"] == "regel"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/regels/avg-13-x.md", "regel"),
        ("content/regels/diep/avg-13-x.md", None),
        ("content/regels/avg-13-x.markdown", None),
        ("content/regels/.md", "regel"),
        ("content/stappen.yaml", "stap"),
        ("content/stappen.yml", None),
        ("regels/avg-13-x.md", None),
        ("", None),
    ],
)
def test_which_kind_claims_a_file(path: str, kind: str | None) -> None:
    found = small_schemas().claim(path)
    assert (found.name if found else None) == kind


def test_the_longest_folder_wins() -> None:
    pagina = json.loads(SMALL["regel.schema.json"])
    pagina |= {"$id": "pagina.schema.json", "x-kind": "pagina", "x-id": {"in": "path"}}
    pagina["x-files"] = {"layout": "document", "folder": "", "recursive": True, "except": ["README"]}
    schemas, flaws = loaded({"pagina.schema.json": json.dumps(pagina)})
    assert not flaws
    assert schemas is not None
    paths = ["a.md", "content/b.md", "content/regels/c.md", "content/regels/diep/d.md", "content/README.md", "a.txt"]
    kinds = [schemas.claim(path) for path in paths]
    assert [kind.name if kind else None for kind in kinds] == ["pagina", "pagina", "regel", "pagina", None, None]


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef", "$recursiveRef", "$schema", "$id"])
@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "file:///etc/hostname", "urn:a:b"])
def test_a_schema_leads_nowhere_outside(keyword: str, address: str) -> None:
    schema = json.loads(SMALL["regel.schema.json"])
    schema["properties"]["title"][keyword] = address
    found, flaws = load_schemas(MemoryTree({**SMALL, "regel.schema.json": json.dumps(schema)}))
    assert found is None
    assert [flaw.rule for flaw in flaws] == ["schema/invalid-schema"]
