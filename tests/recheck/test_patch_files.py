"""Files that come and go, other names, states, fields and headings: a patched outcome is that of a whole check."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.mutations.material import material
from tests.mutations.sow import DEFAULT, beds
from tests.recheck.materials import MADE_WRONG, SMALL, UNCOVERED
from tests.recheck.support import Checked, checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model.framework import Entry

STEPS = 60
NEAR = 12
"""So many pages, and those that they name, are changed again and again."""

Change = tuple[str, "bytes | None"]


def pages(now: Checked) -> list[Entry]:
    return [each for each in now.framework.entries if each.path.endswith(".md") and each.node is not None]


def text_of(entry: Entry) -> str:
    return entry.document.source.text


def copied(_: Checked, page: Entry, chance: Random) -> Change:
    """Add a page like another, most often with a code and a name of its own."""
    text, number = text_of(page), str(chance.randint(0, 999))
    code = re.sub(r"[0-9]+$", number, page.code) if chance.random() < 0.8 else page.code
    stem = page.stem.replace(page.code, code) + chance.choice(["", "-nog-een", "s"])
    path = posixpath.join(posixpath.dirname(page.path), f"{stem}.md")
    if chance.random() < 0.5:
        text = re.sub(r"#d[0-9]+e[0-9-]+", "", text)
    return path, text.replace(page.code, code).encode()


def taken_away(_: Checked, page: Entry, __: Random) -> Change:
    return page.path, None


def with_another_id(now: Checked, page: Entry, chance: Random) -> Change:
    """Change an id a little, take that of another page, or take its own away."""
    other = chance.choice([each for each in pages(now) if each.kind is page.kind])
    new = chance.choice([f"{page.id}{chance.randint(0, 9)}", page.id[:-1], other.id, f" {page.id}", ""])
    return page.path, text_of(page).replace(page.id, new, 1).encode()


def with_another_state(_: Checked, page: Entry, chance: Random) -> Change:
    field = page.kind.means.get("status", "")
    word = chance.choice([*page.kind.states, "onzin"])
    return page.path, re.sub(rf"(?m)^{field}: .*$", f"{field}: {word}", text_of(page), count=1).encode()


def with_another_reference(now: Checked, page: Entry, chance: Random) -> Change:
    """Let a reference name another entry, nothing, or the page itself; or let it go."""
    written = [each for each in now.framework.outgoing(page) if each.path]
    if not written:
        return taken_away(now, page, chance)
    one = chance.choice(written)
    other = chance.choice([each.key for each in now.framework.references if each.spec == one.spec])
    text = text_of(page)
    new = chance.choice([other, other, f"{other}x", page.code, page.id, one.key[:-1], "''"])
    return page.path, f"{text[: one.start]}{new}{text[one.end :]}".encode()


def with_a_successor(now: Checked, page: Entry, chance: Random) -> Change:
    field = page.kind.means.get("successor")
    other = chance.choice([each for each in pages(now) if each.kind is page.kind])
    line = f"{field or 'opvolger'}: {chance.choice([f'[{other.code}]', other.code, other.id])}\n"
    return page.path, text_of(page).replace("---\n", f"---\n{line}", 1).encode()


def with_another_heading(_: Checked, page: Entry, chance: Random) -> Change:
    text, body = text_of(page), page.document.body
    headings = body.headings if body else ()
    if not headings:
        return page.path, f"{text}\n## Kop {chance.randint(0, 9)}\n\nTekst.\n".encode()
    one = chance.choice(headings)
    words = chance.choice(["## Kop", f"## {one.text} meer", "", *(f"## {each.text}" for each in headings)])
    return page.path, f"{text[: one.start]}{words}{text[one.end :]}".encode()


def with_a_field(now: Checked, page: Entry, chance: Random) -> Change:
    """Add a field that its kind knows, or not, with what another page has there."""
    fields = [(name, value) for each in pages(now) for name, value in each.fields.items() if isinstance(value, str)]
    name, value = chance.choice([*fields, ("onbekend", "iets"), ("titel", "Iets")])
    return page.path, text_of(page).replace("---\n", f"---\n{name}: {value!r}\n", 1).encode()


def with_a_field_less(_: Checked, page: Entry, chance: Random) -> Change:
    fields = re.findall(r"(?m)^[\w-]+:.*\n(?:[ -].*\n)*", text_of(page).partition("\n---")[0] + "\n")
    return page.path, text_of(page).replace(chance.choice(fields or ["\n"]), "", 1).encode()


def with_another_title(now: Checked, page: Entry, chance: Random) -> Change:
    other = chance.choice(pages(now))
    title = chance.choice([other.title, other.stem.replace("-", " "), "Doe een DPIA", other.code])
    text = text_of(page)
    return page.path, (text.replace(page.title, title, 1) if page.title in text else text).encode()


def with_links(now: Checked, page: Entry, chance: Random) -> Change:
    other = chance.choice(pages(now))
    body = other.document.body
    path = posixpath.relpath(other.path, posixpath.dirname(page.path))
    anchor = f"#{chance.choice(body.headings).slug}" if body and body.headings and chance.random() < 0.6 else ""
    law = [each.target for entry in pages(now) if entry.document.body for each in entry.document.body.links]
    law = [each for each in law if re.search(r"#d[0-9]+e", each)] or ["https://voorbeeld.nl/#d1e1"]
    link = chance.choice(
        [
            f"[{other.title}]({path}{anchor})",
            f"[Zie]({path.replace('-', '_', 1)}{anchor})",
            f"[artikel {chance.randint(1, 60)}]({chance.choice(law)})",
            f"{{{other.kind.name}:{other.code}}}",
            f"{{{other.kind.name};{other.code}}}",
            "[omhoog](..)",
            f"[Op de site]({now.where.schemas.settings.site.url}{other.kind.name}/{other.code}/)",
        ]
    )
    return page.path, f"{text_of(page)}\n{link}\n".encode()


def in_a_list(now: Checked, page: Entry, chance: Random) -> Change:
    """Change a file with many entries: a line more or less, or another name for an entry."""
    lists = [
        each for each in now.framework.documents if len(now.framework.entries_by_path.get(each.source.path, ())) > 1
    ]
    if not lists:
        return taken_away(now, page, chance)
    document = chance.choice(lists)
    path, text = document.source.path, document.source.text
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    entry = chance.choice(now.framework.entries_by_path[path])
    other = chance.choice(now.framework.entries)
    return path, chance.choice(
        [
            "".join(lines[:at] + lines[at + 1 :]),
            "".join([*lines[:at], lines[at], *lines[at:]]),
            "".join([*lines[:at], chance.choice(lines), *lines[at:]]),
            text.replace(entry.code, chance.choice([f"{entry.code}x", other.code]), chance.choice([1, -1])),
            text.replace(entry.title, chance.choice([f"{entry.title} nu", other.title]), 1),
            f"{text}{text[entry.node.start - 2 : entry.node.end]}\n" if entry.node else text,
            f"{lines[at]}{text}",
        ]
    ).encode()


def with_a_picture(now: Checked, page: Entry, chance: Random) -> Change:
    """Add a file that holds no entry, or take it away: one that a page shows, for instance."""
    links = [each.target.partition("#")[0] for each in page.document.body.links] if page.document.body else []
    links = [each for each in links if each and not each.startswith(("http", "/"))]
    names = ["plaat.png", "Plaat.png", "plaat-2.png", f"{page.stem}.png", f"{page.stem}.pdf", "over.txt", "los.md"]
    written = chance.choice([*names, *links, "../x.png"])
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), written))
    if path.startswith("..") or path in now.files:
        return (path, None) if path in now.files else ("plaat.png", b"x")
    return path, b"x"


def with_links_to_files(_: Checked, page: Entry, chance: Random) -> Change:
    links = [
        "![Plaat](plaat.png)",
        "![Plaat](plat.png)",
        "[Het stuk](plaat-2.png)",
        "[Over](over.txt)",
        "![x](../x.png)",
    ]
    return page.path, f"{text_of(page)}\n{chance.choice(links)}\n".encode()


def in_the_menu(now: Checked, page: Entry, chance: Random) -> Change:
    """Let the menu or a table say something else, so that it may not be readable."""
    settings = now.where.schemas.settings
    names = [*(each.file for each in settings.navigation), *(each.file for each in settings.demands.derived)]
    path = chance.choice([name for name in names if name in now.files] or [page.path])
    lines = now.files[path].decode(errors="replace").splitlines(keepends=True)
    at = chance.randrange(len(lines)) if lines else 0
    other = chance.choice(pages(now))
    new = [lines[at], *lines[at:]] if lines else ["nav:\n"]
    line = chance.choice([f"  - Een: {other.path.partition('/')[2]}\n", "  - [\n", "x,y\n", "  - Weg: weg.md\n"])
    return path, "".join([*lines[:at], *chance.choice([new, lines[at + 1 :], [line, *lines[at:]]])]).encode()


CHANGES: list[Callable[[Checked, Entry, Random], Change]] = [
    *(copied, copied, taken_away, with_another_id, with_another_state, with_another_reference, with_a_successor),
    *(with_another_heading, with_a_field, with_a_field_less, with_another_title, with_links, with_links, in_a_list),
    *(with_a_picture, with_links_to_files, in_the_menu),
]


def walk(now: Checked, chance: Random, steps: int) -> Counter[str]:
    """Make one change after another, each held against a whole check; count those that need none."""
    quick: Counter[str] = Counter()
    paths = {each.path for each in chance.sample(pages(now), min(NEAR, len(pages(now))))}
    some = [each for each in pages(now) if each.path in paths]
    paths |= {each.target.path for page in some for each in now.framework.outgoing(page)[:5] if each.target}
    for _ in range(steps):
        there = [each for each in pages(now) if each.path in paths]
        page = chance.choice(there or pages(now))
        make = chance.choice(CHANGES)
        path, data = make(now, page, chance)
        if data == now.files.get(path):
            continue
        if path.endswith(".md"):
            paths.add(path)
        after = now.changed(path, data)
        quick[make.__name__] += after.is_quick
        now = after.whole
    return quick


@pytest.mark.parametrize("name", [*MADE_WRONG, UNCOVERED, SMALL])
def test_one_change_after_another(name: str) -> None:
    quick = walk(checked(name), Random(f"{DEFAULT} {name}"), STEPS)  # noqa: S311 - no secret hangs on it
    assert quick.total() > STEPS // 10, quick


@pytest.mark.parametrize("name", MADE_WRONG)
def test_one_change_after_another_among_mistakes(name: str) -> None:
    bed = next(iter(beds(material(name), DEFAULT + 3)))
    start = Checked(material(name), bed.files, checked(name))
    quick = walk(start, Random(f"{DEFAULT} {name}"), STEPS)  # noqa: S311
    assert quick.total() > STEPS // 10, quick
