"""The fake: git's objects and references, branches, commits and files as GitHub has them."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from github import InputGitTreeElement
from github.ContentFile import ContentFile
from github.GithubException import GithubException, UnknownObjectException

from pipeline.errors import UserError
from pipeline.world.github.connection import connect, trouble

if TYPE_CHECKING:
    from pathlib import Path

    from tests.github.hub import Hub


def test_a_branch_from_blobs_to_pull_request(hub: Hub) -> None:
    hub.commit({"maatregelen/oud.md": "Oud\n", "maatregelen/blijft.md": "Blijft\n"})
    repository = connect(hub.environment())
    base = repository.get_git_ref("heads/main").object.sha
    blob = repository.create_git_blob("Nieuw €\n", "utf-8")
    elements = [
        InputGitTreeElement("maatregelen/nieuw.md", "100644", "blob", sha=blob.sha),
        InputGitTreeElement("maatregelen/oud.md", "100644", "blob", sha=None),
        InputGitTreeElement("los.md", "100644", "blob", content="Los\n"),
    ]
    tree = repository.create_git_tree(elements, repository.get_git_commit(base).tree)
    commit = repository.create_git_commit("Voeg toe", tree, [repository.get_git_commit(base)])
    repository.create_git_ref("refs/heads/voorstel/nieuw", commit.sha)
    assert {path: hub.git.blobs[one.sha].decode() for path, one in hub.git.files(commit.sha).items()} == {
        "README.md": "# Algoritmekader\n",
        "los.md": "Los\n",
        "maatregelen/blijft.md": "Blijft\n",
        "maatregelen/nieuw.md": "Nieuw €\n",
    }
    pull = repository.create_pull(base="main", head="voorstel/nieuw", title="Nieuw", body="")
    assert [(one.filename, one.status) for one in pull.get_files()] == [
        ("los.md", "added"),
        ("maatregelen/nieuw.md", "added"),
        ("maatregelen/oud.md", "removed"),
    ]
    assert [one.commit.message for one in pull.get_commits()] == ["Voeg toe"]


@pytest.mark.skipif(not shutil.which("git"), reason="git is not here")
def test_ids_are_those_of_git(hub: Hub, tmp_path: Path) -> None:
    sha = hub.commit({"a/b.md": "Een\n", "a.md": "Twee\n", "a/c/d.md": "Drie\n"})

    def git(*words: str, given: bytes = b"") -> str:
        done = subprocess.run(["git", *words], cwd=tmp_path, input=given, capture_output=True, check=True)  # noqa: S607
        return done.stdout.decode().strip()

    git("init", "-q")
    for content in hub.git.blobs.values():
        git("hash-object", "-w", "--stdin", given=content)
    for entries in hub.git.trees.values():
        lines = "".join(f"{one.mode} {one.kind} {one.sha}\t{name}\n" for name, one in entries.items())
        git("mktree", "--missing", given=lines.encode())
    assert git("cat-file", "-t", hub.git.commits[sha].tree) == "tree"
    names = git("ls-tree", "-r", "--name-only", hub.git.commits[sha].tree).split("\n")
    assert names == list(hub.git.files(sha))


@pytest.mark.parametrize(
    ("ref", "why"),
    [
        ("refs/heads/main", "already exists"),
        ("refs/heads/main/verder", "folder of references"),
        ("heads/nieuw", "not a valid ref"),
        ("refs/heads/twee..punten", "not a valid ref"),
        ("refs/heads/met spatie", "not a valid ref"),
        ("refs/heads/slot.lock", "not a valid ref"),
    ],
)
def test_a_reference_that_cannot_be(hub: Hub, ref: str, why: str) -> None:
    with pytest.raises(UserError, match=why), trouble():
        connect(hub.environment()).create_git_ref(ref, hub.refs["refs/heads/main"])


def test_a_reference_needs_an_object(hub: Hub) -> None:
    with pytest.raises(UserError, match="Object does not exist"), trouble():
        connect(hub.environment()).create_git_ref("refs/heads/nieuw", "0" * 40)


def test_a_branch_goes_forward_unless_forced(hub: Hub) -> None:
    first = hub.refs["refs/heads/main"]
    hub.commit({"a.md": "A\n"}, branch="zij")
    hub.commit({"b.md": "B\n"})
    ref = connect(hub.environment()).get_git_ref("heads/zij")
    with pytest.raises(UserError, match="not a fast forward"), trouble():
        ref.edit(hub.refs["refs/heads/main"])
    ref.edit(first, force=True)
    assert hub.refs["refs/heads/zij"] == first


def test_a_branch_that_goes_takes_its_pull_request_along(hub: Hub) -> None:
    pull = hub.pull("Weg", {"a.md": "A\n"})
    connect(hub.environment()).get_git_ref("heads/wijziging").delete()
    assert pull.state == "closed"
    assert connect(hub.environment()).get_pull(pull.number).head.sha == pull.last


def test_references_that_begin_alike(hub: Hub) -> None:
    for name in ("voorstel/1", "voorstel/2", "anders"):
        hub.commit({"a.md": name}, branch=name)
    found = connect(hub.environment()).get_git_matching_refs("heads/voorstel/")
    assert [one.ref for one in found] == ["refs/heads/voorstel/1", "refs/heads/voorstel/2"]
    with pytest.raises(UnknownObjectException):
        connect(hub.environment()).get_git_ref("heads/voorstel").complete()


def test_an_annotated_tag(hub: Hub) -> None:
    repository = connect(hub.environment())
    head = hub.refs["refs/heads/main"]
    tag = repository.create_git_tag("v1.0.0", "Eerste", head, "commit")
    repository.create_git_ref("refs/tags/v1.0.0", tag.sha)
    assert repository.get_git_ref("tags/v1.0.0").object.type == "tag"
    assert repository.get_git_tag(tag.sha).object.sha == head
    assert repository.get_commit("v1.0.0").sha == head


def test_files_are_read_and_written(hub: Hub) -> None:
    repository = connect(hub.environment())
    made = repository.create_file("map/nieuw.md", "Voeg toe", "Één\n", branch="main")
    content = made["content"]
    assert isinstance(content, ContentFile)
    with pytest.raises(GithubException, match="does not match"):
        repository.update_file("map/nieuw.md", "Pas aan", "Twee\n", "0" * 40, branch="main")
    repository.update_file("map/nieuw.md", "Pas aan", "Twee\n", content.sha, branch="main")
    found = repository.get_contents("map/nieuw.md")
    assert isinstance(found, ContentFile)
    assert found.decoded_content == b"Twee\n"
    listed = repository.get_contents("")
    assert isinstance(listed, list)
    assert [(one.path, one.type) for one in listed] == [("README.md", "file"), ("map", "dir")]
    repository.delete_file("map/nieuw.md", "Haal weg", found.sha, branch="main")
    with pytest.raises(UnknownObjectException):
        repository.get_contents("map/nieuw.md")


@pytest.mark.parametrize(("login", "status"), [("github-actions[bot]", 403), ("redacteur", 201)])
def test_a_workflow_changes_no_workflows(hub: Hub, login: str, status: int) -> None:
    repository = connect(hub.environment(login))
    path, seen = ".github/workflows/erbij.yml", []
    for work in (
        lambda: repository.create_file(path, "Voeg toe", "on: push\n", branch="main"),
        lambda: repository.create_git_tree([InputGitTreeElement(path, "100644", "blob", content="on: push\n")]),
    ):
        with contextlib.suppress(GithubException):
            work()
        seen.append(hub.requests[-1].status)
    assert seen == [status, status]


def test_a_file_that_is_there_is_not_made_again(hub: Hub) -> None:
    with pytest.raises(GithubException, match="wasn't supplied"):
        connect(hub.environment()).create_file("README.md", "Voeg toe", "Anders\n", branch="main")


def test_branches_and_commits(hub: Hub) -> None:
    hub.commit({"a.md": "A\n"}, "Voeg A toe", branch="zij")
    repository = connect(hub.environment())
    assert [one.name for one in repository.get_branches()] == ["main", "zij"]
    assert repository.get_branch("zij").commit.commit.message == "Voeg A toe"
    assert [one.commit.message for one in repository.get_commits(sha="zij", path="a.md")] == ["Voeg A toe"]
    assert [one.filename for one in repository.get_commit("zij").files] == ["a.md"]


def test_who_works_here(hub: Hub) -> None:
    repository = connect(hub.environment())
    assert repository.get_collaborator_permission("redacteur") == "write"
    assert repository.get_collaborator_permission("voorbijganger") == "read"
    assert repository.default_branch == "main"
