"""The hidden lines by which an issue is known as ours, and what stands around them.

    <!-- kader:issue entry=urn:nl:ak:ver:avg-13 path=content/… content=… findings=… round=1 -->
    our text
    <!-- kader:end -->
    text of people

Our text is written anew when it would say something else, which ``content`` tells: a digest.
What stands before the first line and after the last one is kept as it is, byte for byte.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

END: Final = "<!-- kader:end -->"
HIGHEST: Final = 50
"""The marker stands in one of the first lines: people may write something above it."""

NOTHING: Final = "-"
"""Digest of an issue that we closed for good: whatever is found later is something else."""

_SAFE: Final = "/:._"
_FIRST: Final = "<!-- kader:issue "
_MARKER = re.compile(r"<!-- kader:issue ((?:[a-z]+=[!-;=?-~]* )+)-->[ \t]*")
_END = re.compile(rf"(?m)^{re.escape(END)}(?=[ \t]*\r?$)")
_LINE = re.compile(r"[^\n]*\n?")
_LONGEST_NUMBER: Final = 9


class Sort(StrEnum):
    """What an issue is about: an entry, a file without entries, or all that waits for an issue."""

    ENTRY = "entry"
    FILE = "file"
    WAITING = "waiting"


class Topic(NamedTuple):
    """What an issue is about: the id of an entry or the path of a file."""

    sort: Sort
    name: str


WAITING: Final = Topic(Sort.WAITING, "all")


class Marker(NamedTuple):
    """What an issue says of itself. ``round`` counts how often it was opened.

    ``content`` is the digest of what we wrote, ``findings`` that of what was found. ``path`` is
    the file of the entry and ``commit`` the revision when it was written.
    """

    topic: Topic
    content: str = ""
    findings: str = ""
    round: int = 1
    path: str = ""
    commit: str = ""

    @property
    def line(self) -> str:
        """The marker as it stands in a body."""
        words = {
            self.topic.sort.value: self.topic.name,
            "path": self.path,
            "content": self.content,
            "findings": self.findings,
            "round": str(self.round),
            "commit": self.commit,
        }
        return f"{_FIRST}{' '.join(f'{name}={_quoted(value)}' for name, value in words.items() if value)} -->"


class Parts(NamedTuple):
    """A body in parts; ``before`` and ``after`` belong to people."""

    before: str
    marker: Marker
    ours: str
    after: str

    @property
    def around(self) -> int:
        """How much people wrote."""
        return size(self.before) + size(self.after)

    def rewritten(self, marker: Marker, ours: str) -> str:
        """Give the body with another text of ours."""
        return f"{self.before}{written(marker, ours)}{self.after}"


def written(marker: Marker, ours: str) -> str:
    """Give a body that only we have written in."""
    return f"{marker.line}\n{ours}\n{END}"


def size(text: str) -> int:
    """Count as GitHub may: a character beyond the first plane as two, a line end as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 + text.count("\n")


def parts_of(body: str) -> Parts | None:
    """Take a body apart; nothing where it has no marker of ours.

    Where someone took our last line away, nobody knows what is theirs: all of it is kept.
    """
    start = 0
    for _ in range(HIGHEST):
        match = _LINE.match(body, start)
        line = match[0].rstrip("\r\n") if match else ""
        marker = _read(line)
        if marker is not None:
            return _parts(body, start, start + len(line), marker)
        start = match.end() if match else len(body)
    return None


def _parts(body: str, start: int, stop: int, marker: Marker) -> Parts:
    end = _END.search(body, stop)
    if end is None:
        return Parts(body[:start], marker, "", body[stop:])
    ours = body[stop : end.start()].replace("\r\n", "\n").removeprefix("\n").removesuffix("\n")
    return Parts(body[:start], marker, ours, body[end.end() :])


def _read(line: str) -> Marker | None:
    match = _MARKER.fullmatch(line)
    if match is None:
        return None
    words = dict(word.split("=", 1) for word in match[1].split())
    try:
        # As it was quoted: names of files may hold half a surrogate pair.
        words = {name: unquote(value, errors="surrogatepass") for name, value in words.items()}
    except UnicodeDecodeError:
        return None
    sort = next((sort for sort in Sort if sort.value in words), None)
    number = words.get("round", "1")
    if sort is None or not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        return None
    return Marker(
        topic=Topic(sort, words[sort.value]),
        content=words.get("content", ""),
        findings=words.get("findings", ""),
        round=int(number),
        path=words.get("path", ""),
        commit=words.get("commit", ""),
    )


def _quoted(value: str) -> str:
    # Two hyphens in a row may end a comment.
    return quote(value, safe=_SAFE, errors="surrogatepass").replace("--", "-%2D")
