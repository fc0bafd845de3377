"""The footnotes of a page: where each is explained, and where it is referred to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.prose import prose
from pipeline.documents.structure import structure
from pipeline.rules.nearest import nearest
from pipeline.rules.text.reading import body_text
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.documents.blocks import Block
    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.text import Location

_REFERENCE = lazy_pattern(r"(?<!\\)\[\^([^\[\]\n]+)\]")
_ALL = lazy_pattern(r"\[\^([^\[\]\n]+)\]")
_DEFINITION = lazy_pattern(r"\n {0,3}\[\^([^\[\]\n]+)\]:")
# What follows the name of a note whose explanation lacks its colon.
_NO_COLON = lazy_pattern(r"[ \t]*[;.]?[ \t]+\S")
_MOST: Final = 100  # names that are compared with each other


class Note(NamedTuple):
    """A footnote's name at one place; ``colon`` where it begins an explanation that lacks its colon."""

    label: str
    place: Location
    colon: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a page.

    ``renamed`` pairs one that is missing with one that nobody refers to: the same note under
    two names. ``blamed`` are those of the latter whose name is the wrong one. ``copied``
    gives for an explanation of a name that has one already, by its place, the missing name.
    """

    references: tuple[Note, ...] = ()
    definitions: tuple[Note, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    blamed: frozenset[str] = frozenset()
    copied: Mapping[int, str] = field(default_factory=dict)

    def undefined(self) -> Iterator[Note]:
        """Give the references to notes that are explained nowhere, under whatever name."""
        known = {note.label for note in self.definitions}.union(self.copied.values())
        return (note for note in self.references if note.label not in known)

    def unused(self) -> Iterator[Note]:
        """Give the notes that nothing refers to, each once."""
        used = {note.label for note in self.references}
        return (
            note
            for note in {note.label: note for note in reversed(self.definitions)}.values()
            if note.label not in used
        )

    def repeated(self) -> Iterator[tuple[Note, Note]]:
        """Give each explanation of a name that has one already, with the first."""
        first: dict[str, Note] = {}
        for note in self.definitions:
            if first.setdefault(note.label, note) is not note:
                yield note, first[note.label]


@lru_cache(maxsize=1)
def notes_of(document: Document, kind: Kind) -> Notes:
    """Give the footnotes of a document; none where all is plainly well."""
    text = body_text(document)
    if document.body is None or "^" not in text or "[^" not in text or _is_well(text):
        return Notes()
    start, dialect = document.body.start, kind.markdown.dialect
    definitions = sorted(_definitions(document, start, dialect), key=lambda note: note.place.start)
    blocks = prose(document.source, start, dialect).blocks
    references = [note for block in blocks for note in _references(document, block)]
    return _compared(_without_colon(references, {note.label for note in definitions}), definitions)


def _is_well(text: str) -> bool:
    """Whether each note is explained once and referred to, in a text without fenced code."""
    defined = Counter(_DEFINITION.findall(text))
    used = Counter(_ALL.findall(text)) - defined
    once = defined.total() == len(defined) and used.keys() == defined.keys()
    return once and "```" not in text and "~~~" not in text


def _definitions(document: Document, start: int, dialect: str) -> Iterator[Note]:
    place = structure(document.source, start, dialect)
    for _, node in place.root.walk():
        if node.tag == "footnote":
            first = place.starts[node.number] + max(place.lines[node.number].find(f"[^{node.mark}]"), 0)
            yield Note(node.mark, document.at(first, first + len(f"[^{node.mark}]")))


def _references(document: Document, block: Block) -> Iterator[Note]:
    for token in block.tokens:
        if token.type == "footnote_ref":
            yield Note(token.meta["label"], document.at(*block.at(token.meta["span"])))
    if "[^" not in block.content:
        return
    for match in block.free(_REFERENCE):
        first = match.start() == 0 or block.content[match.start() - 1] == "\n"
        if first and block.content.startswith(":", match.end()):
            continue  # an explanation, to the other dialect
        colon = first and _NO_COLON.match(block.content, match.end()) is not None
        yield Note(match[1], document.at(*block.at(match.span())), colon)


def _without_colon(references: Sequence[Note], known: set[str]) -> tuple[Note, ...]:
    """Of a note whose explanation only lacks its colon, leave out the references: they are right."""
    counts = Counter(note.label for note in references)
    lacking = {note.label for note in references if note.colon and note.label not in known and counts[note.label] > 1}
    return tuple(
        note if note.label in lacking else note._replace(colon=False)
        for note in references
        if note.colon or note.label not in lacking
    )


def _compared(references: tuple[Note, ...], definitions: Sequence[Note]) -> Notes:
    """Find out which of the names that do not fit are one note's."""
    notes = Notes(references, tuple(definitions))
    missing = [*dict.fromkeys(note.label for note in notes.undefined() if not note.colon)]
    left = [note.label for note in notes.unused()]
    if max(len(missing), len(left)) > _MOST:
        return notes
    renamed = _paired(missing, left)
    counts = Counter(note.label for note in references)
    rest = {note.label for note in (*references, *definitions)} - renamed.keys() - {*renamed.values()}
    blamed = (
        other for label, other in renamed.items() if counts[label] > 1 or _is_odd(label, other, rest, len(renamed))
    )
    without = [label for label in missing if label not in renamed]
    again = [note.place.start for note, _ in notes.repeated()]
    copied = dict(zip(again, without, strict=True)) if len(again) == len(without) else {}
    return replace(notes, renamed=renamed, blamed=frozenset(blamed), copied=copied)


def _paired(missing: Sequence[str], unused: Sequence[str]) -> dict[str, str]:
    """Pair names that are alike; where as many are left on both sides, those in order."""
    left = [*unused]
    pairs: dict[str, str] = {}
    for label in missing:
        for near in nearest(label, left, most=1):
            pairs[label] = near
            left.remove(near)
    rest = [label for label in missing if label not in pairs]
    return pairs | dict(zip(rest, left, strict=True)) if len(rest) == len(left) else pairs


def _is_odd(label: str, other: str, rest: set[str], count: int) -> bool:
    """Whether, of one note's two names, that of its explanation is the odd one out."""
    if label.isdecimal() != other.isdecimal():
        return label.isdecimal() and all(each.isdecimal() for each in rest)
    if label.isdecimal():
        # Numbers go from 1: the one that leaves a gap is wrong.
        return int(label[:6]) <= len(rest) + count < int(other[:6])
    return len(other) > len(label) and (other.startswith(label) or other.endswith(label))
