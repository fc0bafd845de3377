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

_NUMBERED = re.compile(r"^(.*)_([0-9]+)$")


def github_slug(text: str) -> str:
    """``"Wat is één AI-systeem?"`` gives ``wat-is-één-ai-systeem``."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


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
        self._taken: set[str] = set()

    def __call__(self, text: str) -> str:
        """Give the anchor of the next heading."""
        slug = python_markdown_slug(text)
        while slug in self._taken or not slug:
            match = _NUMBERED.match(slug)
            slug = f"{match[1]}_{int(match[2]) + 1}" if match else f"{slug}_1"
        self._taken.add(slug)
        return slug


SLUGGERS: dict[str, Callable[[], Callable[[str], str]]] = {
    "github": GithubSlugs,
    "python-markdown": PythonMarkdownSlugs,
}
