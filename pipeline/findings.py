"""Findings: what a rule has to say about a place in the sources, as data.

A rule yields problems, without words. The runner makes findings of them; a report gives
them words in the reader's language.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import Text
from pipeline.text import lazy_pattern, packed_quickly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.text import Location

Parameter = str | int | tuple[str, ...] | Text
Essence = tuple[str, str, str]

LONGEST: Final = 2_000
"""Most characters of a place that its words are taken from."""

# Quotation marks are left out: they come and go in YAML without changing a value.
_WORD = lazy_pattern(r"""\w+|[^\w\s"']""")
_POSITION = lazy_pattern(r"(?<![^.])[0-9]+(?![^.])")


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


class State(StrEnum):
    """Whether a finding was there before; the words that reports for machines use."""

    NEW = "new"
    OLD = "old"


class Edit(NamedTuple):
    """Replace the characters at ``location`` by ``replacement``."""

    location: Location
    replacement: str


class Fix(NamedTuple):
    """Edits that mend a problem. Only ``safe`` ones are ever applied unasked."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


@packed_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a rule found, without words.

    ``parameters`` fill the rule's message; what contributors wrote goes in as it is and is
    escaped by the report. The parameter ``suggestions``, a tuple, is shown by every report
    as "did you mean". A `Text` is given in the reader's language. ``variant`` picks one of the rule's messages.
    ``field`` is the path of the field in the front matter, ``vereiste.0.ref``.
    ``severity`` overrides the rule's own. ``subject`` is what the problem is about, where the words at its place
    do not tell: the place is the first line of something larger, for instance. With rule, entry and field it
    tells a problem from others, so nothing that changes by itself belongs in it.
    """

    location: Location
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    variant: str = ""
    field: str = ""
    fix: Fix | None = None
    related: tuple[Location, ...] = ()
    severity: Severity | None = None
    subject: str | None = None


@packed_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem with the rule that found it, its severity and the entry it is in.

    ``state`` is known once the findings of an earlier revision are set beside it.
    """

    rule: str
    severity: Severity
    problem: Problem
    entry: str = ""
    fingerprint: str = ""
    state: State | None = None

    @property
    def path(self) -> str:
        """The file, relative to the root."""
        return self.problem.location.source.path

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by file, place and rule."""
        where = self.problem.location
        return (where.source.path, where.start, where.end, self.rule)

    @property
    def home(self) -> str:
        """What it belongs to: its entry, or else its file."""
        return self.entry or self.path

    @property
    def essence(self) -> Essence:
        """What stays the same wherever it stands: rule, field without positions, and words."""
        problem = self.problem
        about = problem.subject if problem.subject is not None else _words(problem.location)
        return (self.rule, _POSITION.sub("*", problem.field), about)

    def stamped(self, number: int) -> Finding:
        """Give this finding its fingerprint; ``number`` tells it from others of the same essence.

        A fingerprint is made of rule, home, field and words, never of a place. So it stays
        when text moves, is broken into other lines or put in another order.
        """
        name = json.dumps([self.home, *self.essence, number])
        return replace(self, fingerprint=hashlib.sha256(name.encode()).hexdigest()[:16])


def _words(location: Location) -> str:
    """Give the words at a place, sorted: the order of keys and lines does not count."""
    text = location.source.text[location.start : min(location.end, location.start + LONGEST)]
    return " ".join(sorted(_WORD.findall(text)))


@packed_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check came to; ``files`` and ``entries`` count what was checked.

    ``base`` is the commit that it was compared with, and ``solved`` what was found there and is
    not there any more. ``day`` is the one that deadlines were held against (empty: none is
    known), where there are any. ``hidden`` is what was found and left out because a comment asks for
    that, of what cannot be found again by looking at one page; ``searched`` is how much was found, at most,
    by the rules that stop looking for what was meant after so many.
    """

    findings: tuple[Finding, ...] = ()
    files: int = 0
    entries: int = 0
    base: str = ""
    solved: tuple[Finding, ...] = ()
    day: str | None = None
    hidden: tuple[Finding, ...] = ()
    searched: Mapping[str, int] = field(default_factory=dict)

    @property
    def fails(self) -> bool:
        """Whether a finding is an error that was not there before."""
        return any(each.severity is Severity.ERROR and each.state is not State.OLD for each in self.findings)


def sorted_and_stamped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings, drop exact doubles and give each a fingerprint."""
    seen: Counter[tuple[str, Essence]] = Counter()
    stamped: list[Finding] = []
    previous: Finding | None = None
    for finding in sorted(findings, key=lambda each: each.order):
        if previous and finding.order == previous.order and finding.problem == previous.problem:
            continue
        previous = finding
        key = (finding.home, finding.essence)
        seen[key] += 1
        stamped.append(finding.stamped(seen[key]))
    return tuple(stamped)
