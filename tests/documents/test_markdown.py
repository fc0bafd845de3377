"""The outline of Markdown bodies: what is found, and that it stands where we say."""

from __future__ import annotations

import html
import re
import time
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import unescapeAll

from pipeline.documents.dialects import markdown_parser
from pipeline.documents.markdown import parse_markdown
from pipeline.documents.parse import parse_document
from pipeline.documents.slugs import github_slug, python_markdown_slug
from pipeline.text import Source
from tests.documents.renderers import render
from tests.support import CORPUS, needs_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.documents.document import Body, Link

DIALECTS = ("commonmark", "python-markdown")


def outline(text: str, dialect: str = "commonmark", *, start: int = 0) -> Body:
    slugs = "python-markdown" if dialect == "python-markdown" else "github"
    return parse_markdown(Source(path="x.md", text=text), start, dialect=dialect, slugs=slugs)


def found(text: str, dialect: str = "commonmark") -> list[tuple[str, str, str]]:
    return [(link.form, link.target, link.text) for link in outline(text, dialect).links]


def written(text: str, link: Link) -> str:
    return text[link.target_start : link.target_end]


BOTH = [
    ("[a](b.md)", [("link", "b.md", "a")]),
    ('[a]( b.md  "title" )', [("link", "b.md", "a")]),
    ("[a](<b c.md>)", [("link", "b c.md", "a")]),
    ("[a](b_(c).md)", [("link", "b_(c).md", "a")]),
    (r"[a](b\(c.md)", [("link", "b(c.md", "a")]),
    ("[a](b?c=1&amp;d=2)", [("link", "b?c=1&d=2", "a")]),
    ("[a]()", [("link", "", "a")]),
    ("[a *b* `c` d](e.md)", [("link", "e.md", "a b c d")]),
    ("[a](\nb.md\n)", [("link", "b.md", "a")]),
    ("![a](b.png 'title')", [("image", "b.png", "a")]),
    ("[![a](b.png)](c.md)", [("link", "c.md", "a"), ("image", "b.png", "a")]),
    ("<https://a.nl>", [("autolink", "https://a.nl", "https://a.nl")]),
    ("Zie https://a.nl/b_(c).", [("bare", "https://a.nl/b_(c)", "https://a.nl/b_(c)")]),
    ("(www.a.nl)", [("bare", "www.a.nl", "www.a.nl")]),
    ("[a][x] [x][] [x]\n\n[x]: b.md 'title'", [("definition", "b.md", "a")]),
    ("[x]: b.md\n[x]: c.md", [("definition", "b.md", "")]),
    ("[x]:\n  <b c.md>\n  'title'", [("definition", "b c.md", "")]),
    ("## Kop [a](b.md) ##", [("link", "b.md", "a")]),
    ("[a](b.md)\n===", [("link", "b.md", "a")]),
    ("|a|b|\n|-|-|\n|[c](d\\|e.md)|[f](g.md)|", [("link", "d|e.md", "c"), ("link", "g.md", "f")]),
    (
        "> [a](b.md)\n> c [d](e.md)\nlui [f](g.md)",
        [("link", t, a) for t, a in (("b.md", "a"), ("e.md", "d"), ("g.md", "f"))],
    ),
    ("- a\n  1. [b](c.md)\n\n     [d](e.md)", [("link", "c.md", "b"), ("link", "e.md", "d")]),
    ("a[^1]\n\n[^1]: [b](c.md)\n\n    [d](e.md)", [("link", "c.md", "b"), ("link", "e.md", "d")]),
    ("[^1]: [nergens genoemd](c.md)", [("link", "c.md", "nergens genoemd")]),
    ("`[a](b.md)` ``<a href='b'>``", []),
    ("```\n[a](b.md)\n```\n\n    [a](b.md)", []),
    ("<!-- [a](b.md) <a href='b'> -->\n\na <!-- <a href='b'> --> c", []),
    ("<script>\nx = '<a href=\"b\">'\n</script>", []),
    (r"\[a](b.md) [a\](b.md)", []),
    ("[a] (b.md) [a]\n(b.md)", []),
    ("<a href='b?c=1&amp;d=2'>e <b>f</b></a>", [("html", "b?c=1&d=2", "e f")]),
    ("<div>\n<A title='x > y' HREF=b.md>c</A>\n</div>", [("html", "b.md", "c")]),
    ("<a href='b'><img src=\"c.png\" alt='d'></a>", [("html", "b", "d"), ("html-image", "c.png", "d")]),
    ("<a href='b'>https://a.nl</a>", [("html", "b", "https://a.nl")]),
    ("<p data-href='b' id=c>a</p>", []),
    ("[a](https://b.nl/c", [("unparsed", "https://b.nl/c", "a")]),
]

DIFFERENT = [
    ("[a](b c.xlsx)", [("unparsed", "b c.xlsx", "a")], [("link", "b c.xlsx", "a")]),
    ('[a](b c.xlsx "title")', [("unparsed", 'b c.xlsx "title"', "a")], [("link", "b c.xlsx", "a")]),
    ("[a](b (1).pdf)", [], [("link", "b (1).pdf", "a")]),
    ("![a](b c.png)", [("unparsed", "b c.png", "a")], [("image", "b c.png", "a")]),
    ("a[^1](b)\n\n[^1]: c", [("link", "b", "^1")], []),
    ("!!! note\n    [a](b.md)", [("link", "b.md", "a")], [("link", "b.md", "a")]),
    ("!!! note\n\n    [a](b.md)", [], [("link", "b.md", "a")]),
    ("??? expander\n\n\n\t[a](b.md)\n\n\n\t- [c](d.md)\n\n[e](f.md)", [("link", "f.md", "e")], [
        ("link", "b.md", "a"), ("link", "d.md", "c"), ("link", "f.md", "e")]),
    ('!!! note "Zie [a](b.md)"\n\n    ???+ tip\n\n        [c](d.md)', [("link", "b.md", "a")], [
        ("link", "b.md", "a"), ("link", "d.md", "c")]),
    ('=== "Tab"\n\n    [a](b.md)', [], [("link", "b.md", "a")]),
    ("- a\n\n    !!! note\n\n        [b](c.md)", [], [("link", "c.md", "b")]),
]  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("text", "expected"), BOTH)
def test_links(text: str, expected: list[tuple[str, str, str]], dialect: str) -> None:
    assert found(text, dialect) == expected


@pytest.mark.parametrize(("text", "commonmark", "python_markdown"), DIFFERENT)
def test_links_by_dialect(text: str, commonmark: list[object], python_markdown: list[object]) -> None:
    assert found(text) == commonmark
    assert found(text, "python-markdown") == python_markdown


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places(newline: str) -> None:
    text = newline.join(
        [
            "---",
            "x: y",
            "---",
            "# Kop [a](a.md)",
            "",
            "> - | b |",
            ">   |---|",
            ">   | \\| [c](c.md) |",
            "",
            "[d]: d.md",
        ]
    )
    body = outline(text, start=text.index("# Kop"))
    assert [(link.target, written(text, link)) for link in body.links] == [(t, t) for t in ("a.md", "c.md", "d.md")]
    assert [text[link.start : link.end] for link in body.links] == ["[a](a.md)", "[c](c.md)", "[d]: d.md"]
    heading = body.headings[0]
    assert text[heading.start : heading.end] == "Kop [a](a.md)"


def test_anchors_comments_and_mentions() -> None:
    text = "# A {#een .klas}\n\n## A\n\n### B ![plaat](b.png)\n\n<a id=c name='d'></a> {bron:avg:35} <!-- e -->"
    text += "\n\nf[^g] f[^g]\n\n[^g]: h"
    body = outline(text, "python-markdown")
    assert [heading.slug for heading in body.headings] == ["een", "a", "b"]
    assert [heading.text for heading in body.headings] == ["A", "A", "B plaat"]
    assert body.anchors == {"een", "c", "d", "fn:g", "fnref:g", "fnref2:g"}
    assert [comment.text for comment in body.comments] == ["e"]
    assert not body.mentions
    [mention] = outline(text).mentions
    assert (mention.kind, mention.code, mention.locator) == ("bron", "avg", "35")
    assert text[mention.start : mention.end] == "{bron:avg:35}"


def test_an_explicit_id_goes_before_one_made_of_text() -> None:
    body = outline("## Doel\n\n## Iets anders { #doel }\n", "python-markdown")
    assert [heading.slug for heading in body.headings] == ["doel_1", "doel"]


def test_words_belong_to_their_section_and_footnotes_to_none() -> None:
    body = outline("Een twee.\n\n## Kop\n\nDrie [vier](v.md) vijf.[^1]\n\n[^1]: Niet geteld.\n\n## Leeg\n")
    assert [heading.words for heading in body.headings] == [3, 0]
    assert body.words == 5


# Generated documents: each piece of text comes with the targets that must be found in it.

NAMES = st.from_regex(r"[a-z0-9é][a-z0-9é_.-]{0,8}(/[a-z0-9]{1,5}){0,2}(#[a-z0-9-]{1,5})?", fullmatch=True)
ESCAPED = NAMES.map(lambda name: rf"{name}\(1&amp;2\)")
LABELS = st.sampled_from(["a", "twee woorden", "*nadruk*", "`code`", "een [haak] hier", "é ü 😀"])
FILLING = st.sampled_from(
    ["tekst", "`[x](y.md)`", r"\[x](y.md)", "<!-- [x](y.md) -->", "{#id}", "a_b", "😀 \u2028 x", "&amp;"]
)
Piece = tuple[str, list[str]]


def _link(label: str, target: str, title: str, sign: str) -> Piece:
    return f"{sign}[{label}]({target}{title})", [target]


TITLES = st.sampled_from(["", ' "titel"', " 'titel'"])
LINKS = st.builds(_link, LABELS, NAMES | ESCAPED, TITLES, st.sampled_from(["", "!"]))
SPACED = st.builds(lambda label, target: (f"[{label}](<{target} x.md>)", [f"{target} x.md"]), LABELS, NAMES)
IN_LINK = st.builds(lambda one, other: (f"[![a]({one})]({other})", [other, one]), NAMES, NAMES)
AUTOLINKS = NAMES.map(lambda name: (f"<https://a.nl/{name}>", [f"https://a.nl/{name}"]))
RAW = NAMES.map(lambda name: (f'<a href="{name}">tekst</a>', [name]))
PIECES = st.one_of(FILLING.map(lambda text: (text, [])), LINKS, LINKS, SPACED, IN_LINK, AUTOLINKS, RAW)


def _joined(pieces: list[Piece], by: str) -> Piece:
    return by.join(text for text, _ in pieces), [target for _, targets in pieces for target in targets]


LINES = st.lists(PIECES, min_size=1, max_size=4).map(lambda pieces: _joined(pieces, " "))


def _prefixed(piece: Piece, first: str, rest: str) -> Piece:
    lines = piece[0].split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])]), piece[1]


PARAGRAPHS = st.lists(LINES.map(lambda line: _prefixed(line, "x ", "")), min_size=1, max_size=3).map(
    lambda lines: _joined(lines, "\n")
)
HEADINGS = st.builds(lambda line, level: _prefixed(line, "#" * level + " ", ""), LINES, st.integers(1, 6))
TABLES = st.lists(st.tuples(LINES, LINES), min_size=1, max_size=3).map(
    lambda rows: _joined(
        [
            ("| a | b |\n|---|---|", []),
            *((f"| \\| {one[0]} | x \\| {other[0]} |", one[1] + other[1]) for one, other in rows),
        ],
        "\n",
    )
)
LEAVES = st.one_of(PARAGRAPHS, PARAGRAPHS, HEADINGS, TABLES)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda piece: _prefixed(piece, "> ", "> ")),
        inner.map(lambda piece: _prefixed(piece, "- ", "  ")),
        inner.map(lambda piece: _prefixed(piece, "1.  ", "    ")),
        st.lists(inner, min_size=1, max_size=2).map(lambda pieces: _joined(pieces, "\n\n")),
    ),
    max_leaves=6,
)
ADMONITIONS = st.builds(
    lambda piece, marker, indent: (f"{marker}\n\n{_prefixed(piece, indent, indent)[0]}", piece[1]),
    BLOCKS,
    st.sampled_from(["!!! note", '!!! tip "Titel"', "??? expander", '=== "Tab"']),
    st.sampled_from(["    ", "\t"]),
)
FOOTNOTES = st.lists(PARAGRAPHS, min_size=1, max_size=2).map(
    lambda pieces: _prefixed(_joined(pieces, "\n\n"), "[^1]: ", "    ")
)
DEFINITIONS = NAMES.map(lambda name: (f'[ref]: {name} "titel"', [name]))


@st.composite
def documents(draw: st.DrawFn, dialect: str) -> Piece:
    kinds = [BLOCKS, FOOTNOTES, *([ADMONITIONS] if dialect == "python-markdown" else [])]
    blocks = draw(st.lists(st.one_of(kinds), min_size=1, max_size=4))
    if draw(st.booleans()):
        blocks.append(draw(DEFINITIONS))
    text, targets = _joined(blocks, "\n\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), targets


def means(text: str) -> set[str]:
    """Give what a target may mean as it is written."""
    return {text, unescapeAll(text), html.unescape(text)}


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None)
@given(data=st.data())
def test_every_link_is_found_at_its_place(dialect: str, data: st.DataObject) -> None:
    text, targets = data.draw(documents(dialect))
    links = outline(text, dialect).links
    assert Counter(written(text, link) for link in links) == Counter(targets)
    for link in links:
        assert link.target in means(written(text, link))
        assert link.start <= link.target_start <= link.target_end <= link.end


MARKUP = st.lists(
    st.sampled_from(
        [
            *"[]()<>!`*_#|-+=~:\\\"'{}&;^.\t\r\n\0\ufeff\u2003\u2028é😀ax1",
            "\n\n",
            "    ",
            "](",
            "[^1]",
            "[^1]: ",
            "<!--",
            *(
                "-->",
                "<a href=",
                "http://",
                "&amp;",
                "\n> ",
                "\n- ",
                "\n!!! note\n",
                "\n|-|-|\n",
                "[a]: ",
                "www.",
                "\r\n",
            ),
        ]
    ),
    max_size=60,
).map("".join)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None)
@given(text=MARKUP | st.text(max_size=40))
def test_any_text_can_be_read(dialect: str, text: str) -> None:
    body = outline(text, dialect)
    for link in body.links:
        assert 0 <= link.start <= link.target_start <= link.target_end <= link.end <= len(text)
        if "\n" not in link.target and "\0" not in text and link.form != "autolink":
            assert link.target in means(written(text, link))
    spans = [(each.start, each.end) for each in body.headings]
    spans += [(each.start, each.end) for each in body.comments]
    spans += [(each.start, each.end) for each in body.mentions]
    assert all(0 <= first <= last <= len(text) for first, last in spans)


HOSTILE = {
    "brackets": "[",
    "images": "![",
    "stars": "***x ",
    "backticks": "`x``",
    "links": "[a](b) ",
    "open links": "[a](b ",
    "spaced links": "[a](b c) ",
    "references": "[a] ",
    "tags": '<a b="',
    "hyphens": "<a-",
    "comments": "\n<!--",
    "html": '<a href="x">y</a> ',
    "addresses": "http://a.b ",
    "lines": "a\n",
    "rows": "|[x](y)|b|\n",
    "definitions": "[a]: b\n",
    "quotes": "> a\n",
    "admonitions": "!!! note\n",
    "attributes": "{#a }",
    "footnotes": "[^1]",
    "one line": "ab ",
}


def seconds(text: str, dialect: str) -> float:
    """Give the processor's time, the least of three."""
    times: list[float] = []
    for _ in range(3):
        begin = time.process_time()
        outline(text, dialect)
        times.append(time.process_time() - begin)
    return min(times)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_no_faster_than_the_text(unit: str, dialect: str) -> None:
    head = {"[a] ": "[a]: b\n\n", "|[x](y)|b|\n": "|a|b|\n|-|-|\n", "[^1]": "[^1]: a\n\n"}.get(unit, "")
    short, long = (head + unit * (size // len(unit)) for size in (3_000, 18_000))
    # Linear is 6 times as long, quadratic 36 times; the rest is for a busy machine.
    assert seconds(long, dialect) < 18 * max(seconds(short, dialect), 0.02)


# The real thing: Python-Markdown with the extensions of the corpus's own site.


class _Page(HTMLParser):
    """The addresses, ids and headings in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "href" in values and values.get("class") not in {"footnote-ref", "footnote-backref"}:
            self.targets.append(values["href"] or "")
        if tag == "img" and "src" in values:
            self.targets.append(values["src"] or "")
        if re.fullmatch("h[1-6]", tag) and "id" in values:
            self.headings.append(values["id"] or "")


def _corpus() -> Iterator[tuple[Path, Source, Body]]:
    for path in sorted(CORPUS.glob("**/*.md")):
        document = parse_document(
            path.name, path.read_bytes(), layout="document", dialect="python-markdown", slugs="python-markdown"
        )
        if document.body is not None:
            yield path, document.source, document.body


@needs_corpus
def test_the_corpus_has_the_links_and_headings_that_its_own_site_makes() -> None:
    wrong: list[str] = []
    count = 0
    for path, source, body in _corpus():
        page = _Page()
        page.feed(render(source.text[body.start :], "python-markdown"))
        links = [link.target for link in body.links if link.form not in {"bare", "unparsed"}]
        wrong += [f"{path.name}: {target}" for target in Counter(links) - Counter(page.targets)]
        wrong += [f"{path.name}: {target}" for target in Counter(page.targets) - Counter(links)]
        # The lines of a merge conflict make odd headings there.
        if "\n<<<<<<<" not in source.text:
            slugs = [heading.slug for heading in body.headings]
            wrong += [f"{path.name}: {each}" for each in [slugs] if each != page.headings]
        count += len(links)
        assert all(written(source.text, link) in {link.target, html.escape(link.target)} for link in body.links)
    assert wrong == []
    assert count > 1500


def slug_of_github(text: str) -> str:
    """GitHub's rule: letters, marks, digits, connectors, hyphens and spaces stay; a space becomes a hyphen."""
    kept = "".join(
        char
        for char in text.lower()
        if char in "- " or unicodedata.category(char) in {"Nd", "Pc"} or unicodedata.category(char)[0] in "LM"
    )
    return kept.replace(" ", "-")


@needs_corpus
def test_anchors_of_the_corpus_by_both_rules() -> None:
    toc = pytest.importorskip("markdown.extensions.toc")
    texts = {heading.text for _, _, body in _corpus() for heading in body.headings}
    assert len(texts) > 300
    for text in texts:
        assert python_markdown_slug(text) == toc.slugify(text, "-")
        assert github_slug(text) == slug_of_github(text)


# Rules are tried by the first character


def tokens(text: str, dialect: str, *, each_rule: bool) -> list[object]:
    parser = markdown_parser.__wrapped__(dialect)
    if each_rule:
        parser.block.ruler.__cache__ = parser.inline.ruler.__cache__ = None
    return [token.as_dict(children=True) for token in parser.parse(text, {})]


@pytest.mark.parametrize("dialect", DIALECTS)
@given(
    st.lists(st.sampled_from([*'ab1 \n\t#*+-_=~`>|!?:[](){}<&;\\^"/.', "\n\n", "    ", "1. ", "[^1]", "!!! a\n"])).map(
        "".join
    )
)
def test_trying_rules_by_character_changes_nothing(dialect: str, text: str) -> None:
    assert tokens(text, dialect, each_rule=False) == tokens(text, dialect, each_rule=True)


@needs_corpus
@pytest.mark.parametrize("dialect", DIALECTS)
def test_trying_rules_by_character_changes_nothing_in_the_corpus(dialect: str) -> None:
    for path in sorted(CORPUS.rglob("*.md"))[::4]:
        text = path.read_text("utf-8")
        assert tokens(text, dialect, each_rule=False) == tokens(text, dialect, each_rule=True)
