"""What of a document another file can feel, and where that stands.

Rules over the whole framework look at a document's fields and at the outline of its body:
headings, links, mentions, comments and anchors. As long as those stay the same, a change of
the running text between them is felt in the document itself only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.text import INCLUDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Body, Document

Span = tuple[int, int]


def outline(document: Document) -> tuple[Any, ...] | None:
    """Give all that another file can feel, to compare; none where that is the whole text."""
    body = document.body
    if body is None or document.front is None or not document.readable:
        return None
    text = document.source.text
    return (
        text[: body.start],
        INCLUDED in text,
        body.anchors,
        [(each.level, each.text, each.slug, text[each.start : each.end]) for each in body.headings],
        [(each.form, each.target, each.text, text[each.start : each.end]) for each in body.links],
        [text[each.start : each.end] for each in body.mentions],
        [text[each.start : each.end] for each in body.comments],
    )


def moved(place: Span, old: Document, new: Document) -> Span | None:
    """Give where a place of ``old`` stands in ``new``, of the same outline; none where it is in neither."""
    if old.body is None or new.body is None:
        return None
    start, end = place
    if end <= old.body.start:
        return place
    for (first, last), (now, _) in zip(_spans(old.body), _spans(new.body), strict=True):
        if first <= start and end <= last:
            return start - first + now, end - first + now
    return None


def _spans(body: Body) -> Iterator[Span]:
    yield from ((each.start, each.end) for each in body.headings)
    yield from ((each.start, each.end) for each in body.links)
    yield from ((each.start, each.end) for each in body.mentions)
    yield from ((each.start, each.end) for each in body.comments)
