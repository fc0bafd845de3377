"""What keeps a finding's fingerprint: over the cases of every rule, and over made up entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Problem, Severity, sorted_and_stamped
from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.rules.run import check_framework
from pipeline.rules.suppressions.comments import SIGN
from tests.reports.samples import found, marked
from tests.rules.test_cases import FENCE, all_cases, unescape
from tests.support import FIXTURES, MemoryTree, _files, findings, small_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.findings import Finding
    from tests.rules.test_cases import Case

FRONT = re.compile(rb"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)


def shaken(path: str, data: bytes) -> bytes:
    """Put fields and items in another order, and every line at another place."""
    if path.endswith(".yaml"):
        return b"\n" + b"".join(reversed(re.split(rb"^(?=- )", data, flags=re.MULTILINE)))
    match = FRONT.match(data)
    if not match:
        return data
    fields = re.split(rb"^(?=[^\s#-])", match[1], flags=re.MULTILINE)
    front = b"".join(turned(field) for field in reversed(fields))
    return b"---\n" + front + b"---\n\n\n" + data[match.end() :]


def turned(field: bytes) -> bytes:
    head, *items = re.split(rb"^(?= *- )", field, flags=re.MULTILINE)
    whole = all(item.startswith(items[0][: items[0].index(b"-") + 1]) for item in items)
    return head + b"".join(reversed(items)) if whole else field


def prints(found: tuple[Finding, ...]) -> set[str]:
    return {finding.fingerprint for finding in found}


@pytest.mark.parametrize("case", list(all_cases()), ids=str)
def test_no_finding_of_any_rule_depends_on_lines_and_order(case: Case) -> None:
    files: dict[str, str | bytes | OSError] = {**small_files()}
    schemas: dict[str, str | bytes | OSError] = {**_files(FIXTURES / "klein" / "schemas")}
    for sort, name, content in FENCE.findall(case.text):
        if sort != "base":
            (schemas if sort == "schema" else files)[unescape(name).decode()] = unescape(content)
    loaded, _ = load_schemas(MemoryTree(schemas))
    if loaded is None:
        return
    framework = load(MemoryTree(files), loaded)
    # What cannot be read in its own order need not be readable in another one, and a comment
    # that leaves something out speaks for what is beside it.
    # A nickname must come after what it stands for.
    readable = [
        each.source
        for each in framework.documents
        if each.readable and not any(flaw.rule == "schema/alias" for flaw in each.flaws)
    ]
    whole = {each.path for each in readable if not each.text.startswith("\ufeff") and SIGN not in each.text}
    moved = {
        path: shaken(path, data) if path in whole and isinstance(data, bytes) else data for path, data in files.items()
    }
    assert prints(check_framework(framework)) == prints(check_framework(load(MemoryTree(moved), loaded)))


FIELDS = (
    "id: urn:klein:regel:awb-51",
    "title: 2.20",
    "status: concpt",
    "stap:",
    "zie-ook:",
    "bronnen: iets",
    "datum: 2026-02-30",
)
ITEMS = {
    "stap:": ("- ontwep", "- ontwerp", "- 3", "-"),
    "zie-ook:": ("- awb-99", "- ref: awb-98\n    waarom: zomaar", "- waarom: gelijk", "- awb-01", "- awb-99"),
}
PARAGRAPHS = (
    "Lees [de uitleg](weg.md) voordat je begint.",
    "Lees [de uitleg](weg.md) ook als je klaar bent.",
    "Zie {regel:awb-97} en ook\u00a0{regel:awb-97}.",
    "Klik [hier](https://voorbeeld.example/a) voor meer.",
)


def written(fields: Iterable[str], items: Mapping[str, Iterable[str]], body: str) -> str:
    lines = [line for field in fields for line in (field, *(f"  {item}" for item in items.get(field, ())))]
    return "\n".join(["---", *lines, "---", "", body, ""])


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, str]:
    """Give the path and the text of one entry with many mistakes, in any order and on any line."""
    spaces = st.sampled_from([" ", "\n"])
    paragraphs = [paragraph.replace(" ", draw(spaces)) for paragraph in draw(st.permutations(PARAGRAPHS))]
    body = draw(st.sampled_from(["\n\n", "\n\n\n\n\n"])).join(["## Regel", *paragraphs])
    items = {field: draw(st.permutations(each)) for field, each in ITEMS.items()}
    slug = draw(st.sampled_from(["luister", "vraag", "nog-een-naam"]))
    return f"content/regels/awb-51-{slug}.md", written(draw(st.permutations(FIELDS)), items, body)


EXPECTED = findings({"content/regels/awb-51-x.md": written(FIELDS, ITEMS, "\n\n".join(["## Regel", *PARAGRAPHS]))})


@given(entry=entries())
def test_an_entry_may_be_put_in_any_order_and_get_any_name(entry: tuple[str, str]) -> None:
    path, text = entry
    assert prints(findings({path: text})) == prints(EXPECTED)


def test_the_made_up_entry_has_findings_of_many_sorts() -> None:
    assert len(EXPECTED) > 12
    assert len({finding.rule for finding in EXPECTED}) > 8
    assert len(prints(EXPECTED)) == len(EXPECTED)


def test_findings_of_one_essence_are_told_apart() -> None:
    one, two = found("schema/empty-value", marked("⟦a⟧")), found("schema/empty-value", marked("b ⟦a⟧"))
    first, second = sorted_and_stamped([one, two])
    assert first.essence == second.essence
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"rule": "source/trailing-space"}, False),
        ({"entry": "urn:x:2"}, False),
        ({"field": "rollen.0"}, False),
        ({"field": "vereiste.7"}, True),
        ({"location": marked("lang\n\nverhaal: ⟦  -  awb-01⟧")}, True),
        ({"location": marked('⟦- "awb-01"⟧')}, True),
        ({"location": marked("⟦- awb-02⟧")}, False),
        ({"location": marked("⟦- awb-01⟧", "b.md")}, True),
        ({"location": marked("⟦- awb-01⟧", "b.md"), "entry": ""}, False),
        ({"variant": "other"}, True),
    ],
)
def test_what_makes_a_fingerprint(change: dict[str, Any], same: bool) -> None:  # noqa: FBT001 - a column of the table
    usual: dict[str, Any] = {
        "location": marked("⟦- awb-01⟧"),
        "rule": "schema/empty-value",
        "entry": "urn:x:1",
        "field": "vereiste.0",
    }
    [one] = sorted_and_stamped([found(**usual)])
    [other] = sorted_and_stamped([found(**{**usual, **change})])
    assert (one.fingerprint == other.fingerprint) is same


def test_a_subject_stands_for_the_words() -> None:
    def stamped(location: str, subject: str) -> str:
        finding = found("schema/empty-value", marked(location))
        problem = Problem(location=finding.problem.location, subject=subject)
        [made] = sorted_and_stamped([type(finding)(rule=finding.rule, severity=Severity.ERROR, problem=problem)])
        return made.fingerprint

    assert stamped("⟦a⟧", "x") == stamped("⟦b⟧", "x") != stamped("⟦a⟧", "y")


def test_a_name_cannot_be_made_to_look_like_another_one() -> None:
    one = found("schema/empty-value", marked("⟦x⟧"), entry='a", "schema/empty-value')
    other = found("schema/empty-value", marked("⟦x⟧"), entry="a", field='schema/empty-value", "x')
    assert len(prints(sorted_and_stamped([one, other]))) == 2


def test_in_a_list_the_text_as_a_whole_belongs_to_no_entry() -> None:
    items = (
        "- id: urn:klein:stap:ont\n  title: Ontwerp\n  slug: ontwerp\n- title: Beheer\n  slug: monitoring-en-beheer\n"
    )
    text = items.replace("\n", "\r\n")
    found = findings({"content/stappen.yaml": text})
    assert {finding.rule: finding.entry for finding in found} == {"source/crlf": "", "schema/missing-field": ""}
