"""What the exports learn from git."""

from __future__ import annotations

from typing import TYPE_CHECKING

import git
import pytest

from pipeline.world.git import Revision, commit_day, prefix_in_repository, revision

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> git.Repo:
    repo = git.Repo.init(tmp_path)
    with repo.config_writer() as config:
        config.set_value("user", "name", "Gemeente Voorbeeldstad")
        config.set_value("user", "email", "kader@voorbeeldstad.example")
    (tmp_path / "a.md").write_text("a")
    repo.index.add(["a.md"])
    repo.index.commit("Begin", commit_date="2026-08-02 10:00:00 +0200", author_date="2026-08-01 10:00:00 +0200")
    return repo


def test_the_date_is_the_commit_s(repository: git.Repo, tmp_path: Path) -> None:
    assert revision(tmp_path) == Revision(commit=repository.head.commit.hexsha, date="2026-08-02")


def test_the_version_is_the_newest_tag(repository: git.Repo, tmp_path: Path) -> None:
    repository.create_tag("v1.2.0")
    assert revision(tmp_path).version == "1.2.0"


def test_below_the_top_it_is_the_same(repository: git.Repo, tmp_path: Path) -> None:
    (tmp_path / "kader").mkdir()
    assert revision(tmp_path / "kader").commit == repository.head.commit.hexsha
    assert prefix_in_repository(tmp_path / "kader") == "kader/"
    assert prefix_in_repository(tmp_path) == ""


@pytest.mark.parametrize(
    ("committed", "day"),
    [
        ("2026-08-02 00:30:00 +0200", "2026-08-02"),
        ("2026-08-02 23:30:00 -0930", "2026-08-02"),
        ("1999-12-31 23:59:59 +0000", "1999-12-31"),
    ],
)
def test_the_day_is_the_one_on_the_maker_s_clock(
    repository: git.Repo, tmp_path: Path, committed: str, day: str
) -> None:
    repository.index.commit("Verder\n\ncommitter Iemand <x> 0 +0000", commit_date=committed)
    assert commit_day(tmp_path) == revision(tmp_path).date == day


def test_outside_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert revision(tmp_path) == Revision()
    assert commit_day(tmp_path) == ""


def test_a_repository_without_commits(tmp_path: Path) -> None:
    git.Repo.init(tmp_path)
    assert revision(tmp_path) == Revision()
    assert commit_day(tmp_path) == ""
