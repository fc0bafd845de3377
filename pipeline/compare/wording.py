"""Whether a text with other characters says something else.

The words decide. Capitals, punctuation, spaces, hyphens and accents do not count, nor does a slip
of the pen that was mended. Another number, another word, or a word more or less does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.compare.changes import Weight
from pipeline.compare.steps import matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NORMS: Final = frozenset(
    {
        *("moet", "moeten", "moest", "moesten", "mag", "mogen", "mocht", "mochten", "kan", "kun", "kunt", "kunnen"),
        *("kon", "konden", "hoef", "hoeft", "hoeven", "hoefde", "dient", "dienen", "diende", "zal", "zult", "zullen"),
        *("zou", "zouden", "verplicht", "verplichte", "verboden", "toegestaan", "vereist", "niet", "geen", "een"),
        *("nooit", "altijd", "alle", "alles", "alleen", "allen", "enkel", "slechts", "tenzij", "behalve", "mits"),
        *("indien", "wel", "minstens", "minimaal", "hoogstens", "maximaal", "uiterlijk", "must", "shall", "should"),
        *("may", "might", "can", "cannot", "not", "never", "always", "only", "unless", "required", "forbidden"),
    }
)
"""Words of duty, permission and denial: one letter may turn one into another."""

SHORTEST: Final = 5
"""Least letters of a word in which one that differs can be a slip of the pen."""

LONGEST: Final = 2_000
"""Most words that are compared one by one; texts that are longer say something else once words differ."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_MARKS = re.compile("[\u0300-\u036f]")


def weigh(old: str, new: str, is_rare: Callable[[str], bool] = lambda _word: True) -> Weight:
    """Weigh the change of a text; ``is_rare`` tells a word that stands nowhere else, as slips do."""
    return Weight.EDITORIAL if says_the_same(old, new, is_rare) else Weight.MEANING


def says_the_same(old: str, new: str, is_rare: Callable[[str], bool] = lambda _word: True) -> bool:
    """Whether two texts have the same words, but for slips of the pen."""
    one, other = words(old), words(new)
    if one == other:
        return _NUMBER.findall(old) == _NUMBER.findall(new)
    if _NUMBER.findall(old) != _NUMBER.findall(new):
        return False
    if "".join(one) == "".join(other):
        return True
    if max(len(one), len(other)) > LONGEST:
        return False
    ordered = matcher(one, other)
    steps = ordered.get_opcodes() if ordered else [("replace", 0, len(one), 0, len(other))]
    return all(_is_slip(one[a:b], other[c:d], is_rare) for step, a, b, c, d in steps if step != "equal")


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Give the words of a text in small letters and without accents."""
    text = text.casefold()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return tuple(_WORD.findall(text))


def _is_slip(old: Sequence[str], new: Sequence[str], is_rare: Callable[[str], bool]) -> bool:
    """Whether words are the same when spaces do not count, or when one letter does not."""
    if "".join(old) == "".join(new):
        return True
    return len(old) == len(new) and all(
        one == other or (_nearly(one, other) and (is_rare(one) or is_rare(other)))
        for one, other in zip(old, new, strict=True)
    )


def _nearly(one: str, other: str) -> bool:
    """Whether one letter was added, left out, taken for another, or two changed places; not the first."""
    if min(len(one), len(other)) < SHORTEST or one[0] != other[0] or not (one + other).isalpha():
        return False
    if one in NORMS or other in NORMS or abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(map(len, (one, other)))
    )
    rest, others = one[at:], other[at:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or swapped
