"""What two versions of a page have in common, and where that stands: its fields, links and mentions.

What rules over all entries together find is about those. As long as they stay the same, it
moves along with them when the text around them changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.documents.document import Document

Span = tuple[int, int]


class Outline(NamedTuple):
    """The words of a page's fields, links and mentions.

    ``fields`` has the text of each field, with its name and what follows up to the next one;
    ``around`` what stands before and after them.
    """

    around: tuple[str, str]
    fields: Mapping[str, str]
    links: tuple[Any, ...]
    mentions: tuple[Any, ...]

    def changed_fields(self, other: Outline) -> frozenset[str] | None:
        """Give the fields that are not the same; none where the others stand in another order."""
        names = {*self.fields, *other.fields}
        changed = {name for name in names if self.fields.get(name, "").rstrip() != other.fields.get(name, "").rstrip()}
        order, now = ([name for name in each.fields if name not in changed] for each in (self, other))
        return frozenset(changed) if order == now and self.around == other.around else None


def outline(document: Document) -> Outline | None:
    """Give the outline of a page; none where it cannot be read in full."""
    body = document.body
    if body is None or document.front is None or not document.readable:
        return None
    text = document.source.text
    spans = dict(_fields(document))
    first, last = (min(spans.values())[0], document.front.end) if spans else (body.start, body.start)
    return Outline(
        around=(text[:first], text[last : body.start]),
        fields={name: text[start:end] for name, (start, end) in spans.items()},
        links=tuple((each.form, each.target, each.text, _slice(text, each)) for each in body.links),
        mentions=tuple(_slice(text, each) for each in body.mentions),
    )


def _slice(text: str, each: Any) -> str:  # noqa: ANN401 - anything with a place
    return text[each.start : each.end]


def _fields(document: Document) -> Iterator[tuple[str, Span]]:
    """Give the span of each field, up to the next one; nothing where there is any doubt."""
    front = document.front
    fields = front.children if front is not None and not document.flaws else None
    if front is None or not isinstance(fields, dict) or not all(isinstance(name, str) for name in fields):
        return
    starts = [node.key_start for node in fields.values()]
    if starts == sorted(starts) and starts and starts[0] >= 0:
        yield from zip(fields, zip(starts, [*starts[1:], front.end], strict=True), strict=True)


class Parted(NamedTuple):
    """The items of one sort in a document and in a later one, in reading order.

    ``first`` of them are the same from the beginning on, ``last`` from the end back; those
    between came or went.
    """

    before: tuple[Any, ...]
    after: tuple[Any, ...]
    first: int
    last: int

    @property
    def kept(self) -> Iterator[tuple[Any, Any]]:
        """Give each item that both have, as it stands in the one and in the other."""
        yield from zip(self.before[: self.first], self.after, strict=False)
        yield from zip(reversed(self.before), reversed(self.after[len(self.after) - self.last :]), strict=False)

    @property
    def gone(self) -> tuple[Any, ...]:
        """The items that only the first document has."""
        return self.before[self.first : len(self.before) - self.last]

    @property
    def come(self) -> tuple[Any, ...]:
        """The items that only the later document has."""
        return self.after[self.first : len(self.after) - self.last]


def parted(old: Document, new: Document, sort: str) -> Parted:
    """Part the ``links`` or ``mentions`` of two documents, whose words are compared to the letter."""
    (names, items), (other_names, others) = (_items(document, sort) for document in (old, new))
    shortest = min(len(names), len(other_names))
    first = next((at for at in range(shortest) if names[at] != other_names[at]), shortest)
    rest = shortest - first
    last = next((at for at in range(rest) if names[-1 - at] != other_names[-1 - at]), rest)
    return Parted(items, others, first, last)


def _items(document: Document, sort: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    known = outline(document)
    return (getattr(known, sort), getattr(document.body, sort)) if known else ((), ())


class Moves:
    """Where places of one document stand in another, of the same file."""

    def __init__(self, old: Document, new: Document) -> None:
        """Pair what both have."""
        self.source = new.source
        self.path = new.source.path
        self._texts = (old.source.text, new.source.text)
        self._pairs = [*_pairs(old, new)]

    def after(self, place: Span) -> Span | None:
        """Give where a place of the old document stands in the new one; none where it is in nothing that both have."""
        start, end = place
        old, new = self._texts
        for (first, last), now in self._pairs:
            if first <= start and end <= last:
                found = (start - first + now, end - first + now)
                return found if old[start:end] == new[found[0] : found[1]] else None
        return None


def _pairs(old: Document, new: Document) -> Iterator[tuple[Span, int]]:
    """Give each span of ``old`` that ``new`` has as well, with where it begins there."""
    before, after = outline(old), outline(new)
    if old.body is None or new.body is None or before is None or after is None:
        return
    if before[:2] == after[:2]:
        yield (0, old.body.start), 0
    fields = dict(_fields(new))
    for name, span in _fields(old):
        if name in fields and before.fields[name].rstrip() == after.fields[name].rstrip():
            yield span, fields[name][0]
    for sort in ("links", "mentions"):
        yield from (((each.start, each.end), now.start) for each, now in parted(old, new, sort).kept)
