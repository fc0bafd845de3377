"""The outline of a Markdown body, with exact places.

markdown-it-py tells only which lines a block takes. Places inside a line are worked out
here: the inline rules for links, images, code and the like are wrapped so that each token
remembers from where to where it reached in its block's text, and the block's text is laid
back onto the source's lines.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.documents.document import Body, Comment, Heading, Link, Mention
from pipeline.documents.slugs import SLUGGERS
from pipeline.text import LINE_END

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from pipeline.text import Source

InlineRule = "Callable[[StateInline, bool], bool]"

_SPANNED: Final = ("link", "image", "autolink", "html_inline", "backticks")
_STARTERS: Final = {"link_open", "image", "html_inline", "code_inline"}
_MENTION = re.compile(r"\{([a-z][a-z-]*):([^{}:\s]+)(?::([^{}\s]+))?\}")
_ATTRIBUTE_LIST = re.compile(r"[ \t]*\{:?[ \t]*([^{}\n]*)\}[ \t]*$")
_EXPLICIT_ID = re.compile(r"(?:^|\s)(?:#([\w:.-]+)|id=[\"']?([\w:.-]+))")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)\b([^<>]*)>")
_HTML_ATTRIBUTE = re.compile(r"\b(href|src|id|name|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_BARE = re.compile(r"\b(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]")
_UNPARSED = re.compile(r"\[([^\[\]\n]*)\]\(([^()\n]*)\)")
_WORD = re.compile(r"\w[\w'’.-]*")


@lru_cache(maxsize=4)
def markdown_parser(dialect: str) -> MarkdownIt:
    """Build the parser of a dialect: ``commonmark`` or ``python-markdown``.

    Links are neither judged nor rewritten here: rules judge them as written, and whoever
    renders a page decides what may become one.
    """
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    if dialect == "python-markdown":
        from mdit_py_plugins.admon import admon_plugin  # noqa: PLC0415 - only where used

        parser.use(admon_plugin)
    else:
        parser.inline.ruler.before("link", "mention", _mention_rule)
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in _SPANNED:
        parser.inline.ruler.at(name, _remembering(rules[name]))
    return parser


def _any_link(_url: str) -> bool:
    return True


def _as_written(url: str) -> str:
    return url


def _remembering(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Let the first token that ``rule`` makes remember its span in the block's text."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start, before = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[before:]:
                if token.type in _STARTERS:
                    token.meta["span"] = (start, state.pos)
                    break
        return matched

    return run


def _mention_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    if state.src[state.pos] != "{":
        return False
    match = _MENTION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content = match[0]
        token.meta = {"kind": match[1], "code": match[2], "locator": match[3] or "", "span": match.span()}
    state.pos = match.end()
    return True


def parse_markdown(source: Source, start: int, *, dialect: str, slugs: str, keep_tokens: bool = False) -> Body:
    """Parse the Markdown from offset ``start`` of a source to its end."""
    tokens = markdown_parser(dialect).parse(source.text[start:])
    outline = _Outline(source, start, dialect, SLUGGERS[slugs]())
    outline.read(tokens)
    body = outline.body()
    return replace(body, tokens=tuple(tokens)) if keep_tokens else body


class _Outline:
    """Collects a body's outline from tokens."""

    def __init__(self, source: Source, start: int, dialect: str, slug: Callable[[str], str]) -> None:
        self.text = source.text
        self.start = start
        self.slug = slug
        self.attribute_lists = dialect == "python-markdown"
        self.lines = [start, *(match.end() for match in LINE_END.finditer(source.text, start)), len(source.text)]
        self.cursor: dict[int, int] = {}
        self.headings: list[Heading] = []
        self.words: list[int] = [0]
        self.links: list[Link] = []
        self.mentions: list[Mention] = []
        self.comments: list[Comment] = []
        self.anchors: set[str] = set()

    def body(self) -> Body:
        headings = (
            replace(heading, words=words) for heading, words in zip(self.headings, self.words[1:], strict=True)
        )
        return Body(
            start=self.start,
            headings=tuple(headings),
            links=tuple(self.links),
            mentions=tuple(self.mentions),
            comments=tuple(self.comments),
            anchors=frozenset(self.anchors),
            words=sum(self.words),
        )

    def read(self, tokens: Sequence[Token]) -> None:
        level = 0
        for token in tokens:
            kind = token.type
            if kind == "heading_open":
                level = int(token.tag[1])
            elif kind == "inline" and token.map:
                self.inline(token, level)
                level = 0
            elif kind == "html_block" and token.map:
                self.raw_html(self.line(token.map[0]), self.line(token.map[1]))
            elif kind == "footnote_open":
                self.anchors.add(f"fn:{token.meta.get('label', '')}")

    def line(self, number: int) -> int:
        """Give the offset of body line ``number`` (from 0), or of the end."""
        return self.lines[min(number, len(self.lines) - 1)]

    def inline(self, token: Token, level: int) -> None:
        children = token.children or []
        content = token.content
        places = self.lay(content, token.map or [0, 0])
        covered: list[tuple[int, int]] = []
        for index, child in enumerate(children):
            span = child.meta.get("span")
            if span is None:
                if child.type == "footnote_ref":
                    self.anchors.add(f"fnref:{child.meta.get('label', '')}")
                continue
            covered.append(span)
            first, last = places(span[0]), places(span[1])
            if child.type in {"link_open", "image"}:
                self.link(child, children[index + 1 :], content, span, places)
            elif child.type == "html_inline":
                self.raw_html(first, last)
            elif child.type == "mention":
                meta = child.meta
                self.mentions.append(
                    Mention(kind=meta["kind"], code=meta["code"], locator=meta["locator"], start=first, end=last)
                )
        self.unlinked(content, covered, places)
        words = _plain(children)
        if level:
            self.heading(words, level, places(0), places(len(content)))
        else:
            self.words[-1] += len(_WORD.findall(words))

    def lay(self, content: str, lines: list[int]) -> Callable[[int], int]:
        """Give the function from an offset in a block's text to one in the source."""
        starts: list[tuple[int, int]] = []
        offset = 0
        for number, part in enumerate(content.split("\n"), start=lines[0]):
            begin, end = self.line(number), self.line(number + 1)
            whole = self.text[begin:end].rstrip("\r\n")
            trimmed = part.rstrip()
            position = self.cursor.get(number, 0)
            if number > lines[0] and whole.rstrip().endswith(trimmed):
                column = len(whole.rstrip()) - len(trimmed)
            else:
                column = max(whole.find(trimmed, position), 0)
                self.cursor[number] = column + len(trimmed)
            starts.append((offset, begin + column))
            offset += len(part) + 1

        def place(at: int) -> int:
            for first, there in reversed(starts):
                if at >= first:
                    return there + at - first
            return starts[0][1]

        return place

    def heading(self, words: str, level: int, start: int, end: int) -> None:
        text = words.strip()
        explicit = ""
        if self.attribute_lists and text.endswith("}") and (match := _ATTRIBUTE_LIST.search(text)):
            text = text[: match.start()].rstrip()
            named = _EXPLICIT_ID.search(match[1])
            explicit = (named[1] or named[2]) if named else ""
        if explicit:
            self.anchors.add(explicit)
        slug = explicit or self.slug(text)
        self.headings.append(Heading(level=level, text=text, slug=slug, start=start, end=end))
        self.words.append(0)

    def link(
        self,
        token: Token,
        following: Sequence[Token],
        content: str,
        span: tuple[int, int],
        places: Callable[[int], int],
    ) -> None:
        written = content[span[0] : span[1]]
        if token.type == "image":
            form, target, label = "image", str(token.attrs.get("src", "")), _plain(token.children or [])
        else:
            form = "autolink" if token.markup == "autolink" else "link"
            target, label = str(token.attrs.get("href", "")), _plain(_until_close(following))
        if form == "autolink":
            where = (span[0] + 1, span[1] - 1)
        else:
            where = _destination(written, span[0])
            if where is None:
                return self.definition(form, target, label, span, places)
        self.links.append(
            Link(
                form=form,
                target=target,
                text=label,
                start=places(span[0]),
                end=places(span[1]),
                target_start=places(where[0]),
                target_end=places(where[1]),
            )
        )
        return None

    def definition(
        self, form: str, target: str, label: str, span: tuple[int, int], places: Callable[[int], int]
    ) -> None:
        """Add a reference-style link: its target stands elsewhere, so the use is the place."""
        first, last = places(span[0]), places(span[1])
        link = Link(form=form, target=target, text=label, start=first, end=last, target_start=first, target_end=last)
        self.links.append(link)

    def unlinked(self, content: str, covered: list[tuple[int, int]], places: Callable[[int], int]) -> None:
        """Add bare addresses, and text that looks like a link but is none."""
        if "](" in content:
            for match in _UNPARSED.finditer(content):
                if not _overlaps(match.span(), covered):
                    self.add("unparsed", match, 2, match[1], places)
                    covered.append(match.span())
        if "http" in content or "www." in content:
            for match in _BARE.finditer(content):
                if not _overlaps(match.span(), covered):
                    self.add("bare", match, 0, match[0], places)

    def add(self, form: str, match: re.Match[str], group: int, text: str, places: Callable[[int], int]) -> None:
        self.links.append(
            Link(
                form=form,
                target=match[group],
                text=text,
                start=places(match.start()),
                end=places(match.end()),
                target_start=places(match.start(group)),
                target_end=places(match.end(group)),
            )
        )

    def raw_html(self, start: int, end: int) -> None:
        """Add what stands in raw HTML: comments, addresses and ids."""
        hidden: list[tuple[int, int]] = []
        for match in _COMMENT.finditer(self.text, start, end):
            self.comments.append(Comment(text=match[1].strip(), start=match.start(), end=match.end()))
            hidden.append(match.span())
        for tag in _TAG.finditer(self.text, start, end):
            if _overlaps(tag.span(), hidden):
                continue
            found = {each[1].lower(): each for each in _HTML_ATTRIBUTE.finditer(self.text, *tag.span(2))}
            for name in ("id", "name"):
                if name in found:
                    self.anchors.add(html.unescape(_value(found[name])))
            for name, form in (("href", "html"), ("src", "html-image")):
                if name not in found or (name == "src" and tag[1].lower() != "img"):
                    continue
                match = found[name]
                group = match.lastindex or 0
                label = _value(found["alt"]) if name == "src" and "alt" in found else self.label(tag, end)
                self.links.append(
                    Link(
                        form=form,
                        target=html.unescape(match[group]),
                        text="" if name == "src" and "alt" not in found else label,
                        start=tag.start(),
                        end=tag.end(),
                        target_start=match.start(group),
                        target_end=match.end(group),
                    )
                )

    def label(self, tag: re.Match[str], end: int) -> str:
        """Give the text between a raw tag and the next closing tag of its name."""
        name = tag[1].lower()
        close = self.text.lower().find(f"</{name}", tag.end(), max(end, tag.end() + 300))
        inner = self.text[tag.end() : close] if close >= 0 else ""
        return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", inner)).split())


def _value(match: re.Match[str]) -> str:
    return match[match.lastindex or 0]


def _plain(tokens: Sequence[Token]) -> str:
    """Give the text of inline tokens without marks."""
    parts: list[str] = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "image":
            parts.append(_plain(token.children or []))
    return "".join(parts)


def _until_close(tokens: Sequence[Token]) -> list[Token]:
    inner: list[Token] = []
    for token in tokens:
        if token.type == "link_close":
            break
        inner.append(token)
    return inner


def _destination(written: str, offset: int) -> tuple[int, int] | None:
    """Give the span of the target in ``[label](target "title")``; none for ``[label][ref]``."""
    depth, position = 0, written.find("[")
    while position < len(written):
        char = written[position]
        if char == "\\":
            position += 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                break
        position += 1
    position += 1
    if written[position : position + 1] != "(":
        return None
    position += 1
    while position < len(written) and written[position] in " \t\n":
        position += 1
    if written[position : position + 1] == "<":
        close = written.find(">", position)
        return offset + position + 1, offset + close
    end, depth = position, 0
    while end < len(written) and written[end] not in " \t\n":
        if written[end] == "\\":
            end += 1
        elif written[end] == "(":
            depth += 1
        elif written[end] == ")":
            if depth == 0:
                break
            depth -= 1
        end += 1
    return offset + position, offset + end


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < last and first < span[1] for first, last in others)
