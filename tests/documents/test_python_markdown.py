"""Our reading of blocks against Python-Markdown itself."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.parse import parse_document
from pipeline.documents.structure import read_structure
from pipeline.text import Source
from tests.documents.renderers import our_shape, real_shape
from tests.support import CORPUS, ROOT, needs_corpus

SNIPPETS = [
    "tekst\n- a\n- b",
    "- a\n- b\n\n    tekst\n\n        code\n\n- c",
    "- a\n  - b\n    - c\n        - d",
    "1. a\n\n   tekst\n\n2. b\n+ c",
    "* * a\n    * b",
    "- # kop\nrest\n\n- b",
    "# kop\ntekst\n##kop2##\n- a",
    "a\n===\nb\n---\nc\nd\n---",
    "***\ntekst\n- - -\n* * *",
    "> a\nlui\n> > b\n\n> c\n>\n> - d",
    "    code\n\n    meer\ntekst",
    "| a | b |\n|---|:-:|\n| c \\| d | `e|f` |\n\n| a |\n|---|\n| b |",
    "a | b\n---|---\nc",
    '!!! note "T"\n    a\n\n    - b\n\n        c\n\nd',
    "tekst\n!!! note\ntekst\n\n   x",
    '??? tip\n\n    a\n\n???+ "T"\n    b',
    '=== "A"\n\n    a\n\n=== "B"\n\n    - b\n\n        c\n\n===! "C"\n    d',
    "a[^1]\n\n[^1]: noot\n    meer\n\n    nog meer\n[^2]: x",
    "*[AI]: uitleg\ntekst\n\n[a]: b.md\n'titel'\ntekst",
    "<div>\n- a\n\n- b\n</div>\n- c",
    "tekst\n<!-- a -->\n- b",
    "<p>a</p> tekst\n\n<hr>\n- a\n\n<br>\n- a",
    '<div class="x" markdown>\n\n- a\n\n</div>\ntekst',
    "```\n- a\n```\n\n- b\n\n    ```python\n    x\n    ```",
    "/// html | div\n- a\n///\ntekst",
    "\ttekst\n\n- a\n\n\tb\n\n\t\tc",
    "tekst\r\n- a\r\n\r\n- b\r\n",
]


@pytest.mark.parametrize("text", SNIPPETS)
def test_snippets(text: str) -> None:
    assert our_shape(text) == real_shape(text)


PREFIXES = ["", "", "", " ", "  ", "   ", "    ", "     ", "        ", "\t", "> ", ">", "> > ", "- ", "1. ", "    - "]
CONTENTS = [
    *("tekst", "een twee", "- a", "* b", "+ c", "1. d", "2. e", "12) f", "# K", "##K", "### K ##", "#", "---", "***"),
    *("===", "| a | b |", "|---|---|", "| c | d | e |", "a | b", "--- | ---", "!!! note", '!!! tip "T"', "!!!", "|"),
    *('??? expander "E"', "???+ x", '=== "Tab"', '=== "Tab2"', "*[AI]: uitleg", "[x]: y.md", "[x]: y.md 'z'", "||"),
    *("<b>x</b> y", "`code`", "-", "-a", "1.", "** x**", "> q", "\\", "a\\", "{: .x}", "\\| a | b |", "`a|b` | c"),
    *("<div>", "</div>", "<p>x</p>", "<!-- c -->", "<br>", "<hr>"),
]
LINES = st.one_of(st.just(""), st.builds("{}{}".format, st.sampled_from(PREFIXES), st.sampled_from(CONTENTS)))


@settings(deadline=None)
@given(lines=st.lists(LINES, max_size=9))
def test_any_lines_make_the_same_blocks(lines: list[str]) -> None:
    # A first line of white space is an oddity of its own.
    text = "\n".join(["", *lines])
    assert our_shape(text) == real_shape(text)


def _bodies(folder: str) -> list[tuple[str, str]]:
    bodies = []
    for path in sorted((ROOT if folder == "content" else CORPUS).glob(f"{folder}/**/*.md")):
        document = parse_document(
            path.name, path.read_bytes(), layout="document", dialect="python-markdown", slugs="python-markdown"
        )
        if document.body:
            bodies.append((path.name, document.source.text[document.body.start :]))
    return bodies


@needs_corpus
@pytest.mark.parametrize("folder", ["docs", "includes", "templates"])
def test_the_corpus_has_the_blocks_that_its_own_site_makes(folder: str) -> None:
    bodies = _bodies(folder)
    assert bodies
    assert [name for name, text in bodies if our_shape(text) != real_shape(text)] == []


def test_our_own_content_would_have_the_same_blocks_there() -> None:
    bodies = _bodies("content")[::5]
    assert len(bodies) > 50
    assert [name for name, text in bodies if our_shape(text) != real_shape(text)] == []


@pytest.mark.parametrize("dialect", ["commonmark", "python-markdown"])
@settings(deadline=None)
@given(lines=st.lists(LINES, max_size=9), newline=st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_row_stands_where_we_say(lines: list[str], newline: str, dialect: str) -> None:
    before = f"---{newline}a: b{newline}---{newline}"
    text = before + newline.join(lines)
    place = read_structure(Source(path="x.md", text=text), len(before), dialect)
    for _, node in place.root.walk():
        for row in node.rows:
            words = row[0].strip()
            if words and words != "\x02" and "\t" not in place.lines[row[1]]:
                assert place.place(row).text.strip().startswith(words.split("  ")[0])
                assert place.place(row).begin.line == row[1] + 4


HOSTILE = {
    "quotes": "> ",
    "items": "- ",
    "lines": "- a\nb\n",
    "headings": "#a\n",
    "rules": "***\n",
    "tables": "|a|\n|-|\n",
    "boxes": "!!! note\n",
    "tabs": '=== "a"\n',
    "definitions": "[a]: b\n",
    "footnotes": "[^a]: b\n",
    "abbreviations": "*[a]: b\n",
    "elements": "<div>\n",
    "nested elements": "<div><p>",
    "markdown elements": "<div markdown>\n",
    "comments": "<!--\n",
    "instructions": "<?\n",
    "fences": "```\n~~~\n",
    "backticks": "|`a``b",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_slow(unit: str) -> None:
    source = Source(path="x.md", text=unit * (60_000 // len(unit)))
    started = time.process_time()
    read_structure(source, 0, "python-markdown")
    assert time.process_time() - started < 3
