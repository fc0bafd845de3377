"""Apply safe fixes until none is left, and keep only what makes a file better."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.findings import Severity
from pipeline.fixing.choose import compatible
from pipeline.fixing.patch import Patch, applied, combined, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pipeline.findings import Edit, Finding
    from pipeline.fixing.overlay import Checked
    from pipeline.text import Source

    Check = Callable[[Mapping[str, str]], Checked]

MOST_PASSES: Final = 20
"""Fixes that come to light by other fixes take a pass each; rules at odds would take no end."""

_LEVELS: Final = tuple(Severity)
_DERIVED: Final = "derived/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What was mended: the files, which findings went, and which fixes made things no better.

    ``checked`` is the framework with the patches, and what is left to find in it.
    """

    checked: Checked
    patches: tuple[Patch, ...] = ()
    solved: tuple[Finding, ...] = ()
    dropped: tuple[Finding, ...] = ()

    def groups(self) -> list[list[Patch]]:
        """Give the patches that must be written together or not at all: of files that share a fix."""
        leaders: dict[str, str] = {}

        def leader(path: str) -> str:
            while leaders.setdefault(path, path) != path:
                path = leaders[path]
            return path

        for finding in self.solved:
            first, *others = _by_file([finding])
            for other in others:
                leaders[leader(other)] = leader(first)
        groups: dict[str, list[Patch]] = {}
        for patch in self.patches:
            groups.setdefault(leader(patch.path), []).append(patch)
        return list(groups.values())


def mend(checked: Checked, check: Check, may_change: Callable[[str], bool] = lambda _path: True) -> Mended:
    """Apply the safe fixes of what was found, and of what is found after that.

    ``check`` checks the framework with other texts in some files. ``may_change`` says
    whether a file may be changed at all. A fix that leaves its finding where it is, or brings
    more findings than it takes away in any file, is dropped.
    """
    mender = _Mender(check, checked)
    solved: list[Finding] = []
    dropped: list[Finding] = []
    for _ in range(MOST_PASSES):
        candidates = [each for each in mender.checked.findings if _is_safe(each, may_change)]
        done, dropped = mender.step(candidates)
        solved += done
        if not done:
            break
    return Mended(checked=mender.checked, patches=mender.patches(), solved=tuple(solved), dropped=tuple(dropped))


def has_safe_fix(finding: Finding) -> bool:
    """Whether a finding can be mended unasked."""
    fix = finding.problem.fix
    return fix is not None and fix.safe and bool(in_order(fix.edits))


def _is_safe(finding: Finding, may_change: Callable[[str], bool]) -> bool:
    fix = finding.problem.fix
    if fix is None or not has_safe_fix(finding):
        return False
    return all(may_change(edit.location.source.path) and _is_text(edit.replacement) for edit in fix.edits)


def _is_text(words: str) -> bool:
    """Whether words can be written to a file: half a character, which YAML can spell, cannot."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(slots=True)
class _Draft:
    """A file's first text, and the edits that it has had, as edits of that text."""

    source: Source
    edits: tuple[Edit, ...] = ()


@dataclass(slots=True)
class _Mender:
    """The state of the files, and what is found in it."""

    check: Check
    checked: Checked
    drafts: dict[str, _Draft] = field(default_factory=dict)
    accepted: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)

    def step(self, candidates: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
        """Apply what goes together; give what was mended, and what was tried and dropped.

        One that is dropped may have stood in the way of another: that one gets its turn.
        """
        self.accepted, self.refused = [], []
        while not self.accepted:
            known = set(map(id, self.refused))
            chosen = compatible(each for each in candidates if id(each) not in known)
            if not chosen:
                break
            self.settle(chosen)
        for path, edits in _by_file(self.accepted).items():
            draft = self.drafts.setdefault(path, _Draft(edits[0].location.source))
            draft.edits = combined(draft.source, draft.edits, edits)
        return self.accepted, self.refused

    def settle(self, chosen: list[Finding]) -> None:
        """Accept fixes that make things better; look for the bad ones by halves."""
        checked = self.check(self.texts(_by_file([*self.accepted, *chosen])))
        if self.is_better(checked.findings, chosen):
            self.accepted += chosen
            self.checked = checked
        elif len(chosen) == 1:
            self.refused += chosen
        else:
            middle = len(chosen) // 2
            self.settle(chosen[:middle])
            self.settle(chosen[middle:])

    def texts(self, changes: Mapping[str, list[Edit]]) -> dict[str, str]:
        """Give the texts that differ from the first, with changes on top."""
        texts = {path: applied(draft.source.text, draft.edits) for path, draft in self.drafts.items()}
        texts |= {path: applied(edits[0].location.source.text, edits) for path, edits in changes.items()}
        return texts

    def is_better(self, found: Sequence[Finding], chosen: Sequence[Finding]) -> bool:
        """Whether fixes did what they should.

        The findings of a rule in a file get fewer by as many as are mended, and so does all
        that is found in a file. A single fix may bring to light what its mistake had hidden.
        """
        rules, rules_before = _by_rule(found), _by_rule(self.checked.findings)
        if any(rules[key] > rules_before[key] - count for key, count in _by_rule(chosen).items()):
            return False
        paths, paths_before = _by_path(found), _by_path(self.checked.findings)
        if len(chosen) > 1:
            paths_before.subtract(_by_path(chosen))
        return all(count <= paths_before[key] for key, count in paths.items())

    def patches(self) -> tuple[Patch, ...]:
        """Give what came of each file that is not as it was."""
        drafts = sorted(self.drafts.items())
        return tuple(Patch(source=draft.source, edits=draft.edits) for _, draft in drafts if draft.edits)


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Edit]]:
    """Give the edits of fixes that go together by file, in order."""
    files: dict[str, list[Edit]] = {}
    for finding in findings:
        for edit in finding.problem.fix.edits if finding.problem.fix else ():
            files.setdefault(edit.location.source.path, []).append(edit)
    return {path: found for path, edits in files.items() if (found := list(in_order(edits)))}


def _by_rule(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.path, finding.rule) for finding in findings)


def is_consequence(finding: Finding) -> bool:
    """Whether a finding is about a file that is made anew whenever entries change."""
    return finding.rule.startswith(_DERIVED)


def _by_path(findings: Iterable[Finding]) -> Counter[tuple[str, Severity]]:
    """Count what is as bad as each severity, or worse."""
    judged = [finding for finding in findings if not is_consequence(finding)]
    return Counter((finding.path, level) for finding in judged for level in _LEVELS if finding.severity >= level)
