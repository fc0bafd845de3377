"""What links and mentions that came or went can change in what rules over the whole framework find.

A link that went takes along what was found in it; one that came is judged with the pages that it
leads to and no others. As in `pipeline.rules.felt`, what is not certain is said to be felt.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.documents.document import Flaw
from pipeline.documents.outline import parted
from pipeline.model.framework import Framework, Index, names_meant, names_of
from pipeline.model.load import entries_of, references_of
from pipeline.rules.coverage.doubt import is_misread
from pipeline.rules.ids.redirects import GONE
from pipeline.rules.links.address import RELATIVE, domain_like, read_address
from pipeline.rules.links.label_mismatch import hides_article
from pipeline.rules.links.own_site import is_own
from pipeline.rules.links.resolve import SEARCHING, files_of, leads
from pipeline.rules.references.directive import looks_like_directive
from pipeline.rules.registry import rules
from pipeline.rules.suppressions.comments import suppressions
from pipeline.rules.suppressions.leave_out import OFF, severity_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.documents.document import Document, Link, Mention
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind, Schemas
    from pipeline.rules.felt import States

    Reader = Callable[[str], Document | None]

BY_THEMSELVES: Final = frozenset({"links/vague-text", "links/malformed-url"})
"""Rules that look at nothing but a link, and at which files there are."""


def judged_alone(entry: Entry, schemas: Schemas, files: frozenset[str]) -> Iterator[Flaw]:
    """Give what those rules find in a page."""
    yield from _asked(_framework(schemas, files, entry.document), BY_THEMSELVES)


def links_are_felt(
    old: Entry, new: Entry, schemas: Schemas, files: frozenset[str], read: Reader, *, crowded: bool
) -> bool:
    """Whether links that came or went have a part in what is found elsewhere, or in what only others can tell.

    ``read`` gives the document of another page, as it is now. ``crowded`` tells that the rules that look
    for what was meant did not look everywhere (`pipeline.findings.Outcome`): then the next in line counts.
    """
    links = parted(old.document, new.document, "links")
    if any(hides_article(read_address(link)) for link in (*links.gone, *links.come)):
        return True  # all links with that address are compared
    if any(_may_be_by_code(link) for link in (*links.before, *links.after)):
        return True
    judged = ((new, links.come), *([(old, links.gone)] if crowded else []))
    return any(_may_be_told(entry, some, schemas, files, read) for entry, some in judged if some)


def _may_be_by_code(link: Link) -> bool:
    """Whether raw HTML has the name of a website for an address, which may be that of a page here."""
    return link.form.startswith("html") and bool(domain_like(link.target.strip()))


def _may_be_told(entry: Entry, links: tuple[Link, ...], schemas: Schemas, files: frozenset[str], read: Reader) -> bool:
    """Whether a rule may find something in new links, apart from what `judged_alone` gives."""
    body = entry.document.body
    document = replace(entry.document, body=replace(body, links=links)) if body else entry.document
    alone = _framework(schemas, files, document)
    found = files_of(alone)
    others: dict[str, Document] = {}
    for lead in leads(alone):
        path = found.find(lead) if lead.address.sort == RELATIVE else entry.path
        if path is None or is_own(lead, alone):
            return True
        if path != entry.path and schemas.claim(path) is not None and path not in others:
            other = read(path)
            if other is None:
                return True
            others[path] = other
    together = _framework(schemas, files, document, *map(_without_links, others.values()), entries=True)
    names = {name for name in rules() if name.startswith("links/")} - BY_THEMSELVES
    return any(_is_minded(flaw, entry) for flaw in _asked(together, names))


def _is_minded(flaw: Flaw, entry: Entry) -> bool:
    return flaw.rule in SEARCHING or severity_of(flaw, entry.kind.overrides.get(flaw.rule), rules()) is not None


def _framework(schemas: Schemas, files: frozenset[str], *documents: Document, entries: bool = False) -> Framework:
    """Give a framework of a few pages, among all files; its entries only where those are wanted.

    Without entries, no address is taken for the code of one: all of them must be known for that.
    """
    claims = ((each, schemas.claim(each.source.path)) for each in documents if entries)
    known = tuple(entry for each, kind in claims if kind for entry in entries_of(each, kind))
    return Framework(schemas=schemas, documents=documents, entries=known, files=files, index=Index(known))


def _without_links(document: Document) -> Document:
    return replace(document, body=replace(document.body, links=())) if document.body else document


def _asked(framework: Framework, names: Iterable[str]) -> Iterator[Flaw]:
    for rule in rules().values():
        if rule.name in names and rule.framework:
            yield from (Flaw(rule=rule.name, problem=problem) for problem in rule.framework(framework))


def mentions_are_felt(old: Entry, new: Entry, schemas: Schemas, states: States) -> bool:
    """Whether mentions that came or went have a part in what is found elsewhere, or find nothing to lead to."""
    mentions = parted(old.document, new.document, "mentions")
    if any(_state(each, states) is None for each in mentions.come):
        return True
    return any(
        _is_told(each, entry, states) or _counts(each, entry, schemas, states)
        for entry, some in ((old, mentions.gone), (new, mentions.come))
        for each in some
    )


def _state(mention: Mention, states: States) -> str | None:
    return states.get((mention.kind, "code"), {}).get(mention.code)


def _is_told(mention: Mention, entry: Entry, states: States) -> bool:
    """Whether what a mention leads to is told: a draft, an entry that no longer counts, or its own page."""
    found = _state(mention, states)
    own = {*names_of(entry, "code"), *names_meant(entry, "code")}
    return found in GONE or (found == "draft" and entry.state == "final") or mention.code in own


def _counts(mention: Mention, entry: Entry, schemas: Schemas, states: States) -> bool:
    """Whether a demand minds who mentions whom: it does where it is not certain what either of them has."""
    if any(
        measure.alone and measure.of == entry.kind.name and measure.alone.of == mention.kind
        for measure in schemas.settings.demands.coverage
    ):
        return True
    return any(_is_vague(entry, field, states) for field in _shared(schemas))


def _is_vague(entry: Entry, field: str, states: States) -> bool:
    """Whether a field may mean something else than it says, or names what is not there."""
    named = (each for each in references_of(entry, Index(())) if each.path[:1] == (field,))
    return is_misread(entry, field) or any(
        all(each.key not in states.get((kind, each.spec.by), {}) for kind in each.spec.to) for each in named
    )


@lru_cache(maxsize=4)
def _shared(schemas: Schemas) -> frozenset[str]:
    """Give the fields that entries are to have in common with those that they name."""
    demands = schemas.settings.demands
    needs = [*demands.needs, *(need for kind in schemas.kinds.values() for need in kind.needs)]
    for measure in demands.coverage:
        needs += [*measure.needs, *((measure.alone.need,) if measure.alone else ())]
    return frozenset(need.sharing for need in needs if need.sharing)


def comments_are_felt(old: Entry, new: Entry, schemas: Schemas) -> bool:
    """Whether comments that came or went make a list, or speak for what a schema switches off anyway.

    What a schema switches off is not kept in mind, so it is not known whether a comment hides it.
    """
    comments = parted(old.document, new.document, "comments")
    if any(looks_like_directive(each, schemas) for each in (*comments.gone, *comments.come)):
        return True
    off = switched_off(new.kind)
    return any(each.rule in off for each in suppressions(new.document))


def switched_off(kind: Kind) -> frozenset[str]:
    """Give the rules over the whole framework that a kind's schema switches off."""
    off = (name for name, override in kind.overrides.items() if override.severity == OFF)
    return frozenset(name for name in off if name in rules() and rules()[name].framework)
