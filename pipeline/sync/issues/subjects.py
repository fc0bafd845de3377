"""What there should be issues about: entries and files, with the findings that count.

An issue is for what somebody has to mend: what is broken (errors), and what is incomplete
(warnings). Coverage and completeness count whatever their severity: a gap is a notice, and
still something that is missing. Style counts only where it is an error: how a sentence reads
is for whoever works on the page anyway.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings import Severity
from pipeline.sync.issues.marker import Sort, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings import Finding
    from pipeline.model.framework import Entry, Framework

LEAST: Final = {
    "style": Severity.ERROR,
    "completeness": Severity.NOTICE,
    "coverage": Severity.NOTICE,
}
"""By family of rules: the severity from which a finding needs an issue; a warning for others."""


class Subject(NamedTuple):
    """An entry or a file with what was found in it, the worst first."""

    topic: Topic
    path: str
    findings: tuple[Finding, ...]
    entry: Entry | None = None

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def digest(self) -> str:
        """What was found, whatever the entry is called now and wherever it stands."""
        return digest_of(sorted((finding.severity.word, *finding.essence) for finding in self.findings))


def counts(finding: Finding) -> bool:
    """Whether a finding needs an issue."""
    return finding.severity >= LEAST.get(finding.rule.partition("/")[0], Severity.WARNING)


def subjects(framework: Framework, findings: Iterable[Finding]) -> tuple[Subject, ...]:
    """Give what there should be issues about: most errors first, then most findings, then by kind."""
    homes: dict[Topic, list[Finding]] = {}
    for finding in findings:
        if counts(finding):
            topic = Topic(Sort.ENTRY, finding.entry) if finding.entry else Topic(Sort.FILE, finding.path)
            homes.setdefault(topic, []).append(finding)
    entries = {entry.id: entry for entry in reversed(framework.entries)}
    kinds = {name: number for number, name in enumerate(framework.kinds)}
    found = [_subject(topic, inside, entries.get(topic.name)) for topic, inside in homes.items()]

    def weight(subject: Subject) -> tuple[int, int, int, Topic]:
        kind = kinds.get(subject.entry.kind.name, len(kinds)) if subject.entry else len(kinds)
        return (-subject.errors, -len(subject.findings), kind, subject.topic)

    return tuple(sorted(found, key=weight))


def digest_of(value: object) -> str:
    """Give a short digest of plain values."""
    content = json.dumps(value, ensure_ascii=True).encode()
    return hashlib.sha256(content).hexdigest()[:16]


def _subject(topic: Topic, findings: list[Finding], entry: Entry | None) -> Subject:
    worst_first = tuple(sorted(findings, key=lambda each: (-each.severity, each.order, each.fingerprint)))
    entry = entry if topic.sort is Sort.ENTRY else None
    return Subject(topic, entry.path if entry else findings[0].path, worst_first, entry)
