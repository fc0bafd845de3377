"""The outcome of a check after a change that only one file can feel.

Rules over one document are asked anew; what rules over the whole framework found in that file
moves along with the fields, links and headings it is about. Whenever this cannot be certain,
there is no outcome, and everything is checked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.document import Flaw, Link
from pipeline.documents.outline import Moves, outline, parted
from pipeline.findings import sorted_and_stamped
from pipeline.model.framework import Framework
from pipeline.model.load import entries_of
from pipeline.rules.felt import (
    fields_are_felt,
    headings_are_felt,
    names_page,
    text_is_felt,
    titles_are_felt,
)
from pipeline.rules.felt_links import (
    BY_THEMSELVES,
    comments_are_felt,
    judged_alone,
    links_are_felt,
    mentions_are_felt,
    switched_off,
)
from pipeline.rules.once import SAYING, once
from pipeline.rules.registry import rules
from pipeline.rules.run import found_in, unseen
from pipeline.rules.suppressions.leave_out import OFF, Exemptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.documents.document import Document, Mention
    from pipeline.documents.outline import Span
    from pipeline.findings import Finding, Outcome
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Schemas
    from pipeline.rules.felt import States
    from pipeline.text import Location


_WRITTEN_TWICE: Final = "references/stored-inverse"
_ABOUT_REFERENCES: Final = ("references/", "ids/", "schema/")
_LINE: Final = "line"
_OF_THE_BODY: Final = ("links/", "references/", "ids/withdrawn-target")


class Around(NamedTuple):
    """What must be known besides the findings of the whole framework.

    ``linked`` are the pages to whose headings others lead (`pipeline.rules.felt.linked_headings`),
    ``states`` those of the entries by name (`pipeline.rules.felt.states_of`), ``gaps`` is the text
    of the file with accepted gaps. ``files`` are all that links may lead to, and ``read`` gives the
    document of one that has not changed. ``crowded`` is that of the outcome.
    """

    linked: frozenset[str] = frozenset()
    states: States = {}  # noqa: RUF012 - nobody changes it
    gaps: str = ""
    files: frozenset[str] = frozenset()
    read: Callable[[str], Document | None] = lambda _: None
    crowded: bool = False


def patched(outcome: Outcome, old: Document, new: Document, schemas: Schemas, around: Around) -> Outcome | None:
    """Give the outcome with ``new`` in the place of ``old``; none where other files may feel it."""
    path = new.source.path
    kind = schemas.claim(path)
    if kind is None or kind.files.layout != "document" or new.checked is None:
        return None
    if not SAYING.isdisjoint(switched_off(kind)):
        return None  # what they found is not kept in mind, and yet other rules have nothing to add to it
    before, after = next(entries_of(old, kind)), next(entries_of(new, kind))
    of_all = [*outcome.hidden, *(finding for finding in outcome.findings if rules()[finding.rule].framework)]
    around = around._replace(crowded=outcome.crowded)
    if _is_felt(of_all, before, after, schemas, around):
        return None
    moves = Moves(old, new)
    elsewhere = _all_moved([each for each in outcome.findings if each.path != path], moves)
    aside = _all_moved([each for each in outcome.hidden if each.path != path], moves)
    moved = _all_moved(_staying([each for each in of_all if each.path == path], old, new), moves)
    if elsewhere is None or aside is None or moved is None:
        return None
    known = [Flaw(rule=finding.rule, problem=finding.problem) for finding in moved]
    made = (*new.checked, *judged_alone(after, schemas, around.files))
    flaws = [*known, *(flaw for flaw in once((*known, *made), schemas) if flaw not in known)]
    exemptions = Exemptions(Framework(schemas=schemas, documents=(new,)), rules())
    told = [(flaw, exemptions.hide(flaw)) for flaw in flaws]
    here = found_in([*(flaw for flaw, hide in told if not hide), *exemptions.remarks()], kind, after)
    return replace(
        outcome,
        findings=_together(elsewhere, list(here)),
        hidden=(*aside, *unseen(flaw for flaw, hide in told if hide)),
    )


def _is_felt(of_all: Sequence[Finding], old: Entry, new: Entry, schemas: Schemas, around: Around) -> bool:
    """Whether rules over the whole framework may find something else; ``of_all`` is what they found."""
    before, after = outline(old.document), outline(new.document)
    if before is None or after is None or before.includes != after.includes:
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
    return _body_is_felt(of_all, old, new, schemas, around)


def _body_is_felt(of_all: Sequence[Finding], old: Entry, new: Entry, schemas: Schemas, around: Around) -> bool:
    before, after = outline(old.document), outline(new.document)
    if (
        before
        and after
        and before.headings != after.headings
        and (
            headings_are_felt(new, (old.document, new.document), around.linked)
            or any(names_page(new, finding.problem) for finding in of_all if finding.path != new.path)
        )
    ):
        return True
    return (
        links_are_felt(old, new, schemas, around.files, around.read, crowded=around.crowded)
        or mentions_are_felt(old, new, schemas, around.states)
        or comments_are_felt(old, new, schemas)
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


def _staying(findings: Iterable[Finding], old: Document, new: Document) -> list[Finding]:
    """Leave out what was found in links and mentions that went, and what is asked anew."""
    gone, kept = _places(old, new)
    return [
        finding
        for finding in findings
        for place in [(finding.problem.location.start, finding.problem.location.end)]
        if finding.rule not in BY_THEMSELVES
        if not (finding.rule.startswith(_OF_THE_BODY) and place in gone and place not in kept)
    ]


def _places(old: Document, new: Document) -> tuple[set[Span], set[Span]]:
    """Give the places of links and mentions that went, and of those that stayed, where they were."""
    both = [parted(old, new, sort) for sort in ("links", "mentions")]
    gone = {place for each in both for item in each.gone for place in _places_of(item)}
    return gone, {place for each in both for item, _ in each.kept for place in _places_of(item)}


def _places_of(item: Link | Mention) -> Iterator[Span]:
    yield item.start, item.end
    if isinstance(item, Link):
        yield item.target_start, item.target_end


def _all_moved(findings: Iterable[Finding], moves: Moves) -> list[Finding] | None:
    """Give findings with all that they point at where it stands now; none where a place is lost."""
    found: list[Finding] = []
    for finding in findings:
        problem = finding.problem
        edits = problem.fix.edits if problem.fix else ()
        before = (problem.location, *problem.related, *(edit.location for edit in edits))
        if all(place.source.path != moves.path for place in before):
            found.append(finding)
            continue
        places = [_after(place, moves) for place in before]
        tells_line = _LINE in problem.parameters and problem.related
        mends_other = any(edit.location.source.path != finding.path for edit in edits)
        if None in places or tells_line or mends_other:
            return None
        here, *others = (place for place in places if place)
        related, anew = others[: len(problem.related)], others[len(problem.related) :]
        fix = problem.fix and problem.fix._replace(
            edits=tuple(edit._replace(location=place) for edit, place in zip(edits, anew, strict=True)),
        )
        found.append(replace(finding, problem=replace(problem, location=here, related=tuple(related), fix=fix)))
    return found


def _after(place: Location, moves: Moves) -> Location | None:
    if place.source.path != moves.path:
        return place
    span = moves.after((place.start, place.end))
    return moves.source.at(*span) if span else None
