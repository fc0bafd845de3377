"""Links, mentions and comments that come and go: a patched outcome is that of a whole check, and so on and on."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from pipeline.rules.links.resolve import SEARCHED
from tests.mutations.material import material
from tests.mutations.sow import DEFAULT, beds
from tests.recheck.materials import MADE_WRONG
from tests.recheck.support import Checked, checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.framework import Entry

STEPS = 60
PAGES = 12
"""So many pages are changed, again and again."""

LAW = "https://eur-lex.europa.eu/legal-content/NL/TXT/HTML/?uri=OJ:L_202401689"
ELSEWHERE = (
    *("[Een site](https://voorbeeld.nl/a)", "[hier](https://voorbeeld.nl/b)", "https://voorbeeld.nl/c"),
    *("[Een site](htps://voorbeeld.nl)", "[Een site](voorbeeld.nl)", '<a href="voorbeeld.nl">Een site</a>'),
    *(f"[artikel 5]({LAW}#d1e3906-1-1)", f"[artikel 6]({LAW}#d1e3906-1-1)", f"[artikel 6]({LAW}#art_7)"),
    *("[Weg](weg.md)", "[Op de site](/docs/index.md)", "![Plaat](plaat.png)", "[![Plaat](plaat.png)](index.md)"),
    *("[Boven](#top)", "[Nergens](#nergens)", "[Leeg]()", "[een tekst][een]\n\n[een]: https://voorbeeld.nl/d"),
)


def link_to(page: Entry, other: Entry, named: Entry, chance: Random) -> str:
    """Write a link to a page, or to one of its headings, that may name another."""
    path = posixpath.relpath(other.path, posixpath.dirname(page.path))
    headings = [heading.slug for heading in other.document.body.headings] if other.document.body else []
    anchor = chance.choice(["", "", *(f"#{slug}" for slug in headings), "#nergens"])
    return f"[{chance.choice(['De pagina', 'hier', other.code, named.code])}]({path}{anchor})"


def addition(start: Checked, page: Entry, chance: Random) -> tuple[str, str]:
    """Give the name of a sort, and something of that sort to add to a page."""
    other = chance.choice([each for each in start.framework.entries if each.path.endswith(".md")])
    if chance.random() < 1 / 4:
        other = page
    named = chance.choice([each for each in start.framework.entries if each.kind is other.kind])
    anyone = chance.choice(start.framework.entries)
    found = (*start.outcome.findings, *start.outcome.hidden)
    rule = chance.choice([each.rule for each in found if each.path == page.path] or ["links/broken"])
    return chance.choice(
        [
            ("link", link_to(page, other, named, chance)),
            ("elsewhere", chance.choice(ELSEWHERE)),
            ("mention", f"{{{anyone.kind.name}:{anyone.code}}}"),
            ("comment", f"<!-- kader: negeer {rule} want het kan niet anders -->"),
            ("comment", chance.choice(["<!-- nog doen -->", "<!-- list_maatregelen rol/x -->", "<!-- kader: ja -->"])),
        ]
    )


def taken(page: Entry, chance: Random) -> tuple[str, str]:
    """Give the name of a sort, and the text of a page without something of that sort."""
    body, text = page.document.body, page.document.source.text
    sorts: dict[str, Sequence[object]] = {}
    if body:
        sorts = {"link": body.links, "mention": body.mentions, "comment": body.comments}
    some = [(sort, each) for sort, items in sorts.items() for each in items[-8:]]
    if not some:
        return "", text
    sort, each = chance.choice(some)
    return f"no {sort}", text[: each.start] + text[each.end :]  # type: ignore[attr-defined]


def changed(start: Checked, page: Entry, chance: Random) -> tuple[str, str]:
    """Add something to a page, or take something away."""
    text, body = page.document.source.text, page.document.body
    if body is None or chance.random() < 1 / 3:
        return taken(page, chance)
    name, piece = addition(start, page, chance)
    gaps = [match.end() for match in re.finditer(r"\n\n", text) if match.end() >= body.start] or [len(text)]
    place = chance.choice(gaps)
    return name, f"{text[:place]}{piece}\n{chance.choice(['', chr(10)])}{text[place:]}"


def pages(start: Checked, paths: Iterable[str]) -> list[Entry]:
    return [start.framework.entries_by_path[path][0] for path in paths]


@pytest.mark.parametrize("name", MADE_WRONG)
@pytest.mark.parametrize("among", ["sound pages", "other mistakes"])
def test_links_mentions_and_comments_one_after_another(name: str, among: str) -> None:
    chance = Random(f"{name} {among}")  # noqa: S311 - no secret hangs on it
    now = checked(name)
    if among == "other mistakes":
        bed = next(iter(beds(material(name), DEFAULT + 2)))
        now = Checked(material(name), bed.files, now)
    some = chance.sample([each.path for each in now.framework.entries if each.path.endswith(".md")], PAGES)
    quick: Counter[str] = Counter()
    for _ in range(STEPS):
        page = chance.choice(pages(now, some))
        sort, text = changed(now, page, chance)
        after = now.changed(page.path, text.encode())
        quick[sort] += after.is_quick
        now = after.whole
    assert {"link", "elsewhere", "comment", "no link"} <= (+quick).keys(), quick


def test_a_broken_link_less_among_too_many_to_look_for() -> None:
    start = checked("own")
    page = next(each for each in start.framework.entries if each.path.endswith(".md"))
    text = page.document.source.text
    links = [f"\n[Pagina {number}](weg-{number}.md)\n" for number in range(SEARCHED + 1)]
    crowded = start.changed(page.path, (text + "".join(links)).encode()).whole
    assert max(crowded.outcome.searched.values()) > SEARCHED
    assert crowded.changed(page.path, (text + "".join(links[1:])).encode()).quick is None
    assert crowded.changed(page.path, (text + "Een zin.\n" + "".join(links)).encode()).is_quick
