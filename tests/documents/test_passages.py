"""Running text: what readers see of it, and that each word of it stands where we say."""

from __future__ import annotations

import html
import pickle
import re
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.dialects import READING_ORDER, markdown_parser
from pipeline.documents.markdown import parse_markdown
from pipeline.documents.parse import parse_document
from pipeline.documents.passages import NEUTRAL, passage_of, read_passages
from pipeline.text import Source
from tests.support import CORPUS, ROOT, needs_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from pipeline.documents.passages import Passage

DIALECTS = ("commonmark", "python-markdown")
N = NEUTRAL


def passages(text: str, dialect: str = "commonmark", *, start: int = 0) -> tuple[Passage, ...]:
    return parse_markdown(Source(path="x.md", text=text), start, dialect=dialect, slugs="github").passages


def read(text: str, dialect: str = "commonmark") -> list[tuple[str, str]]:
    return [(each.role, each.text) for each in passages(text, dialect)]


def written(text: str, passage: Passage, word: str) -> str:
    at = passage.text.index(word)
    first, last = passage.span(at, at + len(word))
    return text[first:last]


BOTH = [
    ("een *twee* **drie ~~vier~~**", [("paragraph", "een twee drie vier")]),
    ("een\n  twee  \ndrie\\\nvier", [("paragraph", "een twee\ndrie\nvier")]),
    ("zie [de *regel*](a.md 'b') nu", [("paragraph", "zie de regel nu")]),
    ("[a]: b.md\n\nzie [de regel][a] nu", [("paragraph", "zie de regel nu")]),
    ("typ `x y` of ![plaat](b.png)", [("paragraph", f"typ {N} of {N}")]),
    ("zie <https://a.nl> nu", [("paragraph", f"zie {N} nu")]),
    ("a<br>b <b>c</b><!-- d -->", [("paragraph", "a\nb c")]),
    (r"a\*b &amp; c &eacute;én \\ d\e", [("paragraph", r"a*b & c één \ d\e")]),
    ("## Kop *een*\n\nTwee\n===", [("heading", "Kop een"), ("heading", "Twee")]),
    ("> een\n> twee", [("quote", "een twee")]),
    ("| a | b \\| c |\n|---|---|\n| `d` | e |", [("cell", "a"), ("cell", "b | c"), ("cell", N), ("cell", "e")]),
    ("een[^1]\n\n[^1]: twee", [("paragraph", "een"), ("footnote", "twee")]),
    ("<div>een</div>\n\n```\ntwee\n```\n\n    drie", []),
    ("<!-- een -->", []),
]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("text", "expected"), BOTH)
def test_what_readers_see(dialect: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text, dialect) == expected


def test_inline_references_are_one_word() -> None:
    text = "Zie {bron:avg:35}. {regel:a} geldt."
    (passage,) = passages(text)
    assert passage.text == f"Zie {N}. {N} geldt."
    assert text[slice(*passage.span(4, 5))] == "{bron:avg:35}"
    assert read("{bron:avg:35}") == [("paragraph", N)]


def test_headings_know_their_level() -> None:
    assert [each.level for each in passages("# a\n\nb\n\n### c")] == [1, 0, 3]


def test_admonitions_have_a_title_and_paragraphs() -> None:
    text = '!!! note "Let op"\n    een\n\n    - twee\n\ndrie'
    expected = [("title", "Let op"), ("paragraph", "een"), ("item", "twee"), ("paragraph", "drie")]
    assert read(text, "python-markdown") == expected


def test_lists_are_told_apart_and_their_items_counted() -> None:
    text = "- een\n\n  nog een\n- twee\n  1. twee a\n  2. twee b\n- drie\n\n<!-- -->\n\n* vier\n\n> - vijf"
    found = [(each.text, each.in_list, each.item, each.depth) for each in passages(text)]
    assert found == [
        ("een", 1, 1, 1),
        ("nog een", 1, 1, 1),
        ("twee", 1, 2, 1),
        ("twee a", 2, 1, 2),
        ("twee b", 2, 2, 2),
        ("drie", 1, 3, 1),
        ("vier", 3, 1, 1),
        ("vijf", 4, 1, 1),
    ]


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("een **tw**ee drie", "twee", "tw**ee"),
        ("een *twee* drie", "twee", "twee"),
        ("een [twee](a.md) drie", "twee", "twee"),
        ("een `x` drie", N, "`x`"),
        ("een &eacute;&eacute;n", "éé", "&eacute;&eacute;"),
        ("> een\n> twee drie", "een twee", "een\n> twee"),
        ("| a \\| b |\n|---|\n", "| b", "| b"),
        ("een\r\n twee\r\n drie", "drie", "drie"),
        ("een  \r\n *drie*", "drie", "drie"),
    ],
)
def test_words_know_their_place(text: str, word: str, place: str) -> None:
    assert written(text, passages(text)[0], word) == place
    ahead = f"---\r\n---\r\n{text}"
    assert written(ahead, passages(ahead, start=10)[0], word) == place


def test_an_empty_stretch_has_a_place() -> None:
    assert passages("een *twee*")[0].span(4, 4) == (5, 5)


WORDS = st.text("abcéñ9", min_size=1, max_size=6)
INLINE = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(
            st.sampled_from([("*", "*"), ("**", "**"), ("~~", "~~"), ("[", "](a_b.md 'c d')"), ("<b>", "</b>")]), inner
        ).map(lambda each: f"{each[0][0]}{each[1]}{each[0][1]}"),
        st.lists(inner, min_size=2, max_size=4).map(" ".join),
        st.tuples(inner, st.sampled_from([r"\*", "&amp;", "`x`", "![a](b.png)", "<https://a.nl>"]), inner).map(
            " ".join
        ),
        st.tuples(inner, st.sampled_from(["\n", "  \n", "\\\n"]), inner).map("".join),
    ),
    max_leaves=8,
)


def indented(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", f"\n{rest}")


BLOCKS = st.one_of(
    INLINE,
    INLINE.map(lambda text: f"## {text}".replace("\\\n", " ").replace("\n", " ")),
    INLINE.map(lambda text: indented(text, "> ", "> ")),
    INLINE.map(lambda text: indented(text, "> ", "")),
    INLINE.map(lambda text: indented(text, "- ", "  ")),
    INLINE.map(lambda text: indented(text, "1. ", "   ")),
    st.lists(INLINE.map(lambda text: text.replace("\\\n", " ").replace("\n", " ")), min_size=2, max_size=2).map(
        lambda cells: f"| {cells[0]} \\| | {cells[1]} |\n|---|---|\n"
    ),
)
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=DOCUMENTS, ends=st.sampled_from(["\n", "\r\n", "\r"]), head=st.sampled_from(["", "\ufeff", "---\n---\n"]))
def test_every_word_is_in_the_source_at_its_place(dialect: str, text: str, ends: str, head: str) -> None:
    whole = head + text.replace("\n", ends)
    last = len(head)
    for passage in passages(whole, dialect, start=len(head)):
        for match in re.finditer(r"\w+", passage.text):
            first, end = passage.span(*match.span())
            if match[0] not in {"https", "a", "nl"}:
                assert re.sub(r"\W*(?:<b>|</b>)\W*|[*~]|\]\(a_b\.md 'c d'\)|\[", "", whole[first:end]) == match[0]
            assert first >= last
            last = end


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=st.text("[]()<>!`*_#|-+=~:\\\"'{}&;^.\t\r\n\0é😀ax1 ", max_size=60) | st.text(max_size=40))
def test_any_text_has_passages_within_it(dialect: str, text: str) -> None:
    for passage in passages(text, dialect):
        places = [passage.span(at, at + 1) for at in range(len(passage.text))]
        assert all(0 <= first < last <= len(text) for first, last in places)
        assert all(first[0] <= second[0] for first, second in pairwise(places))
        for char, (first, last) in zip(passage.text, places, strict=True):
            if char.isalnum():
                assert char in html.unescape(text[first:last])


def test_passages_travel_between_processes() -> None:
    found = passages("een *twee*\r\n{bron:a}")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


@pytest.mark.parametrize("unit", ["*a* ", "\\*", "&amp;", "[a](b) ", "a\n", "`a` ", "<br>", "{a:b} ", "- a\n"])
def test_a_large_text_takes_no_longer_than_its_size(unit: str) -> None:
    env: dict[str, Sequence[Token]] = {}
    markdown_parser("commonmark").parse(unit * (100_000 // len(unit)), env)
    begin = time.process_time()
    for passage in read_passages(env[READING_ORDER], 0, ()):
        passage.span(0, len(passage.text))
    assert time.process_time() - begin < 2


def field(front: str) -> tuple[str, Passage]:
    text = f"---\n{front}\n---\n"
    document = parse_document("x.md", text.encode(), layout="document", dialect="commonmark", slugs="github")
    assert document.front is not None
    node = document.front.child("a")
    assert node is not None
    return text, passage_of(node, text)


@pytest.mark.parametrize(
    ("front", "word", "place"),
    [
        ("a: een twee", "twee", "twee"),
        ("a: 'een twee'", "twee", "twee"),
        ('a: "een twee"', "een", "een"),
        ("a: een\n  twee\n  drie", "twee drie", "twee\n  drie"),
        ("a: >-\n  een\n  twee", "twee", "twee"),
        ("a: |2\n  een\n   twee", "twee", "twee"),
        ("a: 'algoritme''s twee'", "twee", "twee"),
        ("a: 'algoritme''s twee'", "algoritme's", "algoritme''s"),
        ('a: "een \\"twee\\" drie"', "drie", "drie"),
    ],
)
def test_words_of_fields_know_their_place(front: str, word: str, place: str) -> None:
    text, passage = field(front)
    assert passage.role == "field"
    found = written(text, passage, word)
    assert found == place or (place == "algoritme''s" and found == "algoritme''")


@needs_corpus
def test_the_real_corpus() -> None:
    assert words_at_their_place(CORPUS / "docs", "python-markdown") > 100_000


def test_our_own_content() -> None:
    assert words_at_their_place(ROOT / "content", "commonmark") > 10_000


def words_at_their_place(root: Path, dialect: str) -> int:
    count = 0
    for path in sorted(root.rglob("*.md")):
        text = path.read_text("utf-8")
        for passage in passages(text, dialect):
            for match in re.finditer(r"\w+", passage.text):
                assert text[slice(*passage.span(*match.span()))] == match[0], path
                count += 1
    return count
