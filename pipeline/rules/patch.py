"""The outcome of a check after a change that only one file can feel.

Rules over one document are asked anew; what rules over the whole framework found in that file
moves along with the fields, links and headings it is about. Whenever this cannot be certain,
there is no outcome, and everything is checked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.document import Flaw
from pipeline.documents.outline import Moves, outline
from pipeline.findings import sorted_and_stamped
from pipeline.model.load import entries_of
from pipeline.rules.felt import (
    fields_are_felt,
    headings_are_felt,
    names_page,
    text_is_felt,
    titles_are_felt,
)
from pipeline.rules.once import once
from pipeline.rules.registry import rules
from pipeline.rules.run import found_in
from pipeline.rules.suppressions.comments import SIGN
from pipeline.rules.suppressions.leave_out import OFF

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Outcome
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Schemas
    from pipeline.rules.felt import States


_WRITTEN_TWICE: Final = "references/stored-inverse"
_ABOUT_REFERENCES: Final = ("references/", "ids/", "schema/")


class Around(NamedTuple):
    """What must be known besides the findings of the whole framework.

    ``linked`` are the pages to whose headings others lead (`pipeline.rules.felt.linked_headings`),
    ``states`` those of the entries by name (`pipeline.rules.felt.states_of`), ``gaps`` is the text
    of the file with accepted gaps.
    """

    linked: frozenset[str] = frozenset()
    states: States = {}  # noqa: RUF012 - nobody changes it
    gaps: str = ""


def patched(outcome: Outcome, old: Document, new: Document, schemas: Schemas, around: Around) -> Outcome | None:
    """Give the outcome with ``new`` in the place of ``old``; none where other files may feel it."""
    path = new.source.path
    kind = schemas.claim(path)
    if kind is None or kind.files.layout != "document" or new.checked is None:
        return None
    if SIGN in old.source.text + new.source.text:
        return None
    before, after = next(entries_of(old, kind)), next(entries_of(new, kind))
    of_all = [finding for finding in outcome.findings if rules()[finding.rule].framework]
    if _is_felt(of_all, before, after, schemas, around):
        return None
    elsewhere = [finding for finding in outcome.findings if finding.path != path]
    moving = [finding for finding in of_all if finding.path == path]
    places = (place for finding in (*elsewhere, *moving) for place in finding.problem.related)
    moves = Moves(old, new)
    here = [again for finding in moving if (again := _moved(finding, moves, new)) is not None]
    if len(here) < len(moving) or any(place.source.path == path for place in places):
        return None
    known = [Flaw(rule=finding.rule, problem=finding.problem) for finding in here]
    told = [flaw for flaw in once((*known, *new.checked), schemas) if flaw not in known]
    here += found_in(told, kind, after)
    return replace(outcome, findings=_together(elsewhere, here))


def _is_felt(of_all: Sequence[Finding], old: Entry, new: Entry, schemas: Schemas, around: Around) -> bool:
    """Whether rules over the whole framework may find something else; ``of_all`` is what they found."""
    before, after = outline(old.document), outline(new.document)
    if before is None or after is None or before.others != after.others:
        return True
    fields = before.changed_fields(after)
    if fields is None or any(text_is_felt(entry, schemas) for entry in (old, new)):
        return True
    if fields and fields_are_felt(fields, old, new, schemas, around.states):
        return True
    if any(new.kind.reference_in(field) for field in fields) and any(
        finding.rule == _WRITTEN_TWICE or (finding.path == new.path and finding.rule.startswith(_ABOUT_REFERENCES))
        for finding in of_all
    ):
        return True
    if old.title != new.title and titles_are_felt((old.title, new.title), of_all, around.gaps):
        return True
    return before.headings != after.headings and (
        headings_are_felt(new, (old.document, new.document), around.linked)
        or any(names_page(new, finding.problem) for finding in of_all if finding.path != new.path)
    )


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


def _moved(finding: Finding, moves: Moves, new: Document) -> Finding | None:
    """Give a finding where it stands now."""
    problem = finding.problem
    edits = problem.fix.edits if problem.fix else ()
    places = [moves.after((each.start, each.end)) for each in (problem.location, *(edit.location for edit in edits))]
    if any(edit.location.source.path != new.source.path for edit in edits) or None in places:
        return None
    here, *others = (new.source.at(*place) for place in places if place)
    fix = problem.fix and problem.fix._replace(
        edits=tuple(edit._replace(location=place) for edit, place in zip(edits, others, strict=True)),
    )
    return replace(finding, problem=replace(problem, location=here, fix=fix))
