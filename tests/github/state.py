"""What the fake remembers: plain values that tests may read and change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WORKFLOW: Final = "github-actions[bot]"
"""Who writes with the token of a workflow."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose token it is; a person may do everything, a workflow what ``permissions`` say."""

    login: str
    permissions: Mapping[str, str] | None = None

    @property
    def is_app(self) -> bool:
        return self.permissions is not None


@dataclass(slots=True, kw_only=True)
class Label:
    id: int
    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass(slots=True, kw_only=True)
class Comment:
    id: int
    author: str
    body: str
    created: str
    updated: str


@dataclass(slots=True, kw_only=True)
class Event:
    """Something that happened to an issue: ``closed``, ``reopened``, ``labeled``..."""

    id: int
    event: str
    actor: str
    created: str
    label: str | None = None
    reviewer: str | None = None


@dataclass(slots=True, kw_only=True)
class Issue:
    """An issue, or what a pull request has of one; ``labels`` are names."""

    id: int
    number: int
    author: str
    title: str
    body: str | None
    created: str
    updated: str
    state: str = "open"
    reason: str | None = None
    closed: str | None = None
    closed_by: str | None = None
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Pull(Issue):
    """A pull request: ``head`` is a branch of ``repository``, which may be a fork."""

    repository: str
    head: str
    base: str
    draft: bool = False
    last: str = ""
    """The head's last commit, for when the branch is gone."""
    merged: str | None = None
    reviewers: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Review:
    id: int
    author: str
    body: str
    state: str
    commit: str
    submitted: str | None
    remarks: list[Remark] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Remark:
    """A comment on lines of a pull request; ``line`` is where it was put, in the file at ``commit``."""

    id: int
    author: str
    body: str
    path: str
    commit: str
    line: int
    start: int | None
    side: str
    hunk: str
    created: str
    updated: str
    answers: int | None = None


@dataclass(slots=True, kw_only=True)
class Artifact:
    id: int
    name: str
    content: bytes
    created: str
    expired: bool = False


@dataclass(slots=True, kw_only=True)
class Run:
    """A run of a workflow."""

    id: int
    number: int
    path: str
    event: str
    branch: str
    sha: str
    repository: str
    actor: str
    created: str
    status: str = "completed"
    conclusion: str | None = "success"
    pulls: list[int] = field(default_factory=list)
    artifacts: list[Artifact] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Asset:
    """A file of a release; ``state`` is ``starter`` when its upload was cut off."""

    id: int
    name: str
    label: str | None
    content_type: str
    content: bytes
    uploader: str
    created: str
    state: str = "uploaded"


@dataclass(slots=True, kw_only=True)
class Release:
    id: int
    tag: str
    target: str
    name: str | None
    body: str | None
    author: str
    created: str
    draft: bool = False
    prerelease: bool = False
    published: str | None = None
    assets: list[Asset] = field(default_factory=list)
