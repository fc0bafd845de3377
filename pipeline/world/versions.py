"""The versions that a repository has: its tags ``v1.2.3``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.exports.release.base import Tag
from pipeline.exports.release.versions import version_of_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.world.repository import Repository

_FORMAT: Final = "--format=%(refname:strip=2) %(objecttype) %(*objecttype)"


def version_tags(repository: Repository) -> tuple[Tag, ...]:
    """Give the tags of versions, the lowest first."""
    past = set(_names(repository, "--merged=HEAD"))
    named = [(version, name) for name in _names(repository) if (version := version_of_tag(name))]
    if not named:
        return ()
    commits = repository.ask("rev-parse", *(f"refs/tags/{name}^{{commit}}" for _, name in named)).decode().split()
    tags = (Tag(version, commit, name in past) for (version, name), commit in zip(named, commits, strict=True))
    return tuple(sorted(tags, key=lambda tag: tag.version.order))


def _names(repository: Repository, *choice: str) -> Iterator[str]:
    """Give the names of tags that name a commit."""
    for line in repository.ask("for-each-ref", *choice, _FORMAT, "refs/tags/v*").decode(errors="replace").splitlines():
        name, _, kinds = line.partition(" ")
        if kinds.split()[-1:] == ["commit"]:
            yield name


def head_of(repository: Repository) -> str:
    """Give the commit that is checked out."""
    found = repository.ask("rev-parse", "--revs-only", "HEAD^{commit}").decode().strip()
    if not found:
        raise UserError(
            nl="Deze repository heeft nog geen commit. Een uitgave wordt van een commit gemaakt: maak die eerst.",
            en="This repository has no commit yet. A release is made from a commit: make one first.",
        )
    return found
