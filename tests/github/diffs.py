"""What changed between two commits, as GitHub shows it: a patch for each file."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.github.git_store import Store

LONGEST: Final = 3_000
"""Most lines of a patch; of a longer one GitHub shows none."""
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_HUNK: Final = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to one file; a file that is not text has no patch."""

    path: str
    status: str
    sha: str
    patch: str | None = None
    previous: str | None = None

    @property
    def added(self) -> int:
        return sum(line.startswith("+") for line in (self.patch or "").splitlines())

    @property
    def removed(self) -> int:
        return sum(line.startswith("-") for line in (self.patch or "").splitlines())

    def places(self) -> dict[tuple[str, int], int]:
        """Give the side and the line of all that the patch shows, each with the number of its hunk."""
        found: dict[tuple[str, int], int] = {}
        hunk, left, right = 0, 0, 0
        for line in (self.patch or "").split("\n"):
            if match := _HUNK.match(line):
                hunk, left, right = hunk + 1, int(match[1]), int(match[2])
                continue
            if line.startswith((" ", "-")):
                found["LEFT", left] = hunk
                left += 1
            if line.startswith((" ", "+")):
                found["RIGHT", right] = hunk
                right += 1
        return found


def differences(store: Store, before: str, after: str) -> list[Difference]:
    """Give what changed from one tree to another, by path."""
    old, new = dict(store.entries(before)), dict(store.entries(after))
    gone = {path: entry.sha for path, entry in old.items() if path not in new}
    found = []
    for path, entry in new.items():
        same = next((former for former, sha in gone.items() if sha == entry.sha), None)
        if path not in old and same:
            del gone[same]
            found.append(Difference(path, "renamed", entry.sha, previous=same))
        elif path not in old:
            found.append(Difference(path, "added", entry.sha, _patch(b"", store.blobs[entry.sha])))
        elif old[path] != entry:
            patch = _patch(store.blobs[old[path].sha], store.blobs[entry.sha])
            found.append(Difference(path, "modified", entry.sha, patch))
    found += [Difference(path, "removed", sha, _patch(store.blobs[sha], b"")) for path, sha in gone.items()]
    return sorted(found, key=lambda one: one.path)


def moved(old: str, new: str, line: int) -> int | None:
    """Tell where a line stands now; nothing when it changed."""
    matcher = difflib.SequenceMatcher(None, old.split("\n"), new.split("\n"), autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.a < line <= block.a + block.size:
            return block.b + line - block.a
    return None


def _patch(old: bytes, new: bytes) -> str | None:
    if b"\0" in old + new:
        return None
    # Git knows one line end.
    before, after = (_LINE.findall(content.decode("utf-8", "replace")) for content in (old, new))
    lines = list(_lines(list(difflib.unified_diff(before, after))[2:]))
    return "\n".join(lines) if len(lines) <= LONGEST else None


def _lines(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield line.rstrip("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
