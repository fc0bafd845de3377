"""From bytes to a document. Pure: the same bytes give the same document, in any process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.documents.document import Document, Flaw, Node
from pipeline.documents.front import CLOSING, OPENING, explained, misplaced, too_early, unclosed
from pipeline.documents.yaml import parse_yaml
from pipeline.findings import Problem
from pipeline.text import LARGEST, LINE_END, OutsideRootError, Source, lazy_pattern

if TYPE_CHECKING:
    from pipeline.documents.document import Body

_SPOIL_LITTLE: Final = frozenset({"schema/alias", "schema/duplicate-key", "schema/html-comment"})
_ABBREVIATION = lazy_pattern(r"(?:^|(?<=\r))\*\[([^\]\r\n]+)\]:[ \t]*([^\r\n]*)", re.MULTILINE)


def decode(path: str, data: bytes) -> tuple[Source, Flaw | None]:
    """Give the text of a file; a file that is no readable UTF-8 text comes with a flaw."""
    if len(data) > LARGEST:
        source = Source(path=path, text=data[:200].decode("utf-8", "replace"))
        problem = Problem(location=source.at(0), variant="bytes", parameters={"limit": LARGEST})
        return source, Flaw(rule="source/too-large", problem=problem)
    try:
        return Source(path=path, text=data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        source = Source(path=path, text=data.decode("utf-8", "replace"))
        place = len(data[: error.start].decode("utf-8"))
        problem = Problem(
            location=source.at(place, place + 1),
            parameters={"offset": error.start, "byte": f"0x{data[error.start]:02x}", "encoding": _encoding(data)},
        )
        return source, Flaw(rule="source/not-utf8", problem=problem)


def unread_document(path: str, error: OSError) -> Document:
    """Make the document of a file that could not be read."""
    source = Source(path=path, text="")
    if isinstance(error, OutsideRootError):
        flaw = Flaw(rule="source/outside-root", problem=Problem(location=source.at(0)))
    else:
        detail = {"detail": error.strerror or type(error).__name__}
        flaw = Flaw(rule="source/unreadable", problem=Problem(location=source.at(0), parameters=detail))
    return Document(source=source, flaws=(flaw,), readable=False)


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "?"
    return "Windows-1252"


def parse_document(
    path: str, data: bytes, *, layout: str, dialect: str, slugs: str, keep_tokens: bool = False
) -> Document:
    """Parse one file as ``document``, ``list`` or ``abbreviations`` (see docs/schemas.md)."""
    source, flaw = decode(path, data)
    if flaw:
        return Document(source=source, flaws=(flaw,), readable=False)
    try:
        if layout == "list":
            front, flaws = parse_yaml(source)
            return Document(source=source, front=front, flaws=flaws, readable=_sound(front, flaws))
        if layout == "abbreviations":
            return Document(source=source, front=_abbreviations(source), body=None)
        return _front_and_body(source, dialect=dialect, slugs=slugs, keep_tokens=keep_tokens)
    except RecursionError:
        problem = Problem(location=source.at(0), variant="depth", parameters={"limit": 50})
        return Document(source=source, flaws=(Flaw(rule="source/too-large", problem=problem),), readable=False)


def _sound(front: Node | None, flaws: tuple[Flaw, ...]) -> bool:
    """Whether the values can be judged.

    A repeated key, a remark or a nickname spoils one value at most, which then is nothing.
    """
    spoilt = any(flaw.rule not in _SPOIL_LITTLE or flaw.problem.variant == "merge" for flaw in flaws)
    return not flaws or (front is not None and not spoilt)


def _front_and_body(source: Source, *, dialect: str, slugs: str, keep_tokens: bool) -> Document:
    text = source.text
    opening = OPENING.match(text)
    if not opening:
        fields = misplaced(text)
        start = _line_after(text, fields[1]) if fields else 1 if text.startswith("\ufeff") else 0
        return Document(source=source, body=_body(source, start, dialect, slugs, keep_tokens=keep_tokens))
    closing = CLOSING.search(text, opening.end())
    if not closing:
        return Document(source=source, flaws=(unclosed(source, opening, len(text)),), readable=False)
    early = too_early(source, closing)
    if early:
        body = _body(source, _line_after(text, early[1]), dialect, slugs, keep_tokens=keep_tokens)
        return Document(source=source, body=body, flaws=(early[0],), readable=False)
    front, flaws = parse_yaml(source, opening.end(), closing.start())
    flaws = tuple(explained(source, opening, flaw) for flaw in flaws)
    if any(flaw.rule == "schema/unclosed-front-matter" for flaw in flaws):
        return Document(source=source, flaws=flaws, readable=False)
    body = _body(source, _line_after(text, closing.end()), dialect, slugs, keep_tokens=keep_tokens)
    return Document(source=source, front=front, body=body, flaws=flaws, readable=_sound(front, flaws))


def _line_after(text: str, place: int) -> int:
    line = LINE_END.match(text, place)
    return line.end() if line else place


def _body(source: Source, start: int, dialect: str, slugs: str, *, keep_tokens: bool) -> Body:
    # Imported here: `kader --version` and YAML-only work need no Markdown parser.
    from pipeline.documents.markdown import parse_markdown  # noqa: PLC0415

    return parse_markdown(source, start, dialect=dialect, slugs=slugs, keep_tokens=keep_tokens)


def _abbreviations(source: Source) -> Node:
    """Read ``*[term]: definition`` lines as a list of entries with two fields."""
    items: list[Node] = []
    for match in _ABBREVIATION.finditer(source.text):
        start, end = match.span(1)
        term = Node(match[1], start, end, key_start=start, key_end=end, raw=match[1])
        definition = match[2].rstrip()
        words = Node(definition, match.start(2), match.start(2) + len(definition), raw=definition)
        fields = {"term": term, "definition": words}
        values = {name: node.value for name, node in fields.items()}
        items.append(Node(values, match.start(), words.end, fields))
    return Node([item.value for item in items], 0, len(source.text), items)
