"""Rules of the family ``source`` beyond their cases: what a case cannot hold, and any text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.documents.document import Document
from pipeline.documents.parse import parse_document
from pipeline.documents.yaml import MOST_NODES
from pipeline.rules.registry import rules
from pipeline.rules.rule import fill
from pipeline.text import LARGEST, OutsideRootError
from tests.rules.test_cases import CASES, EXPECTED, worded
from tests.support import findings, small_schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.findings import Problem
    from pipeline.model.kinds import Kind

PATH = "content/regels/awb-02-luister.md"
FRONT = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n---\n\n## Regel\n\n"

# Pieces that the rules look for, mixed with anything.
PIECES = st.sampled_from(
    [
        *("<<<<<<< HEAD\n", "=======\n", ">>>>>>> main\n", "||||||| a\n", "```\n", "~~~~\n", "Kop\n", "---\n"),
        *("\u00a0", "\u200b", "\u200d", "\u202e", "\ufeff", "\u00ad", "\U0001f3f4\U000e0067\U000e007f", "👩\u200d💻"),
        *(" \n", "  \n", "\r\n", "\r", "e\u0301", "\u212b", "\u2000\u0301", "\x0b", "\u2028", "\x00"),
    ]
)
# What Markdown is made of, with characters that hide in it.
SIGNS = st.sampled_from(
    [
        *(
            "\u00a0",
            "\u200b",
            "\u00ad",
            "\u202f",
            " ",
            "  ",
            "    ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            "\\",
            "&nbsp;",
            "e\u0301",
        ),
        *("- ", "* ", "1. ", "1)", "# ", "> ", "**", "*", "_", "`", "```\n", "~~~\n", "---\n", "===\n", "+", "=", ":"),
        *("|", "a", "b", "woord", "[a](b)", "<b>", "!"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5)).map("".join)


def parsed(text: str, layout: str = "document") -> tuple[Document, Kind]:
    kind = small_schemas().kinds["stap" if layout == "list" else "regel"]
    path = kind.files.file or PATH
    return parse_document(path, text.encode(), layout=layout, dialect="commonmark", slugs="github"), kind


def problems(name: str, text: str, layout: str = "document") -> list[Problem]:
    check = rules()[f"source/{name}"].document
    assert check
    return list(check(*parsed(text, layout)))


def mended(text: str, found: list[Problem]) -> str:
    edits = [edit for problem in found if problem.fix for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda each: each.location.start, reverse=True):
        text = text[: edit.location.start] + edit.replacement + text[edit.location.end :]
    return text


@pytest.mark.parametrize(
    ("rule", "raised"),
    [("outside-root", OutsideRootError(PATH)), ("unreadable", PermissionError(13, "Permission denied"))],
    ids=str,
)
def test_a_file_that_cannot_be_read(rule: str, raised: OSError) -> None:
    (expected,) = EXPECTED.finditer((CASES / "source" / f"{rule}.md").read_text("utf-8"))
    assert [worded(finding) for finding in findings({PATH: raised})] == [expected[0][2:]]


@pytest.mark.parametrize(
    ("path", "content", "variant"),
    [
        (PATH, FRONT + "a" * LARGEST, "bytes"),
        ("content/stappen.yaml", "- a\n" * (MOST_NODES + 1), "values"),
        (PATH, FRONT.replace("concept", "{a: " * 60 + "b"), "depth"),
    ],
    ids=["bytes", "values", "depth"],
)
def test_too_large(path: str, content: str, variant: str) -> None:
    found = [finding for finding in findings({path: content}) if finding.rule.startswith("source/")]
    assert [(finding.rule, finding.path, finding.problem.variant) for finding in found] == [
        ("source/too-large", path, variant)
    ]


@pytest.mark.parametrize("layout", ["document", "list", "abbreviations"])
@pytest.mark.parametrize("name", [name for name, rule in rules().items() if name[:7] == "source/" and rule.document])
@given(text=TEXTS, front=st.sampled_from(["", FRONT]))
def test_any_text(name: str, layout: str, text: str, front: str) -> None:
    rule = rules()[name]
    text = front + text
    for problem in problems(name.removeprefix("source/"), text, layout):
        assert 0 <= problem.location.start <= problem.location.end <= len(text)
        for language in ("nl", "en"):
            for words in (rule.message(problem), rule.help(problem)):
                assert fill(words.in_language(language), problem.parameters, language)


@pytest.mark.parametrize("name", ["byte-order-mark", "crlf", "not-nfc", "trailing-space"])
@given(text=TEXTS)
def test_one_notice_a_file_whose_fix_mends_it(name: str, text: str) -> None:
    found = problems(name, text)
    assert len(found) <= 1
    if name == "byte-order-mark":
        text = text.lstrip("\ufeff")
    assert not problems(name, mended(text, problems(name, text)))


def structure(text: str) -> list[tuple[str, str, int]]:
    """Give what Markdown makes of a text, without its words."""
    found: list[tuple[str, str, int]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        found.append((token.type, token.tag, token.level))
        within = token.children or ()
        found += [
            (each.type, each.tag, each.level) for each in within if not each.type.startswith(("text", "softbreak"))
        ]
    return found


@settings(max_examples=300)
@pytest.mark.parametrize("name", ["crlf", "invisible-character", "not-nfc", "trailing-space"])
@given(text=st.lists(SIGNS, max_size=14).map("".join))
def test_a_safe_fix_leaves_the_text_what_it_is(name: str, text: str) -> None:
    safe = [problem for problem in problems(name, text) if problem.fix and problem.fix.safe]
    assert structure(mended(text, safe)) == structure(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Lees artikel\u00a035 en veror\u00addening.", True),
        ("Tot 10\u00a0procent.\u200b", True),
        ("Luister\u200b", True),
        # Spaces that indent, break a line or make a list; signs that were kept apart.
        ("\u00a0\u00a0\u00a0\u00a0Luister", False),
        ("-\u00a0Luister", False),
        ("1.\u00a0Luister", False),
        ("#\u00a0Luister", False),
        ("Luister\u00a0\u00a0\ngoed", False),
        ("Luister \u00a0\ngoed", False),
        ("\\\u200b*Luister*", False),
        ("*\u200b*Luister", False),
    ],
)
def test_an_invisible_character_that_keeps_things_apart_is_for_people(text: str, safe: bool) -> None:  # noqa: FBT001 - a case
    fixes = [problem.fix for problem in problems("invisible-character", text)]
    assert fixes
    assert all(fix is not None and fix.safe == safe for fix in fixes)


def test_a_space_behind_a_backslash_keeps_a_line_from_breaking() -> None:
    assert not problems("trailing-space", FRONT + "Luister\\ \ngoed")
    assert not problems("trailing-space", FRONT + "Luister  \ngoed")
    assert problems("trailing-space", FRONT + "Luister \ngoed")


@given(text=TEXTS)
def test_not_nfc_finds_what_unicode_calls_so(text: str) -> None:
    assert bool(problems("not-nfc", text)) == (not unicodedata.is_normalized("NFC", text))
    assert mended(text, problems("not-nfc", text)) == unicodedata.normalize("NFC", text)


@given(text=TEXTS)
def test_invisible_characters_are_told_once_each(text: str) -> None:
    found = [problem.location.text for problem in problems("invisible-character", text)]
    assert len(found) == len(set(found))


def test_every_bidi_control_is_an_error() -> None:
    controls = [
        chr(code)
        for code in range(0x10FFFF)
        if re.fullmatch("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", chr(code))
    ]
    found = problems("invisible-character", " ".join(["", *controls]))
    assert len(found) == len(controls) == 12
    assert {problem.variant for problem in found} == {"bidi"}


def conflicts(text: str, layout: str = "document") -> Iterator[tuple[int, int]]:
    for problem in problems("merge-conflict-marker", text, layout):
        yield problem.location.begin.line, len(problem.related)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<<<<<<< a\n=======\n>>>>>>> b\n", [(1, 2)]),
        ("<<<<<<< a\r\n||||||| c\r\n=======\r\n>>>>>>> b\r\n", [(1, 3)]),
        ("<<<<<<<\nKop\n=======\nKop\n=======\n>>>>>>>\n", [(1, 3)]),
        ("<<<<<<< a\nx\n=======\n", [(1, 1)]),
        ("x\n=======\ny\n>>>>>>> b\n", [(2, 1)]),
        ("Kop\n=======\n\n<<<<<<< a\n=======\n>>>>>>> b\n", [(4, 2)]),
        ("Kop\n=======\n\nKop\n=======\ny\n>>>>>>> b\n", [(5, 1)]),
        ("<<<<<<< a\n<<<<<<< b\n", [(1, 0), (2, 0)]),
        ("```\n<<<<<<< a\n```\n>>>>>>> b\n", [(4, 0)]),
        ("~~~\n```\n<<<<<<< a\n~~~\n", []),
        ("> ```\n> x\n\n``` `a` ```\n<<<<<<< a\n", [(5, 0)]),
        ("Kop\n=======\n", []),
        ("<<<<<<<< a\n======\n>>>>>>\n <<<<<<< a\n", []),
        ("<<<<<<<a\n", []),
    ],
)
def test_conflicts(text: str, expected: list[tuple[int, int]]) -> None:
    assert list(conflicts(text)) == expected


def test_a_row_of_equals_signs_in_a_list_is_no_heading() -> None:
    assert list(conflicts("- a\n=======\n- b\n", "list")) == [(2, 0)]


@pytest.mark.parametrize("name", ["trailing-space", "merge-conflict-marker", "invisible-character", "crlf", "not-nfc"])
@pytest.mark.parametrize("piece", [" ", "\t", "`", "<", "<<<<<<< a\n", "=======\n", "> ", "e\u0301"])
def test_long_runs_take_no_longer(name: str, piece: str) -> None:
    check: Callable[[Document, Kind], Iterator[Problem]] | None = rules()[f"source/{name}"].document
    assert check
    document, kind = parsed("x")
    text = piece * (200_000 // len(piece)) + "x"
    source = type(document.source)(path=PATH, text=text)
    list(check(Document(source=source, body=document.body), kind))
