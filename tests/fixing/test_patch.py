"""Edits of a text, and edits of what came of them, as edits of the first text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Edit, Finding, Fix, Problem, Severity
from pipeline.fixing.choose import compatible
from pipeline.fixing.patch import Patch, applied, combined, in_order
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = st.text(alphabet=st.sampled_from("ab é\r\n\t𝄞\ufeff"), max_size=30)
WORDS = st.text(alphabet=st.sampled_from("xy\n𝄞"), max_size=3)


def source(text: str, path: str = "a.md") -> Source:
    return Source(path=path, text=text)


@st.composite
def edits_of(draw: st.DrawFn, where: Source) -> tuple[Edit, ...]:
    """Edits in order that leave one another alone."""
    places = sorted(draw(st.lists(st.integers(0, len(where.text)), max_size=8, unique=True)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return in_order(Edit(location=where.at(start, end), replacement=draw(WORDS)) for start, end in pairs)


def finding(edits: Sequence[Edit], number: int = 0) -> Finding:
    fix = Fix(title=str(number), edits=tuple(edits), safe=True)
    problem = Problem(location=edits[0].location, fix=fix)
    return Finding(rule=f"family/rule-{number}", severity=Severity.ERROR, problem=problem)


def test_only_what_an_edit_names_changes() -> None:
    where = source("\ufefftitle:  Luister\r\n𝄞\tgoed")
    edit = Edit(location=where.at(9, 16), replacement="Vraag")
    assert applied(where.text, [edit]) == "\ufefftitle:  Vraag\r\n𝄞\tgoed"


def test_an_edit_that_changes_nothing_is_none() -> None:
    where = source("abc")
    assert in_order([Edit(location=where.at(0, 1), replacement="a")]) == ()


@given(data=st.data(), text=TEXTS)
def test_two_rounds_of_edits_are_one(data: st.DataObject, text: str) -> None:
    first = source(text)
    one = data.draw(edits_of(first))
    second = source(applied(text, one))
    two = data.draw(edits_of(second))
    both = combined(first, one, two)
    assert applied(text, both) == applied(second.text, two)
    assert Patch(source=first, edits=both).after == applied(second.text, two)
    assert all(each.location.end <= after.location.start for each, after in pairwise(both))


@given(data=st.data(), text=TEXTS)
def test_part_of_a_text_with_its_edits(data: st.DataObject, text: str) -> None:
    where = source(text)
    edits = data.draw(edits_of(where))
    start = min([each.location.start for each in edits], default=0)
    end = max([each.location.end for each in edits], default=len(text))
    assert text[:start] + applied(text, edits, start, end) + text[end:] == applied(text, edits)


def conflict(one: Edit, other: Edit) -> bool:
    """Say it in words: the same characters, or new text inside or at the edge of another edit."""
    if one.location.source.path != other.location.source.path:
        return False
    (a, b), (c, d) = ((each.location.start, each.location.end) for each in (one, other))
    return (a <= d and c <= b) if a == b or c == d else (a < d and c < b)


@given(data=st.data())
def test_a_compatible_set_of_fixes(data: st.DataObject) -> None:
    sources = [source(data.draw(TEXTS), path) for path in ("a.md", "b.md")]
    findings: list[Finding] = []
    for number in range(data.draw(st.integers(0, 6))):
        edits: list[Edit] = []
        for _ in range(data.draw(st.integers(1, 3))):
            where = data.draw(st.sampled_from(sources))
            start = data.draw(st.integers(0, len(where.text)))
            end = data.draw(st.integers(start, min(len(where.text), start + 4)))
            edits.append(Edit(location=where.at(start, end), replacement=data.draw(WORDS)))
        findings.append(finding(edits, number))
    chosen = compatible(findings)
    real = {each.rule: in_order(each.problem.fix.edits) for each in findings if each.problem.fix}
    taken = [edit for each in chosen for edit in real[each.rule]]
    assert not any(conflict(one, other) for n, one in enumerate(taken) for other in taken[n + 1 :])
    # Whoever is left out stands in the way of one before it, or of itself, or does nothing.
    for number, each in enumerate(findings):
        if each in chosen:
            continue
        own = real[each.rule]
        before = [edit for earlier in findings[:number] if earlier in chosen for edit in real[earlier.rule]]
        others = [(one, other) for one in own for other in before]
        others += [(one, other) for n, one in enumerate(own) for other in own[n + 1 :]]
        assert not own or any(conflict(one, other) for one, other in others)


def test_new_text_at_the_edge_of_what_another_fix_replaces_waits() -> None:
    where = source("stap: ontwerp")
    first = finding([Edit(location=where.at(6, 13), replacement="[ontwerp]")])
    for place in (6, 9, 13):
        quoted = finding([Edit(location=where.at(place), replacement='"')], 1)
        assert compatible([first, quoted]) == [first]
        assert compatible([quoted, first]) == [quoted]


def test_a_fix_is_all_of_its_edits_or_none() -> None:
    where = source("aaaa")
    first = finding([Edit(location=where.at(2, 3), replacement="b")])
    both = finding([Edit(location=where.at(place, place + 1), replacement="c") for place in (0, 2)], 1)
    third = finding([Edit(location=where.at(0, 1), replacement="d")], 2)
    assert compatible([first, both, third]) == [first, third]
