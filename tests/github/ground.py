"""The ground under everything: names, ids, the time, people and labels."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from tests.github.state import Label

if TYPE_CHECKING:
    from tests.github.state import Issue

START: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
OWNER: Final = "gemeente-voorbeeldstad"
NAME: Final = "algoritmekader"
EDITOR: Final = "redacteur"
"""A person with all rights, who writes what tests put there by hand."""


class Ground:
    """A repository with nothing in it."""

    def __init__(self) -> None:
        self.owner, self.name = OWNER, NAME
        self.default_branch = "main"
        self.people = [EDITOR]
        self.teams: list[str] = []
        self.has_issues = True
        self.workflows_may_propose = True
        self.labels: list[Label] = []
        self.issues: dict[int, Issue] = {}
        self.newest = 1000
        self._numbers = count(1)
        self._minutes = count()

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    def find_label(self, name: str) -> Label | None:
        return next((label for label in self.labels if label.name.lower() == name.lower()), None)

    def label(self, name: str, color: str = "ededed", description: str | None = None) -> Label:
        """Put a label there, unless it is there already."""
        known = self.find_label(name)
        if known is None:
            known = Label(id=self.new_id(), name=name, color=color, description=description)
            self.labels.append(known)
        return known

    def now(self) -> str:
        """Give the time: a minute later each time."""
        return (START + timedelta(minutes=next(self._minutes))).strftime("%Y-%m-%dT%H:%M:%SZ")

    def new_id(self) -> int:
        self.newest += 1
        return self.newest

    def number_of(self, name: str) -> int:
        """Give the id of a person or a repository: the same each time."""
        return zlib.crc32(name.encode())

    def new_number(self) -> int:
        return next(self._numbers)
