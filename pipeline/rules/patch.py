"""The outcome of a check after a change that only one file can feel.

Rules over one document are asked anew; what rules over the whole framework found in that file
moves along with the links and headings it is about. Whenever this cannot be certain, there is
no outcome, and everything is checked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.documents.document import Flaw
from pipeline.documents.outline import moved, outline
from pipeline.findings import sorted_and_stamped
from pipeline.model.load import entries_of
from pipeline.rules.once import once
from pipeline.rules.registry import rules
from pipeline.rules.run import found_in
from pipeline.rules.suppressions.comments import SIGN
from pipeline.rules.suppressions.leave_out import OFF

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Outcome
    from pipeline.model.kinds import Schemas


def patched(outcome: Outcome, old: Document, new: Document, schemas: Schemas) -> Outcome | None:
    """Give the outcome with ``new`` in the place of ``old``; none where other files may feel it."""
    before = outline(old)
    if before is None or before != outline(new) or new.checked is None or SIGN in old.source.text + new.source.text:
        return None
    path = new.source.path
    kind = schemas.claim(path)
    elsewhere = [finding for finding in outcome.findings if finding.path != path]
    moving = [finding for finding in outcome.findings if finding.path == path and rules()[finding.rule].framework]
    places = (place for finding in (*elsewhere, *moving) for place in finding.problem.related)
    here = [again for finding in moving if (again := _moved(finding, old, new)) is not None]
    if kind is None or len(here) < len(moving) or any(place.source.path == path for place in places):
        return None
    known = [Flaw(rule=finding.rule, problem=finding.problem) for finding in here]
    told = [flaw for flaw in once((*known, *new.checked), schemas) if flaw not in known]
    here += found_in(told, kind, next(entries_of(new, kind)))
    return replace(outcome, findings=_together(elsewhere, here))


def _together(elsewhere: Sequence[Finding], here: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sort findings; those of other entries have their fingerprints already."""
    homes = {finding.home for finding in here}
    if any(finding.home in homes for finding in elsewhere):
        return sorted_and_stamped((*elsewhere, *here))
    return tuple(sorted((*elsewhere, *sorted_and_stamped(here)), key=lambda each: each.order))


def can_be_patched(schemas: Schemas, files: Iterable[str]) -> bool:
    """Whether no schema of the repository itself switches a rule off: one that no longer hides anything is told."""
    own = {override.source.path for override in schemas.overrides if override.severity == OFF}
    return own.isdisjoint(files)


def _moved(finding: Finding, old: Document, new: Document) -> Finding | None:
    """Give a finding where it stands now."""
    problem = finding.problem
    edits = problem.fix.edits if problem.fix else ()
    places = [
        moved((each.start, each.end), old, new) for each in (problem.location, *(edit.location for edit in edits))
    ]
    if any(edit.location.source.path != new.source.path for edit in edits) or None in places:
        return None
    here, *others = (new.source.at(*place) for place in places if place)
    fix = problem.fix and problem.fix._replace(
        edits=tuple(edit._replace(location=place) for edit, place in zip(edits, others, strict=True)),
    )
    return replace(finding, problem=replace(problem, location=here, fix=fix))
