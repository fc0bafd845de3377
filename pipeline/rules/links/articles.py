"""Which article of law a text or an address names."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from pipeline.text import lazy_pattern

# "artikel 14", "art. 5:12, tweede lid", "artikel 6a": at most three digits in a row, for more
# is the number of a news item.
_NUMBER: Final = r"([0-9]{1,3}[a-z]{0,2}(?:[:.][0-9]{1,3}[a-z]{0,2})*)(?![0-9a-z])"
_IN_TEXT = lazy_pattern(rf"(?<![\w-])(?:artikel|art\.|art|article)\s*{_NUMBER}", re.IGNORECASE)
_SEVERAL = lazy_pattern(
    r"(?<![\w-])(?:artikelen|artt\.|articles)"
    r"|(?<![\w-])(?:artikel|art\.|art|article)\s*[0-9][0-9a-z:.]*\s*(?:,|en|of|tot|t/m|e\.v\.|-|–|/|&|and|or|to)\s*(?:met\s*)?[0-9]",
    re.IGNORECASE,
)
# "#art_26", "&artikel=26", "#Artikel26", "#Hoofdstuk3_Artikel3:2", "#artikel-26-…".
_IN_ADDRESS = lazy_pattern(rf"(?<![a-z])(?:artikel|article|art)[_=-]?{_NUMBER}", re.IGNORECASE)

ARTICLE: Final = "artikel "
LAST: Final = 10_000
"""The rank of what stands behind all articles."""

_PARTS = lazy_pattern(r"(?<![\w-])(artikel|overweging|bijlage)(?:en)?\b", re.IGNORECASE)


def article_in_text(text: str) -> str:
    """Give the number of the one article that a text names; empty for none or several."""
    if _SEVERAL.search(text):
        return ""
    return _only(_IN_TEXT.findall(text))


def article_in_address(address: str) -> str:
    """Give the number of the one article that the end of an address names."""
    place = address.partition("#")[2] or address.rpartition("/")[2]
    return _only(_IN_ADDRESS.findall(unquote(place)))


def part_in_text(text: str) -> str:
    """Give the part of a law that a text names: ``artikel 5``, ``een overweging``, or nothing."""
    sorts: set[str] = {match.lower() for match in _PARTS.findall(text)}
    if len(sorts) != 1:
        return ""
    sort = sorts.pop()
    if sort != "artikel":
        return f"een {sort}"
    number = re.split("[.:]", article_in_text(text))[0]
    return f"artikel {number}" if number else ""


def rank_of(part: str) -> int:
    """Give the place of a part in its law: recitals before articles, annexes behind them."""
    if not part.startswith(ARTICLE):
        return 0 if part.endswith("overweging") else LAST
    return int(re.match("[0-9]+", part.removeprefix(ARTICLE))[0])  # type: ignore[index]


def same_article(one: str, other: str) -> bool:
    """Whether two numbers agree as far as both go: 14.2 or 1c may be a part of article 14 or 1."""
    shorter, longer = sorted((_plain(one), _plain(other)), key=len)
    return longer.startswith(shorter) and not longer[len(shorter) :][:1].isdigit()


def _plain(number: str) -> str:
    return number.lower().replace(":", ".")


def _only(numbers: list[str]) -> str:
    return numbers[0].lower() if len(set(map(_plain, numbers))) == 1 else ""
