"""Python-Markdown's block processors, one by one: what each takes for its own, and what it makes of it.

Each is asked whether it wants a block; it takes the block, gives back what is left of it, and
says so. The extensions are those that sites made with mkdocs-material use: tables, admonition,
details, tabbed, footnotes and abbr.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.documents.admonitions import BOXES
from pipeline.documents.block_parser import TAB, find_row, loose_detab
from pipeline.documents.definitions import abbreviation, footnote, reference
from pipeline.documents.nodes import LISTS, Node
from pipeline.documents.tables import is_table
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from pipeline.documents.block_parser import Block, Parser, Processor

_ITEM: Final = {"ol": lazy_pattern(r" {0,3}\d++\. ++"), "ul": lazy_pattern(r" {0,3}[*+-] ++")}
_CHILD = lazy_pattern(r"( {0,3})(\d++\.|[*+-]) ++")
_INDENTED = lazy_pattern(r" {4,7}(?:\d++\.|[*+-]) ")
_HEADING = lazy_pattern(r"#{1,6}")
_UNDERLINE = lazy_pattern(r"(?:=++|-++) *+$")
_RULE = lazy_pattern(r" {0,3}([-_*])(?: {0,2}+\1){2,}+ *+$")
_QUOTE = lazy_pattern(r" {0,3}> ?")


def _detab(block: Block, length: int = 4) -> tuple[Block, Block]:
    """Take indentation from the first rows, as long as they have it; give the others apart."""
    prefix = " " * length
    count = 0
    while count < len(block) and block[count][0].startswith(prefix):
        count += 1
    return [(text[length:], number) for text, number in block[:count]], block[count:]


def _boxed(parser: Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    """Tabs, details and admonitions: their first line, or what is indented below them."""
    for tag, mark, pattern in BOXES:
        at = find_row(pattern, block, mark)
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


def _below_item(parser: Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
    """Parse what is indented below a list item."""
    last = parent.last
    if not block[0][0].startswith(TAB) or parser.state[-1] == "detabbed":
        return False
    if parent.tag != "li" and (last is None or last.tag not in LISTS):
        return False
    level, sibling = _level(parser, parent, block[0][0])
    block = loose_detab(block, level) if level else block
    if parent.tag == "li":
        sibling = last if last is not None and last.tag in LISTS else parent
    elif sibling.tag in LISTS and sibling.last is not None:
        sibling = sibling.last
    parser.parse(sibling, block, state="detabbed")
    return True


def _level(parser: Parser, parent: Node, text: str) -> tuple[int, Node]:
    indented = (len(text) - len(text.lstrip(" "))) // len(TAB)
    level = 1 if parser.state[-1] == "list" else 0
    while indented > level:
        child = parent.last
        if child is None or (child.tag not in LISTS and child.tag != "li"):
            break
        level += child.tag in LISTS
        parent = child
    return level, parent


def _code(_parser: Parser, parent: Node, block: Block, later: list[Block]) -> bool:
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


def _table(_parser: Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
    if len(block) < 2 or not is_table(block[0][0], block[1][0], [text for text, _ in block[2:]]):  # noqa: PLR2004 - a table has a head and a separator
        return False
    parent.add(Node("table", block[0][1], block))
    return True


def _heading(parser: Parser, parent: Node, block: Block, later: list[Block]) -> bool:
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
        later.append(loose_detab(rest) if parser.state[-1] == "looselist" else rest)
    return True


def _escapes_end(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _underlined(_parser: Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    if len(block) < 2 or block[1][0][:1] not in "=-" or not _UNDERLINE.match(block[1][0]):  # noqa: PLR2004 - a line and the line under it
        return False
    tag = "h1" if block[1][0].startswith("=") else "h2"
    parent.add(Node(tag, block[0][1], [(block[0][0].strip(), block[0][1])], mark=block[1][0]))
    if block[2:]:
        later.append(block[2:])
    return True


def _rule(parser: Parser, parent: Node, block: Block, later: list[Block]) -> bool:
    at = find_row(_RULE, block, "-_*")
    if at < 0:
        return False
    if at:
        parser.parse(parent, block[:at])
    parent.add(Node("hr", block[at][1]))
    if at + 1 < len(block):
        later.append(block[at + 1 :])
    return True


def _list(parser: Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
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


def _quote(parser: Parser, parent: Node, block: Block, _later: list[Block]) -> bool:
    at = find_row(_QUOTE, block, ">")
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


PROCESSORS: Final[tuple[Processor, ...]] = (
    _boxed,
    _below_item,
    _code,
    _table,
    _heading,
    _underlined,
    _rule,
    _list,
    _quote,
    footnote,
    abbreviation,
    reference,
)
