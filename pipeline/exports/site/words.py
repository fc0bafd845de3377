"""Dutch words for dates, numbers and truth values, and the order people expect."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")
_DIGITS = re.compile(r"(\d+)")


def dutch_date(text: str) -> str:
    """Write ``2026-08-02`` as "2 augustus 2026" and ``2026-08`` as "augustus 2026"; leave the rest."""
    match = _DATE.fullmatch(text)
    if not match:
        return text
    month = f"{_MONTHS[int(match[2]) - 1]} {match[1]}"
    return f"{int(match[3])} {month}" if match[3] else month


def is_date(text: object) -> bool:
    """Whether this is a whole date, as HTML's ``time`` wants it."""
    return isinstance(text, str) and (match := _DATE.fullmatch(text)) is not None and match[3] is not None


def dutch(value: object) -> str:
    """Write a plain value of a field: truth values and numbers as words and Dutch figures."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return dutch_date(value) if isinstance(value, str) else str(value)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Give a sort key by which ``aia-9`` comes before ``aia-10``, without regard to case."""
    parts = enumerate(_DIGITS.split(text.casefold()))
    return tuple(
        (0, len(digits := part.lstrip("0")), digits) if odd % 2 else (1, 0, part) for odd, part in parts if part
    )


def capitalised(text: str) -> str:
    """Start with a capital."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Start with a small letter, unless the first word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
