"""Make a framework many times as large, in the image of a real one.

Every copy of an entry gets a number of its own in its id and file name. References and
links inside a copy point at the same copy, one in ten at another: a large framework hangs
together as a small one does. The same seed gives the same bytes.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEP = 100
"""Copy 3 of ``avg-13`` is ``avg-313``."""

ELSEWHERE = 0.1
"""Share of the references that lead to another copy."""

_NUMBER = re.compile(r"\b([a-z]{3})-([0-9]{2})\b")


def replicate(
    files: Mapping[str, bytes], folders: tuple[str, ...], times: int, *, seed: int = 1
) -> Iterator[tuple[str, bytes]]:
    """Give each file of ``files``, those directly in ``folders`` ``times`` times.

    An ``index.md`` is no entry and stays single, like everything outside ``folders``.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    copied = {path for path in files if _is_entry(path, folders)}
    stems = sorted((PurePosixPath(path).stem for path in copied), key=len, reverse=True)
    known = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, stems)) + r")(?![\w-])")
    yield from ((path, files[path]) for path in sorted(files.keys() - copied))
    for path in sorted(copied):
        text = files[path].decode()
        place = PurePosixPath(path)
        for copy in range(times):
            renamed = _Renamed(own=place.stem, copy=copy, times=times, chance=chance)
            yield str(place.with_stem(_stem(place.stem, copy))), _copied(text, known, renamed)


def loosened(schema: bytes) -> bytes:
    """Let a schema's codes have numbers of any length."""
    return re.sub(rb"\[0-9\]\{2\}", rb"[0-9]+", schema)


def _is_entry(path: str, folders: tuple[str, ...]) -> bool:
    place = PurePosixPath(path)
    return str(place.parent) in folders and place.suffix == ".md" and place.stem != "index"


def _stem(stem: str, copy: int) -> str:
    if not copy:
        return stem
    numbered = _NUMBER.sub(lambda match: f"{match[1]}-{copy * STEP + int(match[2])}", stem, count=1)
    return numbered if numbered != stem else f"{stem}-{copy}"


@dataclass(frozen=True, kw_only=True)
class _Renamed:
    """Gives a name found in a copy the number of that copy, or now and then of another."""

    own: str
    copy: int
    times: int
    chance: random.Random

    def __call__(self, match: re.Match[str]) -> str:
        elsewhere = match[1] != self.own and self.chance.random() < ELSEWHERE
        return _stem(match[1], self.chance.randrange(self.times) if elsewhere else self.copy)


def _copied(text: str, known: re.Pattern[str], renamed: _Renamed) -> bytes:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line.startswith("id:"):
            lines[index] = _NUMBER.sub(lambda match: f"{match[1]}-{renamed.copy * STEP + int(match[2]):02d}", line)
            break
    return known.sub(renamed, "\n".join(lines)).encode()
