"""A reference in running text is not written as it should be.

The kind, a colon and the code stand between braces, in small letters and without spaces.
Written otherwise, it does not become a link: readers see the braces and the code.

Bad: ``{Regel: awb-01}``, ``(regel:awb-01)`` or ``{regel:awb-01``

Good: ``{regel:awb-01}``

Mend it: write the reference as the message suggests. To show how a reference is written, put
it between backticks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import nearby_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.documents.document import Document
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind

_RIGHT = lazy_pattern(r"\{[a-z][a-z-]*:[^{}:\s]+(?::[^{}\s]+)?\}")
_FENCE = lazy_pattern(r"^[ \t>]*(`{3,}|~{3,})", re.MULTILINE)
_CODE = lazy_pattern(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n)[^`]|(?!\1(?!`))`)*+\1(?!`)")


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="“{written}” wordt geen link.", en="“{written}” does not become a link."),
        "unclosed": Text(
            nl="“{written}” wordt geen link: de accolade aan het eind ontbreekt.",
            en="“{written}” does not become a link: the brace at its end is missing.",
        ),
    },
    help=Text(
        nl="De lezer ziet nu de code in plaats van een link. Schrijf de soort, een dubbele punt en de code tussen "
        "accolades, met kleine letters en zonder spaties.",
        en="Readers now see the code instead of a link. Write the kind, a colon and the code between braces, in small "
        "letters and without spaces.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look for the name of a kind behind a bracket."""
    pattern = _pattern(tuple(framework.kinds))
    for document in framework.documents:
        kind = framework.schemas.claim(document.source.path)
        body = document.body
        if body is None or kind is None or kind.markdown.dialect != "commonmark":
            continue
        links = [(each.start, each.end) for each in body.links]
        for match in pattern.finditer(document.source.text, body.start):
            place = match.start()
            if _RIGHT.match(match[0]) or any(start <= place < end for start, end in links):
                continue
            problem = _problem(framework, document, match)
            if problem and not _is_code(document.source.text, body.start, place):
                yield problem


def codes_written(document: Document, kinds: Mapping[str, Kind], kind: Kind) -> Iterator[str]:
    """Give the codes that a page seems to name in another way than it should: it does if an entry has that code."""
    if document.body is None or kind.markdown.dialect != "commonmark":
        return
    for match in _pattern(tuple(kinds)).finditer(document.source.text, document.body.start):
        if not _RIGHT.match(match[0]):
            yield _code(match)


@lru_cache(maxsize=8)
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(kinds, key=len, reverse=True)))
    opening = rf"(?:(\{{\{{?)[ ]?({names})(?:[ ]?[:;][ ]?|[ ])|([(\[])({names}):)"
    locator = r"((?:[ ]?:[ ]?[^{}()\[\]\s]*[^{}()\[\]\s.,;:])?)"
    code = r"([a-z]+[ ][0-9]+(?=[ ]?[}:])|[\w-]+)"
    return re.compile(rf"{opening}{code}{locator}(?:(?:[ ]|[.,](?=\}}))?(\}}\}}?|[)\]]))?", re.IGNORECASE)


def _problem(framework: Framework, document: Document, match: re.Match[str]) -> Problem | None:
    kind = (match[2] or match[4]).lower()
    written = _code(match)
    known = framework.index.table(kind, "code")
    if written not in known:
        return None  # it may mean anything
    right = f"{{{kind}:{written}{match[6].replace(' ', '')}}}"
    start, end = match.span()
    if not match[7] or (match[1] and _was_open(document.source.text, start, match[7])):
        end = match.end(6)
    place = document.at(start, end)
    return Problem(
        location=place,
        variant="unclosed" if end == match.end(6) else "",
        parameters={"written": place.text, "suggestions": (right,)},
        fix=Fix(title=f"{place.text} → {right}", edits=(Edit(location=place, replacement=right),)),
    )


def _code(match: re.Match[str]) -> str:
    return match[5].lower().replace("_", "-").replace(" ", "-")


def _was_open(text: str, place: int, closing: str) -> bool:
    """Whether a bracket closes one that was opened before ``place``, in the same paragraph."""
    opening = {")": "(", "]": "["}.get(closing, "")
    before = text[text.rfind("\n\n", 0, place) + 1 : place]
    return bool(opening) and before.count(opening) > before.count(closing)


def _is_code(text: str, start: int, place: int) -> bool:
    """Whether a place is in a block of code, or between backticks."""
    fence = ""
    for match in _FENCE.finditer(text, start, place):
        fence = "" if fence and match[1].startswith(fence) else fence or match[1]
    paragraph = max(start, text.rfind("\n\n", start, place))
    spans = (match.span() for match in _CODE.finditer(text, paragraph))
    return bool(fence) or any(first <= place < last for first, last in spans)
