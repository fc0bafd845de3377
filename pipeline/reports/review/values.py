"""What the check of a pull request came to, as plain values without sentences.

The first step makes these and writes them as JSON; the second step reads that JSON and gives it
words. So a pull request decides on places and names, and never on what we say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.compare.changes import Changes
from pipeline.errors import UserError
from pipeline.findings import Severity, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings import Parameter

WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


class SkippedError(UserError):
    """A run is none of ours to speak about: said in the log, and nothing is done."""


class UnusableError(UserError):
    """What a run left behind is not to be used: there is nothing to say but that."""


def unusable(nl: str, en: str) -> UnusableError:
    """Say why it is not to be used."""
    return UnusableError(
        nl=f"Wat de controle heeft achtergelaten, is niet te gebruiken: {nl}.",
        en=f"What the check left behind cannot be used: {en}.",
    )


class Span(NamedTuple):
    """A place in a file: lines and columns from 1, the end exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class LineFix(NamedTuple):
    """Whole lines in place of lines ``first`` to ``last``: what GitHub calls a suggestion."""

    path: str
    first: int
    last: int
    lines: tuple[str, ...]


class Told(NamedTuple):
    """A finding as data; the rule of that name has its words."""

    rule: str
    severity: Severity
    path: str
    span: Span = Span()
    variant: str = ""
    entry: str = ""
    field: str = ""
    parameters: Mapping[str, Parameter] = {}
    fingerprint: str = ""
    state: State = State.NEW
    fix: LineFix | None = None


class Gone(NamedTuple):
    """A finding of the base that is not there any more, in brief."""

    rule: str
    severity: Severity
    path: str
    entry: str = ""


class Tally(NamedTuple):
    """How many findings there are of each severity."""

    errors: int = 0
    warnings: int = 0
    notices: int = 0

    @property
    def total(self) -> int:
        """How many there are of all severities."""
        return sum(self)

    def of(self, severity: Severity) -> int:
        """Give the number of one severity."""
        return self[WORST_FIRST.index(severity)]


class LeftOut(NamedTuple):
    """How many of each were too many, or too long, to be passed on."""

    findings: int = 0
    entries: int = 0
    relations: int = 0
    redirects: int = 0


class Review(NamedTuple):
    """A whole review.

    ``head`` is the commit that was checked, or empty, ``base`` the one that it was compared with.
    ``root`` leads from the top of the repository to where paths start, with a slash, or is empty.
    Of old findings only those of what was touched are here; ``old`` counts all. ``kinds`` and ``themes``
    are names of what the change touches.
    """

    head: str = ""
    base: str = ""
    root: str = ""
    files: int = 0
    entries: int = 0
    new: Tally = Tally()
    old: Tally = Tally()
    solved: Tally = Tally()
    findings: tuple[Told, ...] = ()
    gone: tuple[Gone, ...] = ()
    changes: Changes = Changes()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    left_out: LeftOut = LeftOut()

    def of_state(self, state: State) -> tuple[Told, ...]:
        """Give the findings that are new, or the old ones, the worst first."""
        return tuple(finding for finding in self.findings if finding.state is state)
