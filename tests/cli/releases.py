"""A small framework in a repository of its own, for the tests of ``kader release``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support import FIXTURES
from tests.world.repositories import commit, git, repository

if TYPE_CHECKING:
    from pathlib import Path

AVG = "content/regels/avg-13-doe-een-dpia.md"
AWB = "content/regels/awb-01-wees-zorgvuldig.md"
LEDGER = "content/ids.csv"
NEW = "content/regels/awb-02-luister.md"
RULE = "---\nid: urn:klein:regel:awb-02\ntitle: {title}\nstatus: concept\n---\n\n## Regel\n\nLuister goed.\n"


def small_repository(folder: Path) -> Path:
    """Make a repository that holds the small framework, with one commit."""
    source = FIXTURES / "klein"
    files = {path.relative_to(source).as_posix(): path.read_bytes() for path in source.rglob("*") if path.is_file()}
    repository(folder, files)
    return folder


def tag(folder: Path, version: str) -> str:
    """Give what is checked out a version; give its commit."""
    git(folder, "tag", "--annotate", "--message", version, f"v{version}")
    return git(folder, "rev-parse", "HEAD")


def change(folder: Path, path: str, old: str, new: str) -> str:
    """Replace words in a file and commit that."""
    text = (folder / path).read_text("utf-8")
    assert old in text
    return commit(folder, {path: text.replace(old, new)})
