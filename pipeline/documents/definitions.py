"""Footnotes, abbreviations and addresses, as Python-Markdown's processors take them out of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.documents.block_parser import TAB, find_row, loose_detab
from pipeline.documents.nodes import Node
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from pipeline.documents.block_parser import Block, Parser

_FOOTNOTE = lazy_pattern(r" {0,3}\[\^([^\]]*+)\]: *+")
_ABBREVIATION = lazy_pattern(r"\*\[[^\\]*?\] ?: *+")
_REFERENCE = lazy_pattern(
    r"^ {0,3}\[[^\[\]]*+\]: *+(?:\n *+)?[^\s]++ *+(?:\n *+)?(?:([\"']).*\1 *+|\(.*\) *+)?$", re.MULTILINE
)


def footnote(parser: Parser, _parent: Node, block: Block, later: list[Block]) -> bool:
    """Take the explanations of footnotes, with the indented blocks below the last."""
    at = first = find_row(_FOOTNOTE, block, "[")
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
    following = find_row(_FOOTNOTE, block[at:], "[")
    if following > 0:
        rows += loose_detab(block[at : at + following])
        later.append(block[at + following :])
    else:
        rows += loose_detab(block[at:])
        rows += _tabbed(later)
    if first:
        later.append(block[:first])
    return True


def _tabbed(later: list[Block]) -> Block:
    """Take the indented blocks that come next: they belong to the footnote before them."""
    rows: Block = []
    while later and later[-1][0][0].startswith(TAB):
        block = later.pop()
        at = find_row(_FOOTNOTE, block, "[")
        rows += [("", 0), *loose_detab(block[:at] if at >= 0 else block)]
        if at >= 0:
            later.append(block[at:])
            break
    return rows


def abbreviation(_parser: Parser, _parent: Node, block: Block, later: list[Block]) -> bool:
    """Take the explanation of an abbreviation."""
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


def reference(_parser: Parser, _parent: Node, block: Block, later: list[Block]) -> bool:
    """Take the address that a link names by a label."""
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
