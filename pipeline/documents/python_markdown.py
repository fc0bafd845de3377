"""The blocks of a body as Python-Markdown makes them.

CommonMark and Python-Markdown disagree on what is a list, a table or a box: there a list
may not follow a line of text, a nested one is indented by four, and so on. This follows
Python-Markdown's block processors one by one, in their order. Tests hold it against
Python-Markdown itself.

Text in, tree out: nothing is rendered, and every row keeps the number of its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.block_parser import TAB, Parser, TooMuchError
from pipeline.documents.nodes import Node
from pipeline.documents.processors import PROCESSORS

if TYPE_CHECKING:
    from pipeline.documents.block_parser import Block

__all__ = ["TAB", "TooMuchError", "python_markdown_blocks"]


def python_markdown_blocks(rows: Block) -> Node:
    """Give the tree of a body, without what `hide` has taken out of its rows."""
    parser = Parser(PROCESSORS)
    root = Node("div")
    parser.chunk(root, rows)
    parser.finish(root)
    return root
