"""What every report is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.findings import Severity, State
from pipeline.rules.registry import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings import Finding
    from pipeline.rules.rule import Rule

WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings of one check, with what they were found in.

    ``findings`` are put in order. ``files`` and ``entries`` count what was checked.
    ``base`` is the commit that the findings were compared with, ``solved`` what was found
    there and is not there any more; places of those are places in that commit. People are
    told of new findings only, unless ``everything`` is asked for.
    ``language`` is ``"nl"`` or ``"en"``. ``prefix`` leads from the repository's top to the
    root, with a slash at its end (``"kader/"``): reports for GitHub need it, since a
    finding's own path starts at the root.
    """

    findings: tuple[Finding, ...] = ()
    files: int = 0
    entries: int = 0
    language: str = "nl"
    prefix: str = ""
    base: str = ""
    solved: tuple[Finding, ...] = ()
    everything: bool = False
    rules: Mapping[str, Rule] = field(default_factory=rules)

    def __post_init__(self) -> None:
        """Sort, whatever the findings were put together from."""
        ordered = sorted(self.findings, key=lambda each: (each.order, each.fingerprint))
        object.__setattr__(self, "findings", tuple(ordered))

    @property
    def fresh(self) -> tuple[Finding, ...]:
        """The findings that count: the new ones, or all where nothing was compared."""
        return self.of_state(State.NEW) if self.base else self.findings

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings that people are told of in full."""
        return self.findings if self.everything else self.fresh

    def of_state(self, state: State) -> tuple[Finding, ...]:
        """Give the findings that are new, or those that are old."""
        return tuple(finding for finding in self.findings if finding.state is state)

    def count(self, severity: Severity) -> int:
        """Give the number of findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)
