"""The text of a link names one thing and its address another.

Often a line was copied and only half of it was changed. The reader trusts the text, and
reads the wrong rule or article. Only a text that names just one code or article is judged,
and only against an address that names just one. An anchor such as ``#d1e3906-1-1`` names
nothing by itself; there, links with the same address and other articles give it away.

Bad: ``[awb-01](avg-13-doe-een-dpia.md)``

Good: ``[avg-13](avg-13-doe-een-dpia.md)``

Mend it: look up which of the two is meant, and change the other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.codes import code_in_stem
from pipeline.rules.links.address import EXTERNAL, RELATIVE
from pipeline.rules.links.articles import (
    ARTICLE,
    LAST,
    article_in_address,
    article_in_text,
    part_in_text,
    rank_of,
    same_article,
)
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.resolve import files_of, leads
from pipeline.rules.rule import nearby_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.links.address import Address
    from pipeline.rules.links.resolve import Files, Lead

    Names = Mapping[str, Counter[str]]

# The anchors of EUR-Lex that say nothing: "d1e3906-1-1".
_HIDING = lazy_pattern(r"d[0-9]+e[0-9]+(?:-[0-9]+)*")
_ORDINARY = ("1", "14", "2024", "ai", "wet", "Regels", "bijlage", "a1", "2b", "wet-en-regels", "versie-2")
_DIGIT = lazy_pattern("[0-9]")
_RELATED = 5

COMPARED = "elsewhere"
"""The variant that is found by comparing links with one another."""


@nearby_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="De tekst van deze link noemt {named}, maar het adres gaat naar {reached}.",
            en="The text of this link names {named}, but its address leads to {reached}.",
        ),
        "article": Text(
            nl="De tekst van deze link noemt artikel {named}, maar het adres gaat naar artikel {reached}.",
            en="The text of this link names article {named}, but its address leads to article {reached}.",
        ),
        "elsewhere": Text(
            nl="De tekst van deze link noemt {named}, maar hetzelfde adres staat ook bij {others}.",
            en="The text of this link names {named}, but the same address also stands with {others}.",
        ),
    },
    help=Text(
        nl="De lezer komt nu ergens anders uit dan de tekst zegt. Zoek op wat klopt en verander het andere.",
        en="Readers now end up elsewhere than the text says. Look up which is right and change the other.",
    ),
)
def of_pages(framework: Framework) -> Iterator[Problem]:
    """Compare what the text of each link names with what its address names."""
    files = files_of(framework)
    for lead in leads(framework):
        if not _may_name(lead):
            continue
        problem = _of_article(lead) or (_of_code(lead, framework, files) if lead.address.sort == RELATIVE else None)
        if problem:
            yield problem


def _may_name(lead: Lead) -> bool:
    """Whether a link may name an article or a code, and leads somewhere."""
    leads_on = lead.link.form in {"link", "html", "definition"} and lead.address.sort in {RELATIVE, EXTERNAL}
    return leads_on and _DIGIT.search(lead.link.text) is not None


def codes_named(some: Iterable[Lead], kinds: Iterable[Kind]) -> Iterator[str]:
    """Give all codes, in small letters, that the texts of links to pages may name."""
    telling = [kind for kind in kinds if _is_telling(kind)]
    for lead in some:
        if lead.address.sort == RELATIVE and _may_name(lead):
            for kind in telling:
                yield from _codes_in(lead.link.text, kind)


def _of_article(lead: Lead) -> Problem | None:
    named, reached = article_in_text(lead.link.text), article_in_address(lead.link.target)
    if not named or not reached or same_article(named, reached):
        return None
    return Problem(location=target_place(lead), variant="article", parameters={"named": named, "reached": reached})


def of_anchors(framework: Framework) -> Iterator[Problem]:
    """Look at addresses with an anchor that hides its article, and that several names share."""
    links = list(named_links(leads(framework)))
    yield from of_targets(links, names_by_target((lead.link.target, name) for name, lead in links))


def named_links(some: Iterable[Lead]) -> Iterator[tuple[str, Lead]]:
    """Give the links whose address hides its article, with the part of a law that each names."""
    for lead in some:
        name = part_in_text(lead.link.text) if hides_article(lead.address) else ""
        if name:
            yield name, lead


def names_by_target(pairs: Iterable[tuple[str, str]]) -> Names:
    """Count the names of each address."""
    names: dict[str, Counter[str]] = {}
    for target, name in pairs:
        names.setdefault(target, Counter())[name] += 1
    return names


def of_targets(links: Iterable[tuple[str, Lead]], names: Names) -> Iterator[Problem]:
    """Give the links whose name is not the one that their address has, among all with the same address."""
    places: dict[str, list[tuple[str, Lead]]] = {}
    for name, lead in links:
        places.setdefault(lead.link.target, []).append((name, lead))
    for target, found in places.items():
        if len(names[target]) == 1:
            continue
        right = right_name(target, names)
        for name, lead in found:
            if name == right:
                continue
            others = sorted(other for other in names[target] if other != name)
            related = [each.document.at(each.link.start, each.link.end) for other, each in found if other != name]
            yield Problem(
                location=lead.document.at(lead.link.start, lead.link.end),
                variant=COMPARED,
                parameters={"named": name, "others": tuple(others)},
                related=tuple(related[:_RELATED]),
            )


def hides_article(address: Address) -> bool:
    """Whether an address has an anchor that does not say which article it is."""
    return address.sort == EXTERNAL and bool(_HIDING.fullmatch(address.fragment))


def right_name(target: str, names: Names) -> str:
    """Give the one name that an address may have; empty where that cannot be known.

    It is the most frequent one, or else the only one that stands in order: anchors are
    numbered through a law from its recitals to its annexes, and the anchors around this one
    that have just one name tell between which articles it must lie.
    """
    (first, most), (_, next_most) = names[target].most_common(2)
    if most > next_most and first.startswith(ARTICLE):
        return first
    law, number = numbered(target)
    ranks = [
        (other, rank_of(next(iter(counted))))
        for address, counted in names.items()
        for base, other in (numbered(address),)
        if len(counted) == 1 and base == law
    ]
    # Recitals and annexes have numbers of their own; only articles tell where an article lies.
    known = [(other, rank) for other, rank in ranks if 0 < rank < LAST]
    least = max((rank for other, rank in known if other < number), default=0)
    largest = min((rank for other, rank in known if other > number), default=LAST)
    fitting = [name for name in names[target] if max(least, 1) <= rank_of(name) <= min(largest, LAST - 1)]
    return fitting[0] if len(fitting) == 1 and known else ""


def numbered(target: str) -> tuple[str, tuple[int, ...]]:
    """Take an address apart into the law and the numbers of the anchor."""
    law, _, anchor = target.partition("#")
    return law, tuple(map(int, re.findall("[0-9]+", anchor)))


def _of_code(lead: Lead, framework: Framework, files: Files) -> Problem | None:
    path = files.find(lead)
    entries = framework.entries_by_path.get(path, ()) if path else ()
    if len(entries) != 1 or entries[0].kind.files.layout != "document" or not _is_telling(entries[0].kind):
        return None
    reached = entries[0]
    named = _code_in(lead.link.text, reached.kind)
    # A slip in the id of the page that is reached is one mistake, and told there.
    if not named or named in {reached.code.lower(), code_in_stem(reached.kind, reached.stem).lower()}:
        return None
    other = framework.index.table(reached.kind.name, "code").get(named)
    if other is None and _is_of_another_kind(named, reached, framework):
        return None
    near = (files.relative(lead, other.path),) if other else ()
    return Problem(
        location=target_place(lead),
        parameters={"named": named, "reached": reached.code, "suggestions": near},
        fix=retarget(lead, near[0]) if near else None,
    )


@lru_cache(maxsize=256)
def _is_telling(kind: Kind) -> bool:
    """Whether the codes of a kind cannot be taken for other words or numbers."""
    return bool(kind.identity.code) and not any(map(_codes(kind).fullmatch, _ORDINARY))


def _code_in(text: str, kind: Kind) -> str:
    """Give the one code that a text names."""
    found = _codes_in(text, kind)
    return found.pop() if len(found) == 1 else ""


def _codes_in(text: str, kind: Kind) -> set[str]:
    """Give all that may be codes of a kind in a text, in small letters. A code without a digit may be any word."""
    found = (match[0].lower() for match in _codes(kind).finditer(text))
    return {code for code in found if any(char.isdigit() for char in code)}


@lru_cache(maxsize=256)
def _codes(kind: Kind) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{kind.code_pattern.pattern})(?![\w-])", re.IGNORECASE)


def _is_of_another_kind(code: str, reached: Entry, framework: Framework) -> bool:
    return any(code in framework.index.table(name, "code") for name in framework.kinds if name != reached.kind.name)


check = replace(of_pages, framework=of_anchors, compared=frozenset({COMPARED}))
