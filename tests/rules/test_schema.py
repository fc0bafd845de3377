"""What holds for every finding of the families schema and references."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.errors import Text
from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.rules.nearest import nearest
from pipeline.rules.registry import rules
from pipeline.rules.rule import fill
from pipeline.rules.run import check_document, check_framework, findings_of_flaws
from pipeline.rules.schema.formats import is_date, is_email, is_uri
from pipeline.rules.schema.violations import gate
from tests.model.entries import JSON, bent
from tests.rules.test_cases import FENCE, all_cases, unescape
from tests.support import FIXTURES, ROOT, MemoryTree, schemas_of, small_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.findings import Finding, Fix
    from pipeline.model.kinds import Kind, Schemas
    from tests.rules.test_cases import Case

CASES = [case for case in all_cases() if case.rule.startswith(("schema/", "references/"))]
each_case = pytest.mark.parametrize("case", CASES, ids=str)

Files = dict[str, str | bytes | OSError]


def files_of(case: Case) -> tuple[Files, Files]:
    """Give the files of a case and its schemas."""
    files: Files = {**small_files()}
    schemas: Files = {path.name: path.read_bytes() for path in (FIXTURES / "klein" / "schemas").iterdir()}
    for sort, name, content in FENCE.findall(case.text):
        path = unescape(name).decode()
        if sort == "gone":
            files.pop(path, None)
        elif sort != "base":
            (schemas if sort == "schema" else files)[path] = unescape(content)
    return files, schemas


def findings_of(files: Files, schemas: Files) -> list[Finding]:
    """Give the findings of the two families."""
    loaded, flaws = load_schemas(MemoryTree(schemas))
    found = check_framework(load(MemoryTree(files), loaded)) if loaded else findings_of_flaws(flaws)
    return [finding for finding in found if finding.rule.startswith(("schema/", "references/"))]


@pytest.mark.parametrize("name", [name for name in rules() if name.startswith(("schema/", "references/"))])
def test_every_variant_has_the_same_gaps_in_both_languages(name: str) -> None:
    rule = rules()[name]
    for words in (rule.messages, rule.helps):
        for text in [words] if isinstance(words, Text) else words.values():
            assert sorted(re.findall(r"\{\w+\}", text.nl)) == sorted(re.findall(r"\{\w+\}", text.en))


# Fixes


def apply(files: Files, fix: Fix) -> Files:
    mended = dict(files)
    for edit in sorted(fix.edits, key=lambda each: -each.location.start):
        path, text = edit.location.source.path, edit.location.source.text
        start, end = edit.location.start, edit.location.end
        mended[path] = text[:start] + edit.replacement + text[end:]
    return mended


@each_case
def test_every_finding_has_words_in_both_languages_and_a_fix_takes_it_away(case: Case) -> None:
    files, schemas = files_of(case)
    found = findings_of(files, schemas)
    for finding in found:
        assert_words(finding)
        fix = finding.problem.fix
        if fix is None:
            continue
        after = findings_of(apply(files, fix), schemas)
        assert how_many(finding, after) < how_many(finding, found)
        assert len(after) <= len(found) or not fix.safe
        if fix.safe and finding.rule != "schema/ambiguous-scalar":  # a text may name what is not there
            assert {each.rule for each in after} <= {each.rule for each in found}


def how_many(finding: Finding, findings: Iterable[Finding]) -> int:
    return sum((each.home, each.essence) == (finding.home, finding.essence) for each in findings)


def assert_words(finding: Finding) -> None:
    rule = rules()[finding.rule]
    for language in ("nl", "en"):
        for template in (rule.message(finding.problem), rule.help(finding.problem)):
            sentence = fill(template.in_language(language), finding.problem.parameters, language)
            assert re.match(r"[A-Z“]", sentence), sentence
            assert re.search(r"([.?:…)”\]`\"]|---)$", sentence), sentence
            assert "  " not in sentence
            assert "“”" not in sentence


@pytest.mark.parametrize(
    ("fields", "mended"),
    [
        ("stap: ontwerp  # nog\n", "stap: [ontwerp]  # nog\n"),
        ("stap: 'ontwerp'\n", "stap: ['ontwerp']\n"),
        ("stap:\n  - ontwerp\n  - ontwerp\n", "stap:\n  - ontwerp\n"),
        ("stap: [ontwerp, ontwerp] # nog\n", "stap: [ontwerp] # nog\n"),
        ("stap: [ontwerp,\n  'ontwerp' ]\n", "stap: [ontwerp ]\n"),
        ("stap:\n- ontwerp\n- 'ontwerp'\nbron: https://a.nl\n", "stap:\n- ontwerp\nbron: https://a.nl\n"),
        ('artikel: ["35"]\n', 'artikel: "35"\n'),
        ('artikel:\n  - "35"\n', 'artikel: "35"\n'),
        ("artikel: 35 # nog\n", 'artikel: "35" # nog\n'),
        ("artikel: 2.20\r\n", 'artikel: "2.20"\r\n'),
    ],
)
def test_a_safe_fix_leaves_the_rest_of_the_file_as_it_is(fields: str, mended: str) -> None:
    head = "---\nid: urn:klein:regel:awb-02 # vast\ntitle:   Luister\nstatus: concept\n"
    tail = "---\n\n## Regel\n\nLuister naar wie het aangaat.\n"
    path = "content/regels/awb-02-luister.md"
    files: Files = {**small_files(), path: head + fields + tail}
    schemas: Files = {each.name: each.read_bytes() for each in (FIXTURES / "klein" / "schemas").iterdir()}
    (fix,) = [finding.problem.fix for finding in findings_of(files, schemas)]
    assert fix is not None
    assert fix.safe
    assert apply(files, fix)[path] == head + mended + tail


@pytest.mark.parametrize(
    "fields",
    [
        "stap: ontwerp, beheer\n",
        "stap: - ontwerp\n",
        "stap:\n  -ontwerp\n  -beheer\n",
        "stap: |\n  ontwerp\n",
        "stap: [ontwerp, # eerst\n  ontwerp]\n",
        "stap:\n  - ontwerp\n  - ontwerp # met opzet\n",
        "title2: [a]\nartikel: ['3', '4']\n",
        "artikel: # twee\n  - '35'\n",
    ],
)
def test_where_a_fix_could_lose_something_there_is_none(fields: str) -> None:
    head = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n"
    files: Files = {**small_files(), "content/regels/awb-02-luister.md": head + fields + "---\n"}
    schemas: Files = {each.name: each.read_bytes() for each in (FIXTURES / "klein" / "schemas").iterdir()}
    found = findings_of(files, schemas)
    assert found
    assert not [finding for finding in found if finding.problem.fix and finding.problem.fix.safe]


# Nothing unsaid, nothing said twice


@cache
def own_schemas() -> Schemas:
    return schemas_of({path.name: path.read_bytes() for path in (ROOT / "schemas").iterdir() if path.is_file()})


def problems_of(value: object, kind: Kind) -> list[tuple[str, str]]:
    """Give the rule and field of each problem that the family schema has with an entry."""
    listed = kind.files.layout == "list"
    text = yaml.safe_dump([value] if listed else value, allow_unicode=True, sort_keys=False)
    data = text if listed else f"---\n{text}---\n"
    document = parse_document("x.md", data.encode(), layout=kind.files.layout, dialect="commonmark", slugs="github")
    found = {
        (flaw.rule, flaw.problem.field, flaw.problem.location.start)
        for flaw in check_document(document, kind)
        if flaw.rule.startswith("schema/")
    }
    return [(rule, field) for rule, field, _ in sorted(found)]


each_kind = pytest.mark.parametrize("kind", own_schemas().kinds.values(), ids=lambda kind: kind.name)


@each_kind
@settings(max_examples=8, deadline=None)
@given(st.data())
def test_whatever_the_schema_forbids_is_told(kind: Kind, data: st.DataObject) -> None:
    value = yaml.safe_load(yaml.safe_dump(data.draw(st.one_of(bent(kind), JSON))))
    if not gate(kind)(value):
        assert problems_of(value, kind), value


def good_entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give entries of our own content without flaws, as plain values, with the kind."""
    schemas = own_schemas()
    paths = sorted(path for path in (ROOT / "content").rglob("*") if path.suffix in {".md", ".yaml"})
    seen: set[str] = set()
    for path in paths:
        kind = schemas.claim(path.relative_to(ROOT).as_posix())
        if kind is None or kind.name in seen:
            continue
        document = parse_document(
            path.name, path.read_bytes(), layout=kind.files.layout, dialect="commonmark", slugs="github"
        )
        front = document.front.value if document.front else None
        for value in front if isinstance(front, list) else [front]:
            if isinstance(value, dict) and not problems_of(value, kind):
                seen.add(kind.name)
                yield kind.name, value
                break


def scalars(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    if isinstance(value, dict):
        for key, below in value.items():
            yield from scalars(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from scalars(below, (*path, index))
    else:
        yield path


def with_change(value: Any, path: tuple[str | int, ...], new: object) -> Any:  # noqa: ANN401
    copy = json.loads(json.dumps(value))
    around = copy
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = new
    return copy


ENTRIES = list(good_entries())
each_entry = pytest.mark.parametrize(("name", "value"), ENTRIES, ids=[name for name, _ in ENTRIES])


@each_entry
@pytest.mark.parametrize("wrong", [None, " ", [], 7.25, True, "onzin: 7"], ids=repr)
def test_a_wrong_value_is_one_finding_at_most(name: str, value: dict[str, Any], wrong: object) -> None:
    kind = own_schemas().kinds[name]
    for path in scalars(value):
        changed = with_change(value, path, wrong)
        found = problems_of(changed, kind)
        assert len(found) <= 1, (path, found)
        assert found or gate(kind)(changed), path


@each_entry
def test_a_missing_or_misspelt_field_is_one_finding(name: str, value: dict[str, Any]) -> None:
    kind = own_schemas().kinds[name]
    for field, written in value.items():
        rest = {key: below for key, below in value.items() if key != field}
        required = field in kind.schema["required"]
        missing = problems_of(rest, kind)
        assert missing == [("schema/missing-field", field)] * required or (len(missing) == 1 and not required)
        misspelt = f"{field}s"
        if misspelt not in kind.properties and nearest(misspelt, kind.properties)[:1] == (field,):
            assert problems_of({**rest, misspelt: written}, kind) == [("schema/unknown-key", misspelt)]


# Formats


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (
            is_date,
            ["2026-08-02", "2024-02-29", 3, None],
            [
                "",
                "2026-02-30",
                "2025-02-29",
                "20260802",
                "2026-W31-7",
                "2026-8-2",
                "02-08-2026",
                "٢٠٢٦-08-02",
                "2026-08-02\n",
            ],
        ),
        (
            is_uri,
            ["https://a.nl", "http://a.nl:80/b?c=d#e", "urn:nl:ak", "mailto:a@b.nl", "https://é.nl/ë", 3],
            [
                *[
                    "",
                    "a",
                    "www.a.nl",
                    "https:",
                    "https://",
                    "https://a",
                    "https:/a.nl",
                    "http//a.nl",
                    "https://a.nl/b c",
                ],
                *["https://a.nl\n", "https://https://a.nl", "javascript:alert(1)", "JaVaScript:a", "data:text/html,a"],
                *["https://a.nl:x", "https://[a.nl", "https://a.nl/<b>", "https://a.nl/\x01", "https://.", "x:"],
            ],
        ),
        (
            is_email,
            ["a@b.nl", "a.b+c@d.e.nl", 3],
            ["", "a", "a@b", "a@b.", "a@.nl", "a b@c.nl", "@b.nl", "a@b..nl", "a@b.nl" * 100, "a@" + "." * 100_000],
        ),
    ],
)
def test_formats(check: Any, right: list[object], wrong: list[object]) -> None:  # noqa: ANN401
    assert [value for value in right if not check(value)] == []
    assert [value for value in wrong if check(value)] == []


@given(st.text())
def test_any_text_has_a_verdict(text: str) -> None:
    assert {type(check(text)) for check in (is_date, is_uri, is_email)} == {bool}
