"""Text that is nearly a link: brackets apart, the wrong way round, or one of them missing.

Only what stands in round brackets and is plainly an address counts; ``[naam] (in te vullen)``
was never meant as a link.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from pipeline.documents.blocks import Block

_ADDRESS: Final = (
    r"(?:(?:https?://|www\.|mailto:)[^\s()<>\[\]]++(?:\([^\s()<>\[\]]*+\))?[^\s()<>\[\]]*+"
    r"|\.{0,2}/[^\s()<>\[\]]++|#[\w-]*+"
    r"|[\w%./-]+\.(?:md|html?|pdf|docx?|xlsx?|pptx?|odt|ods|csv|png|jpe?g|svg|zip|json|ya?ml)(?:#[\w-]*+)?"
    r"|(?:[\w-]+\.)+(?:nl|eu|com|org|net)(?:/[^\s()<>\[\]]*+)?)"
)
_LABEL: Final = r"\[(?P<label>(?![ xX]?\]|\^|[0-9]{1,3}\])[^\[\]\n]{1,300}+)\]"
_NEAR: Final = {
    "apart": lazy_pattern(rf"(?<!\\){_LABEL}(?P<gap>[ \t\u00a0]+|[ \t]*\n[ \t]*)\((?P<address>{_ADDRESS})\)"),
    "reversed": lazy_pattern(
        rf"(?<![\\\]\w])\((?P<label>(?:[^()\[\]\n]|\([^()\[\]\n]{{0,99}}\)){{1,300}}+)\)\[(?P<address>{_ADDRESS})\](?![(\[])"
    ),
    "unclosed": lazy_pattern(rf"(?<!\\)\[(?P<label>[^\[\]()\n]{{0,300}}?[^\[\]()\s])\((?P<address>{_ADDRESS})\)(?!\])"),
    "unopened": lazy_pattern(rf"(?<!\\)\]\((?P<address>{_ADDRESS})\)"),
}
_IN_LABELS: Final = frozenset({"code_inline", "html_inline", "image"})
_BRACKET = lazy_pattern(r"[\[\]]")
_SIGNS: Final = {"apart": ("]", "("), "reversed": (")[",), "unclosed": ("[", "("), "unopened": ("](",)}


class NearLink(NamedTuple):
    """Text that is nearly a link; ``start`` and ``end`` count in its block."""

    sort: str
    label: str
    address: str
    start: int
    end: int
    gap: str
    image: bool


def near_links(block: Block) -> list[NearLink]:
    """Give what is nearly a link in a block of running text, outside its links."""
    content = block.content
    text = _masked(block)
    found: list[NearLink] = []
    for sort, pattern in _NEAR.items():
        if not all(sign in text for sign in _SIGNS[sort]):
            continue
        depths = _Depths(text) if sort == "unopened" else None
        for match in pattern.finditer(text):
            if depths is None or depths.at(match.start()) <= 0:  # else a link within a link
                label, gap = (
                    content[slice(*match.span(name))] if name in pattern.groupindex else "" for name in ("label", "gap")
                )
                image = sort == "apart" and content[match.start() - 1 : match.start()] == "!"
                found.append(
                    NearLink(sort, label, match["address"], match.start() - image, match.end(), gap, image=image)
                )
    return _apart(found)


def _masked(block: Block) -> str:
    """Give the text with signs that mean nothing for code, tags and images, and gaps for links."""
    parts: list[str] = []
    at = 0
    for token in block.tokens:
        start, end = token.meta.get("span", (0, 0))
        if start >= at and end > start:
            parts += [block.content[at:start], ("x" if token.type in _IN_LABELS else "\n") * (end - start)]
            at = end
    return "".join([*parts, block.content[at:]])


def _apart(found: list[NearLink]) -> list[NearLink]:
    """Leave out what overlaps with one that begins before it."""
    kept: list[NearLink] = []
    for near in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or kept[-1].end <= near.start:
            kept.append(near)
    return kept


class _Depths:
    """How many square brackets are open at a place."""

    def __init__(self, text: str) -> None:
        self.places: list[int] = []
        self.counts: list[int] = []
        count = 0
        for match in _BRACKET.finditer(text):
            count += 1 if match[0] == "[" else -1
            self.places.append(match.start())
            self.counts.append(count)

    def at(self, place: int) -> int:
        index = bisect.bisect_left(self.places, place)
        return self.counts[index - 1] if index else 0
