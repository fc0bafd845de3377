"""The outcome of a check after one page changed, of which only a few others feel anything.

Those are judged anew, by the rules that look at pages one by one; what rules that look at all
entries together found stays, and moves along with the fields, links and headings it is about.
Whenever it is not certain that this is what a check of everything would give, there is no outcome.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.document import Flaw
from pipeline.documents.outline import Moves
from pipeline.findings import sorted_and_stamped
from pipeline.recheck.articles import RULE as ARTICLES
from pipeline.recheck.articles import Articles
from pipeline.recheck.change import Change, side_of
from pipeline.recheck.excerpt import Later, Library, Unknown, excerpt_of
from pipeline.recheck.matter import Said
from pipeline.recheck.reach import DUPLICATE, keeps_terms, reached
from pipeline.recheck.wide import is_felt_widely
from pipeline.rules.derived.stale import against
from pipeline.rules.ids.redirects import is_successor
from pipeline.rules.links.resolve import SEARCHED, SEARCHING
from pipeline.rules.once import once
from pipeline.rules.registry import rules
from pipeline.rules.run import findings_of, nearby, unseen
from pipeline.rules.suppressions.leave_out import OFF, Exemptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Outcome
    from pipeline.model.kinds import Schemas
    from pipeline.recheck.excerpt import Excerpt, Reader
    from pipeline.recheck.register import Register
    from pipeline.rules.rule import Rule
    from pipeline.text import Location

MOST: Final = 400
"""Most pages that are judged anew one by one."""

NAVIGATION: Final = "references/navigation"
STALE: Final = "derived/stale"
TERMS: Final = "text/term-duplicate"

_LINE: Final = "line"


class Known(NamedTuple):
    """What is known of a framework without reading it.

    ``read`` gives the document of a file, as it is now; ``texts`` are those of the ledger and of the file
    with accepted gaps, by path; ``extras`` gives the files that hold no entries.
    """

    register: Register
    read: Reader
    texts: Mapping[str, str]
    extras: Callable[[], Mapping[str, Document]]


def can_be_patched(schemas: Schemas, files: Iterable[str]) -> bool:
    """Whether no schema of the repository itself switches a rule off: one that no longer hides anything is told."""
    own = {override.source.path for override in schemas.overrides if override.severity == OFF}
    return own.isdisjoint(files)


def patched(
    outcome: Outcome, path: str, old: Document | None, new: Document | None, known: Known
) -> tuple[Outcome, Register] | None:
    """Give the outcome with ``new`` in the place of ``old``, and what is known then.

    None where everything has to be asked. Without an ``old`` one, the file is new; without a ``new`` one, it is gone.
    """
    schemas = known.register.schemas
    kind = schemas.claim(path)
    if kind is None or (new and new.checked is None):
        return None
    sides = (side_of(each, kind, schemas) if each else None for each in (old, new))
    change = Change(path=path, kind=kind, old=next(sides), new=next(sides))
    before = Library(known.register, known.read)
    try:
        if is_felt_widely(change, outcome, known.register, before.index, known.texts):
            return None
        return _patched(outcome, change, known)
    except Unknown:
        return None


def _patched(outcome: Outcome, change: Change, known: Known) -> tuple[Outcome, Register] | None:
    path, new = change.path, change.new
    register = known.register.changed(path, new.line if new else None)
    articles = Articles(change, known.register, register)
    parts = _parted(outcome, change, known, articles)
    if parts is None or len(parts.asked) > MOST:
        return None
    library = Library(register, lambda name: new.document if new and name == path else known.read(name))
    there = parts.asked if new else parts.asked - {path}
    excerpt = excerpt_of(library, there, Later(known.extras), outcome.day or "")
    if (change.renames or change.has_another_state) and _is_end_of_the_line(change, excerpt):
        return None
    flaws = [Flaw(rule=finding.rule, problem=finding.problem) for finding in parts.kept]
    flaws += (flaw for document in excerpt.documents for flaw in document.checked or ())
    wide = Wide(outcome)
    flaws += (flaw for flaw in nearby(excerpt) if not wide.holds(flaw))
    flaws += (Flaw(rule=ARTICLES, problem=problem) for problem in articles.problems(excerpt))
    flaws += _asked_again(_again(change), excerpt)
    exemptions = Exemptions(excerpt, rules())
    told = [(flaw, exemptions.hide(flaw)) for flaw in once(flaws, register.schemas)]
    here = list(findings_of((flaw for flaw, hide in told if not hide), excerpt, exemptions))
    return (
        replace(
            outcome,
            findings=_together(parts.elsewhere, here),
            hidden=(*parts.aside, *unseen(flaw for flaw, hide in told if hide)),
            files=outcome.files + bool(new) - bool(change.old),
            entries=outcome.entries + len(new.entries if new else ()) - len(change.old.entries if change.old else ()),
            searched=_searched(outcome, parts.asked, flaws),
        ),
        register,
    )


class _Parts(NamedTuple):
    """An outcome, parted.

    ``elsewhere`` and ``aside`` are what was found and what was hidden in pages that feel nothing, ``asked`` the
    others, and ``kept`` what rules that look at everything found there.
    """

    asked: frozenset[str]
    elsewhere: list[Finding]
    aside: list[Finding]
    kept: list[Finding]


def _parted(outcome: Outcome, change: Change, known: Known, articles: Articles) -> _Parts | None:
    """Part an outcome; none where something may be found by looking at everything, or has lost its place."""
    path, again, wide = change.path, _again(change), Wide(outcome)
    moves = Moves(change.old.document, change.new.document) if change.old and change.new else None
    said = Said(change, known.register)
    first = {path, *reached(change, outcome, known.register, said), *known.register.hiding(articles.targets)}
    asked = {*first}
    moved: tuple[list[Finding], list[Finding]] = ([], [])
    for found, after in zip((outcome.findings, outcome.hidden), moved, strict=True):
        for finding in found:
            where, is_wide = finding.path, wide.holds(finding)
            if finding.rule in again or (where == path and (not is_wide or change.new is None)):
                continue
            if where in first and articles.asks_anew(finding, known.read(where)):
                continue
            now = finding if _is_apart(finding, path) else _moved(finding, moves) if moves else None
            if is_wide and (now is None or (where != path and said.otherwise(finding))):
                return None
            if now is None:
                asked.add(where)
            else:
                after.append(now)
    elsewhere, aside = ([each for each in found if each.path not in asked] for found in moved)
    kept = [each for found in moved for each in found if each.path in asked and wide.holds(each)]
    return _Parts(frozenset(asked), elsewhere, aside, kept)


class Wide:
    """What was found by looking at all entries together, or was one of too many to look further."""

    def __init__(self, outcome: Outcome) -> None:
        """See whether there are too many."""
        self._crowded = SEARCHING if any(count > SEARCHED for count in outcome.searched.values()) else frozenset()
        self._rules: dict[str, Rule] = {}

    def holds(self, found: Finding | Flaw) -> bool:
        """Whether a finding is one of those."""
        if found.rule not in self._rules:
            self._rules[found.rule] = rules()[found.rule]
        return found.rule in self._crowded or self._rules[found.rule].is_wide(found.problem)


def _is_end_of_the_line(change: Change, excerpt: Excerpt) -> bool:
    """Whether readers of another page are sent on to this one: then those of others may be, by way of that page."""
    return any(
        is_successor(reference) and reference.key in change.names and reference.origin.path != change.path
        for reference in excerpt.references
    )


def _again(change: Change) -> frozenset[str]:
    """Give the rules over everything that can be asked again with what is known of each file."""
    uses = [[card.uses for card in side.line.cards] for side in change.sides]
    asked = {
        DUPLICATE: change.renames,
        TERMS: keeps_terms(change),
        NAVIGATION: change.comes_or_goes,
        STALE: change.comes_or_goes or uses[0] != uses[-1],
    }
    return frozenset(rule for rule, is_asked in asked.items() if is_asked)


def _asked_again(again: frozenset[str], excerpt: Excerpt) -> Iterator[Flaw]:
    for name in sorted(again - {STALE}):
        look = rules()[name].framework
        yield from (Flaw(rule=name, problem=problem) for problem in (look(excerpt) if look else ()))
    for derived in excerpt.settings.demands.derived if STALE in again else ():
        uses = excerpt.library.register.uses(derived)
        found = against(derived, excerpt.kinds[derived.of], excerpt.extras.get(derived.file), uses)
        yield from (Flaw(rule=STALE, problem=problem) for problem in found)


def _searched(outcome: Outcome, asked: frozenset[str], flaws: Iterable[Flaw]) -> Mapping[str, int]:
    """Give how much there is, at most, of what is searched for: what was hidden is still counted."""
    found = Counter(flaw.rule for flaw in flaws if flaw.rule in SEARCHING)
    gone = Counter(finding.rule for finding in outcome.findings if finding.path in asked)
    return {rule: outcome.searched.get(rule, 0) - gone[rule] + found[rule] for rule in {*outcome.searched, *found}}


def _together(elsewhere: Sequence[Finding], here: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sort findings; those of other entries have their fingerprints already."""
    homes = {finding.home for finding in here}
    if any(finding.home in homes for finding in elsewhere):
        return sorted_and_stamped((*elsewhere, *here))
    return tuple(sorted((*elsewhere, *sorted_and_stamped(here)), key=lambda each: each.order))


def _places(finding: Finding) -> tuple[Location, ...]:
    problem = finding.problem
    edits = problem.fix.edits if problem.fix else ()
    return (problem.location, *problem.related, *(edit.location for edit in edits))


def _is_apart(finding: Finding, path: str) -> bool:
    """Whether a finding points at no place in a file."""
    problem = finding.problem
    if problem.location.source.path == path or any(place.source.path == path for place in problem.related):
        return False
    return not problem.fix or all(edit.location.source.path != path for edit in problem.fix.edits)


def _moved(finding: Finding, moves: Moves) -> Finding | None:
    """Give a finding with all that it points at where it stands now; none where a place is lost."""
    problem = finding.problem
    edits = problem.fix.edits if problem.fix else ()
    places = [_after(place, moves) for place in _places(finding)]
    tells_line = _LINE in problem.parameters and problem.related
    mends_other = any(edit.location.source.path != finding.path for edit in edits)
    if None in places or tells_line or mends_other:
        return None
    here, *others = (place for place in places if place)
    related, anew = others[: len(problem.related)], others[len(problem.related) :]
    fix = problem.fix and problem.fix._replace(
        edits=tuple(edit._replace(location=place) for edit, place in zip(edits, anew, strict=True)),
    )
    return replace(finding, problem=replace(problem, location=here, related=tuple(related), fix=fix))


def _after(place: Location, moves: Moves) -> Location | None:
    if place.source.path != moves.path:
        return place
    span = moves.after((place.start, place.end))
    return moves.source.at(*span) if span else None
