"""Git repositories for tests: real ones, made with the git program itself."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "Gemeente Voorbeeldstad",
    "GIT_AUTHOR_EMAIL": "kader@voorbeeldstad.example",
    "GIT_COMMITTER_NAME": "Gemeente Voorbeeldstad",
    "GIT_COMMITTER_EMAIL": "kader@voorbeeldstad.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "PATH": os.environ["PATH"],
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; give what it prints."""
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=IDENTITY, check=True, capture_output=True)
    return done.stdout.decode(errors="surrogateescape").strip()


def repository(folder: Path, files: Mapping[str, str | bytes] | None = None, *arguments: str) -> Path:
    """Make a repository with a branch main, and a commit of files where some are given."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main", *arguments)
    if files:
        commit(folder, files)
    return folder


def commit(folder: Path, files: Mapping[str, str | bytes | None]) -> str:
    """Write (or, for ``None``, remove) files and commit; give the commit's name."""
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Werk")
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write files below a folder, or remove them."""
    for path, content in files.items():
        target = folder / path
        if content is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
