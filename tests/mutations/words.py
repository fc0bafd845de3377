"""Typing errors, and whether one can still be told what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    Typo = Callable[[str, Random], str]

_NEIGHBOURS: Final = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "n": "m",
    "r": "t",
    "t": "y",
    "s": "a",
    "l": "k",
    "d": "f",
}


def _letters(word: str, test: Callable[[int], object] = lambda _: True) -> list[int]:
    return [place for place in range(1, len(word) - 1) if word[place].isalpha() and test(place)]


def _missing(word: str, random: Random) -> str:
    place = random.choice(_letters(word, lambda at: word[at] != word[at - 1]) or [len(word) - 1])
    return word[:place] + word[place + 1 :]


def _swapped(word: str, random: Random) -> str:
    places = _letters(word, lambda at: word[at + 1].isalpha() and word[at] != word[at + 1])
    if not places:
        return word
    place = random.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _doubled(word: str, random: Random) -> str:
    place = random.choice(_letters(word) or [0])
    return word[:place] + word[place] + word[place:]


def _wrong(word: str, random: Random) -> str:
    places = _letters(word, lambda at: word[at] in _NEIGHBOURS)
    if not places:
        return word
    place = random.choice(places)
    return word[:place] + _NEIGHBOURS[word[place]] + word[place + 1 :]


TYPOS: Final[dict[str, Typo]] = {
    "a letter missing": _missing,
    "two letters swapped": _swapped,
    "a letter doubled": _doubled,
    "a wrong letter": _wrong,
}
"""Typing errors by name."""


def is_meant(written: str, meant: str, known: Iterable[str]) -> bool:
    """Whether ``meant`` is nearer than all other known words, so that one could guess it."""
    if written == meant or written in known:
        return False
    far = OSA.normalized_distance(written.lower(), meant.lower())
    return far < 0.3 and all(
        OSA.normalized_distance(written.lower(), each.lower()) > far for each in known if each != meant
    )
