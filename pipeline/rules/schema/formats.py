"""What JSON Schema's ``format`` means here: dates, web addresses and e-mail addresses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DATE = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMAIL = lazy_pattern(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_NOT_IN_URI = lazy_pattern(r"[\x00-\x20\x7f-\xa0\s<>\"{}|\\^`]")

LONGEST_EMAIL: Final = 254
"""RFC 5321, section 4.5.3.1.3, less the angle brackets."""

# A published address is clicked on: one that runs a program is none.
_UNSAFE = frozenset({"javascript", "data", "vbscript", "file"})


def is_date(value: object) -> bool:
    """Whether a text is a date that exists, as ``2026-08-02``."""
    if not isinstance(value, str):
        return True
    if not _DATE.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_uri(value: object) -> bool:
    """Whether a text is an address with a scheme and, for the web, a host."""
    if not isinstance(value, str):
        return True
    if _NOT_IN_URI.search(value):
        return False
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return "." in (parts.hostname or "").strip(".")
    return bool(parts.scheme) and parts.scheme not in _UNSAFE and value != f"{parts.scheme}:"


def is_email(value: object) -> bool:
    """Whether a text looks like an e-mail address."""
    return not isinstance(value, str) or (len(value) <= LONGEST_EMAIL and bool(_EMAIL.fullmatch(value)))


FORMATS: Mapping[str, Callable[[object], bool]] = {"date": is_date, "uri": is_uri, "email": is_email}
