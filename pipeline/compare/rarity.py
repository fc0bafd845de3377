"""Which words stand nowhere but at one place: what was mistyped is such a word, as a rule."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.compare.wording import words

if TYPE_CHECKING:
    from pipeline.model.framework import Framework


class Rarity:
    """The words of two revisions; they are counted when first asked for."""

    def __init__(self, before: Framework, after: Framework) -> None:
        """Keep the revisions."""
        self._before, self._after = before, after

    def __call__(self, word: str) -> bool:
        """Whether a word stands in one file of one revision at most."""
        one, other = self._counts
        return one[word] + other[word] <= 1

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        return _counted(self._before), _counted(self._after)


def _counted(framework: Framework) -> Counter[str]:
    """Count the files that each word stands in."""
    found: Counter[str] = Counter()
    for document in framework.documents:
        found.update(set(words(document.source.text)))
    return found
