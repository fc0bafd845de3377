"""The sections that a kind asks for, as they stand in a body."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings import Severity
from pipeline.model.framework import Entry
from pipeline.rules.nearest import nearest
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.documents.document import Body, Comment, Document, Heading
    from pipeline.model.kinds import Kind, Section
    from pipeline.text import Location

_SHORT: Final = 4

MOST: Final = 200
"""Most headings among which a misspelt one is looked for."""

_CONFLICT = ("<<<<<<<", ">>>>>>>")
# A rule, or the line below a heading that makes it one; no text of its own.
_RULED = lazy_pattern(r"^[ \t]*+([-*_=])(?:[ \t]*+\1)*+[ \t]*+$", re.MULTILINE)
_INK = lazy_pattern(r"\S")
_LIKE_A_NAME = lazy_pattern(r"[A-Za-z]+(?:[_-][A-Za-z]+)*+")


class Part(NamedTuple):
    """A section that is there. ``heading`` is none for the text before the first heading.

    ``slip`` says what is wrong with the heading: ``level`` or ``near``. ``start`` and ``end``
    enclose the text, the headings inside included.
    """

    section: Section
    heading: Heading | None
    slip: str
    start: int
    end: int


# The rules of this family look at a document one after the other.
@lru_cache(maxsize=1)
def asked_of(document: Document, kind: Kind) -> Entry | None:
    """Give the entry of a document that is asked for sections; none where its text is not to be judged."""
    if not kind.sections or document.body is None or document.front is None or not document.readable:
        return None
    if any(sign in document.source.text for sign in _CONFLICT):
        return None  # source/merge-conflict-marker tells it, and its signs make headings
    # Nobody asks for its id, which takes longer to find than all the rest.
    entry = Entry(id="", code="", kind=kind, document=document, node=document.front)
    return None if entry.is_gone else entry


def severity_for(entry: Entry) -> Severity:
    """Give a warning: work to do; an error once the entry is final."""
    return Severity.ERROR if entry.state == "final" else Severity.WARNING


def section_of(kind: Kind, heading: Heading) -> Section | None:
    """Give the section that every entry has under a heading with this text."""
    text = " ".join(heading.text.split())
    fitting = (each for each in kind.sections if each.required and text in {each.heading, *each.aliases} - {""})
    return next(fitting, None)


@lru_cache(maxsize=1)
def parts_of(document: Document, kind: Kind) -> Mapping[str, Part]:
    """Give the sections that are there, by the heading they should have."""
    body = document.body
    if body is None:
        return {}
    found = dict(_matched(kind.sections, body.headings))
    taken = {id(heading) for heading, _slip in found.values()}
    parts: dict[str, Part] = {}
    for section in kind.sections:
        if not section.heading:
            end = body.headings[0].start if body.headings else len(document.source.text)
            parts[""] = Part(section=section, heading=None, slip="", start=body.start, end=_line(document, end))
        elif section.heading in found:
            heading, slip = found[section.heading]
            start, end = _span(document, body.headings, heading, taken)
            parts[section.heading] = Part(section=section, heading=heading, slip=slip, start=start, end=end)
    return parts


def _matched(sections: Iterable[Section], headings: Sequence[Heading]) -> Iterator[tuple[str, tuple[Heading, str]]]:
    """Find the heading of each section: as it should be, else at another level, else misspelt."""
    by_text: dict[str, list[Heading]] = {}
    for heading in headings:
        by_text.setdefault(" ".join(heading.text.split()), []).append(heading)
    left = [section for section in sections if section.heading]
    taken: set[int] = set()
    for slip in ("", "level", "near"):
        still: list[Section] = []
        for section in left:
            found = _heading_of(section, by_text, taken, slip)
            if found is None:
                still.append(section)
            else:
                taken.add(id(found))
                yield section.heading, (found, slip)
        left = still


def _heading_of(
    section: Section, by_text: Mapping[str, Sequence[Heading]], taken: set[int], slip: str
) -> Heading | None:
    names: Iterable[str] = (section.heading, *section.aliases)
    if slip and not section.required:
        return None  # an entry may do without, and with a part that has the same name
    if slip == "near":
        free = [text for text, same in list(by_text.items())[:MOST] if any(id(each) not in taken for each in same)]
        names = next((near for name in names if (near := nearest(name, free, most=1))), ())
    for name in names:
        for heading in by_text.get(name, ()):
            if id(heading) not in taken and (slip or heading.level == section.level):
                return heading
    return None


def _span(document: Document, headings: Sequence[Heading], heading: Heading, taken: set[int]) -> tuple[int, int]:
    """Give where the text of a section begins and ends: at a heading as high, or of another section."""
    text = document.source.text
    start = _next_line(text, heading.end)
    for other in headings:
        if other.start > heading.start and (other.level <= heading.level or id(other) in taken):
            return start, _line(document, other.start)
    return start, len(text)


def _line(document: Document, offset: int) -> int:
    """Give where the line begins that an offset is in."""
    text = document.source.text
    if offset >= len(text):
        return offset
    end = text.rfind("\n", 0, offset)
    return max(end, text.rfind("\r", end + 1, offset)) + 1


def _next_line(text: str, offset: int) -> int:
    """Give where the line begins that comes after an offset, or the end."""
    end = text.find("\n", offset)
    alone = text.find("\r", offset, end if end >= 0 else len(text))
    if 0 <= alone < end - 1 or (alone >= 0 > end):
        return alone + 1
    return end + 1 if end >= 0 else len(text)


def is_disturbed(document: Document, part: Part) -> bool:
    """Whether a heading that stands there twice begins or ends a section: `text/heading-duplicate` tells that."""
    headings = document.body.headings if document.body else ()
    bounds = [each for each in headings if each is part.heading or _line(document, each.start) == part.end]
    return any(sum(_are_alike(each, other) for other in headings) > 1 for each in bounds)


def _are_alike(one: Heading, other: Heading) -> bool:
    return one.level == other.level and one.text == other.text


def holds_text(document: Document, kind: Kind, part: Part) -> bool:
    """Whether a section has anything below its headings that readers see."""
    body = document.body
    if body is None:
        return False
    if part.heading is not None and part.heading.words:
        return True
    text = document.source.text
    first = _INK.search(text, part.start, part.end)
    if first is None:
        return False
    if first[0].isalnum() and all(heading.start != first.start() for heading in body.headings):
        return True
    hidden = sorted((*_headings(document, body, part), *_comments(kind, body, part)))
    at = part.start
    for start, end in (*hidden, (part.end, part.end)):
        if at < start and _RULED.sub("", text[at:start]).strip():
            return True
        at = max(at, end)
    return False


def _headings(document: Document, body: Body, part: Part) -> Iterator[tuple[int, int]]:
    text = document.source.text
    for heading in body.headings:
        if part.start <= heading.start < part.end:
            yield _line(document, heading.start), _next_line(text, heading.end)


def _comments(kind: Kind, body: Body, part: Part) -> Iterator[tuple[int, int]]:
    """Give the comments that stay comments: not those that the site's builder makes a list of."""
    for comment in body.comments:
        if part.start <= comment.start < part.end and not _is_list(kind, comment):
            yield comment.start, comment.end


def _is_list(kind: Kind, comment: Comment) -> bool:
    word = comment.text.split(maxsplit=1)[:1]
    if not word or not kind.lists or not _LIKE_A_NAME.fullmatch(word[0]):
        return False
    # A misspelt one is told by references/directive.
    return word[0] in kind.lists or ("_" in word[0] and bool(nearest(word[0], kind.lists, most=1)))


def lacks_list(document: Document, kind: Kind, part: Part) -> bool:
    """Whether a list belongs in a section that the page has not, not even misspelt."""
    comments = document.body.comments if document.body else ()
    words = {word for each in comments for word in each.text.split()[:1]}
    about = part.section.heading.lower()
    return any(
        each.name in kind.lists and _share_a_word(each.name, about) and not nearest(each.name, words, most=1)
        for each in kind.directives
        if each.name not in words
    )


def _share_a_word(name: str, heading: str) -> bool:
    """Whether ``list_maatregelen`` is for ``Bijbehorende maatregelen`` or ``Maatregel(en)``."""
    words = (word for word in re.split(r"[_-]", name.lower()) if len(word) > _SHORT)
    return any(word[:-1] in heading for word in words)


def words_in(body: Body, part: Part) -> int:
    """Count the words of a section; an inline reference is one word."""
    mentions = sum(part.start <= mention.start < part.end for mention in body.mentions)
    if part.heading is None:
        return body.words - sum(heading.words for heading in body.headings) + mentions
    inside = (each.words for each in body.headings if part.heading.start <= each.start < part.end)
    return sum(inside) + mentions


def place_of(document: Document, part: Part, entry: Entry) -> Location:
    """Give the heading, or the first line of the text before any heading."""
    if part.heading is not None:
        return document.at(part.heading.start, part.heading.end)
    text = document.source.text
    first = _INK.search(text, part.start, part.end)
    if first is None:
        return entry.location
    start = first.start()
    return document.at(start, start + len(text[start : _next_line(text, start)].rstrip()))
