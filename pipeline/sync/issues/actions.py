"""Issues as they are on GitHub, and what is to be done about them, as plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.sync.labels import Label

COMPLETED = "completed"
NOT_PLANNED = "not_planned"
DUPLICATE = "duplicate"


class Issue(NamedTuple):
    """An issue that we made. ``reason`` says why it is closed; ``comments`` counts them."""

    number: int
    title: str
    body: str
    open: bool = True
    reason: str = ""
    labels: tuple[str, ...] = ()
    comments: int = 0

    @property
    def declined(self) -> bool:
        """Whether somebody closed it because nothing has to be done."""
        return not self.open and self.reason in {NOT_PLANNED, DUPLICATE}


class Why(StrEnum):
    """The reason of a step; the words that reports for machines use."""

    FOUND = "found"
    CHANGED = "changed"
    LABELS = "labels"
    RELAPSED = "relapsed"
    MOVED = "moved"
    SOLVED = "solved"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    VANISHED = "vanished"
    DOUBLE = "double"


class Comment(NamedTuple):
    """A comment that is placed once: whoever finds its first line ``sign`` there leaves it out."""

    sign: str
    text: str

    @property
    def body(self) -> str:
        """What is placed."""
        return f"{self.sign}\n{self.text}"


class MakeLabel(NamedTuple):
    """Make a label, or give one that is there the colour and description that it should have."""

    label: Label
    known: bool = False


class Create(NamedTuple):
    """Make an issue."""

    title: str
    body: str
    labels: tuple[str, ...]
    name: str
    tally: str
    why: Why = Why.FOUND


class Change(NamedTuple):
    """Change an issue: first the comment, then the issue, then its labels; what is none stays as it is."""

    number: int
    why: Why
    name: str
    tally: str = ""
    title: str | None = None
    body: str | None = None
    open: bool | None = None
    reason: str = ""
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    comment: Comment | None = None
    look: bool = False
    """Whether the comment may be there already."""

    @property
    def edits(self) -> bool:
        """Whether the issue itself changes, and not its labels alone."""
        return not (self.title is None and self.body is None and self.open is None)


Step = MakeLabel | Create | Change


class Plan(NamedTuple):
    """Steps in order. ``waiting`` counts what will get an issue another time, ``declined`` what nobody wants."""

    steps: tuple[Step, ...] = ()
    waiting: int = 0
    declined: int = 0
    kept: int = 0
    """Issues that are as they should be."""
