"""Run every rule and make findings of what they yield."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from pipeline.documents.document import Flaw
from pipeline.findings import Finding, Outcome, sorted_and_stamped
from pipeline.rules.links.resolve import SEARCHING
from pipeline.rules.once import once
from pipeline.rules.registry import rules
from pipeline.rules.schema.violations import violations
from pipeline.rules.suppressions.leave_out import Exemptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Problem, Severity
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.links.outside import Answered
    from pipeline.rules.rule import Rule

Beside = Callable[
    [Callable[[], list[Flaw]], Callable[[], list[Flaw]], "Sequence[object]"], tuple[list[Flaw], list[Flaw]]
]

MANY: Final = 128
"""Documents from which on rules over all of them are worth two processes."""

# A conflict among the fields also makes them unreadable: one mistake, one finding.
_CONFLICT = "source/merge-conflict-marker"
_EXPLAINED = "schema/invalid-yaml"


@cache
def _by_scope() -> tuple[tuple[Rule, ...], tuple[Rule, ...], dict[str, Rule]]:
    everything = rules().values()
    return (
        tuple(rule for rule in everything if rule.document),
        tuple(rule for rule in everything if rule.nearby or rule.framework),
        {keyword: rule for rule in everything for keyword in rule.keywords},
    )


def ready() -> None:
    """Import all rules and the parser: once, before the work is shared between processes."""
    import pipeline.documents.markdown  # noqa: F401, PLC0415 - as in pipeline.documents.parse

    _by_scope()


def check_document(document: Document, kind: Kind) -> tuple[Flaw, ...]:
    """Give what the rules over one document find. Pure and picklable: no other file matters."""
    found = tuple(_of_document(document, kind))
    override = kind.overrides.get(_CONFLICT)
    if not document.readable and not (override and override.severity == "off"):
        conflicts = [flaw.problem.location.start for flaw in found if flaw.rule == _CONFLICT]
        first = min(conflicts, default=len(document.source.text) + 1)
        found = tuple(flaw for flaw in found if flaw.rule != _EXPLAINED or flaw.problem.location.end < first)
    return found


def inspected(document: Document, kind: Kind) -> Document:
    """Give the document with what its own rules found, and without what only they read."""
    body = replace(document.body, passages=()) if document.body else None
    return replace(document, body=body, checked=check_document(document, kind))


def _of_document(document: Document, kind: Kind) -> Iterator[Flaw]:
    yield from document.flaws
    unreadable = any(_hides_the_text(flaw) for flaw in document.flaws)
    per_document, _, by_keyword = _by_scope()
    for rule in per_document:
        if unreadable or (not document.readable and rule.name.startswith("schema/")):
            continue
        for problem in rule.document(document, kind):  # type: ignore[misc]
            yield Flaw(rule=rule.name, problem=problem)
    if document.readable:
        for violation in violations(document, kind):
            rule = by_keyword.get(violation.keyword) or by_keyword[""]
            for problem in rule.violation(violation):  # type: ignore[misc]
                yield Flaw(rule=rule.name, problem=problem)


def _hides_the_text(flaw: Flaw) -> bool:
    """Whether nobody knows what the file says; of fields nested too deep, the text around them is known."""
    return flaw.rule.startswith("source/") and flaw.problem.variant not in {"depth", "values"}


def check_framework(framework: Framework, *, beside: Beside | None = None) -> tuple[Finding, ...]:
    """Run all rules; give the findings sorted by file and place."""
    return outcome_of(framework, beside=beside).findings


def outcome_of(framework: Framework, *, beside: Beside | None = None) -> Outcome:
    """Run all rules, and tell what they came to.

    ``beside`` lets two functions run at the same time, where that is possible.
    """
    found: list[Flaw] = []
    for document in framework.documents:
        kind = framework.schemas.claim(document.source.path)
        if kind is not None:
            found.extend(check_document(document, kind) if document.checked is None else document.checked)
    for extra in framework.extras.values():
        found.extend(extra.flaws)
    found.extend(_of_framework(framework, beside if len(framework.documents) >= MANY else None))
    exemptions = Exemptions(framework, rules())
    told = [(flaw, exemptions.hide(flaw)) for flaw in once(found, framework.schemas)]
    return Outcome(
        findings=sorted_and_stamped(findings_of((flaw for flaw, hide in told if not hide), framework, exemptions)),
        files=len(framework.documents),
        entries=len(framework.entries),
        day=framework.today if framework.schemas.mind_the_day else None,
        hidden=unseen(flaw for flaw, hide in told if hide),
        searched=dict(Counter(flaw.rule for flaw in found if flaw.rule in SEARCHING)),
    )


def _of_framework(framework: Framework, beside: Beside | None) -> Iterator[Flaw]:
    """Run the rules over all documents; those about links take half of the time."""

    def asked(family: str, *, wanted: bool) -> list[Flaw]:
        return [
            Flaw(rule=rule.name, problem=problem)
            for rule in _by_scope()[1]
            if rule.name.startswith(family) is wanted
            for check in (rule.nearby, rule.framework)
            if check
            for problem in check(framework)
        ]

    links, others = partial(asked, "links/", wanted=True), partial(asked, "links/", wanted=False)
    if beside is None:
        return chain(others(), links())
    documents = (*framework.documents, *framework.extras.values())
    return chain.from_iterable(beside(others, links, [document.source for document in documents]))


def nearby(framework: Framework) -> Iterator[Flaw]:
    """Give what is wrong with the documents of a framework, each with what it names and leads to."""
    for rule in _by_scope()[1]:
        for problem in rule.nearby(framework) if rule.nearby else ():
            yield Flaw(rule=rule.name, problem=problem)


def check_answers(framework: Framework, everything: Iterable[Answered]) -> tuple[Finding, ...]:
    """Judge what websites answered; give the findings sorted by file and place."""
    judges = [rule for rule in rules().values() if rule.answer]
    found = (
        Flaw(rule=rule.name, problem=problem)
        for answered in everything
        for rule in judges
        for problem in rule.answer(answered)  # type: ignore[misc]
    )
    exemptions = Exemptions(framework, rules())
    told = (finding for flaw in found if not exemptions.hide(flaw) for finding in _finding(flaw, framework, exemptions))
    return sorted_and_stamped(told)


def findings_of_flaws(flaws: Iterable[Flaw]) -> tuple[Finding, ...]:
    """Make findings of flaws outside a framework: those of the schemas themselves."""
    table = rules()
    return sorted_and_stamped(
        Finding(rule=flaw.rule, severity=table[flaw.rule].severity, problem=flaw.problem) for flaw in flaws
    )


def findings_of(found: Iterable[Flaw], framework: Framework, exemptions: Exemptions) -> Iterator[Finding]:
    """Give what is to be told a severity and an entry; then tell of exemptions of no use."""
    for flaw in found:
        yield from _finding(flaw, framework, exemptions)
    for flaw in exemptions.remarks():
        yield from _finding(flaw, framework, exemptions)


def unseen(flaws: Iterable[Flaw]) -> tuple[Finding, ...]:
    """Keep in mind what a comment hides, of what cannot be found again by looking at one page."""
    table = rules()
    found = (flaw for flaw in flaws if flaw.rule in SEARCHING or table[flaw.rule].is_wide(flaw.problem))
    return tuple(Finding(rule=each.rule, severity=table[each.rule].severity, problem=each.problem) for each in found)


def _finding(flaw: Flaw, framework: Framework, exemptions: Exemptions) -> Iterator[Finding]:
    where = flaw.problem.location
    kind = framework.schemas.claim(where.source.path)
    overrides = kind.overrides if kind else framework.settings.overrides
    severity = exemptions.severity(flaw, overrides.get(flaw.rule))
    if severity is not None:
        yield _told(flaw, severity, _entry_of(flaw, framework))


def _entry_of(flaw: Flaw, framework: Framework) -> Entry | None:
    """Give the entry that a flaw belongs to.

    In a list, what is wrong with the text as a whole belongs to no entry in particular, and
    an entry without an id has no name that it keeps.
    """
    where = flaw.problem.location
    entry = framework.entry_at(where.source.path, where.start)
    if entry is None or entry.kind.files.layout == "document":
        return entry
    identity = entry.kind.identity
    nameless = identity.where == "field" and not entry.fields.get(identity.field)
    return None if nameless or flaw.rule.startswith("source/") else entry


def _told(flaw: Flaw, severity: Severity, entry: Entry | None) -> Finding:
    problem = flaw.problem
    if entry is not None and problem.subject is None and problem.location == entry.location:
        problem = replace(problem, subject=_subject(problem))
    return Finding(rule=flaw.rule, severity=severity, problem=problem, entry=entry.id if entry else "")


def _subject(problem: Problem) -> str:
    """Say what a problem is about that stands at the place of its whole entry."""
    told = problem.parameters.items() if not problem.field else ()
    return " ".join(value for name, value in sorted(told) if isinstance(value, str) and name != "path")
