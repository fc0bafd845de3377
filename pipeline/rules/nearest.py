"""What someone may have meant: the nearest words to one that is not known."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEAR: Final = 0.7
"""Least similarity: 1 less the edit distance (with swaps) over the longer length."""

NEARER: Final = 0.85
"""Similarity from which a typing error is likelier than a name that was made longer."""

LONG: Final = 8
"""Least length of words that one name may have and the other only begin with."""

MOST: Final = 3
"""Most suggestions for one word."""

_WORD = lazy_pattern(r"[a-z0-9]+")
_NUMBERS = lazy_pattern(r"^(?:[0-9]+-)?(?:[a-z]{2,4}-[0-9]{1,3}-)?")


def nearest(word: str, known: Iterable[str], *, most: int = MOST) -> tuple[str, ...]:
    """Give at most ``most`` known words near ``word``, the nearest first."""
    lowered = {name.lower(): name for name in sorted(known, reverse=True)}
    return tuple(lowered[name] for name in _near(word.lower(), list(lowered), most))


def nearest_entry(key: str, names: Mapping[str, str], *, most: int = MOST) -> tuple[str, ...]:
    """Give the names of entries that ``key`` may have meant; ``names`` maps a name to a title."""
    return Names(names).near(key, most=most)


class Names:
    """Names of entries, made ready for many questions.

    A name whose words are the same once numbers are stripped comes first, then names with a
    typing error, then one that was made longer or shorter, then others near by edit distance,
    then titles.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        """Keep the names with their titles."""
        self._titles_of = dict(sorted(names.items()))
        self._found: dict[tuple[str, int], tuple[str, ...]] = {}

    def near(self, key: str, *, most: int = MOST) -> tuple[str, ...]:
        """Give at most ``most`` names that ``key`` may have meant, the likeliest first."""
        # Whoever names what is not there often does so on many pages.
        if (key, most) not in self._found:
            self._found[key, most] = self._search(key, most)
        return self._found[key, most]

    def _search(self, key: str, most: int) -> tuple[str, ...]:
        words = slug(strip_numbers(key))
        lowered = self._lowered
        near = [(lowered[name], score) for name, score in _scored(key.lower(), list(lowered))]
        found = dict.fromkeys(self._same(words))
        if not found:
            found.update(dict.fromkeys(name for name, score in near[:most] if score >= NEARER))
            found.update(dict.fromkeys(self._longer_or_shorter(words)))
        found.update(dict.fromkeys(name for name, _ in near[:most]))
        for table in (self._by_words, self._by_title):
            if words and len(found) < most and (not found or table is self._by_words):
                found.update(dict.fromkeys(table[name][0] for name in _near(words, list(table), most)))
        return tuple(found)[:most]

    def _same(self, words: str) -> list[str]:
        return (self._by_words.get(words) or self._by_title.get(words) or []) if words else []

    def _longer_or_shorter(self, words: str) -> list[str]:
        """Give the names that begin with these words, and those that these words begin with."""
        if len(words) < LONG:
            return []
        steps = words.split("-")
        shorter = ("-".join(steps[:count]) for count in range(1, len(steps)))
        start = bisect_left(self._sorted_words, f"{words}-")
        longer = takewhile(lambda other: other.startswith(f"{words}-"), islice(self._sorted_words, start, None))
        found = [other for other in (*shorter, *longer) if len(other) >= LONG and other in self._by_words]
        return [name for other in sorted(found, key=self._order.__getitem__) for name in self._by_words[other]]

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(self._by_words)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {words: number for number, words in enumerate(self._by_words)}

    @cached_property
    def _lowered(self) -> dict[str, str]:
        return {name.lower(): name for name in reversed(self._titles_of)}

    @cached_property
    def _by_words(self) -> dict[str, list[str]]:
        return _grouped((slug(strip_numbers(name)), name) for name in self._titles_of)

    @cached_property
    def _by_title(self) -> dict[str, list[str]]:
        return _grouped((slug(title), name) for name, title in self._titles_of.items())


def title_matters(keys: Iterable[str], title: str) -> bool:
    """Whether `Names.near` may give another answer for one of these if an entry had this title, or no longer had it."""
    return _is_near({slug(strip_numbers(key)) for key in keys}, slug(title))


class Newcomer:
    """A name or a title that came or went: whether `Names.near` gives another answer because of it."""

    def __init__(self, name: str) -> None:
        """Keep the name in all the forms in which it is compared."""
        self._name = name.lower()
        self._forms = {slug(name), slug(strip_numbers(name))} - {""}
        self._nearness: dict[str, tuple[bool, bool, float]] = {}

    def matters(self, key: str, suggestions: Iterable[str]) -> bool:
        """Whether it may for this key, which has these suggestions with or without it."""
        if key not in self._nearness:
            self._nearness[key] = self._compared(key)
        surely, perhaps, score = self._nearness[key]
        return surely or (perhaps and not self._is_outdone(key.lower(), score, suggestions))

    def _compared(self, key: str) -> tuple[bool, bool, float]:
        """Tell whether it goes before others, whether it is near, and how near it is by its letters."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - only when something is wrong

        words = slug(strip_numbers(key))
        score = OSA.normalized_similarity(key.lower(), self._name, score_cutoff=NEAR)
        surely = self._name.startswith(f"{key.lower()}-") or any(
            form == words or _begins_alike(form, words) for form in self._forms if words
        )
        perhaps = bool(score) or any(_is_near([words], form) for form in self._forms)
        return surely, perhaps, score

    def _is_outdone(self, key: str, score: float, suggestions: Iterable[str]) -> bool:
        """Whether so many are nearer that it is none of those that are given, and no other sort is looked for."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - only when something is wrong

        nearer = (OSA.normalized_similarity(key, each.lower(), score_cutoff=NEAR) > score for each in suggestions)
        return sum(nearer) >= MOST


def _is_near(words: Iterable[str], meant: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only when something is wrong

    return any(word and OSA.normalized_similarity(word, meant, score_cutoff=NEAR) for word in words)


def _near(word: str, known: list[str], most: int) -> list[str]:
    return [name for name, _score in _scored(word, known)[:most]]


def _scored(word: str, known: list[str]) -> list[tuple[str, float]]:
    """Give the words near to one, the nearest first, with their similarity."""
    from rapidfuzz import process  # noqa: PLC0415 - only when something is wrong
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extract(word, known, scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=None)
    # Of two that are equally near, the one with the same characters was sooner meant: a swap.
    same = sorted(word)
    best = sorted(found, key=lambda each: (-each[1], sorted(each[0]) != same, each[0]))
    return [(name, score) for name, score, _index in best]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, name in pairs:
        if key:
            groups.setdefault(key, []).append(name)
    return groups


def _begins_alike(one: str, other: str) -> bool:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return len(shorter) >= LONG and longer.startswith(f"{shorter}-")


def strip_numbers(name: str) -> str:
    """``"2-owp-07-afwegen-grondrechten"`` gives ``afwegen-grondrechten``."""
    return _NUMBERS.sub("", name.lower())


def slug(text: str) -> str:
    """Lower case, without accents, words joined by hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return "-".join(_WORD.findall(text.lower()))
