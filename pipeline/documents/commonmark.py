"""The blocks of a body as CommonMark makes them, with GitHub's tables and footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.documents.dialects import READING_ORDER, markdown_parser
from pipeline.documents.nodes import HIDDEN, Node
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from markdown_it.token import Token

    from pipeline.documents.nodes import Row

_CONTAINERS = {
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "footnote_reference": "footnote",
}
# What may stand before the first row of a table: signs of quotes, and the marker of a list item.
_BEFORE = lazy_pattern(r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*+")


def commonmark_blocks(text: str) -> Node:
    """Give the tree of a body."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    root = Node("div")
    above = [root]
    env: dict[str, Any] = {}
    markdown_parser("commonmark").parse(text, env)
    for token in env[READING_ORDER]:
        name, _, side = token.type.rpartition("_")
        here = above[-1]
        first, last = token.map or (here.number, here.number)
        if side == "close" and name in _CONTAINERS:
            above.pop()
        elif side == "open" and name in _CONTAINERS:
            above.append(here.add(Node(_CONTAINERS[name], first, mark=token.meta.get("label", ""))))
        elif name == "table" and side == "open":
            here.add(Node("table", first, [_row(lines, number) for number in range(first, last)]))
        elif side == "open" and name in {"paragraph", "heading"}:
            here.add(Node(token.tag, first, mark=token.markup))
        elif token.type == "inline":
            _fill(here.last, token)
        elif token.type in {"code_block", "fence", "html_block", "hr"}:
            here.add(_leaf(token, lines))
    return root


def _row(lines: list[str], number: int) -> Row:
    line = lines[number]
    return line[_BEFORE.match(line).end() :], number  # type: ignore[union-attr]


def _fill(node: Node | None, token: Token) -> None:
    """Give a paragraph or a heading its text."""
    if node is not None and node.tag != "table" and not node.rows and token.map:
        first, last = token.map
        texts = token.content.split("\n")
        # A first line of odd spaces has been trimmed away.
        first += max(last - first - len(texts), 0) if node.tag == "p" else 0
        node.rows = [(text.lstrip(" \t"), number) for number, text in enumerate(texts, first)]


def _leaf(token: Token, lines: list[str]) -> Node:
    first, last = token.map or (0, 0)
    if token.type == "code_block":
        return Node("pre", first, [(lines[number].lstrip(" \t>"), number) for number in range(first, last)])
    return Node({"hr": "hr"}.get(token.type, "p"), first, [] if token.type == "hr" else [(HIDDEN, first)])
