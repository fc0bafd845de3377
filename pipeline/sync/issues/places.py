"""Where things stand on GitHub: what links in an issue lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.reports.markdown import code, link, on_github

if TYPE_CHECKING:
    from pipeline.text import Location

SHORT = 7
"""Digits of a commit that people see."""


class Places(NamedTuple):
    """A repository at a commit. ``prefix`` leads from its top to the root, with a slash.

    Links lead to the line at the commit, where it stays what it was. Without a commit they lead
    to the branch. ``plain`` leaves addresses and lines out: what is left is what an issue says,
    which does not change when only lines move.
    """

    repository: str
    commit: str = ""
    branch: str = "main"
    prefix: str = ""
    plain: bool = False

    def line(self, location: Location, words: str) -> str:
        """Link to the first line of a place: ``words`` and its number."""
        path, number = location.source.path, location.begin.line
        if self.plain:
            return words
        page = on_github(self.repository, "blob", self.commit or self.branch, self.prefix + path, fragment=f"L{number}")
        return link(f"{words} {number}", page)

    def file(self, path: str) -> str:
        """Link to a file."""
        return self._page(code(self.prefix + path), "blob", self.commit or self.branch, self.prefix + path)

    def editor(self, path: str, words: str) -> str:
        """Link to where a file can be edited."""
        return self._page(words, "edit", self.branch, self.prefix + path)

    def revision(self) -> str:
        """Link to the commit."""
        return self._page(code(self.commit[:SHORT]), "commit", self.commit)

    def _page(self, words: str, *steps: str) -> str:
        return words if self.plain else link(words, on_github(self.repository, *steps))
