"""Where the block of fields at the top of a file begins and ends, and where it was to.

The lines of hyphens around the fields are easily lost or spoilt. What stands around the place
tells what was meant, so that one slip is one mistake: the fields are then not taken for text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.documents.document import Flaw
from pipeline.findings import Edit, Fix, Problem
from pipeline.text import LINE_END, lazy_pattern

if TYPE_CHECKING:
    from pipeline.text import Location, Source

OPENING = lazy_pattern(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
CLOSING = lazy_pattern(r"(?:^|(?<=\r))(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_RULE: Final = "schema/unclosed-front-matter"

# What should have been the closing line, and what comes after it: a heading of level 2 and
# up is no likely YAML comment.
_ALMOST = lazy_pattern(
    r"(?:^|(?<=\r))(?:([ \t]*(?:[-\u2010-\u2015][ \t]*){2,}|[ \t]*(?:\*{3,}|_{3,}|={3,}))(?=[\r\n]|\Z)"
    r"|(---)[ \t]+(?!#[^\r\n]*[\r\n]+[a-z][\w-]*:)[^\s-])",
    re.MULTILINE,
)
_HEADING = lazy_pattern(r"(?:^|(?<=\r))#{2,6}[ \t]+\S[^\r\n]*", re.MULTILINE)
_FIELD = lazy_pattern(r"[a-z][\w-]*:(?=[ \t\r\n])")
# A line that may stand among fields: a field, an item, a remark, or one that is moved in.
_AMONG_FIELDS = lazy_pattern(
    r"(?:[a-z][\w-]*:(?=[ \t\r\n])|-(?=[ \t])|#|[ \t]|(?=[\r\n]))[^\r\n]*+(?:\r\n|\n|\r)", re.IGNORECASE
)
_DASHES = lazy_pattern(r"[-\u2010-\u2015]{2,}[ \t]*(?=[\r\n]|\Z)")
_REMARK = lazy_pattern(r"[ \t]*(?:#[^\r\n]*|[-\u2010-\u2015]*[ \t]*)(?:\r\n|\n|\r)")
_LINES_ABOVE: Final = 5
"""Most lines above fields that were to stand at the top, remarks left out."""


def closing_of(text: str, start: int) -> re.Match[str] | None:
    """Give the line of hyphens that closes fields which begin at ``start``; none if something else stands there."""
    if not _FIELD.match(text, start):
        return None
    place = start
    while line := _AMONG_FIELDS.match(text, place):
        place = line.end()
    closing = CLOSING.match(text, place)
    return closing if closing and closing[0].startswith("-") else None


def misplaced(text: str) -> tuple[int, int] | None:
    """Find fields at the top of a file that does not open as it should: their start, and their end."""
    place = 1 if text.startswith("\ufeff") else 0
    for _ in range(_LINES_ABOVE):
        while remark := _REMARK.match(text, place):
            place = remark.end()
        closing = closing_of(text, place)
        if closing:
            return place, closing.end()
        line = LINE_END.search(text, place)
        if not line:
            return None
        place = line.end()
    return None


def unclosed(source: Source, opening: re.Match[str], end: int) -> Flaw:
    """Say where the block of fields should have ended, as far as ``end`` shows."""
    # What follows it tells whether a line is meant so, even past the end.
    almost = _ALMOST.search(source.text, opening.end())
    if almost and almost.start() >= end:
        almost = None
    heading = _HEADING.search(source.text, opening.end(), end)
    start = opening.start() + opening[0].index("-")
    problem = Problem(location=source.at(start, start + 3))
    if almost and not (heading and heading.start() < almost.start()):
        problem = _almost(source, almost)
    elif heading:
        where = source.at(*heading.span())
        parameters = {"line": where.begin.line}
        problem = Problem(location=problem.location, variant="heading", parameters=parameters, related=(where,))
    return Flaw(rule=_RULE, problem=problem)


def _almost(source: Source, almost: re.Match[str]) -> Problem:
    if almost[2]:
        return Problem(location=source.at(almost.start(2), almost.end(2)), variant="words")
    words = almost[1].rstrip()
    where = source.at(almost.start(1), almost.start(1) + len(words))
    fix = Fix(title=f"{words} → ---", edits=(Edit(location=where, replacement="---"),))
    return Problem(location=where, variant="almost", fix=fix)


def explained(source: Source, opening: re.Match[str], flaw: Flaw) -> Flaw:
    """Blame YAML that cannot be read on the end of the block, where a text begins before it."""
    place = flaw.problem.location
    if flaw.rule != "schema/invalid-yaml":
        return flaw
    line = LINE_END.search(source.text, place.end)
    found = unclosed(source, opening, line.start() if line else place.end)
    return found if found.problem.variant else flaw


def too_early(source: Source, closing: re.Match[str]) -> tuple[Flaw, int] | None:
    """Find a closing line among the fields: the flaw, and where the fields really end."""
    line = LINE_END.match(source.text, closing.end())
    second = closing_of(source.text, line.end()) if line else None
    if line is None or second is None:
        return None
    where = source.at(closing.start(), closing.start() + 3)
    whole = source.at(closing.start(), line.end())
    fix = Fix(title="--- → “”", edits=(Edit(location=whole, replacement=""),))
    related = (source.at(second.start(), second.start() + 3),)
    parameters = {"line": related[0].begin.line}
    problem = Problem(location=where, variant="early", parameters=parameters, related=related, fix=fix)
    return Flaw(rule=_RULE, problem=problem), second.end()


def what_is_there(source: Source) -> tuple[Location, str, Fix | None]:
    """Tell why a file does not begin with fields: the place, what is wrong, and how to mend it."""
    text = source.text
    first = source.at(0, len(source.line(1)))
    if OPENING.match(text):
        return first, "empty", None
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    found = misplaced(text)
    dashes = _DASHES.match(text, start)
    if dashes is None:
        if found is None:
            return first, "", None
        if found[0] <= start:
            fix = Fix(title="“” → ---", edits=(Edit(location=source.at(found[0]), replacement="---\n"),), safe=True)
            return source.at(start, start + len(source.line(source.position(start).line))), "no-opening", fix
        return first, "late", None
    where = source.at(start, start + len(dashes[0].rstrip()))
    if where.text != "---":
        fix = Fix(title=f"{where.text} → ---", edits=(Edit(location=where, replacement="---"),), safe=found is not None)
        return where, "dashes", fix
    fix = Fix(title="“…---” → “---”", edits=(Edit(location=source.at(0, start), replacement=""),), safe=True)
    return where, "late", fix
