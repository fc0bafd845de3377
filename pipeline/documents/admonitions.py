"""Admonitions, details and tabs, as sites made with mkdocs-material write them.

Unlike markdown-it's own plugin, this follows Python-Markdown to the letter: the lines below
are indented by four, and any number of empty lines may stand between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    import re

    from markdown_it.rules_block import StateBlock

_INDENT: Final = 4

# As in pymdownx's tabbed and details and Python-Markdown's admonition, which look in this order.
BOXES: Final = (
    ("tab", "=", lazy_pattern(r"===(?:\+!?|!\+?)? ++()\"(?P<title>.*)\" *$")),
    (
        "details",
        "?",
        lazy_pattern(r"\?\?\?\+?+(?=.*[\w\"])(?: ?([\w-]++(?: ++[\w-]++)*+))?(?: ++\"(?P<title>.*)\")? *$"),
    ),
    ("admonition", "!", lazy_pattern(r"!!! ?([\w-]++(?: ++[\w-]++)*+)(?: ++\"(?P<title>.*)\")? *$")),
)
"""The boxes: what one becomes, the character its first line begins with, and that line."""
_MARKERS: Final = "!?="


def admonition(state: StateBlock, number: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``!!! note``, ``??? note`` or ``=== "Tab"`` and the indented lines below."""
    start, stop = state.bMarks[number] + state.tShift[number], state.eMarks[number]
    if start >= stop or state.src[start] not in _MARKERS or state.is_code_block(number):
        return False
    line = state.src[start:stop]
    match = next(filter(None, (pattern.match(line) for _, _, pattern in BOXES)), None)
    if not match or silent:
        return match is not None
    after = number + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] - state.blkIndent >= _INDENT):
        after += 1
    _open_admonition(state, match, number, after)
    outer = (state.parentType, state.lineMax, state.blkIndent)
    state.parentType, state.lineMax, state.blkIndent = "admonition", after, state.blkIndent + _INDENT
    state.md.block.tokenize(state, number + 1, after)
    state.parentType, state.lineMax, state.blkIndent = outer
    state.push("admonition_close", "div", -1)
    state.line = after
    return True


def _open_admonition(state: StateBlock, match: re.Match[str], number: int, after: int) -> None:
    names, title = match[1] or "", match["title"]
    token = state.push("admonition_open", "div", 1)
    token.markup, token.info, token.map = match[0][:3], names, [number, after]
    token.attrs = {"class": " ".join(["admonition", *names.lower().split()])}
    if title is None and names:
        title = names.split()[0].capitalize()
    if not title:
        return
    state.push("admonition_title_open", "p", 1).attrs = {"class": "admonition-title"}
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = title, [number, number + 1], []
    start = state.bMarks[number] + state.tShift[number]
    token.meta["pieces"] = [(0, start + max(match.start("title"), 0))]
    state.push("admonition_title_close", "p", -1)
