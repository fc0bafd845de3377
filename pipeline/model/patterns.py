"""Regular expressions of JSON Schema (ECMA-262), read by Python."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text import lazy_pattern

_ECMA = lazy_pattern(r"\\.|\(\?<(?![=!])|[\[\]$]", re.DOTALL)
_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_OUTSIDE = {
    "$": r"\Z",
    "(?<": "(?P<",
    r"\d": "[0-9]",
    r"\D": "[^0-9]",
    r"\w": "[A-Za-z0-9_]",
    r"\W": "[^A-Za-z0-9_]",
    r"\s": f"[{_SPACE}]",
    r"\S": f"[^{_SPACE}]",
    r"\b": r"(?a:\b)",
    r"\B": r"(?a:\B)",
}
_INSIDE = {"[": r"\[", r"\d": "0-9", r"\w": "A-Za-z0-9_", r"\s": _SPACE}


def ecma(pattern: str) -> str:
    r"""Write a pattern of JSON Schema (ECMA-262) as one of Python.

    Named groups are written differently, ``$`` stops before a last line end in Python, and
    its ``\d``, ``\w`` and ``\s`` take in all of Unicode.
    """
    parts: list[str] = []
    last, inside = 0, False
    for match in _ECMA.finditer(pattern):
        sign = match[0]
        parts += pattern[last : match.start()], (_INSIDE if inside else _OUTSIDE).get(sign, sign)
        last = match.end()
        inside = sign == "[" or (inside and sign != "]")
    return "".join(parts) + pattern[last:]


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Give a schema's pattern as Python's."""
    return re.compile(ecma(pattern))
