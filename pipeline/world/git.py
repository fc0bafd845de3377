"""What git knows of a directory, through GitPython."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE: Final = 5.0
"""Seconds that git may take to show a commit."""

# Only among the lines before the message, which anyone can make up.
_COMMITTER = re.compile(rb"\A(?:[^\n]+\n)*?committer [^\n]*> (\d{1,11}) ([+-])(\d{2})(\d{2})\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The commit that a working directory is at; all empty outside a repository.

    ``date`` is the day of the commit (``2026-08-02``) and ``version`` the newest tag
    ``v1.2.3`` on it or before it, without the ``v``.
    """

    commit: str = ""
    date: str = ""
    version: str = ""


def revision(root: Path) -> Revision:
    """Ask git for the commit at ``root``; no git or no commit gives an empty answer."""
    try:
        import git
    except ImportError:  # GitPython raises it where there is no git program
        return Revision()
    try:
        with git.Repo(root, search_parent_directories=True) as repository:
            commit = repository.head.commit
            return Revision(
                commit=commit.hexsha,
                date=commit.committed_datetime.date().isoformat(),
                version=_version(repository),
            )
    except (git.InvalidGitRepositoryError, git.NoSuchPathError, git.GitCommandError, ValueError):
        return Revision()


def commit_day(root: Path) -> str:
    """Give the day of the last commit at ``root``, as its maker's clock had it; empty where there is none.

    Asked at every check, so without the time that importing GitPython takes.
    """
    import subprocess

    command = ["git", "-C", str(root), "cat-file", "commit", "HEAD"]
    try:
        told = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603 - no shell, fixed words
    except (OSError, subprocess.SubprocessError):
        return ""
    return committed_on(told.stdout)


def committed_on(commit: bytes) -> str:
    """Give the day in the text of a commit; empty where it has none."""
    match = _COMMITTER.search(commit)
    if match is None:
        return ""
    sign = -1 if match[2] == b"-" else 1
    zone = timezone(sign * timedelta(hours=int(match[3]), minutes=int(match[4])))
    return datetime.fromtimestamp(int(match[1]), zone).date().isoformat()


def _version(repository: object) -> str:
    import git

    try:
        described = repository.git.describe("--tags", "--abbrev=0", "--match", "v[0-9]*")  # type: ignore[attr-defined]
    except git.GitCommandError:
        return ""
    return str(described).removeprefix("v")


def prefix_in_repository(root: Path) -> str:
    """Give the path from the top of the repository to ``root``, with a slash, or nothing."""
    folder = root.absolute()
    for top in (folder, *folder.parents):
        if (top / ".git").exists():
            path = folder.relative_to(top).as_posix()
            return "" if path == "." else f"{path}/"
    return ""
