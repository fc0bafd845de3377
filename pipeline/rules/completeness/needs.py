"""What the schema of a kind says that its entries need besides their form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem
from pipeline.guidance.conditions import value_at
from pipeline.model.load import entries_of
from pipeline.rules.completeness.sections import severity_for
from pipeline.rules.coverage.doubt import is_misread
from pipeline.rules.words import label_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.demands import Need
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind


def needed(kind: Kind, rule: str) -> list[Need]:
    """Give the needs of a kind that a rule tells about."""
    return [need for need in kind.needs if need.rule == rule]


def lacking(document: Document, kind: Kind, rule: str) -> Iterator[Problem]:
    """Give a problem for each entry in a document that lacks fields it needs."""
    needs = needed(kind, rule)
    if not needs or not document.readable:
        return
    needs = [need for need in needs if not need.state or _may_be(document, kind, need.state)]
    for entry in entries_of(document, kind) if needs else ():
        for need in needs:
            missing = missing_fields(entry, need)
            if missing:
                yield problem_of(entry, need, missing)


def _may_be(document: Document, kind: Kind, state: str) -> bool:
    """Whether one of the words for a state stands among the fields: a quick look before a slow one."""
    end = document.body.start if document.body else len(document.source.text)
    words = (word for word, means in kind.states.items() if means == state)
    return any(document.source.text.find(word, 0, end) >= 0 for word in words)


def missing_fields(entry: Entry, need: Need) -> list[str]:
    """Give the fields that an entry should have and has not; those told by the schema left out."""
    if entry.node is None or entry.is_gone or need.state not in {"", entry.state}:
        return []
    if need.admitted and not value_at(entry.fields, need.admitted):
        return []
    return [path for path in need.fields if value_at(entry.fields, path) is None and not is_misread(entry, path)]


def problem_of(entry: Entry, need: Need, missing: list[str]) -> Problem:
    """Make a problem, at the field that admits it or else at the entry."""
    labels = [label_at(entry.kind, path).lowered() for path in missing]
    admitting = entry.node.child(need.admitted) if entry.node and need.admitted else None
    return Problem(
        location=entry.document.place_of_key(admitting) if admitting else entry.location,
        variant="admitted" if admitting else "",
        field=missing[0],
        severity=severity_for(entry),
        parameters={
            "fields": Text(
                nl=" en ".join(label.nl for label in labels),
                en=" and ".join(label.en for label in labels),
            ),
            "names": " en ".join(f"“{path}”" for path in missing),
        },
    )
