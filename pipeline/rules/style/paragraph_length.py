"""A paragraph has too many sentences, or a list too many items.

On a screen, people scan. A paragraph with one idea and a short list can be taken in at once.

Bad: a paragraph of eight sentences, or a list of twelve items.

Good: two paragraphs of four sentences; a list of five items, or two lists with a heading each.

Mend it: start a new paragraph at each new idea. Put items that belong together in a list of
their own, or leave out those that can be missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.sentences import ENDS
from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import writings_of
from pipeline.rules.text.lists import begins_like_items
from pipeline.rules.text.unfinished import unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.rules.style.prose import Writing


@document_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Deze alinea heeft {count} zinnen, terwijl {limit} het meeste is.",
            en="This paragraph has {count} sentences, where {limit} is the most.",
        ),
        "list": Text(
            nl="Deze lijst heeft {count} onderdelen, terwijl {limit} het meeste is.",
            en="This list has {count} items, where {limit} is the most.",
        ),
    },
    help={
        "": Text(
            nl="Lezers kijken eerst of iets voor hen is. Begin bij elke nieuwe gedachte een nieuwe alinea.",
            en="Readers first look whether something is for them. Start a new paragraph at each new idea.",
        ),
        "list": Text(
            nl="Een lange lijst leest niemand uit. Maak er twee lijsten van, of laat weg wat gemist kan worden.",
            en="Nobody reads a long list to its end. Make two lists of it, or leave out what can be missed.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Count the sentences of each paragraph and the items of each list."""
    style = kind.style
    if not style.paragraph_sentences and not style.list_items:
        return
    for each in writings_of(document, kind):
        if style.paragraph_sentences:
            yield from _paragraphs(each.body, style.paragraph_sentences)
        if style.list_items:
            yield from _lists(each.body, style.list_items)


def _paragraphs(body: Iterable[Writing], limit: int) -> Iterator[Problem]:
    for writing in body:
        ends = sum(writing.text.count(mark) for mark in ENDS)
        if ends < limit or not writing.is_prose or writing.passage.role == "cell":
            continue
        count = len(writing.sentences)
        if count > limit and not _is_to_be_mended(writing, count - limit):
            yield Problem(location=writing.place(), parameters={"count": count, "limit": limit})


def _is_to_be_mended(writing: Writing, more: int) -> bool:
    """Whether it is a list that stayed text, or too long by placeholders or HTML: the rules on text tell that."""
    text = writing.place().text
    return begins_like_items(text) or len(unfinished(writing.text)) + text.lower().count("<br") >= more


def _lists(body: Iterable[Writing], limit: int) -> Iterator[Problem]:
    first: dict[int, Writing] = {}
    counts: dict[int, int] = {}
    for writing in body:
        number = writing.passage.in_list
        if number:
            first.setdefault(number, writing)
            counts[number] = max(counts.get(number, 0), writing.passage.item)
    for number, count in counts.items():
        if count > limit:
            parameters = {"count": count, "limit": limit}
            yield Problem(location=first[number].place(), variant="list", parameters=parameters)
