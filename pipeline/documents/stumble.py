"""Why YAML stumbled, in terms of what an editor typed.

libyaml tells where it gave up. That is often past the mistake, and its words ("did not find
expected key") say nothing to who made it. What stands around the place tells more.
"""

from __future__ import annotations

import bisect
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.text import lazy_pattern, line_starts

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from pipeline.documents.scalars import Closed

# All characters but those that YAML 1.1 takes (section 5.1).
_FORBIDDEN = lazy_pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_COLON_WITHOUT_SPACE = lazy_pattern(r"[ \t]*(?:- +)*\w[\w-]*(:)(?![ \t]|//|$)")
_COLON = lazy_pattern(r":(?:[ \t]|$)")
_FIELD = lazy_pattern(r"[ \t]*(?:- +)*[\w-]+:[ \t]+(?=([^\r\n]*))")
_NAME = lazy_pattern(r"[ \t]*(?:- +)*[\w-]+[ \t]*")

# What is wrong, by words that libyaml's message and PyYAML's own share.
_WORDS: Final = (
    ("while scanning an alias", "start"),
    ("while scanning an anchor", "start"),
    ("while scanning a tag", "start"),
    ("while parsing a tag", "start"),
    ("while scanning a block scalar", "start"),
    ("cannot start any token", "start"),
    ("mapping keys are not allowed", "start"),
    ("undefined tag handle", "start"),
    ("tab character that violates", "tab"),
    ("mapping values are not allowed", "colon"),
    ("unexpected end of stream", "quote"),
    ("unexpected document", "quote"),
    ("unknown escape character", "escape"),
    ("while parsing a flow", "bracket"),
    ("could not find expected ':'", "name"),
    ("sequence entries are not allowed", "dash"),
    ("did not find expected key", "key"),
    ("did not find expected '-' indicator", "key"),
    ("expected <block end>", "key"),
    ("document start", "key"),
)


Diagnosis = tuple[int, int, str]
"""Start and end offset, and the variant of ``schema/invalid-yaml``."""


def diagnose(text: str, first: int, last: int, error: yaml.YAMLError, closed: Closed | None) -> Diagnosis:
    """Say where and what the mistake in ``text[first:last]`` most likely is."""
    problem = getattr(error, "problem_mark", None)
    if problem is None:
        # A ReaderError: its position counts bytes.
        forbidden = _FORBIDDEN.search(text, first, last)
        at = forbidden.start() if forbidden else first
        return at, at + 1, "control"
    around = getattr(error, "context_mark", None) or problem
    place = min(first + problem.index, last)
    stumble = _Stumble(text, first, place, min(first + around.index, last), closed)
    if text[place : place + 1] == "\t":
        return place, place + 1, "tab"
    words = str(error)
    name = next((name for part, name in _WORDS if part in words), "")
    start, end, variant = _DIAGNOSES.get(name, _Stumble.unknown)(stumble)
    return start, max(start, min(end, last)), variant


def repaired(text: str, start: int, variant: str) -> tuple[int, int, str] | None:
    """Say what to write from where to where, for mistakes that most likely are mended so."""
    if variant == "no-space":
        after = text[start + 1 : start + 2]
        return start + 1, start + 1 + after.isspace(), " "
    if variant not in {"colon", "start"}:
        return None
    begin = text.rfind("\n", 0, start) + 1
    match = _FIELD.match(text, begin)
    if not match or match.end() > start or " #" in match[1]:
        return None
    value = match[1].rstrip()
    return match.start(1), match.start(1) + len(value), json.dumps(value, ensure_ascii=False)


class _Stumble(NamedTuple):
    """The place where reading stopped, and that where what was being read began."""

    text: str
    first: int
    place: int
    around: int
    closed: Closed | None

    def line(self, at: int) -> tuple[int, int]:
        """Give the start and end of the line that holds an offset."""
        return self.numbered(bisect.bisect_right(line_starts(self.text), at) - 1)

    def above(self, at: int) -> tuple[int, int]:
        """Give the start and end of the line with words above the one that holds an offset."""
        number = bisect.bisect_right(line_starts(self.text), at) - 1
        begin, end = self.numbered(number)
        while begin > self.first:
            number -= 1
            begin, end = self.numbered(number)
            if self.text[begin:end].strip():
                break
        return begin, end

    def numbered(self, number: int) -> tuple[int, int]:
        """Give the start and end of a line counted from 0, without its line end."""
        starts = line_starts(self.text)
        begin = max(starts[number], self.first)
        end = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        return begin, begin + len(self.text[begin:end].rstrip("\r\n"))

    def words(self, begin: int, end: int) -> tuple[int, int]:
        """Leave out the spaces around the words of a line."""
        line = self.text[begin:end]
        return begin + len(line) - len(line.lstrip(" \t")), begin + len(line.rstrip())

    def unknown(self) -> Diagnosis:
        return self.place, self.place + 1, ""

    def escape(self) -> Diagnosis:
        return self.place, self.place + 2, "escape"

    def tab(self) -> Diagnosis:
        return self.place, self.place + 1, "tab"

    def dash(self) -> Diagnosis:
        return self.place, self.place + 1, "dash"

    def quote(self) -> Diagnosis:
        return self.around, self.around + 1, "quote"

    def bracket(self) -> Diagnosis:
        """Tell a comma left out from a bracket that is never closed."""
        _, end = self.line(self.around)
        if self.place < end:
            return self.place, self.place + 1, "comma"
        return self.around, self.around + 1, "bracket"

    def start(self) -> Diagnosis:
        """Point at the sign, with a meaning of its own, that a value begins with."""
        at = self.around
        begin, _ = self.line(at)
        bullet = not self.text[begin:at].strip() and self.text[at : at + 2] == "* "
        return at, at + 1, "bullet" if bullet else "start"

    def key(self) -> Diagnosis:
        """Say what stands where a new field or item should begin."""
        at = self.place
        begin, end = self.line(at)
        closed = self.closed
        if closed and closed.end >= begin and not self.text[closed.end : at].strip():
            if closed.quoted and closed.start < begin:
                return closed.start, closed.start + 1, "quote"
            return at, self.words(begin, end)[1], "after-quote" if closed.quoted else "after-bracket"
        start, stop = self.words(at, end)
        line = self.text[start:stop]
        if line.startswith(":"):
            return at, at + 1, "no-name"
        return at, stop, "stray-item" if line.startswith("- ") and at == begin else "indent"

    def colon(self) -> Diagnosis:
        """Tell a colon in a value from a line above that is no field."""
        begin, end = self.line(self.place)
        before = self.text[begin : self.place]
        if _COLON.search(before):
            return self.place, self.place + 1, "colon"
        above = self.above(self.place)
        line = self.text[slice(*above)]
        if found := _COLON_WITHOUT_SPACE.match(line):
            return above[0] + found.start(1), above[0] + found.end(1), "no-space"
        if not _COLON.search(line):
            return (*self.words(*above), "no-colon")
        if _NAME.fullmatch(before):
            return (*self.words(begin, end), "indented")
        return self.place, self.place + 1, "colon"

    def name(self) -> Diagnosis:
        """Say why a line that should be a field has no colon and space."""
        begin, end = self.line(self.around)
        line = self.text[begin:end]
        start, stop = self.words(begin, end)
        if found := _COLON_WITHOUT_SPACE.match(line):
            return begin + found.start(1), begin + found.end(1), "no-space"
        if self.text[start : start + 1] == "-":
            return start, start + 1, "no-dash-space"
        if self.text[start : start + 1].isspace():
            return start, start + 1, "blank"
        return start, stop, "no-colon"


_DIAGNOSES: Final[dict[str, Callable[[_Stumble], Diagnosis]]] = {
    "start": _Stumble.start,
    "tab": _Stumble.tab,
    "colon": _Stumble.colon,
    "quote": _Stumble.quote,
    "escape": _Stumble.escape,
    "bracket": _Stumble.bracket,
    "name": _Stumble.name,
    "dash": _Stumble.dash,
    "key": _Stumble.key,
}
