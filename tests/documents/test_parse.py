from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.parse import decode, parse_document, unread_document
from pipeline.text import LARGEST, OutsideRootError

if TYPE_CHECKING:
    from pipeline.documents.document import Document

LAYOUTS = ("document", "list", "abbreviations")


def document(data: str | bytes, layout: str = "document", dialect: str = "commonmark") -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return parse_document("map/pagina.md", raw, layout=layout, dialect=dialect, slugs="github")


def front(data: str | bytes) -> object:
    node = document(data).front
    return node.value if node else None


def flaws(found: Document) -> list[str]:
    return [
        f"{flaw.rule} {flaw.problem.variant} {flaw.problem.location.begin.line}:{flaw.problem.location.begin.column}"
        for flaw in found.flaws
    ]


def body_text(found: Document) -> str:
    assert found.body is not None
    return found.source.text[found.body.start :]


@pytest.mark.parametrize(
    ("text", "value", "body"),
    [
        ("---\ntitle: a\n---\nTekst", {"title": "a"}, "Tekst"),
        ("---\ntitle: a\n---", {"title": "a"}, ""),
        ("---  \ntitle: a\n---\t\n\nTekst", {"title": "a"}, "\nTekst"),
        ("---\ntitle: a\n...\nTekst", {"title": "a"}, "Tekst"),
        ("---\r\ntitle: a\r\n---\r\nTekst", {"title": "a"}, "Tekst"),
        ("---\rtitle: a\r---\rTekst", {"title": "a"}, "Tekst"),
        ("\ufeff---\ntitle: a\n---\nTekst", {"title": "a"}, "Tekst"),
        ("---\n---\nTekst", None, "Tekst"),
        ("---\n# niets\n---\nTekst", None, "Tekst"),
        ("---\ntitle: a\n---\nTekst\n\n---\n\nMeer", {"title": "a"}, "Tekst\n\n---\n\nMeer"),
        ("---\ntekst: |\n  ---\nb: c\n---\nTekst", {"tekst": "---\n", "b": "c"}, "Tekst"),
        ("Tekst", None, "Tekst"),
        ("\ufeffTekst", None, "Tekst"),
        ("", None, ""),
        ("\n---\ntitle: a\n---\nb", None, "b"),
        ("title: a\n---\nb", None, "b"),
        ("title: a\n\nb\n\n---\nc", None, "title: a\n\nb\n\n---\nc"),
        ("--- a\nb\n", None, "--- a\nb\n"),
        ("----\ntitle: a\n----\n", None, "----\ntitle: a\n----\n"),
    ],
)
def test_front_matter_and_body(text: str, value: object, body: str) -> None:
    found = document(text)
    assert (found.front.value if found.front else None) == value
    assert body_text(found) == body
    assert found.readable
    assert not found.flaws


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("---\ntitle: a\n", "schema/unclosed-front-matter  1:1"),
        ("---\n", "schema/unclosed-front-matter  1:1"),
        ("---\ntitle: a\n\n## Kop\n", "schema/unclosed-front-matter heading 1:1"),
        ("---\ntitle: a\n--\nTekst\n", "schema/unclosed-front-matter almost 3:1"),
        ("---\ntitle: a\n ---\nTekst\n", "schema/unclosed-front-matter almost 3:1"),
        ("---\rtitle: a\r--\rTekst\r", "schema/unclosed-front-matter almost 3:1"),
        ("---\ntitle: a\n–––\nTekst\n", "schema/unclosed-front-matter almost 3:1"),
        ("---\ntitle: a\n\n## Kop\n\nTekst.\n\n---\n\nMeer\n", "schema/unclosed-front-matter heading 1:1"),
        ("---\ntitle: a\n----\n\nTekst.\n\n---\n\nMeer\n", "schema/unclosed-front-matter almost 3:1"),
        ("---\ntitle: a: b\n---\n", "schema/invalid-yaml colon 2:9"),
        ("---\n<<: {title: a}\n---\n", "schema/alias merge 2:1"),
        ("---\ntitle: a\n<!-- b -->\n---\n", "schema/html-comment  3:1"),
        ("---\ntitle: a\n--- b\n", "schema/unclosed-front-matter words 3:1"),
        ("---\ntitle: a\n---\nid: b\n---\n", "schema/unclosed-front-matter early 3:1"),
        ("---\ntitle: a\n***\n\n## Kop\n", "schema/unclosed-front-matter almost 3:1"),
    ],
)
def test_a_block_that_cannot_be_read(text: str, flaw: str) -> None:
    found = document(text)
    assert flaws(found) == [flaw]
    assert not found.readable


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("---\ntitle: a\ntitle: b\n---\n", "schema/duplicate-key  3:1"),
        ("---\ntitle: a\nid: *a\n---\n", "schema/alias alias 3:5"),
        ("---\ntitle: a\nid: &a b\n---\n", "schema/alias anchor 3:5"),
        ("---\ntitle: a\nid: !b\n---\n", "schema/alias tag 3:5"),
        ("---\ntitle: a\nid: <!-- b -->\n---\n", "schema/html-comment  3:5"),
    ],
)
def test_a_flaw_of_one_value_leaves_the_others_readable(text: str, flaw: str) -> None:
    found = document(text)
    assert flaws(found) == [flaw]
    assert found.readable
    assert found.front is not None
    assert found.front.value["title"] == "a"


def test_a_heading_among_comments_is_no_flaw_while_all_can_be_read() -> None:
    assert front("---\ntitle: a\n## zie ook\nb: c\n---\n") == {"title": "a", "b": "c"}


def test_a_broken_block_keeps_the_outline_of_the_text_below() -> None:
    found = document("---\ntitle: a: b\n---\n\n## Kop\n")
    assert found.body is not None
    assert [heading.text for heading in found.body.headings] == ["Kop"]


@pytest.mark.parametrize(
    ("data", "where", "encoding"),
    [
        (b"caf\xe9", (3, 4), "Windows-1252"),
        ("é".encode() + b"\x80\n", (1, 2), "Windows-1252"),
        ("\ufeffabc".encode("utf-16"), (0, 1), "UTF-16"),
        (b"a\x81\xff", (1, 2), "?"),
        (b"\xed\xa0\x80", (0, 1), "Windows-1252"),
        (b"abc\xc3", (3, 4), "Windows-1252"),
    ],
)
def test_what_is_no_utf_8_says_so_at_its_place(data: bytes, where: tuple[int, int], encoding: str) -> None:
    source, flaw = decode("a.md", data)
    assert flaw is not None
    assert flaw.rule == "source/not-utf8"
    assert flaw.problem.parameters["encoding"] == encoding
    assert (flaw.problem.location.start, flaw.problem.location.end) == where
    assert source.text[where[0] : where[1]] == "\ufffd"


def test_a_megabyte_is_read_and_a_byte_more_is_not() -> None:
    text = "---\ntitle: a\n---\n"
    assert document(text + "x" * (LARGEST - len(text))).readable
    assert flaws(document(text + "x" * (LARGEST - len(text) + 1))) == ["source/too-large bytes 1:1"]


@pytest.mark.parametrize(
    ("error", "rule", "detail"),
    [
        (PermissionError(13, "Permission denied"), "source/unreadable", "Permission denied"),
        (OSError(), "source/unreadable", "OSError"),
        (OutsideRootError("a.md"), "source/outside-root", None),
    ],
)
def test_a_file_that_cannot_be_opened(error: OSError, rule: str, detail: str | None) -> None:
    found = unread_document("a.md", error)
    assert flaws(found) == [f"{rule}  1:1"]
    assert found.flaws[0].problem.parameters.get("detail") == detail
    assert not found.readable


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_abbreviations(end: str) -> None:
    text = end.join(
        ["# Begrippen", "*[AVG]: Algemene verordening  ", "*[DPIA]:", " *[geen]: a", "*[AI-systeem]: b *[c]: d", ""]
    )
    found = document(text, layout="abbreviations")
    assert found.front is not None
    assert found.front.value == [
        {"term": "AVG", "definition": "Algemene verordening"},
        {"term": "DPIA", "definition": ""},
        {"term": "AI-systeem", "definition": "b *[c]: d"},
    ]
    for item in found.front.items:
        for node in item.children.values():  # type: ignore[union-attr]
            assert text[node.start : node.end] == node.value


def test_a_list_file() -> None:
    found = document("- a: 1\n- b: 2\n", layout="list")
    assert found.front is not None
    assert found.front.value == [{"a": 1}, {"b": 2}]
    assert found.body is None
    assert document("", layout="list").front is None


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "text",
    [
        "---" + " " * 300_000 + "x\n",
        "---\n" + "-" * 300_000,
        "---\n" + "-- \n" * 60_000 + "x",
        "---\na: b: c\n" + "#" * 300_000 + "\n---\n",
        "*[" * 3_000,
        "*[a]: " + " " * 300_000 + "b",
        "*[a]:\n" * 5_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_much_of_anything_takes_no_time(text: str, layout: str) -> None:
    started = time.perf_counter()
    document(text, layout=layout)
    assert time.perf_counter() - started < 2


@given(st.binary(max_size=60), st.sampled_from(LAYOUTS), st.sampled_from(["commonmark", "python-markdown"]))
def test_any_bytes_give_a_document(data: bytes, layout: str, dialect: str) -> None:
    found = document(data, layout, dialect)
    assert found.readable or found.flaws
    length = len(found.source.text)
    for flaw in found.flaws:
        assert 0 <= flaw.problem.location.start <= flaw.problem.location.end <= max(length, 1)


FRONT = st.lists(st.sampled_from(["a: b", "- c", "d:", "  e: 1", "## f", "--", "g", "*h", '"', "[", "# i", "é: 😀"]))
BODY = st.lists(st.sampled_from(["## Kop", "", "tekst", "---", "[a](b)", "<!-- c -->", "| d |"]))


@given(FRONT, BODY, st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_text_below_the_block_is_where_the_body_starts(fields: list[str], lines: list[str], end: str) -> None:
    head = end.join(["---", *fields, "---", ""])
    found = document(head + end.join(lines))
    if found.body is not None:
        assert found.body.start == len(head)


@given(FRONT, BODY)
def test_the_same_bytes_give_the_same_document_in_another_process(fields: list[str], lines: list[str]) -> None:
    found = document("\n".join(["---", *fields, "---", *lines]))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert (again.front and again.front.value) == (found.front and found.front.value)
    assert again.body == found.body
    assert flaws(again) == flaws(found)
    assert again.source.text == found.source.text
