"""Which fixes can be applied together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.fixing.patch import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings import Edit, Finding


def compatible(findings: Iterable[Finding]) -> list[Finding]:
    """Give the findings whose fixes leave one another alone, the earliest first.

    A fix is taken with all of its edits or not at all. Two edits that touch the same
    characters never go together, nor does new text at the edge of, or inside, other edits.
    """
    taken = _Taken()
    return [finding for finding in findings if finding.problem.fix and taken.take(finding.problem.fix.edits)]


class _Taken:
    """The characters and the places between them that are spoken for, by file."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[bytearray, bytearray]] = {}

    def take(self, edits: Iterable[Edit]) -> bool:
        """Take the places of edits; take none of them where one is taken."""
        done: list[Edit] = []
        for edit in in_order(edits):
            if not self._is_free(edit):
                for each in done:
                    self._mark(each, 0)
                return False
            self._mark(edit, 1)
            done.append(edit)
        return bool(done)

    def _marks(self, edit: Edit) -> tuple[bytearray, bytearray]:
        """Give the marks of a file's characters, and of the places before each and at its end."""
        source = edit.location.source
        if source.path not in self._files:
            size = len(source.text) + 1
            self._files[source.path] = bytearray(size), bytearray(size)
        return self._files[source.path]

    def _is_free(self, edit: Edit) -> bool:
        chars, places = self._marks(edit)
        start, end = edit.location.start, edit.location.end
        if start == end:
            return not places[start] and chars.find(1, max(0, start - 1), start + 1) < 0
        return chars.find(1, start, end) < 0 and places.find(1, start, end + 1) < 0

    def _mark(self, edit: Edit, mark: int) -> None:
        chars, places = self._marks(edit)
        start, end = edit.location.start, edit.location.end
        if start == end:
            places[start] = mark
        else:
            chars[start:end] = bytes([mark]) * (end - start)
