"""Rules of the family ``ids`` beyond their cases: any ledger, any name, any graph of successors."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.model.load import entries_of, load
from pipeline.rules.ids.codes import better_stem, code_in_stem, free_code, stem_holds
from pipeline.rules.ids.redirects import redirects
from pipeline.rules.ids.released import HEADER, lines_of, released
from pipeline.rules.run import check_framework
from tests.support import MemoryTree, findings, schemas_of, small_framework, small_schemas

if TYPE_CHECKING:
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind

LEDGER = "content/ids.csv"
CODES = st.integers(0, 6).map("awb-{:02}".format)
GRAPHS = st.dictionaries(CODES, st.lists(CODES, max_size=3, unique=True), max_size=7)


def rule(code: str, successors: list[str]) -> str:
    lines = [f"id: urn:klein:regel:{code}", "title: Luister", f"status: {'verouderd' if successors else 'concept'}"]
    lines += ["opgevolgd-door:"] if successors else []
    lines += [f"  - urn:klein:regel:{each}" for each in successors]
    return "\n".join(["---", *lines, "---", "", "## Regel", "", "Luister naar wie het aangaat.", ""])


def framework_of(graph: dict[str, list[str]]) -> Framework:
    files = {f"content/regels/{code}-x.md": rule(code, successors) for code, successors in graph.items()}
    return small_framework({"content/regels/awb-01-wees-zorgvuldig.md": None, **files})


def kind_named(name: str) -> Kind:
    return small_schemas().kinds[name]


# -- the ledger


@given(text=st.text() | st.text(alphabet='urn,";:\n\r 1').map(f"{','.join(HEADER)}\n".__add__))
def test_any_ledger(text: str) -> None:
    framework = small_framework({LEDGER: text})
    for line in lines_of(framework):
        assert line.location.text == line.text
        for index, value in enumerate(line.values or ()):
            written = line.cell(index).text.strip()
            if '"' not in written:
                assert value == written
    for name, where in released(framework).items():
        assert [[name]] == [[cell.strip() for cell in row] for row in csv.reader([where.text])]
    check_framework(framework)


@given(
    rows=st.lists(st.lists(st.text(alphabet='ab,"; ', min_size=1).map(str.strip).filter(bool), min_size=4, max_size=4))
)
def test_a_ledger_that_a_program_wrote(rows: list[list[str]]) -> None:
    lines: list[str] = []

    class Writer:
        def write(self, line: str) -> None:
            lines.append(line)

    csv.writer(Writer()).writerows([HEADER, *rows])
    assert list(released(small_framework({LEDGER: "".join(lines)}))) == list(dict.fromkeys(row[0] for row in rows))


# -- codes and file names


@pytest.mark.parametrize(
    ("stem", "code", "expected"),
    [
        ("awb-02-luister", "awb-03", "awb-03-luister"),
        ("awb-03", "awb-03", "awb-03-vraag-het"),
        ("awb_03_luister", "awb-03", "awb-03-luister"),
        ("AWB-02 Luister", "awb-03", "awb-03-luister"),
        ("luister", "awb-03", "awb-03-luister"),
        ("7-luister", "awb-03", "awb-03-luister"),
        ("é", "awb-03", "awb-03-e"),
        ("…", "awb-03", "awb-03-vraag-het"),
    ],
)
def test_better_names(stem: str, code: str, expected: str) -> None:
    text = f"---\nid: urn:klein:regel:{code}\ntitle: Vraag het\n---\n"
    document = parse_document(f"x/{stem}.md", text.encode(), layout="document", dialect="commonmark", slugs="github")
    (entry,) = entries_of(document, kind_named("regel"))
    assert better_stem(entry) == expected


@given(stem=st.text().filter(lambda text: "/" not in text), title=st.text(alphabet="aé .-1", max_size=5))
def test_a_better_name_is_one_that_the_kind_takes(stem: str, title: str) -> None:
    kind = kind_named("regel")
    text = f'---\nid: urn:klein:regel:awb-03\ntitle: "{title}"\n---\n'
    document = parse_document(f"x/{stem}.md", text.encode(), layout="document", dialect="commonmark", slugs="github")
    (entry,) = entries_of(document, kind)
    better = better_stem(entry)
    assert not better or (stem_holds(kind, better, "awb-03") and code_in_stem(kind, better) == "awb-03")


@pytest.mark.parametrize(
    ("code", "largest", "expected"),
    [
        ("awb-02", {}, "awb-51"),
        ("awb-02", {"awb-": 7}, "awb-51"),
        ("awb-02", {"awb-": 60, "avg-": 80}, "awb-61"),
        ("awb-02", {"awb-": 99}, ""),
        ("awb", {}, ""),
    ],
)
def test_free_codes(code: str, largest: dict[str, int], expected: str) -> None:
    document = parse_document(
        f"x/{code}-x.md",
        f"---\nid: urn:klein:regel:{code}\n---\n".encode(),
        layout="document",
        dialect="commonmark",
        slugs="github",
    )
    (entry,) = entries_of(document, kind_named("regel"))
    assert free_code(entry, largest) == expected


def test_ids_need_to_be_unique_only_within_a_kind_that_has_no_template() -> None:
    schema = """{{
      "x-kind": "{0}",
      "x-labels": {{ "nl": {{ "one": "{0}", "many": "{0}" }}, "en": {{ "one": "{0}", "many": "{0}" }} }},
      "x-files": {{ "layout": "document", "folder": "{0}" }},
      "x-id": {{ "in": "stem" }},
      "type": "object",
      "properties": {{}}
    }}"""
    schemas = schemas_of(
        {
            "framework.json": '{"name": {"nl": "x", "en": "x"}, "folders": ["a", "b"]}',
            "a.schema.json": schema.format("a"),
            "b.schema.json": schema.format("b"),
        }
    )
    framework = load(MemoryTree({"a/x.md": "x", "b/x.md": "x"}), schemas)
    assert not [finding for finding in check_framework(framework) if finding.rule == "ids/duplicate"]


# -- successors


@given(graph=GRAPHS)
@settings(max_examples=60)
def test_any_graph_of_successors(graph: dict[str, list[str]]) -> None:
    framework = framework_of(graph)
    graph_of = redirects(framework)
    sent_on = {edge.origin.code for edge in graph_of.edges}
    for entry in framework.entries:
        for end in graph_of.ends(entry):
            assert end.code not in sent_on, "where readers arrive, they stay"
    for circle in graph_of.circles():
        codes = [edge.origin.code for edge in circle]
        targets = [edge.target.code for edge in circle if edge.target]
        assert len(codes) > 1
        assert targets == [*codes[1:], codes[0]]
    lost = {code for code in sent_on if not graph_of.ends(framework.index.table("regel", "code")[code])}
    assert bool(lost) == bool(list(graph_of.circles())), "readers get lost only in circles"


def test_a_long_row_of_successors() -> None:
    codes = [f"awb-{number:02}" for number in range(2, 99)]
    graph = {code: [after] for code, after in zip(codes, [*codes[1:], "awb-01"], strict=True)} | {"awb-01": []}
    found = [finding for finding in check_framework(framework_of(graph)) if finding.rule.startswith("ids/")]
    assert {finding.rule for finding in found} == {"ids/redirect-chain"}
    assert {finding.problem.parameters["suggestions"] for finding in found} == {("urn:klein:regel:awb-01",)}
    assert len(found) == len(codes) - 1


def test_the_small_framework_is_sound() -> None:
    assert not findings()
