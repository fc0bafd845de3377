"""What someone may have meant: the nearest words to one that is not known."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEAR: Final = 0.7
"""Least similarity: 1 less the edit distance (with swaps) over the longer length."""

LONG: Final = 8
"""Least length of words that one name may have and the other only begin with."""

_NUMBERS = re.compile(r"^(?:[0-9]+-)?(?:[a-z]{2,4}-[0-9]{1,3}-)?")


def nearest(word: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Give at most ``most`` known words near ``word``, the nearest first."""
    from rapidfuzz import process, utils  # noqa: PLC0415 - only when something is wrong
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extract(
        word,
        sorted(set(known)),
        scorer=OSA.normalized_similarity,
        processor=utils.default_process,
        score_cutoff=NEAR,
        limit=most,
    )
    return tuple(name for name, _score, _index in found)


def nearest_entry(key: str, names: Mapping[str, str], *, most: int = 3) -> tuple[str, ...]:
    """Give the names of entries that ``key`` may have meant.

    ``names`` maps a name to the entry's title. A name whose words are the same once
    numbers are stripped comes first, then a name that was made longer or shorter, then
    names near by edit distance, then titles.
    """
    words = slug(strip_numbers(key))
    same = [name for name in sorted(names) if words and slug(strip_numbers(name)) == words]
    if not same and words:
        same = [name for name in sorted(names) if slug(names[name]) == words]
    if not same and len(words) >= LONG:
        same = [name for name in sorted(names) if _begins_alike(words, slug(strip_numbers(name)))]
    found = dict.fromkeys(same)
    found.update(dict.fromkeys(nearest(key, names, most=most)))
    if len(found) < most and words:
        stripped = {slug(strip_numbers(name)): name for name in sorted(names, reverse=True)}
        found.update(dict.fromkeys(stripped[word] for word in nearest(words, filter(None, stripped), most=most)))
    if not found and words:
        titles = {slug(title): name for name, title in sorted(names.items(), reverse=True)}
        found.update(dict.fromkeys(titles[word] for word in nearest(words, filter(None, titles), most=most)))
    return tuple(found)[:most]


def _begins_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= LONG and longer.startswith(f"{shorter}-")


def strip_numbers(name: str) -> str:
    """``"2-owp-07-afwegen-grondrechten"`` gives ``afwegen-grondrechten``."""
    return _NUMBERS.sub("", name.lower())


def slug(text: str) -> str:
    """Lower case, without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
