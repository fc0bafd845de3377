"""The outline of a Markdown body, with exact places.

The parser's tokens know where they stand in the body (`pipeline.documents.dialects`); this
module turns them into headings, links, anchors, comments and inline references.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.documents.blocks import Block, inside_link, plain_text, without_punctuation
from pipeline.documents.dialects import READING_ORDER, markdown_parser
from pipeline.documents.document import Body, Heading, Link, Mention
from pipeline.documents.near_links import near_links
from pipeline.documents.passages import read_passages
from pipeline.documents.raw_html import read_html
from pipeline.documents.slugs import SLUGGERS, python_markdown_slug
from pipeline.documents.targets import Target
from pipeline.text import LINE_END, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

    from pipeline.documents.blocks import Span
    from pipeline.documents.document import Comment
    from pipeline.text import Source

__all__ = ["markdown_parser", "parse_markdown"]

# Python-Markdown's attr_list: at the end of a heading, and anywhere in running text.
_HEADING_ATTRIBUTES = lazy_pattern(r"[ ]\{:?[ ]*+([^{}\n]++)\}$")
_ATTRIBUTES = lazy_pattern(r"\{:?([^{}\n]++)\}")
_EXPLICIT_ID = lazy_pattern(r"(?:^|\s)(?:#([^\s{}]+)|id=[\"']?([^\s\"'{}]+))")
_BARE = lazy_pattern(r"(?<![\w/@.-])(?:https?://|www\.)[^\s<>\"'|`]+")
_LABEL = r"(?<!\\)\[([^\[\]\n]*)(?<!\\)\]"
# Closed but no link (a space in it, say), or never closed and yet plainly an address.
_UNPARSED = lazy_pattern(rf"{_LABEL}\((?:([^()\n]*)\)|((?:https?:|www\.|mailto:|\.{{0,2}}/)[^\s\[\]]*))")
_WORD = lazy_pattern(r"\w[\w'’.-]*")


def parse_markdown(source: Source, start: int, *, dialect: str, slugs: str, keep_tokens: bool = False) -> Body:
    r"""Parse the Markdown from offset ``start`` of a source to its end.

    A link's ``target`` is its address with escapes undone: the text at its place, but for
    ``\\\\(`` and ``&amp;``. A definition ``[label]: address`` is one link at its own place,
    with the words of the first link that uses it.
    """
    env: dict[str, Any] = {}
    tokens = markdown_parser(dialect).parse(source.text[start:], env)
    outline = _Outline(source, start, attribute_lists=dialect == "python-markdown")
    outline.read(env[READING_ORDER])
    outline.define(env.get("references", {}))
    passages = read_passages(env[READING_ORDER], start, outline.returns)
    return replace(outline.body(slugs), passages=passages, tokens=tuple(tokens) if keep_tokens else ())


@dataclass(slots=True)
class _Section:
    """A heading while its body is read; ``named`` is the text that its anchor is made of."""

    level: int
    text: str
    named: str
    start: int
    end: int
    explicit: str = ""
    words: int = 0


class _Outline:
    """Collects a body's outline from tokens."""

    def __init__(self, source: Source, start: int, *, attribute_lists: bool) -> None:
        self.source = source
        self.start = start
        self.attribute_lists = attribute_lists
        # The parser reads \r\n as one character: where those are in what it read.
        text = source.text
        found = re.finditer("\r\n", text[start:]) if text.find("\r\n", start) >= 0 else ()
        self.returns = [match.start() - count for count, match in enumerate(found)]
        self.lines: list[int] = []
        self.sections: list[_Section] = [_Section(0, "", "", start, start)]
        self.links: list[Link] = []
        self.uses: dict[int, str] = {}
        self.mentions: list[Mention] = []
        self.comments: list[Comment] = []
        self.anchors: set[str] = set()
        self.explicit: set[str] = set()

    def offset(self, at: int) -> int:
        """Give the offset in the source of one in the parsed body."""
        return self.start + at + (bisect.bisect_left(self.returns, at) if self.returns else 0)

    def body(self, slugs: str) -> Body:
        """Give what was collected; anchors are made last, for those written down come first."""
        slug = SLUGGERS[slugs]()
        for name in sorted(self.explicit):
            if python_markdown_slug(name) == name:
                slug(name)
        headings = tuple(
            Heading(
                level=each.level,
                text=each.text,
                slug=each.explicit or slug(each.named),
                start=each.start,
                end=each.end,
                words=each.words,
            )
            for each in self.sections[1:]
        )
        return Body(
            start=self.start,
            headings=headings,
            links=tuple(sorted(self.links, key=lambda link: (link.start, -link.end, link.form))),
            mentions=tuple(self.mentions),
            comments=tuple(self.comments),
            anchors=frozenset(self.anchors | self.explicit),
            words=sum(each.words for each in self.sections),
        )

    def read(self, tokens: Sequence[Token]) -> None:
        """Go through the tokens in reading order."""
        level = footnote = 0
        for token in tokens:
            kind = token.type
            if kind == "inline":
                self.inline(Block(token, self.offset), level, counted=not footnote)
                level = 0
            elif kind == "heading_open":
                level = int(token.tag[1])
            elif kind == "html_block" and token.map:
                self.raw_html(self.line(token.map[0]), self.line(token.map[1]))
            elif kind == "footnote_reference_open":
                footnote += 1
                self.anchors.add(f"fn:{token.meta['label']}")
            elif kind == "footnote_reference_close":
                footnote -= 1

    def line(self, number: int) -> int:
        """Give the offset of body line ``number`` (from 0), or of the end."""
        if not self.lines:
            text = self.source.text
            self.lines = [self.start, *(match.end() for match in LINE_END.finditer(text, self.start)), len(text)]
        return self.lines[min(number, len(self.lines) - 1)]

    def inline(self, block: Block, level: int, *, counted: bool) -> None:
        """Read a block of running text; of a heading where ``level`` is given."""
        raw_link = -1
        for index, token in enumerate(block.tokens):
            span = token.meta.get("span") if token.meta else None
            if span is None:
                continue
            block.covered.append(span)
            kind = token.type
            if kind in {"link_open", "image"}:
                self.link(block, index, span)
            elif kind == "html_inline":
                self.raw_html(*block.at(span))
                tag = token.content[:3].lower()
                if tag == "</a" and raw_link >= 0:
                    block.covered.append((raw_link, span[1]))
                raw_link = span[0] if tag[:2] == "<a" and not tag[2:].isalnum() else -1 if tag == "</a" else raw_link
            elif kind == "mention":
                self.mention(token, block.at(span))
            elif kind == "footnote_ref":
                self.footnote(token)
        self.unlinked(block)
        words = plain_text(block.tokens)
        if level:
            self.heading(block, level, words)
        elif counted:
            self.sections[-1].words += len(_WORD.findall(words))

    def heading(self, block: Block, level: int, words: str) -> None:
        """Start a section; its anchor is made of its text without images."""
        named = plain_text(block.tokens, images=False) if "![" in block.content else words
        section = _Section(level, words.strip(), named.strip(), *block.at((0, len(block.content))))
        if self.attribute_lists and words.endswith("}") and (match := _HEADING_ATTRIBUTES.search(words)):
            section.text = words[: match.start()].strip()
            section.named = _HEADING_ATTRIBUTES.sub("", named).strip()
            section.explicit = _explicit_id(match[1])
        self.sections.append(section)

    def link(self, block: Block, index: int, span: Span) -> None:
        """Add a link or image; one that uses a definition only leaves its words there."""
        token = block.tokens[index]
        if token.type == "image":
            form, target, label = "image", token.attrs["src"], plain_text(token.children or ())
        else:
            form = "autolink" if token.markup == "autolink" else "link"
            target, label = token.attrs["href"], plain_text(inside_link(block.tokens, index))
        if isinstance(target, Target) and target.whole:
            self.uses.setdefault(id(target), label)
            return
        where = (target.start, target.end) if isinstance(target, Target) else (span[0] + 1, span[1] - 1)
        self.add(form, str(target), label, block.at(span), block.at(where))

    def define(self, references: Mapping[str, Mapping[str, Target]]) -> None:
        """Add the definitions of addresses, each once, at their own places."""
        for reference in references.values():
            target = reference["href"]
            if target.whole:
                whole, where = (
                    (self.offset(first), self.offset(last))
                    for first, last in (target.whole, (target.start, target.end))
                )
                self.add("definition", str(target), self.uses.get(id(target), ""), whole, where)

    def mention(self, token: Token, span: Span) -> None:
        """Add an inline reference."""
        meta = token.meta
        self.mentions.append(
            Mention(kind=meta["kind"], code=meta["code"], locator=meta["locator"], start=span[0], end=span[1])
        )

    def footnote(self, token: Token) -> None:
        """Add the anchor that a footnote's way back leads to, as Python-Markdown names it."""
        repeat = token.meta["subId"]
        self.anchors.add(f"fnref{repeat + 1 if repeat else ''}:{token.meta['label']}")

    def unlinked(self, block: Block) -> None:
        """Add bare addresses, and text that looks like a link but is none; see attribute lists."""
        content = block.content
        if "](" in content:
            for match in [*block.free(_UNPARSED)]:
                group = 2 if match[2] is not None else 3
                self.add("unparsed", match[group], match[1], block.at(match.span()), block.at(match.span(group)))
                block.covered.append(match.span())
        if "http" in content or "www." in content:
            for match in _bare(block):
                address = without_punctuation(match[0])
                where = block.at((match.start(), match.start() + len(address)))
                self.add("bare", address, address, where, where)
        if self.attribute_lists and "{" in content:
            self.explicit.update(filter(None, (_explicit_id(match[1]) for match in block.free(_ATTRIBUTES))))

    def add(self, form: str, target: str, text: str, whole: Span, where: Span) -> None:
        """Add a link."""
        self.links.append(
            Link(
                form=form,
                target=target,
                text=text,
                start=whole[0],
                end=whole[1],
                target_start=where[0],
                target_end=where[1],
            )
        )

    def raw_html(self, start: int, end: int) -> None:
        """Add what stands in raw HTML."""
        comments, links, ids = read_html(self.source.text, start, end)
        self.comments.extend(comments)
        self.links.extend(links)
        self.anchors.update(ids)


def _bare(block: Block) -> list[re.Match[str]]:
    """Give bare addresses; none that stands in what is nearly a link: one mistake, one finding."""
    found = [*block.free(_BARE)]
    near = [(each.start, each.end) for each in near_links(block)] if found else []
    return [match for match in found if not any(first <= match.start() < last for first, last in near)]


def _explicit_id(attributes: str) -> str:
    named = _EXPLICIT_ID.search(attributes)
    return (named[1] or named[2]) if named else ""
