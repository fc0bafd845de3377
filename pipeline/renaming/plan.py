"""One plan for a renaming: every file that changes, checked as a whole before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.fixing.mend import is_consequence
from pipeline.fixing.patch import Patch, in_order
from pipeline.renaming.carry import carried
from pipeline.renaming.leftovers import leftovers
from pipeline.renaming.refuse import refuse_taken, refuse_unread
from pipeline.renaming.succession import succeeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Edit, Finding, Severity
    from pipeline.fixing.overlay import Checked, Rechecker
    from pipeline.renaming.carry import Carried
    from pipeline.renaming.target import Renaming
    from pipeline.text import Location

SHOWN: Final = 3
"""Most findings that a refusal names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files that change, what changes in each, and where the old name stays."""

    patches: tuple[Patch, ...]
    counts: Mapping[str, Counter[str]]
    left: tuple[Location, ...] = ()


def planned(
    checked: Checked, recheck: Rechecker, renaming: Renaming, others: Sequence[Document], *, replace: bool = False
) -> Plan:
    """Make the plan of a renaming; raise `UserError` where anything about it is doubtful.

    With ``replace``, the old page stays and names the new one as its successor.
    """
    framework = checked.framework
    refuse_taken(framework, renaming, replace=replace)
    plan = gathered(carried(framework, renaming, others), renaming)
    edits = {patch.path: patch.edits for patch in plan.patches}
    refuse_unread(framework, renaming, edits)
    copies: dict[str, str] = {}
    if replace:
        patches, counts = succeeded(plan.patches, plan.counts, renaming)
        plan, copies = Plan(patches=patches, counts=counts), {renaming.entry.path: renaming.path}
    refuse_new_findings(checked, recheck, plan.patches, copies)
    own = (*framework.documents, *framework.extras.values())
    left = (*leftovers(renaming, own, edits), *leftovers(renaming, others, edits, outside=True))
    return Plan(patches=plan.patches, counts=plan.counts, left=left)


def gathered(found: Iterable[Carried], renaming: Renaming | None = None) -> Plan:
    """Put the edits of each file together, each once."""
    counts: dict[str, Counter[str]] = {}
    edits: dict[str, list[Edit]] = {}
    seen: set[tuple[str, int, int]] = set()
    for sort, edit in found:
        place = edit.location
        path = place.source.path
        if (path, place.start, place.end) in seen:
            continue
        seen.add((path, place.start, place.end))
        counts.setdefault(path, Counter())[sort] += 1
        edits.setdefault(path, []).append(edit)
    patches = {path: Patch(source=some[0].location.source, edits=_apart(some)) for path, some in edits.items()}
    if renaming and renaming.moves:
        own = renaming.entry.path
        present = patches.get(own)
        patches[own] = Patch(
            source=renaming.entry.document.source, edits=present.edits if present else (), target=renaming.path
        )
    return Plan(patches=tuple(patch for _, patch in sorted(patches.items())), counts=counts)


def _apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    ordered = in_order(edits)
    if any(one.location.end > other.location.start for one, other in pairwise(ordered)):
        raise ValueError("two edits of a renaming touch the same characters")
    return ordered


def refuse_new_findings(
    checked: Checked, recheck: Rechecker, patches: Sequence[Patch], copies: Mapping[str, str] | None = None
) -> None:
    """Check the framework as it would be; refuse when that finds anything new.

    What is found in a copy was found in its original, on another line perhaps.
    """
    copied = copies or {}
    loose = {*copied, *copied.values()}
    changes: dict[str, str | None] = {patch.path: None for patch in patches if patch.new_path != patch.path}
    changes |= {patch.new_path: patch.after for patch in patches}
    paths = {patch.path: patch.new_path for patch in patches}
    before = Counter(_key(each, paths, loose) for each in checked.findings)
    before.update(_key(each, copied, loose) for each in checked.findings if each.path in copied)
    new: list[Finding] = []
    for each in recheck(changes).findings:
        if is_consequence(each):
            continue
        key = _key(each, {}, loose)
        before[key] -= 1
        if before[key] < 0:
            new.append(each)
    if new:
        shown = ", ".join(f"{each.rule} ({each.path}:{each.problem.location.begin.line})" for each in new[:SHOWN])
        more = ", …" if len(new) > SHOWN else ""
        raise UserError(
            nl=f"Met die naam vindt de controle iets nieuws: {shown}{more}. Er is niets gewijzigd.",
            en=f"With that name the check finds something new: {shown}{more}. Nothing was changed.",
        )


def _key(finding: Finding, paths: Mapping[str, str], loose: set[str]) -> tuple[str, Severity, str, int]:
    path = paths.get(finding.path, finding.path)
    line = 0 if path in loose else finding.problem.location.begin.line
    return finding.rule, finding.severity, path, line
