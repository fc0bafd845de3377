"""Heading anchors as two site builders make them.

Sources: what GitHub answers, as the tests of github-slugger record it, and Python-Markdown's
``toc`` extension (``slugify`` and ``unique``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_WORD = lazy_pattern(r"[^\w\- ]")
# Letters in a circle or a square, which Unicode counts as letters and Python does not.
_ENCLOSED = lazy_pattern("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")
# Python reads no number of more than 4300 digits.
_NUMBERED = lazy_pattern(r"^(.*)_([0-9]{1,4000})$")


def github_slug(text: str) -> str:
    """``"Wat is één AI-systeem?"`` gives ``wat-is-één-ai-systeem``."""
    lowered = text.strip().lower()
    if not lowered.isascii():
        return "".join(filter(_stays, lowered)).replace(" ", "-")
    return _NO_WORD.sub("", lowered).replace(" ", "-")


def _stays(char: str) -> bool:
    """Whether GitHub keeps a character: letters, marks, decimal digits, connectors, hyphen and space."""
    category = unicodedata.category(char)
    return (
        char in "- "
        or category in {"Nd", "Nl", "Pc"}
        or category[0] in "LM"
        or (category == "So" and _ENCLOSED.match(char) is not None)
    )


def python_markdown_slug(text: str) -> str:
    """``"Wat is één AI-systeem?"`` gives ``wat-is-een-ai-systeem``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)


class GithubSlugs:
    """Distinct anchors for one page: the second ``x`` becomes ``x-1``, or the next that is free."""

    def __init__(self) -> None:
        """Start with no anchors taken."""
        self._counts: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        """Give the anchor of the next heading."""
        slug = given = github_slug(text)
        while given in self._counts:
            self._counts[slug] += 1
            given = f"{slug}-{self._counts[slug]}"
        self._counts[given] = 0
        return given


class PythonMarkdownSlugs:
    """Distinct anchors for one page: the second ``x`` becomes ``x_1``."""

    def __init__(self) -> None:
        """Start with no anchors taken."""
        self._after: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Give the anchor of the next heading."""
        slug = python_markdown_slug(text)
        tried: list[str] = []
        while slug in self._after or not slug:
            tried.append(slug)
            slug = self._after.get(slug) or _next(slug)
        # What was tried leads straight to the last one: many headings alike take no time.
        self._after.update(dict.fromkeys(tried, slug))
        self._after[slug] = ""
        return slug


def _next(slug: str) -> str:
    match = _NUMBERED.match(slug)
    return f"{match[1]}_{int(match[2]) + 1}" if match else f"{slug}_1"


SLUGGERS: dict[str, Callable[[], Callable[[str], str]]] = {
    "github": GithubSlugs,
    "python-markdown": PythonMarkdownSlugs,
}
