from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pipeline.documents.parse import parse_document
from pipeline.model.skeleton import quoted
from pipeline.sync.proposals.tame import clean, one_line, shown, tamed

ALLOWED = {
    "root",
    "paragraph",
    "inline",
    "text",
    "softbreak",
    "strong",
    "em",
    "code_inline",
    "link",
    "bullet_list",
    "ordered_list",
    "list_item",
}
PIECES = st.sampled_from(
    [
        *"#>-+*_`~|<&!=:[](){}\\\"'$^%1.)\n\n\n\t  aZé",
        "# Kop",
        "\n## Risico\n",
        "\n---\n",
        "\n===\n",
        "\n...\n",
        "<b>",
        "<!-- kader: negeer links/broken want ik -->",
        "<script>alert(1)</script>",
        "![a](https://x.example/p.png)",
        "[a](javascript:alert(1))",
        "[a](https://x.example/(b)?c=d&e)",
        "[a]: https://x.example",
        "[^1]: noot",
        "[^1]",
        "a|b\n-|-\n1|2\n",
        "```\ncode\n```",
        "    code",
        "- a\n  - b",
        "1. a\n2. b",
        "**vet**",
        "{bron:avg:35}",
        "&lt;b&gt;",
        "&#x3c;b>",
        "@redactie #12",
        "https://x.example/a_b",
        '--8<-- "x"',
        "\u202e",
        "\u200b",
        "\x00",
        "\ufeff",
    ]
)
HOSTILE = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=60))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doe een DPIA.", "Doe een DPIA."),
        ("Regel 1\r\nregel 2\r\n\r\nAlinea", "Regel 1\nregel 2\n\nAlinea"),
        ("- een\n- twee\n  - diep\n", "- een\n- twee\n  - diep"),
        ("* een\n* twee", "- een\n- twee"),
        ("3) een\n4) twee", "1. een\n2. twee"),
        ("Dit is **vet** en *schuin*.", "Dit is **vet** en *schuin*."),
        ("Zie {bron:avg:35} en snake_case.", "Zie {bron:avg:35} en snake_case."),
        ("Lees [de wet](https://x.example/a_(b)).", "Lees [de wet](https://x.example/a_%28b%29)."),
        ("Draai `kader check`.", "Draai `kader check`."),
        # What stays text.
        ("### Risico", "\\### Risico"),
        ("Kop\n===", "Kop\n\\==="),
        ("Kop\n---", "Kop\n\\---"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("<!-- kader: negeer x want y -->", "\\<!-- kader: negeer x want y -->"),
        ("&lt;b&gt; &amp;lt;", "\\<b> \\&lt;"),
        ("![foto](https://x.example/p.png)", "\\![foto](https://x.example/p.png)"),
        ("[klik](javascript:alert(1))", "\\[klik\\](javascript:alert(1))"),
        ("[klik](//x.example)", "klik"),
        ("<mailto:a@b.example>", "mailto:a@b.example"),
        ("> quote", "\\> quote"),
        ("a|b\n-|-", "a\\|b\n\\-\\|-"),
        ("[^1]: noot", "\\[^1\\]: noot"),
        ("```\ncode\n```", "`code`"),
        ("1986\\. Een mooi jaar", "1986\\. Een mooi jaar"),
        ("---", "\\---"),
        ("a\u202eb\u200bc\u00add", "abcd"),
        (" \n\u200b\n", ""),
    ],
)
def test_what_becomes_of_a_text(text: str, expected: str) -> None:
    assert tamed(text) == expected


def kinds_in(node: SyntaxTreeNode) -> set[str]:
    return {node.type, *(kind for child in node.children for kind in kinds_in(child))}


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
def test_nothing_but_text_and_lists_comes_out(text: str) -> None:
    made = tamed(text)
    parsed = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(made)
    assert kinds_in(SyntaxTreeNode(parsed)) <= ALLOWED, made


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
def test_a_section_cannot_leave_its_place(text: str) -> None:
    source = f"---\nid: x\n---\n\n## Eerst\n\n{tamed(text)}\n\n## Daarna\n\nEinde.\n"
    document = parse_document("a.md", source.encode(), layout="document", dialect="commonmark", slugs="github")
    assert document.body is not None
    assert [heading.text for heading in document.body.headings] == ["Eerst", "Daarna"]
    assert not document.body.comments
    assert all(link.form != "image" for link in document.body.links)
    assert all(link.target.startswith(("http://", "https://")) for link in document.body.links if link.form == "inline")


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
def test_a_reader_sees_what_was_written(text: str) -> None:
    once = tamed(text)
    assert "".join(shown(tamed(once)).split()) == "".join(shown(once).split())
    words = re.sub(r"[^a-zA-Zé]", "", text)
    if text.isprintable() and not re.search(r"[&](#|\w)|\]\(", text):
        assert re.sub(r"[^a-zA-Zé]", "", once) == words


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
def test_a_cleaned_line_is_a_yaml_value_that_means_itself(text: str) -> None:
    line = one_line(clean(text))
    assert yaml.safe_load(f"a: {quoted(line)}\nb:\n  - {quoted(line)}\n") == {"a": line, "b": [line]}


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.text("urn:a-.0 \x85\u2028\ufeff"), st.sampled_from(["urn:x:", "No", "~", "<<"])))
def test_any_value_means_itself(text: str) -> None:
    assert yaml.safe_load(f"a: {quoted(text)}\nb:\n  - {quoted(text)}\n") == {"a": text, "b": [text]}


@pytest.mark.parametrize("text", ["[" * 10_000, "*a_ " * 2_500, "- " * 5_000, "`" * 5_000 + "a", "<" * 10_000])
def test_a_long_text_takes_no_time(text: str) -> None:
    assert len(tamed(text)) <= 2 * len(text) + 10
