"""What stands in the raw HTML of a Markdown body: comments, addresses and ids."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from pipeline.documents.document import Comment, Link
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

# A quote without its mate is read as any other character. Nothing here is tried twice
# (possessive), so that no text takes more than linear time.
_TAG = lazy_pattern(r"<([a-zA-Z][\w-]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+'|[\"'])*+)>")
_ATTRIBUTE = lazy_pattern(
    r"(?<![\w.:-])(href|src|id|name|alt)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE
)
_HIDDEN = lazy_pattern(r"<(?:!--|(script|style)\b)", re.IGNORECASE)
_CLOSE = lazy_pattern(r"</a\b", re.IGNORECASE)
_END_TAG = lazy_pattern(r"</[^<>]*+>")
_LONGEST_LABEL = 1000

Span = tuple[int, int]


def read_html(text: str, start: int, end: int) -> tuple[list[Comment], list[Link], set[str]]:
    """Give the comments, links and ids in ``text[start:end]``; none from comments and scripts.

    The text of a link may stand past ``end``: in running text each tag is HTML by itself.
    """
    comments: list[Comment] = []
    links: list[Link] = []
    ids: set[str] = set()
    hidden: list[Span] = []
    for first, last, is_comment in _hidden(text, start, end):
        hidden.append((first, last))
        if is_comment:
            comments.append(Comment(text=text[first + 4 : last - 3].strip(), start=first, end=last))
    at = start
    for first, last in [*hidden, (end, end)]:
        for tag in _TAG.finditer(text, at, first):
            found = {each[1].lower(): each for each in reversed([*_ATTRIBUTE.finditer(text, *tag.span(2))])}
            ids.update(_value(found[name]) for name in _naming(tag) if name in found)
            links.extend(_links(tag, found))
        at = last
    return comments, links, ids


def _hidden(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Give the spans of comments, scripts and styles; an open one reaches to the end."""
    while match := _HIDDEN.search(text, start, end):
        if match[1]:
            close = re.compile(f"</{match[1]}", re.IGNORECASE).search(text, match.end(), end)
            last = close.end() if close else end
            yield match.start(), last, False
        else:
            close_at = text.find("-->", match.end(), end)
            last = close_at + 3 if close_at >= 0 else end
            yield match.start(), last, close_at >= 0
        start = last


def _naming(tag: re.Match[str]) -> tuple[str, ...]:
    return ("id", "name") if tag[1].lower() == "a" else ("id",)


def _links(tag: re.Match[str], found: dict[str, re.Match[str]]) -> Iterator[Link]:
    if "href" in found:
        yield _link("html", tag, found["href"], _label(tag))
    if "src" in found and tag[1].lower() == "img":
        yield _link("html-image", tag, found["src"], _value(found["alt"]) if "alt" in found else "")


def _link(form: str, tag: re.Match[str], target: re.Match[str], text: str) -> Link:
    start, end = target.span(target.lastindex or 0)
    return Link(
        form=form,
        target=_value(target),
        text=text,
        start=tag.start(),
        end=tag.end(),
        target_start=start,
        target_end=end,
    )


def _label(tag: re.Match[str]) -> str:
    """Give the text of a link: up to its closing tag, with what stands for its images."""
    text = tag.string
    close = _CLOSE.search(text, tag.end(), tag.end() + _LONGEST_LABEL) if tag[1].lower() == "a" else None
    inner = text[tag.end() : close.start()] if close else ""
    return " ".join(html.unescape(_END_TAG.sub(" ", _TAG.sub(_instead, inner))).split())


def _instead(tag: re.Match[str]) -> str:
    for each in _ATTRIBUTE.finditer(tag.string, *tag.span(2)):
        if each[1].lower() == "alt":
            return f" {each[each.lastindex or 0]} "
    return " "


def _value(match: re.Match[str]) -> str:
    return html.unescape(match[match.lastindex or 0])
