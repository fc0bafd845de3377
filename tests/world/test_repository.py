"""Which commit to compare with, and every way in which there is none."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import UserError
from pipeline.world import repository as module
from pipeline.world.git_tree import GitTree
from pipeline.world.repository import Repository
from tests.world.repositories import commit, git, repository

if TYPE_CHECKING:
    from pathlib import Path


def trouble(folder: Path, name: str = "main") -> str:
    with pytest.raises(UserError) as caught:
        Repository(folder).fork_point(name)
    assert caught.value.text.en.endswith((".", "?")) or "safe.directory" in caught.value.text.en
    return caught.value.text.nl


def test_the_commit_where_the_work_parted(tmp_path: Path) -> None:
    repository(tmp_path, {"a.md": "1"})
    first = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "checkout", "--quiet", "-b", "werk")
    mine = commit(tmp_path, {"a.md": "2"})
    git(tmp_path, "checkout", "--quiet", "main")
    commit(tmp_path, {"b.md": "1"})
    git(tmp_path, "tag", "v1.0")
    git(tmp_path, "checkout", "--quiet", "werk")
    repo = Repository(tmp_path)
    assert repo.fork_point("main") == repo.fork_point("v1.0") == repo.fork_point("HEAD~1") == first
    assert repo.fork_point("werk") == repo.fork_point(mine[:10]) == mine
    git(tmp_path, "merge", "--quiet", "main")
    assert repo.fork_point("main") == git(tmp_path, "rev-parse", "main")


def test_a_detached_head_and_a_worktree(tmp_path: Path) -> None:
    repository(tmp_path / "a", {"a.md": "1"})
    first = git(tmp_path / "a", "rev-parse", "HEAD")
    commit(tmp_path / "a", {"a.md": "2"})
    git(tmp_path / "a", "worktree", "add", "--quiet", "--detach", str(tmp_path / "b"), "HEAD")
    assert Repository(tmp_path / "b").fork_point(first) == first
    git(tmp_path / "a", "checkout", "--quiet", "--detach", "HEAD")
    assert Repository(tmp_path / "a").fork_point("main~1") == first


def test_a_folder_below_the_top(tmp_path: Path) -> None:
    repository(tmp_path, {"één map/content/a.md": "1", "schemas/framework.json": "{}"})
    repo = Repository(tmp_path / "één map")
    assert repo.prefix == "één map/"
    assert Repository(tmp_path).prefix == ""
    assert repo.prefix_of(tmp_path / "schemas") == "schemas/"
    assert repo.prefix_of(tmp_path) == ""
    assert repo.prefix_of(tmp_path.parent) is None


def test_no_repository(tmp_path: Path) -> None:
    assert "hoort niet bij een git-repository" in trouble(tmp_path)


def test_a_repository_without_files(tmp_path: Path) -> None:
    repository(tmp_path, None, "--bare")
    assert "zonder bestanden" in trouble(tmp_path)


def test_the_folder_of_git_itself(tmp_path: Path) -> None:
    repository(tmp_path, {"a.md": "1"})
    assert "zonder bestanden" in trouble(tmp_path / ".git")


def test_no_commit_yet(tmp_path: Path) -> None:
    repository(tmp_path)
    assert "Er is geen revisie “main”" in trouble(tmp_path)


def test_a_branch_without_commits(tmp_path: Path) -> None:
    repository(tmp_path, {"a.md": "1"})
    git(tmp_path, "checkout", "--quiet", "--orphan", "leeg")
    assert "nog geen commit" in trouble(tmp_path)


def test_histories_with_nothing_in_common(tmp_path: Path) -> None:
    repository(tmp_path, {"a.md": "1"})
    git(tmp_path, "checkout", "--quiet", "--orphan", "los")
    commit(tmp_path, {"b.md": "1"})
    assert "geen gemeenschappelijke geschiedenis" in trouble(tmp_path)


def test_a_branch_that_only_the_other_side_has(tmp_path: Path) -> None:
    repository(tmp_path / "a", {"a.md": "1"})
    git(tmp_path / "a", "branch", "werk/nieuw")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "a"), "b")
    assert trouble(tmp_path / "b", "werk/nieuw").endswith("Bedoel je origin/werk/nieuw?")


def test_a_typing_error_and_a_name_like_nothing(tmp_path: Path) -> None:
    repository(tmp_path, {"a.md": "1"})
    git(tmp_path, "branch", "ontwikkeling")
    assert trouble(tmp_path, "ontwikeling").endswith("Bedoel je ontwikkeling?")
    assert "git branch -a" in trouble(tmp_path, "xyz")
    assert "Er is geen revisie" in trouble(tmp_path, "main:a.md")
    assert "Er is geen revisie" in trouble(tmp_path, "main..main")


@pytest.mark.parametrize("name", ["-h", "--all", "--output=/tmp/x", "-", "ma\0in", "ma\nin", "\x1b[31m"])
def test_a_name_that_could_be_an_option_never_reaches_git(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path, {"a.md": "1"})
    repo = Repository(tmp_path)
    monkeypatch.setattr(repo, "_run", lambda *_: pytest.fail("git was run"))
    with pytest.raises(UserError, match="cannot be the name"):
        repo.fork_point(name)


def test_an_empty_name(tmp_path: Path) -> None:
    repository(tmp_path, {"a.md": "1"})
    assert "is leeg" in trouble(tmp_path, " ")


@pytest.fixture
def shallow(tmp_path: Path) -> Path:
    repository(tmp_path / "a", {"a.md": "1"})
    commit(tmp_path / "a", {"a.md": "2"})
    git(tmp_path / "a", "branch", "werk")
    commit(tmp_path / "a", {"a.md": "3"})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path / 'a'}", "b")
    return tmp_path / "b"


def test_a_shallow_clone_lacks_a_revision(shallow: Path) -> None:
    for name in ("HEAD~1", "werk"):
        assert "git fetch --unshallow" in trouble(shallow, name)
    assert Repository(shallow).fork_point("HEAD")


def test_a_shallow_clone_lacks_the_commit_in_common(shallow: Path) -> None:
    git(shallow, "fetch", "--quiet", "--depth=1", "origin", "werk:werk")
    assert "uit elkaar gingen" in trouble(shallow, "werk")
    git(shallow, "fetch", "--quiet", "--unshallow")
    assert Repository(shallow).fork_point("werk")


def test_no_git_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, {"a.md": "1"})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Installeer git" in trouble(tmp_path)


def test_no_git_program_when_gitpython_looks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415 - what is imported is the subject

    monkeypatch.setitem(sys.modules, "git", None)  # importing it raises ImportError
    assert "Installeer git" in trouble(tmp_path)


def test_a_repository_of_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, {"a.md": "1"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert f"git config --global --add safe.directory {tmp_path}" in trouble(tmp_path)


def test_a_broken_repository(tmp_path: Path) -> None:
    repository(tmp_path, {"a.md": "1"})
    (tmp_path / ".git" / "config").write_text("[dit is geen\n")
    assert "git fsck" in trouble(tmp_path)


def test_what_a_hook_sets_for_its_own_repository_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = repository(tmp_path / "a", {"a.md": "1"})
    other = repository(tmp_path / "b", {"b.md": "1"})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    repo = Repository(first)
    with GitTree(repo, repo.fork_point("main"), "") as tree:
        assert list(tree.list()) == ["a.md"]


def test_nothing_that_a_repository_names_is_run(tmp_path: Path) -> None:
    """Every setting with which git can be made to run a program, each set to one that leaves a trace."""
    folder = repository(tmp_path / "a", {"a.md": "1", ".gitattributes": "*.md diff=x filter=x merge=x\n"})
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'sprung'}\nexit 1\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    settings = (
        "core.fsmonitor core.pager core.editor core.sshCommand core.alternateRefsCommand core.askPass core.gitProxy "
        "diff.external diff.x.command diff.x.textconv filter.x.clean filter.x.smudge filter.x.process merge.x.driver "
        "gpg.program credential.helper uploadpack.packObjectsHook pager.rev-parse alias.cat-file alias.ls-tree"
    )
    for name in settings.split():
        git(folder, "config", name, str(trap))
    git(folder, "config", "core.hooksPath", str(tmp_path / "hooks"))
    for hook in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        target = tmp_path / "hooks" / hook
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(trap.read_bytes())
        target.chmod(trap.stat().st_mode)
    repo = Repository(folder)
    with GitTree(repo, repo.fork_point("main"), "") as tree:
        assert tree.read("a.md") == b"1"
    assert not (tmp_path / "sprung").exists()


def test_a_clone_without_all_objects_fetches_nothing(tmp_path: Path) -> None:
    first = repository(tmp_path / "a", {"a.md": "1"})
    commit(first, {"a.md": "2"})
    git(first, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{first}", "b")
    clone = tmp_path / "b"
    repo = Repository(clone)
    with GitTree(repo, repo.fork_point("HEAD~1"), "") as tree:
        assert list(tree.list()) == ["a.md"]
        with pytest.raises(UserError, match="git fetch --refetch --no-filter"):
            tree.read("a.md")
    git(clone, "fetch", "--quiet", "--refetch", "--no-filter")
    with GitTree(repo, repo.fork_point("HEAD~1"), "") as tree:
        assert tree.read("a.md") == b"1"


def test_git_s_own_words_are_kept_short() -> None:
    assert len(module.unreadable("woord " * 1000).text.nl) < 500
