"""Findings: what a rule has to say about a place in the sources, as data.

A rule yields problems, without words. The runner makes findings of them; a report gives
them words in the reader's language.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from pipeline.errors import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.text import Location

Parameter = str | int | tuple[str, ...] | Text


class Severity(IntEnum):
    """How bad a finding is; a larger number is worse."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @classmethod
    def of(cls, word: str) -> Severity:
        """Read ``"error"``, ``"warning"`` or ``"notice"``."""
        return cls[word.upper()]

    @property
    def word(self) -> str:
        """The word used in schemas and in reports for machines."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace the characters at ``location`` by ``replacement``."""

    location: Location
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Edits that mend a problem. Only ``safe`` ones are ever applied unasked."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a rule found, without words.

    ``parameters`` fill the rule's message; what contributors wrote goes in as it is and is
    escaped by the report. The parameter ``suggestions``, a tuple, is shown by every report
    as "did you mean". A `Text` is given in the reader's language. ``variant`` picks one of the rule's messages.
    ``field`` is the path of the field in the front matter, ``vereiste.0.ref``.
    ``severity`` overrides the rule's own.
    """

    location: Location
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    variant: str = ""
    field: str = ""
    fix: Fix | None = None
    related: tuple[Location, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem with the rule that found it, its severity and the entry it is in."""

    rule: str
    severity: Severity
    problem: Problem
    entry: str = ""
    fingerprint: str = ""

    @property
    def path(self) -> str:
        """The file, relative to the root."""
        return self.problem.location.source.path

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by file, place and rule."""
        where = self.problem.location
        return (where.source.path, where.start, where.end, self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check came to; ``files`` and ``entries`` count what was checked."""

    findings: tuple[Finding, ...] = ()
    files: int = 0
    entries: int = 0

    @property
    def fails(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def sorted_and_stamped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings, drop exact doubles and give each a fingerprint.

    A fingerprint is made of rule, entry (or path), field and the words at the place, with
    a number where those are the same; never of a line number, so that it stays when text
    above it moves.
    """
    seen: Counter[str] = Counter()
    stamped: list[Finding] = []
    previous: Finding | None = None
    for finding in sorted(findings, key=lambda each: each.order):
        if previous and finding.order == previous.order and finding.problem == previous.problem:
            continue
        previous = finding
        problem = finding.problem
        words = " ".join(problem.location.text.split())
        name = "\0".join((finding.rule, finding.entry or finding.path, problem.field, words))
        seen[name] += 1
        digest = hashlib.sha256(f"{name}\0{seen[name]}".encode(errors="surrogatepass")).hexdigest()
        stamped.append(replace(finding, fingerprint=digest[:16]))
    return tuple(stamped)
