"""The addresses of links as the two dialects read them; each knows its own place."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it import helpers
from markdown_it.common.utils import unescapeAll

from pipeline.text import lazy_pattern

# An address without any character that needs markdown-it's own, slower, reading.
_SIMPLE = lazy_pattern(r"[^\x00-\x20\x7f()\\<&]++(?=[ )\n])")
# What may follow an address: the end of the link, or a title and the end.
_QUOTED = r"(?<=\s)(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')\s*+"
_CLOSED = lazy_pattern(rf"\s*+(?:{_QUOTED})?\)")
# Python-Markdown takes all up to the closing bracket; here, so many characters at most.
_LOOSE = lazy_pattern(r"(?:[^()]|\([^()]{0,300}+\)){1,1000}+(?=\))")
_TITLE = lazy_pattern(rf"{_QUOTED}$")


class Target(str):
    """An address that knows its place.

    ``start`` and ``end`` count in the text it was read from. For the address of a
    definition ``[label]: address`` they count in the body, and ``whole`` is the definition.
    """

    __slots__ = ("end", "start", "whole")

    start: int
    end: int
    whole: tuple[int, int] | None


@dataclass(slots=True)
class Reading:
    """What markdown-it wants to know of an address: whether there is one, and its end."""

    ok: bool
    pos: int
    str: str


def _read(string: str, start: int, end: int, after: int) -> Reading:
    written = string[start:end]
    target = Target(unescapeAll(written) if "&" in written or "\\" in written else written)
    target.start, target.end, target.whole = start, end, None
    return Reading(ok=True, pos=after, str=target)


def destination(string: str, start: int, maximum: int) -> Reading:
    """Read an address as CommonMark 6.3 does; the address of ``[label]()`` is empty."""
    simple = _SIMPLE.match(string, start, maximum)
    if simple:
        return _read(string, start, simple.end(), simple.end())
    if string[start : start + 1] == ")":
        return _read(string, start, start, start)
    found = helpers.parseLinkDestination(string, start, maximum)
    if not found.ok:
        return Reading(ok=False, pos=0, str="")
    in_brackets = string[start] == "<"
    return _read(string, start + in_brackets, found.pos - in_brackets, found.pos)


def loose_destination(string: str, start: int, maximum: int) -> Reading:
    """Read an address as Python-Markdown does: up to the closing bracket, spaces included."""
    found = destination(string, start, maximum)
    if (found.ok and _CLOSED.match(string, found.pos, maximum)) or not _after_bracket(string, start):
        return found
    loose = _LOOSE.match(string, start, maximum)
    if not loose:
        return found
    title = _TITLE.search(loose[0])
    end = start + len((loose[0][: title.start()] if title else loose[0]).rstrip())
    return _read(string, start, end, end)


def _after_bracket(string: str, at: int) -> bool:
    """Whether an address is that of a link, not that of a definition ``[label]: address``."""
    at -= 1
    while at >= 0 and string[at] in " \t\n":
        at -= 1
    return string[at] == "("
