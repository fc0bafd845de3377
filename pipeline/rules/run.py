"""Run every rule and make findings of what they yield."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.findings import Finding, Severity, sorted_and_stamped
from pipeline.rules.registry import rules
from pipeline.rules.schema.violations import violations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.documents.document import Document, Flaw
    from pipeline.findings import Problem
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.rule import Rule

# A conflict among the fields also makes them unreadable: one mistake, one finding.
_CONFLICT = "source/merge-conflict-marker"
_EXPLAINED = "schema/invalid-yaml"


@cache
def _by_scope() -> tuple[tuple[Rule, ...], tuple[Rule, ...], dict[str, Rule]]:
    everything = rules().values()
    return (
        tuple(rule for rule in everything if rule.document),
        tuple(rule for rule in everything if rule.framework),
        {keyword: rule for rule in everything for keyword in rule.keywords},
    )


def check_document(document: Document, kind: Kind) -> tuple[tuple[str, Problem], ...]:
    """Give the problems of one document by rule. Pure and picklable: no other file matters."""
    named = tuple(_of_document(document, kind))
    override = kind.overrides.get(_CONFLICT)
    if not document.readable and not (override and override.severity == "off"):
        conflicts = [problem.location.start for name, problem in named if name == _CONFLICT]
        first = min(conflicts, default=len(document.source.text) + 1)
        named = tuple(each for each in named if each[0] != _EXPLAINED or each[1].location.end < first)
    return named


def _of_document(document: Document, kind: Kind) -> Iterator[tuple[str, Problem]]:
    for flaw in document.flaws:
        yield flaw.rule, flaw.problem
    unreadable = any(flaw.rule.startswith("source/") for flaw in document.flaws)
    per_document, _, by_keyword = _by_scope()
    for rule in per_document:
        if unreadable or (not document.readable and rule.name.startswith("schema/")):
            continue
        for problem in rule.document(document, kind):  # type: ignore[misc]
            yield rule.name, problem
    if document.readable:
        for violation in violations(document, kind):
            rule = by_keyword.get(violation.keyword) or by_keyword[""]
            for problem in rule.violation(violation):  # type: ignore[misc]
                yield rule.name, problem


def check_framework(framework: Framework) -> tuple[Finding, ...]:
    """Run all rules; give the findings sorted by file and place."""
    named: list[tuple[str, Problem]] = []
    for document in framework.documents:
        kind = framework.schemas.claim(document.source.path)
        if kind is not None:
            named.extend(check_document(document, kind))
    for extra in framework.extras.values():
        named.extend((flaw.rule, flaw.problem) for flaw in extra.flaws)
    for rule in _by_scope()[1]:
        named.extend((rule.name, problem) for problem in rule.framework(framework))  # type: ignore[misc]
    return sorted_and_stamped(_findings(named, framework))


def findings_of_flaws(flaws: Iterable[Flaw]) -> tuple[Finding, ...]:
    """Make findings of flaws outside a framework: those of the schemas themselves."""
    table = rules()
    return sorted_and_stamped(
        Finding(rule=flaw.rule, severity=table[flaw.rule].severity, problem=flaw.problem) for flaw in flaws
    )


def _findings(named: Iterable[tuple[str, Problem]], framework: Framework) -> Iterator[Finding]:
    table = rules()
    for name, problem in named:
        path = problem.location.source.path
        kind = framework.schemas.claim(path)
        overrides = kind.overrides if kind else framework.settings.overrides
        severity = problem.severity or table[name].severity
        if name in overrides:
            word = overrides[name].severity
            if word == "off":
                continue
            severity = Severity.of(word)
        entry = framework.entry_at(path, problem.location.start)
        yield Finding(rule=name, severity=severity, problem=problem, entry=entry.id if entry else "")
