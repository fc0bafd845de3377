"""The sentences of Dutch running text, and their words.

A stop ends a sentence where a space and something other than a small letter follow, unless it
belongs to an abbreviation, an initial or a number in front of a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.documents.passages import NEUTRAL
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    import re

# Nothing ends here: what an abbreviation such as "art." belongs to is still to come. Those of
# single letters, such as "d.w.z.", are known by their form.
_OPEN: Final = frozenset(
    {
        *("aant", "afb", "afd", "alg", "art", "artt", "bijl", "bijv", "blz", "bv", "ca", "cf", "cfm", "conf"),
        *("dhr", "dr", "drs", "fig", "gem", "hfst", "ing", "ir", "jr", "max", "mevr", "min", "mln", "mld"),
        *("mr", "mw", "nl", "no", "nr", "nrs", "ong", "p", "par", "pag", "plm", "pp", "prof", "pt", "red", "resp"),
        *("sr", "st", "tab", "tel", "vb", "verg", "vgl", "vlg", "vnl", "vs", "zgn", "zog"),
    }
)
# These often stand last.
_CLOSING: Final = frozenset({"enz", "etc", "jl", "e.d", "e.a", "e.v", "a.i", "c.s", "o.i.d", "n.v.t", "a.u.b", "s.v.p"})

ENDS: Final = (".", "!", "?", "…", "\n")
"""Without one of these, nothing ends."""

_END = lazy_pattern(r"[.!?…]++[\"'”’»)\]]*+(?=\s|\Z)|\n")
_LETTERS = lazy_pattern(r"[^\W\d_](?:\.[^\W\d_])++")
_NUMBER = lazy_pattern(r"[\W_]*+(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})\.")
_APOSTROPHES: Final = "'’‘`"
_STARTS_SMALL = lazy_pattern(r"['’‘`][stnk]\s+[A-Z]")
_WORD = lazy_pattern(rf"[\w{NEUTRAL}]\S*+")


class Sentence(NamedTuple):
    """A sentence in a text, from ``start`` up to ``end``, with its number of words."""

    start: int
    end: int
    words: int


def count_words(text: str) -> int:
    """Count what stands between spaces and has a letter or a digit."""
    return len(_WORD.findall(text))


def sentences(text: str, names: re.Pattern[str] | None = None) -> list[Sentence]:
    """Split a text; each of the ``names`` found in it counts as one word."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if end < len(text) and not _ends(text, start, match):
            continue
        _add(found, text, start, end, names)
        start = end
    _add(found, text, start, len(text), names)
    return found


def ends_in_abbreviation(text: str) -> bool:
    """Whether the last stop of a text belongs to an abbreviation."""
    word = _last_word(text, 0, len(text.rstrip(".")))
    return text.endswith(".") and (word in _OPEN or word in _CLOSING or bool(_LETTERS.fullmatch(word)))


def _add(found: list[Sentence], text: str, start: int, end: int, names: re.Pattern[str] | None) -> None:
    start = _next(text, start)
    words = len(_WORD.findall(text, start, end))
    if not words:
        return
    while text[end - 1].isspace():
        end -= 1
    if names:
        words -= sum(count_words(match[0]) - 1 for match in names.finditer(text, start, end))
    found.append(Sentence(start, end, words))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence that began at ``start`` ends at this mark, with more text behind it."""
    mark = match[0]
    if mark == "\n":
        return True
    if _goes_on(text, _next(text, match.end())):
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    word = _last_word(text, start, match.start())
    if word in _OPEN or (word not in _CLOSING and _LETTERS.fullmatch(word)):
        return False
    is_initial = len(word) == 1 and text[match.start() - 1].isupper()
    return not is_initial and not _NUMBER.fullmatch(text, start, match.start() + 1)


def _goes_on(text: str, at: int) -> bool:
    """Whether what stands here cannot begin a sentence: a small letter, but for "'s Avonds"."""
    first, second = text[at : at + 1], text[at + 1 : at + 2]
    return first.islower() or (first in _APOSTROPHES and second.islower() and not _STARTS_SMALL.match(text, at))


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _last_word(text: str, start: int, end: int) -> str:
    at = end
    while at > start and (text[at - 1].isalnum() or text[at - 1] == "."):
        at -= 1
    return text[at:end].lower()
