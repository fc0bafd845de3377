"""Rules of the family ``ids`` beyond their cases: any ledger, any name, any graph of successors."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.fixing.mend import mend
from pipeline.fixing.overlay import Rechecker
from pipeline.model.load import entries_of, load
from pipeline.rules.ids.codes import better_stem, code_in_stem, free_code, stem_holds
from pipeline.rules.ids.redirects import redirects
from pipeline.rules.ids.released import HEADER, lines_of, released
from pipeline.rules.run import check_framework
from tests.fixing.support import checked
from tests.support import MemoryTree, findings, schemas_of, small_files, small_framework, small_schemas

if TYPE_CHECKING:
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from tests.fixing.support import Files

LEDGER = "content/ids.csv"
CODES = st.integers(0, 6).map("awb-{:02}".format)
GRAPHS = st.dictionaries(CODES, st.lists(CODES, max_size=3, unique=True), max_size=7)


def rule(code: str, successors: list[str], *, flow: bool = False) -> str:
    lines = [f"id: urn:klein:regel:{code}", "title: Luister", f"status: {'verouderd' if successors else 'concept'}"]
    named = [f"urn:klein:regel:{each}" for each in successors]
    if flow:
        lines += [f"opgevolgd-door: [{', '.join(named)}]"] if successors else []
    else:
        lines += ["opgevolgd-door:"] if successors else []
        lines += [f"  - {each}" for each in named]
    return "\n".join(["---", *lines, "---", "", "## Regel", "", "Luister naar wie het aangaat.", ""])


def files_of(graph: dict[str, list[str]], *, flow: bool = False) -> dict[str, str]:
    return {f"content/regels/{code}-x.md": rule(code, successors, flow=flow) for code, successors in graph.items()}


def framework_of(graph: dict[str, list[str]]) -> Framework:
    return small_framework({"content/regels/awb-01-wees-zorgvuldig.md": None, **files_of(graph)})


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


@settings(deadline=None)
@given(graph=GRAPHS, flow=st.booleans())
def test_a_shortcut_leads_where_the_long_way_led(graph: dict[str, list[str]], flow: bool) -> None:  # noqa: FBT001 - drawn
    files = files_of(graph, flow=flow)
    before = checked(files)
    result = mend(before, Rechecker(MemoryTree(files), before.framework))
    assert not result.dropped
    after = result.checked.framework
    for old, new in zip(before.framework.entries, after.entries, strict=True):
        ends, again = redirects(before.framework).ends(old), redirects(after).ends(new)
        assert sorted(entry.code for entry in ends) == sorted(entry.code for entry in again)
    for finding in result.checked.findings:
        assert finding.rule != "ids/redirect-chain" or finding.problem.fix is None


@pytest.mark.parametrize(
    ("fields", "mended"),
    [
        ("zie-ook: [awb-02]", "zie-ook: [awb-03]"),
        ("zie-ook: [avg-13, 'awb-02']", "zie-ook: [avg-13, 'awb-03']"),
        ("zie-ook:\n  - urn:klein:regel:awb-02 # eerst", "zie-ook:\n  - urn:klein:regel:awb-03 # eerst"),
        ("zie-ook: [awb-02, awb-03]", "zie-ook: [awb-03]"),
        ("zie-ook:\n  - awb-03\n  - awb-02", "zie-ook:\n  - awb-03"),
        ("zie-ook:\n  - ref: awb-02\n    waarom: gelijk", "zie-ook:\n  - ref: awb-03\n    waarom: gelijk"),
        # The same entry twice, in two ways: people must choose.
        ("zie-ook:\n  - ref: awb-02\n  - awb-03", None),
    ],
)
def test_a_reference_takes_the_successor(fields: str, mended: str | None) -> None:
    text = rule("awb-04", []).replace("status: concept", f"status: concept\n{fields}")
    files: Files = {
        **small_files(),
        **files_of({"awb-02": ["awb-03"], "awb-03": []}),
        "content/regels/awb-04-x.md": text,
    }
    before = checked(files)
    patches = mend(before, Rechecker(MemoryTree(files), before.framework)).patches
    assert [patch.after for patch in patches] == ([text.replace(fields, mended)] if mended else [])


@pytest.mark.parametrize("words", ["{regel:awb-02}", "[awb-02](awb-02-x.md)"])
def test_what_the_text_says_of_an_old_entry_is_for_people(words: str) -> None:
    text = rule("awb-04", []) + words
    changes = {**files_of({"awb-02": ["awb-03"], "awb-03": []}), "content/regels/awb-04-x.md": text}
    assert not [finding for finding in findings(changes) if finding.problem.fix and finding.problem.fix.safe]
