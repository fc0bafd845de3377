"""New, old and solved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.findings import compare_findings
from pipeline.compare.moves import moves_of
from pipeline.findings import Severity, State, sorted_and_stamped
from pipeline.rules.run import check_framework
from tests.reports.samples import found, marked
from tests.support import small_framework

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.compare.findings import Comparison
    from pipeline.findings import Finding


def at(*texts: str, path: str = "a.md", entry: str = "") -> tuple[Finding, ...]:
    return sorted_and_stamped(found("schema/empty-value", marked(text, path), entry=entry) for text in texts)


def states(comparison: Comparison) -> list[str]:
    return [f"{each.state} {each.problem.location.text}" for each in comparison.findings]


def test_new_old_and_solved() -> None:
    comparison = compare_findings(at("⟦one⟧", "- ⟦two⟧"), at("- - ⟦two⟧", "⟦three⟧"), homes={})
    assert states(comparison) == ["new three", "old two"]
    assert [each.problem.location.text for each in comparison.solved] == ["one"]


def test_an_old_finding_keeps_its_fingerprint_and_a_new_one_gets_one_of_its_own() -> None:
    before = at("Een ⟦x⟧ twee", "\n\nDrie ⟦x⟧ vier")
    now = at("Nul ⟦x⟧ nul", "\nEen ⟦x⟧ twee", "\n\n\n\n\nDrie ⟦x⟧ vier")
    comparison = compare_findings(before, now, homes={})
    assert [each.state for each in comparison.findings] == [State.NEW, State.OLD, State.OLD]
    assert [each.fingerprint for each in comparison.findings[1:]] == [each.fingerprint for each in before]
    assert len({each.fingerprint for each in comparison.findings}) == 3


def test_the_one_that_was_solved_is_known_by_its_surroundings() -> None:
    before = at("Een ⟦x⟧ twee", "\n\nDrie ⟦x⟧ vier")
    comparison = compare_findings(before, at("Drie ⟦x⟧ vier"), homes={})
    assert comparison.solved == before[:1]
    assert comparison.findings[0].fingerprint == before[1].fingerprint


def test_a_changed_sentence_does_not_make_its_finding_new() -> None:
    comparison = compare_findings(
        at("Lees ⟦x⟧ nu.", "  Kies ⟦x⟧ dan."), at("Lees ⟦x⟧ straks.", "  Neem ⟦x⟧."), homes={}
    )
    assert {each.state for each in comparison.findings} == {State.OLD}
    assert comparison.solved == ()


def test_a_finding_that_became_worse_is_new() -> None:
    before = at("⟦x⟧")
    worse = [replace(each, severity=Severity.ERROR) for each in before]
    assert states(compare_findings(before, worse, homes={})) == ["new x"]
    assert compare_findings(before, worse, homes={}).solved == ()
    assert states(compare_findings(worse, before, homes={})) == ["old x"]


def test_findings_follow_a_file_and_an_entry_that_got_another_name() -> None:
    in_file = compare_findings(at("⟦x⟧"), at("⟦x⟧", path="b.md"), homes={"a.md": "b.md"})
    in_entry = compare_findings(at("⟦x⟧", entry="urn:1"), at("⟦x⟧", entry="urn:2"), homes={"urn:1": "urn:2"})
    assert states(in_file) == states(in_entry) == ["old x"]


def test_what_cannot_be_read_is_not_solved() -> None:
    assert compare_findings(at("⟦x⟧"), (), homes={}, unread={"a.md"}).solved == ()


@pytest.mark.parametrize(
    ("severity", "rule", "expected"),
    [
        (Severity.NOTICE, "schema/empty-value", Severity.WARNING),
        (Severity.ERROR, "schema/empty-value", Severity.ERROR),
        (Severity.NOTICE, "source/trailing-space", Severity.NOTICE),
    ],
)
def test_a_new_notice_of_a_worsening_rule_is_a_warning(severity: Severity, rule: str, expected: Severity) -> None:
    [finding] = at("⟦x⟧")
    now = replace(finding, severity=severity, rule=rule)
    [judged] = compare_findings((), [now], homes={}, worsening={"schema/empty-value"}).findings
    assert judged.severity is expected
    [old] = compare_findings([now], [now], homes={}, worsening={"schema/empty-value"}).findings
    assert old.severity is severity


LINES = st.lists(st.sampled_from(["Lees [dit](weg.md) na.", "Kijk bij [dit](weg.md).", "Zie {regel:xyz-01}.", "Rust."]))


def body(lines: Sequence[str]) -> Mapping[str, str]:
    text = "---\nid: urn:klein:regel:awb-51\ntitle: Luister\nstatus: concept\n---\n\n## Regel\n\n"
    return {"content/regels/awb-51-luister.md": text + "\n\n".join(["Begin.", *lines]) + "\n"}


def compared(before: Mapping[str, str], now: Mapping[str, str]) -> Comparison:
    base = small_framework(before)
    framework = replace(small_framework(now), base=base)
    homes = moves_of(framework).homes
    return compare_findings(check_framework(base), check_framework(framework), homes=homes)


@given(before=LINES, now=LINES)
def test_every_finding_is_counted_once(before: list[str], now: list[str]) -> None:
    comparison = compared(body(before), body(now))
    old = sum(each.state is State.OLD for each in comparison.findings)
    assert len(comparison.findings) == len(check_framework(small_framework(body(now))))
    assert old + len(comparison.solved) == len(check_framework(small_framework(body(before))))
    back = compared(body(now), body(before))
    assert len(back.solved) == len(comparison.findings) - old


TOO_LONG = "completeness/section-length"


@given(lines=LINES, where=st.integers(0, 20), added=st.sampled_from(["Lees [dit](weg.md) na.", "Rust.\n\nWerk."]))
def test_what_is_added_is_new_and_nothing_else(lines: list[str], where: int, added: str) -> None:
    comparison = compared(body(lines), body([*lines[:where], added, *lines[where:]]))
    assert comparison.solved == ()
    # A section that becomes too long is another matter.
    new = [each.rule for each in comparison.findings if each.state is State.NEW and each.rule != TOO_LONG]
    assert new == ["links/broken"] * added.count("weg.md")


@given(
    lines=st.permutations([f"Alinea {number} noemt [dit](weg.md) ook." for number in range(5)]), where=st.integers(0, 5)
)
def test_the_new_one_of_many_alike_is_the_one_that_was_added(lines: list[str], where: int) -> None:
    added = [*lines[:where], "En hier [dit](weg.md) nog.", *lines[where:]]
    new = [each for each in compared(body(lines), body(added)).findings if each.state is State.NEW]
    assert len(new) == 1
    place = new[0].problem.location
    assert place.source.text[place.start - len("En hier [dit](") : place.start] == "En hier [dit]("
