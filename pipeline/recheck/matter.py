"""Whether what is said of other pages would be said with other words after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pipeline.errors import Text
from pipeline.recheck.cards import INDEXES
from pipeline.rules.nearest import Newcomer
from pipeline.text import lazy_pattern, stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.findings import Finding, Problem
    from pipeline.recheck.change import Change
    from pipeline.recheck.register import Register

SUGGESTIONS: Final = "suggestions"

_SEPARATORS: Final = tuple(map(lazy_pattern, (r"[/\\]", r"[\n\"']+", ":", r"[^\w.-]+")))
_ENDING: Final = lazy_pattern(r"\.\w+$")


class Said:
    """What may have been said of a file elsewhere: by its names and titles, where those are not what they were."""

    def __init__(self, words: Iterable[str], pages: Iterable[str] = ()) -> None:
        """Keep the words that came or went, and the names of pages with other headings."""
        self._words = {word: Newcomer(word) for word in words if word}
        self._named = {*self._words, *pages}

    @classmethod
    def of(cls, change: Change, register: Register) -> Said:
        """Tell what came or went with a change; where others have the same name, their titles may have as well."""
        words = {*change.titles, *(change.names if change.renames else ())}
        if change.renames:
            words.update(card.title for _, card in register.going_by(change.names))
        # An address that is suggested has the heading that was written, if the page has it.
        stem, folder = stem_of(change.path), change.path.rpartition("/")[0].rpartition("/")[2]
        pages = {stem, *change.codes, *((folder or ".",) if stem.lower() in INDEXES else ())}
        return cls(words, pages if change.has_other_headings else ())

    def otherwise(self, finding: Finding) -> bool:
        """Whether a finding in another page names this one, or may have meant it."""
        if not self._named:
            return False
        problem = finding.problem
        written = "\n".join((*_words(problem), *_replacements(problem)))
        told = f"{written}\n{unquote(written)}"
        if any(word in told for word in self._named):
            return True
        if not self._words:
            return False
        suggestions = problem.parameters.get(SUGGESTIONS)
        if not isinstance(suggestions, tuple):
            return False
        if finding.rule.startswith("links/"):
            suggestions = ()  # they are files, of which several may have one name
        sought = names_of_texts([problem.location.text, *_words(problem, without=SUGGESTIONS)])
        return any(each.matters(key, suggestions) for key in sought for each in self._words.values())


def names_of_texts(texts: Iterable[str]) -> set[str]:
    """Give all that may be a name in texts, as a whole and without an ending."""
    return {part for text in texts for each in {text, unquote(text)} for part in _parts_of(each)}


def _parts_of(text: str) -> Iterator[str]:
    for part in (text, *(step for separator in _SEPARATORS for step in separator.split(text))):
        yield part
        if "." in part:
            yield _ENDING.sub("", part)


def _words(problem: Problem, without: str = "") -> Iterator[str]:
    for name, value in problem.parameters.items():
        if name == without:
            continue
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Text):
                yield from (each.nl, each.en)
            elif isinstance(each, str):
                yield each


def _replacements(problem: Problem) -> Iterator[str]:
    if problem.fix:
        yield problem.fix.title
        yield from (edit.replacement for edit in problem.fix.edits)
