"""The outcome of a check after one file changed, of which only a few others feel anything.

Those are judged anew, by the rules that look at pages one by one; what rules that look at all
entries together found stays, and moves along with the fields, links and headings it is about.
Whenever it is not certain that this is what a check of everything would give, there is no outcome.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.document import Flaw
from pipeline.recheck.articles import RULE as ARTICLES
from pipeline.recheck.articles import Articles
from pipeline.recheck.cards import names_in_addresses
from pipeline.recheck.change import Change, side_of
from pipeline.recheck.excerpt import Later, Library, Unknown, excerpt_of
from pipeline.recheck.judge import STALE, judged
from pipeline.recheck.matter import Said
from pipeline.recheck.parts import Plan, parted
from pipeline.recheck.reach import DUPLICATE, keeps_terms, reached, said_otherwise
from pipeline.recheck.wide import is_felt_widely, is_file_felt
from pipeline.rules.ids.redirects import is_successor
from pipeline.rules.once import SAYING
from pipeline.rules.registry import rules
from pipeline.rules.suppressions.leave_out import OFF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.documents.document import Document
    from pipeline.findings import Outcome
    from pipeline.model.kinds import Schemas
    from pipeline.recheck.excerpt import Excerpt, Reader
    from pipeline.recheck.register import Register

    Patched = tuple[Outcome, Register]

MOST: Final = 400
"""Most pages that are judged anew one by one."""

NAVIGATION: Final = "references/navigation"
TERMS: Final = "text/term-duplicate"


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
    """Whether no schema switches off what has to be minded all the same.

    One in the repository itself that no longer hides anything is told. And what is found by looking at everything
    is not kept in mind where it is switched off: other findings may hang on it.
    """
    off = [override for override in schemas.overrides if override.severity == OFF]
    own = {override.source.path for override in off}
    return own.isdisjoint(files) and not any(
        override.rule in SAYING and rules()[override.rule].framework for override in off
    )


def patched(outcome: Outcome, path: str, old: Document | None, new: Document | None, known: Known) -> Patched | None:
    """Give the outcome with ``new`` in the place of ``old``, and what is known then.

    None where everything has to be asked. Without an ``old`` one, the file is new; without a ``new`` one, it is
    gone. A file that holds no entries has neither: it came if it was not there, and else it went.
    """
    schemas = known.register.schemas
    kind = None if schemas.settings.ignores(path) else schemas.claim(path)
    try:
        if kind is None:
            return _with_other_files(outcome, path, known)
        sides = (side_of(each, kind, schemas) if each else None for each in (old, new))
        return _with_other_page(outcome, Change(path=path, kind=kind, old=next(sides), new=next(sides)), known)
    except Unknown:
        return None


def _with_other_page(outcome: Outcome, change: Change, known: Known) -> Patched | None:
    path, new = change.path, change.new
    index = Library(known.register, known.read).index
    if is_felt_widely(change, outcome, known.register, index, known.texts):
        return None
    register = known.register.changed(path, new.line if new else None)
    articles = Articles(change, known.register, register)
    said = Said.of(change, known.register)
    plan = Plan(
        path=path,
        pages=frozenset({*reached(change, outcome, known.register, said), *known.register.hiding(articles.targets)}),
        again=_again(change),
        said=said,
        moves=change.moves,
        is_gone=new is None,
        drops=lambda finding: articles.asks_anew(finding, known.read(finding.path)),
    )
    parts = parted(outcome, plan)
    if parts is None or len(parts.asked) > MOST:
        return None
    library = Library(register, lambda name: new.document if new and name == path else known.read(name))
    excerpt = excerpt_of(library, parts.asked, Later(known.extras), outcome.day or "")
    if (change.renames or change.has_another_state) and _is_the_end(change, excerpt):
        return None
    compared = (Flaw(rule=ARTICLES, problem=problem) for problem in articles.problems(excerpt))
    after = judged(outcome, parts, excerpt, plan.again, compared)
    return (after, register) if after else None


def reread(outcome: Outcome, path: str, known: Known) -> Patched | None:
    """Give the outcome after a file that holds no entries, and is read, says something else: a menu or a table."""
    settings = known.register.schemas.settings
    again = {NAVIGATION} if path in {each.file for each in settings.navigation} else set[str]()
    again |= {STALE} if path in {each.file for each in settings.demands.derived} else set[str]()
    here = [finding for finding in outcome.findings if finding.path == path]
    other = {settings.ledger, settings.demands.gaps and settings.demands.gaps.file}
    # Its own flaws are read anew; whatever else is told of the file itself is not.
    kept = any(rules()[each.rule].framework and each.rule not in again for each in here)
    document = known.extras().get(path)
    if not again or path in other or kept or document is None:
        return None
    plan = Plan(path=path, pages=frozenset(), again=frozenset(again), said=Said(()), is_gone=True)
    parts = parted(outcome, plan)
    if parts is None or len(parts.asked) > MOST:
        return None
    library = Library(known.register, known.read)
    try:
        excerpt = excerpt_of(library, parts.asked, Later(known.extras), outcome.day or "")
        after = judged(outcome, parts, excerpt, plan.again, document.flaws)
    except Unknown:
        return None
    return (after, known.register) if after else None


def _with_other_files(outcome: Outcome, path: str, known: Known) -> Patched | None:
    before = known.register
    if is_file_felt(path, outcome, before):
        return None
    register = before.with_files(before.files ^ {path})
    said = Said({path, posixpath.basename(path), posixpath.splitext(posixpath.basename(path))[0]})
    pages = {*before.leading(names_in_addresses(path), anchored=False), *said_otherwise(outcome, said)}
    pages &= before.lines.keys()
    plan = Plan(
        path=path, pages=frozenset(pages), again=frozenset({NAVIGATION}), said=said, is_gone=path in before.files
    )
    parts = parted(outcome, plan)
    if parts is None or len(parts.asked) > MOST:
        return None
    excerpt = excerpt_of(Library(register, known.read), parts.asked, Later(known.extras), outcome.day or "")
    after = judged(outcome, parts, excerpt, plan.again)
    return (after, register) if after else None


def _is_the_end(change: Change, excerpt: Excerpt) -> bool:
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
