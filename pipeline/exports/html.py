"""From a Markdown body to HTML that may stand on a page.

Two walls: the renderer writes only what it knows and escapes the rest, and nh3 then keeps
only what is on the lists below. Raw HTML is escaped, or, for kinds whose schema allows it,
passed on to nh3. No style, script, picture or form of a contributor reaches the page; ids
are those of headings and footnotes, and never start with an underscore: such ids belong to
the page itself.

Where links lead is decided by whoever asks: see `Links`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

import nh3
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

from pipeline.documents.markdown import markdown_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from pipeline.documents.document import Body
    from pipeline.model.framework import Entry

REL: Final = "noopener noreferrer"
SCHEMES: Final = {"http", "https", "mailto"}

_HEADINGS: Final = {"h2", "h3", "h4", "h5", "h6"}
_TAGS: Final = {
    *_HEADINGS,
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "hr"),
    *("i", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
# Tags that go with all they hold: what stands in them is no text for a reader.
_EMPTIED: Final = {
    *("iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style"),
    *("svg", "template", "textarea", "title", "xmp"),
}
_WITH_ID: Final = {*_HEADINGS, "a", "li", "sup"}
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(),  # without it nh3 lets "title" and "lang" through everywhere
    **{tag: {"id"} for tag in _WITH_ID},
    "a": {"href", "id"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLASSES: Final = {"a": {"law"}, "div": {"admonition", "table"}, "p": {"admonition-title"}}
# A wide table scrolls by itself, with the keyboard too.
_SCROLLING: Final = {"role": "region", "aria-label": "Tabel", "tabindex": "0"}

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ATTRIBUTE_LIST = re.compile(r"[ \t]*\{:?[ \t]*[.#][^{}\n]*\}")
_HEADING_LIST = re.compile(r"[ \t]*\{:?[^{}\n]*\}[ \t]*\Z")
_ID = re.compile(r"[^\W_][^\s\"'<>&`=]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that stands for an inline reference; ``law`` for an article of law."""

    text: str
    href: str
    law: bool = False


class Links(Protocol):
    """Decides where the links of one body lead."""

    def href(self, target: str) -> str | None:
        """Give the address for a link's target as written; none: its text stays, without link."""

    def mention(self, kind: str, code: str, locator: str) -> Link | None:
        """Give the link for an inline reference; none: it stays as written."""


def body_html(entry: Entry, links: Links, *, shift: int = 0, prefix: str = "", skip_title: bool = False) -> str:
    """Render the body of an entry; empty when it has none.

    ``shift`` lowers headings by so many levels; none comes out above the second. ``prefix``
    is put before every id. ``skip_title`` leaves out a heading of the first level that opens
    the body: the page shows it itself.
    """
    body = entry.document.body
    if body is None or entry.kind.files.layout != "document":
        return ""
    markdown = entry.kind.markdown
    tokens = body.tokens or markdown_parser(markdown.dialect).parse(entry.document.source.text[body.start :])
    page = _Page(
        links=links,
        shift=shift,
        prefix=prefix,
        raw=markdown.html,
        attribute_lists=markdown.dialect == "python-markdown",
        slugs=[heading.slug for heading in body.headings],
    )
    if skip_title and opening_title(body):
        start = next(index for index, token in enumerate(tokens) if token.type == "heading_open")
        tokens = [*tokens[:start], *tokens[start + 3 :]]
        page.slugs = page.slugs[1:]
    dirty = _renderer().render(tokens, _options(), {"page": page})
    return _cleaner(page).clean(dirty)


def opening_title(body: Body | None) -> str:
    """Give the heading of the first level that opens a body; empty when there is none."""
    first = body.headings[0] if body and body.headings else None
    return first.text if first and first.level == 1 else ""


@dataclass(slots=True, kw_only=True)
class _Page:
    """What the renderer must know of the page, and the links it has made."""

    links: Links
    shift: int
    prefix: str
    raw: bool
    attribute_lists: bool
    slugs: list[str]
    heading: int = 0
    in_heading: bool = False
    open_links: list[bool] = field(default_factory=list)
    hrefs: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def id(self, name: str) -> str:
        """Make the id for an anchor; empty where it may not have one."""
        if not _ID.fullmatch(name):
            return ""
        self.ids.add(f"{self.prefix}{name}")
        return f"{self.prefix}{name}"

    def here(self, name: str) -> str:
        """Make the address of an id on this page."""
        self.hrefs.add(f"#{self.prefix}{name}")
        return f"#{self.prefix}{name}"

    def anchor(self, href: str, *, law: bool = False) -> str:
        """Open a link to an address that has been made here."""
        self.hrefs.add(href)
        external = not self.raw and href.startswith(("http://", "https://"))
        extra = ' class="law"' * law + f' rel="{REL}"' * external
        return f'<a href="{escapeHtml(href)}"{extra}>'


@lru_cache(maxsize=1)
def _renderer() -> RendererHTML:
    return _Renderer()


@lru_cache(maxsize=1)
def _options() -> OptionsDict:
    return markdown_parser("commonmark").options


# The signature of each method below is markdown-it's for a rule.
class _Renderer(RendererHTML):
    """Writes tokens as HTML; a method is the rule for the token of its name."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        content = tokens[idx].content
        if env["page"].attribute_lists and "{" in content:
            content = _ATTRIBUTE_LIST.sub("", content)
            content = _HEADING_LIST.sub("", content) if env["page"].in_heading else content
        return escapeHtml(content)

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        page: _Page = env["page"]
        name = page.id(page.slugs[page.heading]) if page.heading < len(page.slugs) else ""
        page.heading += 1
        page.in_heading = True
        return f'<{_level(tokens[idx], page)} id="{escapeHtml(name)}">' if name else f"<{_level(tokens[idx], page)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        page: _Page = env["page"]
        page.in_heading = False
        return f"</{_level(tokens[idx], page)}>\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        page: _Page = env["page"]
        href = page.links.href(str(tokens[idx].attrs.get("href", "")))
        page.open_links.append(href is not None)
        return "" if href is None else page.anchor(href)

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        return "</a>" if env["page"].open_links.pop() else ""

    def mention(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        page: _Page = env["page"]
        token = tokens[idx]
        link = page.links.mention(token.meta["kind"], token.meta["code"], token.meta["locator"])
        if link is None:
            return escapeHtml(token.content)
        if any(page.open_links) or not link.href:
            return escapeHtml(link.text)
        return f"{page.anchor(link.href, law=link.law)}{escapeHtml(link.text)}</a>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escapeHtml(self.renderInlineAsText(tokens[idx].children, options, env))

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        content = _COMMENT.sub("", tokens[idx].content)
        if env["page"].raw:
            return content
        return f"<p>{escapeHtml(content.strip())}</p>\n" if content.strip() else ""

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        content = _COMMENT.sub("", tokens[idx].content)
        return content if env["page"].raw else escapeHtml(content)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        attributes = "".join(f' {name}="{value}"' for name, value in _SCROLLING.items())
        return f'<div class="table"{attributes}><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        return "</table></div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        return f"<pre><code>{escapeHtml(tokens[idx].content)}</code></pre>\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        page: _Page = env["page"]
        number, name = _footnote(tokens[idx])
        return f'<sup id="{page.id(f"fnref:{name}")}"><a href="{page.here(f"fn:{number}")}">[{number}]</a></sup>'

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        return "<hr>\n<ol>\n"

    def footnote_block_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        return "</ol>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        page: _Page = env["page"]
        return f'<li id="{page.id(f"fn:{_footnote(tokens[idx])[0]}")}">'

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002
        page: _Page = env["page"]
        return f' <a href="{page.here(f"fnref:{_footnote(tokens[idx])[1]}")}">(terug)</a>'


def _footnote(token: Token) -> tuple[int, str]:
    """Give a footnote's number and the name of this reference to it."""
    number, repeat = int(token.meta["id"]) + 1, int(token.meta.get("subId", 0))
    return number, f"{number}:{repeat}" if repeat > 0 else str(number)


def _level(token: Token, page: _Page) -> str:
    return f"h{min(max(int(token.tag[1]), 2) + page.shift, 6)}"


def _cleaner(page: _Page) -> nh3.Cleaner:
    return _raw_cleaner(page) if page.raw else _plain_cleaner()


@lru_cache(maxsize=1)
def _plain_cleaner() -> nh3.Cleaner:
    """Make the sanitizer for what the renderer wrote alone."""
    return _build(anchors={"rel": {REL}}, link_rel=None)


def _raw_cleaner(page: _Page) -> nh3.Cleaner:
    """Make the sanitizer for a body with raw HTML, whose links and ids must still be judged."""
    seen: set[str] = set()

    def judge(_tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return value if value in page.hrefs else page.links.href(value)
        if attribute == "id":
            name = value if value in page.ids else page.id(value)
            if not name or name in seen:
                return None
            seen.add(name)
            return name
        return value

    return _build(attribute_filter=judge, link_rel=REL)


def _build(
    *,
    link_rel: str | None,
    anchors: dict[str, set[str]] | None = None,
    attribute_filter: Callable[[str, str, str], str | None] | None = None,
) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_EMPTIED,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=SCHEMES,
        strip_comments=True,
        link_rel=link_rel,
        tag_attribute_values={
            "div": {name: {value} for name, value in _SCROLLING.items()},
            "a": anchors or {},
        },
        attribute_filter=attribute_filter,
    )


def fragment(anchor: str) -> str:
    """Write an anchor as the end of an address."""
    return f"#{quote(anchor, safe=':.-_~()!,;=@/?')}"
