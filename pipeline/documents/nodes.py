"""What a Markdown body becomes, block by block: a tree that knows the line of everything.

Both dialects are read into the same tree (`pipeline.documents.structure`), so that a rule
that looks for text which should have become a list, a table or a heading is written once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = tuple[str, int]
"""A line of text as its container sees it, tabs and indentation undone, and its number from 0."""

HIDDEN = "\x02"
"""Stands in a row for what is no Markdown text: fenced code or raw HTML."""

LISTS = frozenset({"ul", "ol"})


@dataclass(slots=True, eq=False)
class Node:
    """A block. ``tag`` is that of HTML, or ``admonition``, ``tabs``, ``tab`` or ``footnote``.

    ``rows`` is the text of a leaf: of a paragraph ``p``, a heading, code ``pre``, a table
    with its separator. ``number`` is the line it begins on, ``mark`` what makes it an item or a
    heading. Of a list item in Python-Markdown, ``indent`` is how far its mark is indented in
    its container, and ``width`` how far its text. ``tail`` is text
    that follows a block in a list item and stands in no paragraph of its own.
    """

    tag: str
    number: int = 0
    rows: list[Row] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    indent: int = 0
    width: int = 0
    mark: str = ""
    tail: bool = False

    @property
    def last(self) -> Node | None:
        """The last child, if there is one."""
        return next((child for child in reversed(self.children) if not child.tail), None)

    def add(self, node: Node) -> Node:
        """Add a child and give it."""
        self.children.append(node)
        return node

    def after(self, index: int) -> list[Node]:
        """Give the two children after the one at an index, or as many as there are."""
        return self.children[index + 1 : index + 3]

    def numbered(self) -> Iterator[tuple[Node, int, Node]]:
        """Give each node below this one with its parent and its number there, in reading order."""
        numbers: dict[int, int] = {}
        for parent, node in self.walk():
            number = numbers.get(id(parent), 0)
            numbers[id(parent)] = number + 1
            yield parent, number, node

    def walk(self) -> Iterator[tuple[Node, Node]]:
        """Give each node below this one with its parent, in reading order."""
        stack = [(self, child) for child in reversed(self.children)]
        while stack:
            parent, node = stack.pop()
            yield parent, node
            stack.extend((node, child) for child in reversed(node.children))
