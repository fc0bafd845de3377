"""Contributed text in Markdown for GitHub: read it, and that is all."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.reports.layout import cut
from pipeline.reports.markdown import LONGEST, code, fenced, link, on_github, plain
from pipeline.text import visible

if TYPE_CHECKING:
    from markdown_it.token import Token

HOSTILE = st.text(st.sampled_from("ab `*_[]()<>!@#|~\\\n\r\t&\u202e\u200b-:/.")) | st.text()


def inline(text: str) -> list[Token]:
    blocks = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    return blocks[1].children or []


@given(HOSTILE)
def test_text_of_a_contributor_is_code_and_nothing_else(text: str) -> None:
    tokens = inline(f"Het veld {code(text)} klopt niet: zie {code(text)}.")
    assert [token.type for token in tokens] == ["text", "code_inline", "text", "code_inline", "text"]
    shown = visible(cut(text, LONGEST))
    if shown.strip(" "):
        assert tokens[1].content == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vereiste", "`vereiste`"),
        ("@minister", "`@minister`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("", "` `"),
        ("een\nregel", "`een\\nregel`"),
        ("om\u202ekeer", "`om\\u202ekeer`"),
        ("x" * 500, f"`{'x' * 133}…{'x' * 66}`"),
    ],
)
def test_how_a_value_is_shown(text: str, expected: str) -> None:
    assert code(text) == expected


@given(HOSTILE)
def test_lines_of_a_contributor_stay_in_their_block(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"{fenced(text, 'suggestion')}\n@\n")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].info == "suggestion"


@given(st.text(st.sampled_from("ab *_[]()<>!#|~\\`&-")))
def test_our_own_words_mean_nothing_but_themselves(text: str) -> None:
    tokens = inline(f"a{plain(text)}a")
    assert "".join(token.content for token in tokens) == f"a{text}a"


def test_an_address_holds_no_sign_that_ends_a_link() -> None:
    address = on_github("a/b", "edit", "een (tak)", "content/met spatie.md", fragment="L3")
    assert address == "https://redirect.github.com/a/b/edit/een%20%28tak%29/content/met%20spatie.md#L3"
    assert link(code("x"), address) == f"[`x`]({address})"


@given(HOSTILE | st.text(st.characters()))
def test_any_name_of_a_file_can_be_in_an_address(path: str) -> None:
    tokens = inline(link(code(path), on_github("a/b", "blob", "main", path)))
    assert [token.type for token in tokens] == ["link_open", "code_inline", "link_close"]


# Signs for numbers, verses and hieroglyphs: Unicode counts them as format characters, and they show.
SHOWING = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}


def test_no_character_that_only_formats_goes_unseen() -> None:
    formats = [chr(each) for each in range(sys.maxunicode + 1) if unicodedata.category(chr(each)) in {"Cf", "Zl", "Zp"}]
    assert [each for each in formats if each in code(f"a{each}b") and ord(each) not in SHOWING] == []
    assert "\ufe0f" in code("\u2764\ufe0f")  # an emoji stays one
