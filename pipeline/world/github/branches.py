"""Branches of a repository: where one ends, and one file more on it.

Everything is made first (tree and commit), and last the branch is moved to it: only ahead, so that
nothing is lost that somebody added in the meantime.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pipeline.sync.proposals.standing import Head, named_file
from pipeline.world.github.refusals import UnsureError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from github.GitCommit import GitCommit
    from github.Repository import Repository

    from pipeline.sync.proposals.standing import Commit

_FILE: Final = "100644"
_CLASHES: Final = 422


def head_of(repository: Repository, branch: str, number: int) -> Head | None:
    """Give the last commit of the branch of an issue, or nothing where there is no such branch."""
    sha = tip(repository, branch)
    if not sha:
        return None
    message = repository.get_git_commit(sha).message
    path = named_file(message, number)
    return Head(sha, message, _text(repository, path, sha) if path else None)


def tip(repository: Repository, branch: str) -> str:
    """Give the name of the last commit of a branch; nothing where there is no such branch."""
    from github.GithubException import UnknownObjectException

    try:
        return repository.get_git_ref(f"heads/{branch}").object.sha
    except UnknownObjectException:
        return ""


def write_commit(repository: Repository, commit: Commit) -> None:
    """Write one file on a branch: a new one, or one whose last commit is ``commit.onto``."""
    parent = repository.get_git_commit(commit.onto or tip(repository, repository.default_branch))
    made = _commit_on(repository, parent, commit)
    with _overtaken():
        if commit.onto:
            repository.get_git_ref(f"heads/{commit.branch}").edit(made.sha, force=False)
        else:
            repository.create_git_ref(f"refs/heads/{commit.branch}", made.sha)


def _commit_on(repository: Repository, parent: GitCommit, commit: Commit) -> GitCommit:
    from github import InputGitTreeElement

    elements = [InputGitTreeElement(commit.path, _FILE, "blob", content=commit.text)]
    if commit.remove:
        elements.append(InputGitTreeElement(commit.remove, _FILE, "blob", sha=None))
    tree = repository.create_git_tree(elements, parent.tree)
    # Without an author GitHub puts down whose token it is, and signs the commit.
    return repository.create_git_commit(commit.message, tree, [parent])


def _text(repository: Repository, path: str, sha: str) -> str | None:
    from github.GithubException import UnknownObjectException

    try:
        found = repository.get_contents(path, ref=sha)
    except UnknownObjectException:
        return None
    if isinstance(found, list) or found.encoding != "base64":
        return None
    try:
        return found.decoded_content.decode()
    except UnicodeDecodeError:
        return None


@contextmanager
def _overtaken() -> Iterator[None]:
    """Read a refusal to move a branch as what it is: somebody else was first, so plan anew."""
    from github.GithubException import GithubException

    try:
        yield
    except GithubException as error:
        if error.status != _CLASHES:
            raise
        raise UnsureError(
            nl="Iemand anders heeft de branch net veranderd. Draai dit opnieuw.",
            en="Somebody else has just changed the branch. Run this again.",
        ) from None
