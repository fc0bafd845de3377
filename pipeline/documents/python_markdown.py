"""The blocks of a body as Python-Markdown makes them.

CommonMark and Python-Markdown disagree on what is a list, a table or a box: there a list
may not follow a line of text, a nested one is indented by four, and so on. This follows
Python-Markdown's block processors one by one, in their order, with those of the extensions
that sites made with mkdocs-material use (tables, admonition, details, tabbed, footnotes and
abbr). Tests hold it against Python-Markdown itself.

Text in, tree out: nothing is rendered, and every row keeps the number of its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.documents.admonitions import BOXES
from pipeline.documents.nodes import LISTS, Node, Row
from pipeline.documents.tables import is_table

if TYPE_CHECKING:
    from collections.abc import Callable

Block = list[Row]

TAB: Final = "    "
_ITEM: Final = {"ol": re.compile(r" {0,3}\d++\. ++"), "ul": re.compile(r" {0,3}[*+-] ++")}
_CHILD = re.compile(r"( {0,3})(\d++\.|[*+-]) ++")
_INDENTED = re.compile(r" {4,7}(?:\d++\.|[*+-]) ")
_HEADING = re.compile(r"#{1,6}")
_UNDERLINE = re.compile(r"(?:=++|-++) *+$")
_RULE = re.compile(r" {0,3}([-_*])(?: {0,2}+\1){2,}+ *+$")
_QUOTE = re.compile(r" {0,3}> ?")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]]*+)\]: *+")
_ABBREVIATION = re.compile(r"\*\[[^\\]*?\] ?: *+")
_REFERENCE = re.compile(
    r"^ {0,3}\[[^\[\]]*+\]: *+(?:\n *+)?[^\s]++ *+(?:\n *+)?(?:([\"']).*\1 *+|\(.*\) *+)?$", re.MULTILINE
)

# What a line that is no mere text begins with.
_STARTERS: Final = frozenset("!?=#-_*+>[0123456789")
_DEEPEST: Final = 40
_MOST_STEPS: Final = 400_000


class TooMuchError(Exception):
    """A text made to be slow."""


def python_markdown_blocks(rows: Block) -> Node:
    """Give the tree of a body, without what `hide` has taken out of its rows."""
    parser = _Parser()
    root = Node("div")
    parser.chunk(root, rows)
    parser.finish(root)
    return root


class _Parser:
    """Python-Markdown's ``BlockParser``: ``state`` is its stack of states."""

    def __init__(self) -> None:
        self.state = [""]
        self.footnotes: list[tuple[Node, Block]] = []
        self.steps = 0
        self.depth = 0

    def chunk(self, parent: Node, rows: Block) -> None:
        """Parse text in which empty lines separate blocks."""
        blocks: list[Block] = [[]]
        for row in rows:
            if row[0]:
                blocks[-1].append(row)
            elif blocks[-1] and blocks[-1][-1][0]:
                blocks.append([])
            elif not blocks[-1]:
                blocks[-1].append(row)  # a second empty line belongs to what follows
        self.parse(parent, *(block for block in blocks if block))

    def parse(self, parent: Node, *blocks: Block, state: str | None = None) -> None:
        """Parse blocks, each by the first processor that wants it."""
        if state is not None:
            self.state.append(state)
        self.depth += 1
        later = [*reversed(blocks)]
        while later:
            block = later.pop()
            while block and not block[0][0]:
                block = block[1:]
            self.steps += len(block) + 1
            if self.steps > _MOST_STEPS:
                raise TooMuchError
            if block:
                self.block(parent, block, later)
        self.depth -= 1
        if state is not None:
            self.state.pop()

    def block(self, parent: Node, block: Block, later: list[Block]) -> None:
        """Parse one block; what is left of it goes back to the blocks that come later."""
        if not self.is_plain(block):
            for process in _PROCESSORS:
                if process(self, parent, block, later):
                    return
        text, number = block[0]
        rows = [(text.lstrip(" "), number), *block[1:]]
        last = parent.children[-1] if parent.children and self.state[-1] == "list" else None
        if last and (last.tail or (last.tag == "p" and len(parent.children) == 1)):
            last.rows += rows
        else:
            parent.add(Node("p", number, rows, tail=last is not None))

    def is_plain(self, block: Block) -> bool:
        """Whether no processor can want a block; too deep in others, none may."""
        first = block[0][0]
        if self.depth > _DEEPEST:
            return True
        if first.startswith(TAB) or "|" in first:
            return False
        return _STARTERS.isdisjoint(text.lstrip(" ")[:1] for text, _ in block)

    def finish(self, root: Node) -> None:
        """Parse the footnotes, which stand at the end of a page."""
        for note, rows in self.footnotes:
            self.chunk(note, rows)
            root.add(note)


def _find(pattern: re.Pattern[str], block: Block, first: str) -> int:
    """Give the index of the first row that begins like ``pattern``, or -1."""
    for index, (text, _) in enumerate(block):
        if text.lstrip(" ")[:1] in first and pattern.match(text):
            return index
    return -1


def _detab(block: Block, length: int = 4) -> tuple[Block, Block]:
    """Take indentation from the first rows, as long as they have it; give the others apart."""
    prefix = " " * length
    count = 0
    while count < len(block) and block[count][0].startswith(prefix):
        count += 1
    return [(text[length:], number) for text, number in block[:count]], block[count:]


def _loose_detab(block: Block, level: int = 1) -> Block:
    """Take indentation from every row that has it."""
    prefix = TAB * level
    return [(text.removeprefix(prefix), number) for text, number in block]


def _boxed(parser: _Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    """Tabs, details and admonitions: their first line, or what is indented below them."""
    for tag, mark, pattern in BOXES:
        at = _find(pattern, block, mark)
        if at >= 0:
            if at:
                parser.parse(parent, block[:at])
            number = block[at][1]
            content, rest = _detab(block[at + 1 :])
            box = Node(tag, number, [block[at]])
            if tag == "tab":
                tabs = parent.last
                if tabs is None or tabs.tag != "tabs" or "!" in block[at][0].partition('"')[0]:
                    tabs = parent.add(Node("tabs", number))
                tabs.add(box)
            else:
                parent.add(box)
            if content:
                parser.parse(box, content)
            if rest:
                later.append(rest)
            return True
        found = _box_above(parent, block, tag)
        if found:
            box, indent = found
            content, rest = _detab(block, indent)
            parser.parse(box, content)
            if rest:
                later.append(rest)
            return True
    return False


def _box_above(parent: Node, block: Block, tag: str) -> tuple[Node, int] | None:
    """Give the box, or the last item of a list in it, that an indented block belongs to."""
    first = block[0][0]
    box = parent.last
    if box is None or not first.startswith(TAB) or box.tag != ("tabs" if tag == "tab" else tag):
        return None
    if tag == "tab":
        box = box.children[-1]
    indent = 0
    inner = box.last
    while inner is not None and inner.tag in LISTS and inner.last is not None and first.startswith(TAB * 2):
        box = inner.last
        inner = box.last
        first = first[4:]
        indent += 4
    return box, indent + 4


def _below_item(parser: _Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
    """Parse what is indented below a list item."""
    last = parent.last
    if not block[0][0].startswith(TAB) or parser.state[-1] == "detabbed":
        return False
    if parent.tag != "li" and (last is None or last.tag not in LISTS):
        return False
    level, sibling = _level(parser, parent, block[0][0])
    block = _loose_detab(block, level) if level else block
    if parent.tag == "li":
        sibling = last if last is not None and last.tag in LISTS else parent
    elif sibling.tag in LISTS and sibling.last is not None:
        sibling = sibling.last
    parser.parse(sibling, block, state="detabbed")
    return True


def _level(parser: _Parser, parent: Node, text: str) -> tuple[int, Node]:
    indented = (len(text) - len(text.lstrip(" "))) // len(TAB)
    level = 1 if parser.state[-1] == "list" else 0
    while indented > level:
        child = parent.last
        if child is None or (child.tag not in LISTS and child.tag != "li"):
            break
        level += child.tag in LISTS
        parent = child
    return level, parent


def _code(_parser: _Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    if not block[0][0].startswith(TAB):
        return False
    code, rest = _detab(block)
    last = parent.last
    if last is not None and last.tag == "pre":
        last.rows.extend(code)
    else:
        parent.add(Node("pre", block[0][1], code))
    if rest:
        later.append(rest)
    return True


def _table(_parser: _Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
    if len(block) < 2 or not is_table(block[0][0], block[1][0], [text for text, _ in block[2:]]):  # noqa: PLR2004 - a table has a head and a separator
        return False
    parent.add(Node("table", block[0][1], block))
    return True


def _heading(parser: _Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    at = next((index for index, (text, _) in enumerate(block) if text[:1] == "#" and not _escapes_end(text)), -1)
    if at < 0:
        return False
    if at:
        parser.parse(parent, block[:at])
    text, number = block[at]
    mark = _HEADING.match(text)[0]  # type: ignore[index]
    words = text[len(mark) :].rstrip("#").strip() if text.strip("#") else ""
    parent.add(Node(f"h{len(mark)}", number, [(words, number)], mark=mark))
    if at + 1 < len(block):
        rest = block[at + 1 :]
        later.append(_loose_detab(rest) if parser.state[-1] == "looselist" else rest)
    return True


def _escapes_end(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _underlined(_parser: _Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    if len(block) < 2 or block[1][0][:1] not in "=-" or not _UNDERLINE.match(block[1][0]):  # noqa: PLR2004 - a line and the line under it
        return False
    tag = "h1" if block[1][0].startswith("=") else "h2"
    parent.add(Node(tag, block[0][1], [(block[0][0].strip(), block[0][1])], mark=block[1][0]))
    if block[2:]:
        later.append(block[2:])
    return True


def _rule(parser: _Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    at = _find(_RULE, block, "-_*")
    if at < 0:
        return False
    if at:
        parser.parse(parent, block[:at])
    parent.add(Node("hr", block[at][1]))
    if at + 1 < len(block):
        later.append(block[at + 1 :])
    return True


def _list(parser: _Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
    tag = next((tag for tag, pattern in _ITEM.items() if pattern.match(block[0][0])), "")
    if not tag:
        return False
    items = _items(block)
    sibling = parent.last
    if sibling is not None and sibling.tag in LISTS:
        parent = sibling
        item, rows = items.pop(0)
        parser.parse(parent.add(item), rows, state="looselist")
    elif parent.tag not in LISTS:
        parent = parent.add(Node(tag, block[0][1]))
    parser.state.append("list")
    for item, rows in items:
        if rows[0][0].startswith(TAB) and parent.last is not None:
            parser.parse(parent.last, rows)
        else:
            parser.parse(parent.add(item), rows)
    parser.state.pop()
    return True


def _items(block: Block) -> list[tuple[Node, Block]]:
    """Break a block into list items; one that begins with indentation belongs below the one before."""
    items: list[tuple[Node, Block]] = []
    for text, number in block:
        match = _CHILD.match(text)
        if match:
            node = Node("li", number, indent=len(match[1]), width=match.end(), mark=match[2])
            items.append((node, [(text[match.end() :], number)]))
        elif _INDENTED.match(text) and not items[-1][1][0][0].startswith(TAB):
            items.append((Node("li", number), [(text, number)]))
        else:
            items[-1][1].append((text, number))
    return items


def _quote(parser: _Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
    at = _find(_QUOTE, block, ">")
    if at < 0:
        return False
    if at:
        parser.parse(parent, block[:at])
    rows: Block = []
    for text, number in block[at:]:
        match = _QUOTE.match(text)
        rows.append((("" if text.strip() == ">" else text[match.end() :]) if match else text, number))
    quote = parent.last
    if quote is None or quote.tag != "blockquote":
        quote = parent.add(Node("blockquote", block[at][1]))
    parser.state.append("blockquote")
    parser.chunk(quote, rows)
    parser.state.pop()
    return True


def _footnote(parser: _Parser, _parent: Node, block: Block, later: list[Block]) -> bool:
    at = first = _find(_FOOTNOTE, block, "[")
    if at < 0:
        return False
    while True:
        text, number = block[at]
        match = _FOOTNOTE.match(text)
        note = Node("footnote", number, mark=match[1])  # type: ignore[index]
        rows = [(text[match.end() :], number)]  # type: ignore[union-attr]
        parser.footnotes.append((note, rows))
        at += 1
        if at == len(block) or not _FOOTNOTE.match(block[at][0]):
            break
    following = _find(_FOOTNOTE, block[at:], "[")
    if following > 0:
        rows += _loose_detab(block[at : at + following])
        later.append(block[at + following :])
    else:
        rows += _loose_detab(block[at:])
        rows += _tabbed(later)
    if first:
        later.append(block[:first])
    return True


def _tabbed(later: list[Block]) -> Block:
    """Take the indented blocks that come next: they belong to the footnote before them."""
    rows: Block = []
    while later and later[-1][0][0].startswith(TAB):
        block = later.pop()
        at = _find(_FOOTNOTE, block, "[")
        rows += [("", 0), *_loose_detab(block[:at] if at >= 0 else block)]
        if at >= 0:
            later.append(block[at:])
            break
    return rows


def _abbreviation(_parser: _Parser, _parent: Node, block: Block, later: list[Block]) -> bool:
    at = next((index for index, (text, _) in enumerate(block) if text.startswith("*[")), -1)
    match = _ABBREVIATION.match(block[at][0]) if at >= 0 else None
    if not match:
        return False
    end = at + 1
    if match.end() == len(block[at][0]):
        end += 1
        if end > len(block):
            return False
    later.extend(part for part in (block[end:], block[:at]) if part)
    return True


def _reference(_parser: _Parser, _parent: Node, block: Block, later: list[Block]) -> bool:
    if not any("]:" in text for text, _ in block):
        return False
    joined = "\n".join(text for text, _ in block)
    match = _REFERENCE.search(joined)
    if not match:
        return False
    start = joined.count("\n", 0, match.start())
    end = start + 1 + match[0].count("\n")
    later.extend(part for part in (block[end:], block[:start]) if part)
    return True


_PROCESSORS: Final[tuple[Callable[[_Parser, Node, Block, list[Block]], bool], ...]] = (
    _boxed,
    _below_item,
    _code,
    _table,
    _heading,
    _underlined,
    _rule,
    _list,
    _quote,
    _footnote,
    _abbreviation,
    _reference,
)
