"""The way Python-Markdown goes through blocks of text: its ``BlockParser``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.documents.nodes import Node

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from pipeline.documents.nodes import Row

    Block = list[Row]
    Processor = Callable[["Parser", Node, Block, list[Block]], bool]

TAB: Final = "    "
# What a line that is no mere text begins with.
_STARTERS: Final = frozenset("!?=#-_*+>[0123456789")
_DEEPEST: Final = 40
_MOST_STEPS: Final = 400_000


class TooMuchError(Exception):
    """A text made to be slow."""


class Parser:
    """Hands each block to the first processor that wants it; ``state`` is Python-Markdown's stack of states."""

    def __init__(self, processors: Sequence[Processor]) -> None:
        """Start with nothing read."""
        self.processors = processors
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
            for process in self.processors:
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


def find_row(pattern: re.Pattern[str], block: Block, first: str) -> int:
    """Give the index of the first row that begins like ``pattern``, or -1."""
    for index, (text, _) in enumerate(block):
        if text.lstrip(" ")[:1] in first and pattern.match(text):
            return index
    return -1


def loose_detab(block: Block, level: int = 1) -> Block:
    """Take indentation from every row that has it."""
    prefix = TAB * level
    return [(text.removeprefix(prefix), number) for text, number in block]
