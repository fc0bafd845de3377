"""The Markdown parsers of the two dialects, made to remember places.

markdown-it-py tells only which lines a block takes. The block rules are wrapped so that
the token of running text knows where each of its lines begins in the source, the inline
rules so that a token knows its span in that text, and an address is a `Target` that knows
its own place. Nothing is searched for afterwards, so no place is guessed.

``commonmark`` is CommonMark with GitHub's tables, footnotes and our inline references.
``python-markdown`` is what differs in Python-Markdown with the extensions that sites made
with mkdocs-material use: targets with spaces, admonitions and tabs.
"""

from __future__ import annotations

import bisect
import re
from functools import lru_cache
from operator import itemgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from markdown_it import MarkdownIt, helpers
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.documents.admonitions import admonition
from pipeline.documents.headings import heading, underlined_heading
from pipeline.documents.targets import destination, loose_destination
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.ruler import Ruler
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]
    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    Layout = Callable[[StateBlock, int, int], None]
    Rule = TypeVar("Rule", BlockRule, InlineRule)

Pieces = list[tuple[int, int]]
"""Where stretches of a block's text begin: in that text and in the body."""

READING_ORDER: Final = "reading_order"
"""Key of the parser's environment for the tokens before footnotes move to the end."""

# The rules whose tokens remember their span.
_SPANNED: Final = {"link", "image", "autolink", "html_inline", "backticks", "footnote_ref"}
# The characters that a rule can begin with; rules that are not named may begin with any.
_FIRSTS: Final = {
    "fence": "`~",
    "admonition": "!?=",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "footnote_def": "[",
    "html_block": "<",
    "heading": "#",
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "footnote_first": "[",
    "mention": "{",
}
_STARTERS: Final = {"link_open", "image", "html_inline", "code_inline", "footnote_ref"}
_MENTION = lazy_pattern(r"\{([a-z][a-z-]*):([^{}:\s]+)(?::([^{}\s]+))?\}")

_PIPE = lazy_pattern(r"(?<!\\)\|")

_first = itemgetter(0)


@lru_cache(maxsize=4)
def markdown_parser(dialect: str) -> MarkdownIt:
    """Build the parser of a dialect: ``commonmark`` or ``python-markdown``.

    Links are neither judged nor rewritten here: rules judge them as written, and whoever
    renders a page decides what may become one.
    """
    loose = dialect == "python-markdown"
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.core.ruler.after("inline", READING_ORDER, _keep_order)
    if loose:
        interrupted = ["paragraph", "reference", "blockquote", "list"]
        parser.block.ruler.before("fence", "admonition", admonition, {"alt": interrupted})
        parser.block.ruler.at("heading", heading, {"alt": ["paragraph", "reference", "blockquote"]})
        parser.block.ruler.disable("lheading")
        parser.block.ruler.before("blockquote", "underlined", underlined_heading)
        reference = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "reference")
        parser.block.ruler.at("reference", _no_footnote(reference))
    else:
        parser.inline.ruler.before("link", "mention", _mention)
    parser.validateLink = _any_link  # type: ignore[method-assign,assignment]
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkDestination=loose_destination if loose else destination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    for rule in parser.inline.ruler.__rules__:
        if rule.name in _SPANNED:
            parser.inline.ruler.at(rule.name, _remembering(rule.fn))
    if loose:
        # Python-Markdown reads `[^1](x)` as a footnote and a remark, not as a link.
        footnote = next(rule.fn for rule in parser.inline.ruler.__rules__ if rule.name == "footnote_ref")
        parser.inline.ruler.before("link", "footnote_first", footnote)
    for each in parser.block.ruler.__rules__:
        if each.name in _LAYOUTS:
            parser.block.ruler.at(each.name, _laying(each.fn, _LAYOUTS[each.name]), {"alt": each.alt})
    _try_by_first_character(parser.block.ruler, _block_rule)
    _try_by_first_character(parser.inline.ruler, _inline_rule)
    return parser


class _Table(dict[str, Any]):
    """Rules by the character at hand; ``others`` for any that is not in it."""

    others: Any = ()

    def __missing__(self, char: str) -> Any:  # noqa: ANN401 - rules of either sort
        return self.others


def _try_by_first_character(ruler: Ruler[Rule], make: Callable[[_Table], Rule]) -> None:
    """Let each chain of rules try only those that the first character allows.

    Without this each place is offered to some fourteen rules, most of which look no further
    than that character: a quarter of the time that parsing takes.
    """
    names = {rule.fn: rule.name for rule in ruler.__rules__}
    chains = ["", *dict.fromkeys(name for rule in ruler.__rules__ for name in rule.alt)]
    made = {}
    for chain in chains:
        rules = [(rule, _FIRSTS.get(names[rule])) for rule in ruler.getRules(chain)]
        chars = {char for _, first in rules for char in first or ""}
        table = _Table({char: tuple(rule for rule, first in rules if first is None or char in first) for char in chars})
        table.others = tuple(rule for rule, first in rules if first is None)
        made[chain] = [make(table)]
    ruler.__cache__ = made


def _block_rule(table: _Table) -> BlockRule:
    """Make one rule of many, by the first character of a line."""

    def run(state: StateBlock, number: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start = state.bMarks[number] + state.tShift[number]
        first = state.src[start] if start < state.eMarks[number] else ""
        for rule in table[first]:  # noqa: SIM110 - a generator takes twice the time
            if rule(state, number, end, silent):
                return True
        return False

    return run


def _inline_rule(table: _Table) -> InlineRule:
    """Make one rule of many, by the character at hand."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        for rule in table[state.src[state.pos]]:  # noqa: SIM110 - as above
            if rule(state, silent):
                return True
        return False

    return run


def _no_footnote(rule: BlockRule) -> BlockRule:
    """Let ``[^a note]: text`` be no address: Python-Markdown takes it for a footnote."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        is_note = state.src.startswith("[^", state.bMarks[start] + state.tShift[start])
        return not is_note and rule(state, start, end, silent)

    return run


def _any_link(_url: str) -> bool:
    return True


def _as_written(url: str) -> str:
    return url


def _keep_order(state: StateCore) -> None:
    state.env[READING_ORDER] = state.tokens


# Inline rules


def _remembering(rule: InlineRule) -> InlineRule:
    """Let the first token that ``rule`` makes remember its span in the block's text."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start = state.pos
        before = len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            tokens = state.tokens
            for index in range(before, min(before + 2, len(tokens))):
                if tokens[index].type in _STARTERS:
                    tokens[index].meta["span"] = (start, state.pos)
                    break
        return matched

    return run


def _mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    match = _MENTION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content = match[0]
        token.meta = {"kind": match[1], "code": match[2], "locator": match[3] or "", "span": match.span()}
    state.pos = match.end()
    return True


# Block rules


def _laying(rule: BlockRule, lay: Layout) -> BlockRule:
    """Let the tokens of running text that ``rule`` makes know where they stand."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        before = len(state.tokens)
        matched = rule(state, start, end, silent)
        if matched and not silent:
            lay(state, start, before)
        return matched

    return run


def _lay_text(state: StateBlock, number: int, before: int) -> None:
    """Lay a paragraph's text, whose lines have lost what stood before and around them."""
    token = state.tokens[before + 1]
    lines = token.content.split("\n")
    while lines[0] not in state.src[state.bMarks[number] : state.eMarks[number]]:
        number += 1  # a first line of odd spaces has been trimmed away
    pieces: Pieces = []
    offset = 0
    for at, line in enumerate(lines[:-1], number):
        pieces.append((offset, state.eMarks[at] - len(line)))
        offset += len(line) + 1
    last = number + len(lines) - 1
    # A tab that was partly indentation has become spaces, which the source does not have.
    text = lines[-1].lstrip(" ")
    start = state.src.rindex(text, state.bMarks[last], state.eMarks[last])
    pieces.append((offset, start - len(lines[-1]) + len(text)))
    token.meta["pieces"] = pieces


def _lay_heading(state: StateBlock, number: int, before: int) -> None:
    opening, token = state.tokens[before : before + 2]
    start = state.bMarks[number] + state.tShift[number] + len(opening.markup)
    token.meta["pieces"] = [(0, state.src.index(token.content, start))]


def _lay_table(state: StateBlock, _: int, before: int) -> None:
    """Lay the cells of a table; an escaped pipe in a cell has lost its backslash."""
    at = end = 0
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            row = token.map[0]
            at, end = state.bMarks[row] + state.tShift[row], state.eMarks[row]
            at += state.src.startswith("|", at)
        elif token.type == "inline":
            written = token.content.replace("|", "\\|")
            at = max(state.src.find(written, at, end), at)
            pieces = [(0, at)]
            for count, match in enumerate(re.finditer(r"\\\|", written)):
                pieces.append((match.start() - count, at + match.start() + 1))
            token.meta["pieces"] = pieces
            pipe = _PIPE.search(state.src, at + len(written), end)
            at = pipe.end() if pipe else end


def _lay_definition(state: StateBlock, number: int, _: int) -> None:
    """Move the address of a definition from the text it was read from to the body."""
    target = next(reversed(state.env["references"].values()))["href"]
    if target.whole is not None:
        return  # a second definition of the same label: it is not used
    pieces: Pieces = []
    offset = 0
    for at in range(number, state.line):
        begin = state.bMarks[at] + state.tShift[at]
        pieces.append((offset, begin))
        offset += state.eMarks[at] + 1 - begin
    end = state.eMarks[state.line - 1]
    # markdown-it takes a line end for part of an address when a backslash stands before it.
    target.start, target.end = (min(place(pieces, at), end) for at in (target.start, target.end))
    target.whole = (pieces[0][1], end)


_LAYOUTS: Final[dict[str, Layout]] = {
    "paragraph": _lay_text,
    "lheading": _lay_text,
    "underlined": _lay_text,
    "heading": _lay_heading,
    "table": _lay_table,
    "reference": _lay_definition,
}


def place(pieces: Pieces, offset: int) -> int:
    """Give the offset in the body of an offset in a block's text."""
    here, there = pieces[bisect.bisect_right(pieces, offset, key=_first) - 1]
    return there + offset - here
