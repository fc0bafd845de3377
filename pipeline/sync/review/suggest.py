"""Safe fixes as suggestions on a pull request: only where GitHub takes them, and each just once."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import Text
from pipeline.findings import State
from pipeline.reports.markdown import fenced, visible_line
from pipeline.reports.review.comment import LIMIT
from pipeline.reports.review.fit import size
from pipeline.reports.review.lines import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pipeline.reports.review.values import LineFix, Review, Told
    from pipeline.reports.review.words import Words
    from pipeline.sync.review.checker import ChangedFile

MOST: Final = 20
"""Most suggestions in a review: whoever gets more than these is helped by `kader check --fix`."""

MARKER: Final = "<!-- kader:suggestion {key} -->"
_MARKER: Final = re.compile("<!-- kader:suggestion ([0-9a-f]{16}) -->")
_HUNK: Final = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")

_TOP: Final = Text(
    nl="Dit kun je met één klik overnemen: kies “Commit suggestion”. Wil je alles in één keer? "
    "Gebruik dan op je eigen computer {command}.",
    en="Take these over with one click: choose “Commit suggestion”. "
    "For all at once, run {command} on your own computer.",
)


class Suggestion(NamedTuple):
    """A comment on lines of a file with other lines for them; ``key`` tells it from others."""

    key: str
    path: str
    first: int
    last: int
    body: str


def suggestions(
    review: Review, files: Iterable[ChangedFile], words: Words, *, root: str, watched: Callable[[str], bool]
) -> tuple[Suggestion, ...]:
    """Give the suggestions for new findings, in order; on lines that the pull request added.

    ``watched`` tells which files hold the framework's text: nothing is ever suggested for others.
    """
    added = {file.path: added_lines(file.patch) for file in files}
    found: dict[str, Suggestion] = {}
    taken: set[tuple[str, int]] = set()
    for told in review.of_state(State.NEW):
        fix = told.fix
        if fix is None or not watched(fix.path) or not _fits(fix, added.get(root + fix.path, ())):
            continue
        lines = {(fix.path, line) for line in range(fix.first, fix.last + 1)}
        made = _suggestion(told, fix, words, root)
        if made is not None and not lines & taken:
            taken |= lines
            found.setdefault(made.key, made)
    return tuple(found.values())


def heading(words: Words) -> str:
    """Write the text above the suggestions of one review."""
    return words.say(_TOP, command="`kader check --fix`") + "\n"


def posted_keys(bodies: Iterable[str]) -> frozenset[str]:
    """Give the keys of suggestions in comments of our own."""
    return frozenset(match[1] for body in bodies if (match := _MARKER.match(body)))


def added_lines(patch: str) -> Collection[int]:
    """Give the lines of the new file that a patch adds, as GitHub shows it."""
    return frozenset(_added(patch))


def _added(patch: str) -> Iterator[int]:
    number = 0
    for line in patch.split("\n"):
        hunk = _HUNK.match(line)
        if hunk:
            number = int(hunk[1])
        elif line[:1] == "+":
            yield number
            number += 1
        elif line[:1] == " ":
            number += 1


def _fits(fix: LineFix, added: Collection[int]) -> bool:
    """Whether each line is there to comment on, one after the other, and the new ones hide nothing."""
    span = fix.last - fix.first + 1
    if not 0 < span <= MOST_LINES or not all(line in added for line in range(fix.first, fix.last + 1)):
        return False
    return all(visible_line(line) == line for line in fix.lines)


def _suggestion(told: Told, fix: LineFix, words: Words, root: str) -> Suggestion | None:
    sentences = words.of(told)
    if sentences is None:
        return None
    name = json.dumps([fix.path, told.rule, told.fingerprint, fix.lines])
    key = hashlib.sha256(name.encode()).hexdigest()[:16]
    text = "\n".join(fix.lines) + "\n" if fix.lines else ""
    body = f"{MARKER.format(key=key)}\n{sentences.message}\n\n{_block(text)}"
    return Suggestion(key, root + fix.path, fix.first, fix.last, body) if size(body) <= LIMIT else None


def _block(text: str) -> str:
    # No lines at all: GitHub then takes the old ones away.
    return fenced(text, "suggestion") if text else "```suggestion\n```\n"
