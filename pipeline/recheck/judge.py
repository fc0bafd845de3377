"""What is found in pages that feel a change: by rules about pages, and by those over all that are asked again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.documents.document import Flaw
from pipeline.findings import sorted_and_stamped
from pipeline.recheck.parts import Wide
from pipeline.rules.derived.stale import against
from pipeline.rules.links.resolve import SEARCHED, SEARCHING
from pipeline.rules.once import once
from pipeline.rules.registry import rules
from pipeline.rules.run import findings_of, nearby, unseen
from pipeline.rules.suppressions.comments import suppressions
from pipeline.rules.suppressions.leave_out import OFF, Exemptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Outcome
    from pipeline.recheck.excerpt import Excerpt
    from pipeline.recheck.parts import Parts

STALE: Final = "derived/stale"


def judged(
    outcome: Outcome, parts: Parts, excerpt: Excerpt, again: frozenset[str], compared: Iterable[Flaw] = ()
) -> Outcome | None:
    """Give the outcome with what is found in an excerpt in the place of what was found there.

    The rules in ``again`` are asked about everything; ``compared`` was found by comparing links. None where
    a comment speaks for what nobody keeps in mind, or where there is too much to look for now.
    """
    if any(document.checked is None or _is_spoken_for(document, excerpt) for document in excerpt.documents):
        return None
    wide = Wide(outcome)
    flaws = [Flaw(rule=finding.rule, problem=finding.problem) for finding in parts.kept]
    flaws += (flaw for document in excerpt.documents for flaw in document.checked or ())
    flaws += (flaw for flaw in nearby(excerpt) if not wide.holds(flaw))
    flaws += (*compared, *_asked_again(again, excerpt))
    exemptions = Exemptions(excerpt, rules())
    told = [(flaw, exemptions.hide(flaw)) for flaw in once(flaws, excerpt.schemas)]
    here = list(findings_of((flaw for flaw, hide in told if not hide), excerpt, exemptions))
    searched = _searched(outcome, parts.asked, flaws)
    if searched != outcome.searched and any(count > SEARCHED for count in searched.values()):
        return None
    lines = excerpt.library.register.lines
    homes = {finding.home for finding in (*here, *outcome.findings) if finding.path in parts.asked}
    return replace(
        outcome,
        findings=_together(parts.elsewhere, here, homes),
        hidden=(*parts.aside, *unseen(flaw for flaw, hide in told if hide)),
        files=len(lines),
        entries=sum(len(line.cards) for line in lines.values()),
        searched=searched,
    )


def _is_spoken_for(document: Document, excerpt: Excerpt) -> bool:
    """Whether a comment speaks for what a schema switches off, and what is found by looking at everything."""
    kind = excerpt.schemas.claim(document.source.path)
    off = {name for name, override in kind.overrides.items() if override.severity == OFF} if kind else set[str]()
    spoken = (each.rule for each in suppressions(document))
    return any(name in off and name in rules() and rules()[name].framework for name in spoken)


def _asked_again(again: frozenset[str], excerpt: Excerpt) -> Iterator[Flaw]:
    for name in sorted(again - {STALE}):
        look = rules()[name].framework
        yield from (Flaw(rule=name, problem=problem) for problem in (look(excerpt) if look else ()))
    for derived in excerpt.settings.demands.derived if STALE in again else ():
        uses = excerpt.library.register.uses(derived)
        found = against(derived, excerpt.kinds[derived.of], excerpt.extras.get(derived.file), uses)
        yield from (Flaw(rule=STALE, problem=problem) for problem in found)


def _searched(outcome: Outcome, asked: frozenset[str], flaws: Iterable[Flaw]) -> Mapping[str, int]:
    """Give how much there is, at most, of what is searched for: what a schema switched off is still counted."""
    found = Counter(flaw.rule for flaw in flaws if flaw.rule in SEARCHING)
    gone = Counter(each.rule for each in (*outcome.findings, *outcome.hidden) if each.path in asked)
    return {rule: outcome.searched.get(rule, 0) - gone[rule] + found[rule] for rule in {*outcome.searched, *found}}


def _together(elsewhere: Sequence[Finding], here: Sequence[Finding], homes: set[str]) -> tuple[Finding, ...]:
    """Sort findings; those elsewhere have their fingerprints already, unless they share a home with others."""
    if any(finding.home in homes for finding in elsewhere):
        return sorted_and_stamped((*elsewhere, *here))
    return tuple(sorted((*elsewhere, *sorted_and_stamped(here)), key=lambda each: each.order))
