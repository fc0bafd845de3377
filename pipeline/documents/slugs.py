"""Heading anchors as two site builders make them.

Sources: GitHub's html-pipeline (``TableOfContentsFilter``) and Python-Markdown's ``toc``
extension (``slugify`` and ``unique``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_WORD = re.compile(r"[^\w\- ]")
# Python reads no number of more than 4300 digits.
_NUMBERED = re.compile(r"^(.*)_([0-9]{1,4000})$")


def github_slug(text: str) -> str:
    """``"Wat is één AI-systeem?"`` gives ``wat-is-één-ai-systeem``."""
    return _NO_WORD.sub(_accent, text.strip().lower()).replace(" ", "-")


def _accent(match: re.Match[str]) -> str:
    # Ruby's \p{Word} takes in marks, such as the accent of a letter in two characters.
    return match[0] if unicodedata.category(match[0]).startswith("M") else ""


def python_markdown_slug(text: str) -> str:
    """``"Wat is één AI-systeem?"`` gives ``wat-is-een-ai-systeem``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)


class GithubSlugs:
    """Distinct anchors for one page: the second ``x`` becomes ``x-1``."""

    def __init__(self) -> None:
        """Start with no anchors taken."""
        self._seen: Counter[str] = Counter()

    def __call__(self, text: str) -> str:
        """Give the anchor of the next heading."""
        slug = github_slug(text)
        count = self._seen[slug]
        self._seen[slug] += 1
        return f"{slug}-{count}" if count else slug


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
