"""A section is shorter or longer than others of its kind.

A few words explain nothing, and nobody reads a long text to its end. Where a kind has a short
form, a section may have the length of that form instead. An inline reference counts as one word.

Bad: a ``## Toelichting`` of 5 words, or of 400

Good: a ``## Toelichting`` of 90 words

Mend it: add what readers need to know, or take out what they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.completeness.sections import (
    asked_of,
    holds_text,
    is_disturbed,
    parts_of,
    place_of,
    severity_for,
    words_in,
)
from pipeline.rules.rule import document_rule
from pipeline.rules.text.unfinished import unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind, Section
    from pipeline.rules.completeness.sections import Part

Limits = tuple[int, int]


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="{what} telt {count}; goed is {limits}.",
        en="{what} has {count}; {limits} is right.",
    ),
    help={
        "few": Text(
            nl="Met zo weinig woorden weet de lezer niet genoeg. Vul de tekst aan.",
            en="So few words do not tell the reader enough. Add to the text.",
        ),
        "": Text(
            nl="Een lange tekst leest niemand helemaal. Haal eruit wat de lezer niet nodig heeft.",
            en="Nobody reads a long text to its end. Take out what the reader does not need.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Count the words of each section, and hold them against the form that fits the entry best."""
    entry = asked_of(document, kind)
    body = document.body
    if entry is None or body is None or not any(section.least or section.most for section in kind.sections):
        return
    parts = parts_of(document, kind)
    counted = [(part, words_in(body, part)) for part in parts.values()]
    filled = [(part, words) for part, words in counted if words or holds_text(document, kind, part)]
    short = _is_short([(part.section, words) for part, words in filled])
    if short is None:
        return
    swallowers = _swallowers(kind, parts)
    for part, words in filled:
        section = part.section
        least, most = _limits(section, short=short)
        if not _off(words, (least, most)) or (words > most and section.heading in swallowers):
            continue
        if is_disturbed(document, part) or unfinished(document.source.text[part.start : part.end]):
            continue
        yield Problem(
            location=place_of(document, part, entry),
            variant="few" if words < least else "",
            severity=severity_for(entry),
            parameters={
                "what": _name(section),
                "count": Text(nl=f"{words} woord{'en' * (words != 1)}", en=f"{words} word{'s' * (words != 1)}"),
                "limits": _allowed(section, words, short=short),
            },
        )


def _is_short(filled: Sequence[tuple[Section, int]]) -> bool | None:
    """Whether more sections have the length of the short form, or nearly have it; nothing where all is well."""
    offs = [_off(words, _limits(section, short=False)) for section, words in filled]
    if not any(offs):
        return None
    if not any(section.short[1] for section, _words in filled):
        return False
    others = [_off(words, _limits(section, short=True)) for section, words in filled]
    if not any(others):
        return None
    return (sum(map(bool, others)), sum(others)) < (sum(map(bool, offs)), sum(offs))


def _limits(section: Section, *, short: bool) -> Limits:
    return section.short if short and section.short[1] else (section.least, section.most)


def _off(words: int, limits: Limits) -> int:
    """Give how many words there are too many or too few."""
    least, most = limits
    return max(least - words, words - most if most else 0, 0)


def _swallowers(kind: Kind, parts: Mapping[str, Part]) -> set[str]:
    """Give the sections that may have swallowed the text of one whose heading is missing."""
    found: set[str] = set()
    before = ""
    for section in kind.sections:
        if section.heading in parts:
            before = section.heading
        elif section.required:
            found.add(before)
    return found


def _name(section: Section) -> Text:
    quoted = f"“{section.heading}”"
    return Text(nl=quoted, en=quoted) if section.heading else Text(nl="De tekst", en="The text")


def _allowed(section: Section, words: int, *, short: bool) -> Text:
    """Say how long a section may be: in both forms, unless it has the length of the other form."""
    own, other = _limits(section, short=short), _limits(section, short=not short)
    if own == other or not _off(words, other):
        return _between(own)
    full, brief = map(_between, (other, own) if short else (own, other))
    return Text(nl=f"{full.nl}, of {brief.nl} in een korte tekst", en=f"{full.en}, or {brief.en} in a short text,")


def _between(limits: Limits) -> Text:
    least, most = limits
    if not most:
        return Text(nl=f"minstens {least}", en=f"at least {least}")
    if not least:
        return Text(nl=f"hoogstens {most}", en=f"at most {most}")
    return Text(nl=f"{least} tot {most}", en=f"{least} to {most}")
