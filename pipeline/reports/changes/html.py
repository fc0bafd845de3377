"""Changes as one page of HTML that needs nothing else: no script, no other file, no network.

Everything is escaped by the template. The page allows itself one style sheet, by its digest, and
nothing else (Content Security Policy 3).
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.compare.steps import matcher
from pipeline.reports.changes import words
from pipeline.reports.changes.entries import by_weight, told
from pipeline.reports.changes.told import covered, gone, related
from pipeline.text import visible

if TYPE_CHECKING:
    from typing import TextIO

    from pipeline.errors import Text
    from pipeline.reports.changes.comparison import Comparison
    from pipeline.reports.changes.told import Part

MOST: Final = 20
"""Most places that are named for a name that is gone."""

LONGEST: Final = 400
"""Most words of a text in which single words are marked."""

ALIKE: Final = 0.4
"""Least likeness of two texts in which single words are marked; others are told whole."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """Words of a text, and whether the other text lacks them."""

    text: str
    marked: bool


class Pair(NamedTuple):
    """A value and what it became; none where it came or went."""

    old: tuple[Piece, ...] | None
    new: tuple[Piece, ...] | None


def write(comparison: Comparison, stream: TextIO, *, width: int = 0, colour: bool = False) -> None:  # noqa: ARG001 - for people at a terminal
    """Write the page."""
    stream.write(page(comparison))


def page(comparison: Comparison) -> str:
    """Make the page."""
    language = comparison.language

    def say(text: Text) -> str:
        return text.in_language(language)

    style = _read("changes.css")
    old, new = words.between(comparison)
    values = {
        "language": language,
        "policy": f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'",
        "style": Markup(style),  # noqa: S704 - our own file
        "say": say,
        "words": words,
        "title": say(words.TITLE),
        "old": old,
        "new": new,
        "summary": words.summary(comparison),
        "weights": [(weight, entries) for weight, entries in by_weight(told(comparison))],
        "related": related(comparison),
        "gone": gone(comparison),
        "covered": covered(comparison),
        "pairs": pairs,
        "most": MOST,
        "rest": lambda places: words.rest(places[:MOST], len(places), language),
    }
    return _environment().get_template("changes.html").render(values)


def pairs(part: Part) -> list[Pair]:
    """Set what a part was beside what it is, with the words marked that differ."""
    if part.note:
        return []
    if len(part.old) == len(part.new) == 1:
        return [marked(part.old[0], part.new[0])]
    return [
        *(Pair((Piece(each, marked=False),), None) for each in part.old),
        *(Pair(None, (Piece(each, marked=False),)) for each in part.new),
    ]


def marked(old: str, new: str) -> Pair:
    """Mark the words that differ, in texts that are much alike."""
    one, other = _WORD.findall(old), _WORD.findall(new)
    if max(len(one), len(other)) <= LONGEST:
        ordered = matcher(one, other)
        if ordered and ordered.ratio() >= ALIKE:
            steps = ordered.get_opcodes()
            before = tuple(Piece("".join(one[a:b]), step != "equal") for step, a, b, _, _ in steps if b > a)
            after = tuple(Piece("".join(other[c:d]), step != "equal") for step, _, _, c, d in steps if d > c)
            return Pair(before, after)
    return Pair((Piece(old, marked=False),), (Piece(new, marked=False),))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        # What steers a reader's eye is shown as an escape, as in every other report.
        finalize=lambda value: visible(value) if type(value) is str else value,
    )


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
