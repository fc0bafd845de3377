"""Sections, tables that are made from entries, and what becomes of a text when a fix is applied."""

from __future__ import annotations

import csv
import io
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.rules.completeness.sections import holds_text, parts_of, words_in
from pipeline.rules.run import check_document, check_framework
from tests.rules.test_cases import FENCE, Case, all_cases, run
from tests.support import FIXTURES, MemoryTree, _files, small_schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.documents.document import Document, Flaw
    from pipeline.findings import Finding

PAGE = "content/regels/awb-02-luister.md"
FRONT = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n---\n"
KIND = small_schemas().kinds["regel"]
FIXED = [
    "completeness/section-missing: A heading with a typing error, one without a capital and one that is too small",
    "coverage/closed-gap: A gap that has closed, one of an entry that is not counted, and a part",
]


def parsed(body: str) -> Document:
    data = (FRONT + body).encode("utf-8", "surrogatepass")
    return parse_document(PAGE, data, layout="document", dialect="commonmark", slugs="github")


def told(body: str) -> list[str]:
    flaws: tuple[Flaw, ...] = check_document(parsed(body), KIND)
    return [flaw.rule for flaw in flaws if flaw.rule.startswith("completeness/")]


@given(st.text(alphabet="ab #-=_*\n\r\t>`é", max_size=60))
def test_a_section_is_empty_or_has_text_and_never_both(between: str) -> None:
    body = f"\n## Regel\n\n{between}\n\n## Zo doe je dat\n\nKijk goed om je heen.\n"
    document = parsed(body)
    part = parts_of(document, KIND).get("Regel")
    assert document.body is not None
    # A line under a word is a letter to a counter of words, and a mark to a reader.
    if part is not None and words_in(document.body, part) and any(map(str.isalnum, between)):
        assert holds_text(document, KIND, part)
    if not between.strip() and part is not None:
        assert told(body) == ["completeness/section-empty"]


@given(st.integers(min_value=0, max_value=60))
def test_words_are_counted_as_people_do(count: int) -> None:
    found = told("\n## Regel\n\n" + " ".join(["woord"] * count) + ("." if count else "") + "\n")
    if not count:
        assert found == ["completeness/section-empty"]
    else:
        assert found == ([] if count <= 40 else ["completeness/section-length"])


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(ends: str) -> None:
    body = "\n## Regel\n\nLuister naar wie het aangaat.\n\n## Nog iets\n"
    assert told(body.replace("\n", ends)) == []
    assert told(body.replace("Luister naar wie het aangaat.", "").replace("\n", ends)) == ["completeness/section-empty"]


@pytest.mark.parametrize("case", [case for case in all_cases() if str(case) in FIXED], ids=str)
def test_a_fix_mends_what_it_is_offered_for(case: Case) -> None:
    mended = 0
    for finding in run(case):
        if finding.problem.fix is None:
            continue
        mended += 1
        source = finding.problem.location.source
        text = source.text
        for edit in sorted(finding.problem.fix.edits, key=lambda each: -each.location.start):
            text = text[: edit.location.start] + edit.replacement + text[edit.location.end :]
        changed = Case(case.rule, case.name, case.text + f"\n~~~file {source.path}\n{text}~~~\n")
        left = [each for each in run(changed) if each.rule == finding.rule and each.path == finding.path]
        assert (
            len(left)
            == len([each for each in run(case) if each.rule == finding.rule and each.path == finding.path]) - 1
        )
    assert mended


@pytest.mark.parametrize(
    "body",
    [
        "\n## Regel\n" + " " * 1_000_000,
        "\n## Regel\n" + "-" * 1_000_000,
        "\n## Regel\n" + "- " * 500_000,
        "\n## Regel\n" + "#\n" * 40_000,
        "\n## " + "Regel" * 200_000,
        "\n### Regel\n" * 20_000,
        "\n" + ">" * 200 + "#" * 1_000_000 + " Regel",
        "\n## Regel\n" + "<!-- " * 200_000,
        "\n## Regel\n\n" + "a\n" * 60_000,
    ],
    ids=lambda body: repr(body[:16]),
)
def test_hostile_text_takes_no_longer(body: str) -> None:
    document = parsed(body)
    if document.body is None:
        return
    start = time.process_time()
    for name in ("section_missing", "section_empty", "section_length"):
        module = __import__(f"pipeline.rules.completeness.{name}", fromlist=["check"])
        list(module.check.document(document, KIND))
    assert time.process_time() - start < 2


# Derived tables

NORMS = st.dictionaries(
    st.sampled_from(["awb-01", "awb-02", "awb-03", "awb-04"]),
    st.dictionaries(
        st.sampled_from("AB"), st.lists(st.sampled_from(["n1", "n2", "n3"]), min_size=1, unique=True), min_size=1
    ),
    min_size=1,
)
STALE = next(case for case in all_cases() if str(case).startswith("derived/stale: Rows"))


def table_of(norms: Mapping[str, Mapping[str, list[str]]]) -> list[list[str]]:
    ids = {code: f"urn:klein:regel:{code}" for code in sorted(norms)}
    rows = [["norm", "kader", "regels", *ids.values()]]
    for group in "AB":
        for norm in ("n1", "n2", "n3"):
            users = [code for code in ids if norm in norms[code].get(group, ())]
            rows.append([norm, group, repr([ids[code] for code in users]), *(str(int(code in users)) for code in ids)])
    return rows


def stale(norms: Mapping[str, Mapping[str, list[str]]], rows: list[list[str]]) -> list[Finding]:
    schemas: dict[str, str | bytes | OSError] = {**_files(FIXTURES / "klein" / "schemas")}
    schemas |= {name: content for sort, name, content in FENCE.findall(STALE.text) if sort == "schema"}
    loaded, flaws = load_schemas(MemoryTree(schemas))
    assert loaded is not None, flaws
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    front = "---\nid: urn:klein:regel:{}\ntitle: X\nstatus: concept\nnormen: {}\n---\n"
    pages: dict[str, str | bytes | OSError] = {
        f"content/regels/{code}-x.md": front.format(code, groups) for code, groups in norms.items()
    }
    found = check_framework(load(MemoryTree({**pages, "tabel.csv": written.getvalue()}), loaded))
    return [finding for finding in found if finding.rule == "derived/stale"]


@given(NORMS)
def test_a_table_that_was_just_made_is_not_stale(norms: dict[str, dict[str, list[str]]]) -> None:
    assert stale(norms, table_of(norms)) == []


@given(NORMS, st.data())
def test_one_wrong_mark_is_told_at_its_row(norms: dict[str, dict[str, list[str]]], data: st.DataObject) -> None:
    rows = table_of(norms)
    row = data.draw(st.integers(min_value=1, max_value=len(rows) - 1))
    column = data.draw(st.integers(min_value=3, max_value=len(rows[0]) - 1))
    rows[row][column] = str(1 - int(rows[row][column]))
    (finding,) = stale(norms, rows)
    assert finding.problem.location.begin.line == row + 1
