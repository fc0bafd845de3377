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
from pipeline.recheck.excerpt import Library, Unknown, excerpt_of
from pipeline.recheck.judge import STALE, judged
from pipeline.recheck.matter import Said
from pipeline.recheck.parts import Plan, parted
from pipeline.recheck.reach import DUPLICATE, keeps_terms, reached, said_otherwise
from pipeline.recheck.wide import is_felt_widely, is_file_felt, read_besides
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
    with accepted gaps, by path; ``extras`` are the files that hold no entries and are read all the same.
    """

    register: Register
    read: Reader
    texts: Mapping[str, str]
    extras: Mapping[str, Document]


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
    """Give the outcome with ``new``, inspected, in the place of ``old``, and what is known then.

    None where everything has to be asked. Without an ``old`` one, the file is new; without a ``new`` one, it is
    gone. A file that holds no entries has neither: it came or went, or is read and says something else.
    """
    schemas = known.register.schemas
    kind = None if schemas.settings.ignores(path) else schemas.claim(path)
    try:
        if kind is not None:
            sides = (side_of(each, kind, schemas) if each else None for each in (old, new))
            return _with_other_page(outcome, Change(path=path, kind=kind, old=next(sides), new=next(sides)), known)
        is_read_again = path in known.register.files and path in read_besides(schemas.settings)
        return (_with_other_menu if is_read_again else _with_other_files)(outcome, path, known)
    except Unknown:
        return None


def _with_other_page(outcome: Outcome, change: Change, known: Known) -> Patched | None:
    path, new, before = change.path, change.new, known.register
    if is_felt_widely(change, outcome, before, Library(before, known.read).index, known.texts):
        return None
    register = before.changed(path, new.line if new else None)
    articles = Articles(change, before, register)
    said = Said.of(change, before)
    plan = Plan(
        path=path,
        pages=frozenset({*reached(change, outcome, before, said), *before.hiding(articles.targets)}),
        again=_again(change),
        said=said,
        moves=change.moves,
        is_gone=new is None,
        drops=lambda finding: articles.asks_anew(finding, known.read(finding.path)),
    )

    def compared(excerpt: Excerpt) -> list[Flaw] | None:
        if (change.renames or change.has_another_state) and _is_the_end(change, excerpt):
            return None
        return [Flaw(rule=ARTICLES, problem=problem) for problem in articles.problems(excerpt)]

    library = Library(register, lambda name: new.document if new and name == path else known.read(name))
    return _carried_out(outcome, plan, library, known, compared)


def _with_other_menu(outcome: Outcome, path: str, known: Known) -> Patched | None:
    """Judge after a menu or a table says something else; of the other files without entries, much depends."""
    settings, document = known.register.schemas.settings, known.extras.get(path)
    again = {NAVIGATION} if path in {each.file for each in settings.navigation} else set[str]()
    again |= {STALE} if path in {each.file for each in settings.demands.derived} else set[str]()
    depended_on = {settings.ledger, settings.demands.gaps and settings.demands.gaps.file}
    here = (finding.rule for finding in outcome.findings if finding.path == path)
    # Its own flaws are read anew; whatever else is told of the file itself is not.
    is_told_otherwise = any(rules()[rule].framework and rule not in again for rule in here)
    if not again or path in depended_on or is_told_otherwise or document is None:
        return None
    plan = Plan(path=path, pages=frozenset(), again=frozenset(again), said=Said(()), is_gone=True)
    return _carried_out(outcome, plan, Library(known.register, known.read), known, lambda _: document.flaws)


def _with_other_files(outcome: Outcome, path: str, known: Known) -> Patched | None:
    """Judge after a file that holds no entries came or went."""
    before = known.register
    if is_file_felt(path, outcome, before):
        return None
    register = before.with_files(before.files ^ {path})
    name = posixpath.basename(path)
    said = Said({path, name, posixpath.splitext(name)[0]})
    pages = {*before.leading(names_in_addresses(path), anchored=False), *said_otherwise(outcome, said)}
    plan = Plan(
        path=path,
        pages=frozenset(pages & before.lines.keys()),
        again=frozenset({NAVIGATION}),
        said=said,
        is_gone=path in before.files,
    )
    return _carried_out(outcome, plan, Library(register, known.read), known)


def _carried_out(
    outcome: Outcome,
    plan: Plan,
    library: Library,
    known: Known,
    compared: Callable[[Excerpt], Iterable[Flaw] | None] = lambda _: (),
) -> Patched | None:
    """Judge what a plan says. ``compared`` gives what else is found; nothing where everything has to be asked."""
    parts = parted(outcome, plan)
    if parts is None or len(parts.asked) > MOST:
        return None
    excerpt = excerpt_of(library, parts.asked, known.extras, outcome.day or "")
    found = compared(excerpt)
    after = judged(outcome, parts, excerpt, plan.again, found) if found is not None else None
    return (after, library.register) if after else None


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
