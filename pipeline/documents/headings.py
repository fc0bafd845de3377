"""Headings as Python-Markdown reads them.

There a heading needs no space after its signs and may have none before them, every sign at
its end goes, and a line of hyphens makes a heading of the first line of a block only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_MARK = lazy_pattern(r"#{1,6}")
# Headings with signs come first, and code and HTML have been taken out by then.
_OTHERS = ("#", "<", "```", "~~~")
_UNDERLINE = lazy_pattern(r"(?:=++|-++) *+$")


def heading(state: StateBlock, number: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``## Heading`` or ``##Heading``."""
    start, stop = state.bMarks[number] + state.tShift[number], state.eMarks[number]
    if not state.src.startswith("#", start, stop) or state.is_code_block(number):
        return False
    line = state.src[start:stop]
    # In the items of lists the two dialects count indentation from different places.
    indented = state.sCount[number] > state.blkIndent == 0
    if indented or (len(line) - len(line.rstrip("\\"))) % 2:
        return False
    if not silent:
        mark = _MARK.match(line)[0]  # type: ignore[index]
        state.line = number + 1
        token = state.push("heading_open", f"h{len(mark)}", 1)
        token.markup, token.map = mark, [number, number + 1]
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = (
            line[len(mark) :].rstrip(" \t").rstrip("#").strip(),
            [number, number + 1],
            [],
        )
        state.push("heading_close", f"h{len(mark)}", -1).markup = mark
    return True


def underlined_heading(state: StateBlock, number: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Read the first line of a block with a line of hyphens or equals signs below it, whatever it begins with."""
    if silent or number + 1 >= end:
        return False
    under = state.bMarks[number + 1] + state.tShift[number + 1]
    if not state.src.startswith(("=", "-"), under):
        return False
    if state.is_code_block(number) or state.sCount[number + 1] != state.blkIndent:
        return False
    start, stop = state.bMarks[number] + state.tShift[number], state.eMarks[number]
    below = state.src[under : state.eMarks[number + 1]]
    line = state.src[start:stop]
    before = state.src[state.src.rfind("\n", 0, start) + 1 : start]
    if not line or line.startswith(_OTHERS) or before.strip(" \t>") or not _UNDERLINE.match(below):
        return False
    mark = below[0]
    level = 1 if mark == "=" else 2
    state.line = number + 2
    token = state.push("heading_open", f"h{level}", 1)
    token.markup, token.map = mark, [number, number + 2]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = line.strip(), [number, number + 1], []
    state.push("heading_close", f"h{level}", -1).markup = mark
    return True
