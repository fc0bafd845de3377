"""Releases and their files on GitHub."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.sync.release.plan import Attached, Discard, Draft, Publish, Release, Remove, Upload, steps
from pipeline.world.github.connection import UnsureError, made_once, trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from github.GitRelease import GitRelease
    from github.GitReleaseAsset import GitReleaseAsset
    from github.Repository import Repository

    from pipeline.sync.release.plan import Step, Wanted

ROUNDS: Final = 12
"""Most times that we look at what there is and go on from there; without trouble it takes four."""


class Releases:
    """The releases of a repository, drafts included."""

    def __init__(self, repository: Repository) -> None:
        """Read nothing yet."""
        self._repository = repository
        self._found: dict[int, GitRelease] = {}
        self._files: dict[int, GitReleaseAsset] = {}
        self._made: int | None = None

    def refuse_other_commit(self, tag: str, commit: str) -> None:
        """Refuse a tag that is not there, or that names another commit: GitHub would make one."""
        with trouble():
            found = self._commit_of(tag)
        if not found:
            raise UserError(
                nl=f"Op GitHub is er geen tag {tag}. Maak die eerst: git tag {tag} {commit[:12]}, en daarna "
                f"git push origin {tag}",
                en=f"There is no tag {tag} at GitHub. Make it first: git tag {tag} {commit[:12]}, and then "
                f"git push origin {tag}",
            )
        if found != commit:
            raise UserError(
                nl=f"De tag {tag} op GitHub hoort bij commit {found[:12]}, en deze bestanden bij {commit[:12]}. "
                "Maak de uitgave opnieuw van die commit, of kies een hogere versie.",
                en=f"The tag {tag} at GitHub belongs to commit {found[:12]}, and these files to {commit[:12]}. "
                "Build the release anew from that commit, or choose a higher version.",
            )

    def read(self, tag: str) -> tuple[Release, ...]:
        """Give all releases; only those of ``tag`` with their files."""
        with trouble():
            self._found = {each.id: each for each in self._repository.get_releases()}
            if self._made is not None and self._made not in self._found:
                # A list may be a moment behind; a draft too many would be the price.
                self._found[self._made] = self._repository.get_release(self._made)
            return tuple(self._read(each, tag) for each in self._found.values())

    def do(self, step: Step, contents: Mapping[str, bytes]) -> None:
        """Take one step; ``contents`` are the files by name. What another run did first is done."""
        from github.GithubException import UnknownObjectException

        with trouble(), made_once():
            match step:
                case Draft(wanted):
                    made = self._repository.create_git_release(
                        wanted.version.tag,
                        wanted.title,
                        wanted.notes,
                        draft=True,
                        prerelease=not wanted.version.is_final,
                        make_latest="false",  # a draft cannot be
                    )
                    self._made = made.id
                case Discard(release):
                    with suppress(UnknownObjectException):
                        self._found[release.id].delete_release()
                case Remove(file):
                    with suppress(UnknownObjectException):
                        self._files[file.id].delete_asset()
                case Upload(release, file):
                    stream = io.BytesIO(contents[file.name])
                    target = self._found[release.id]
                    target.upload_asset_from_memory(stream, file.size, file.name, file.media_type)
                case Publish(release, wanted, latest):
                    self._found[release.id].update_release(
                        wanted.title,
                        wanted.notes,
                        draft=False,
                        prerelease=not wanted.version.is_final,
                        make_latest="true" if latest else "false",
                    )

    def _commit_of(self, tag: str) -> str:
        """Give the commit that a tag names; nothing where there is no such tag."""
        from github.GithubException import UnknownObjectException

        try:
            named = self._repository.get_git_ref(f"tags/{tag}").object
        except UnknownObjectException:
            return ""
        while named.type == "tag":
            named = self._repository.get_git_tag(named.sha).object
        return named.sha

    def _read(self, found: GitRelease, tag: str) -> Release:
        files: tuple[Attached, ...] = ()
        if found.tag_name == tag:
            attached = list(found.get_assets())
            self._files.update((each.id, each) for each in attached)
            files = tuple(Attached(each.id, each.name, each.size, each.state, each.digest or "") for each in attached)
        return Release(found.id, found.tag_name, found.draft, found.prerelease, found.body or "", files)


def publish(
    repository: Repository, wanted: Wanted, commit: str, contents: Mapping[str, bytes], tell: Callable[[Step], None]
) -> None:
    """Let a release be there, whole: go on from whatever there is; ``tell`` hears of each step.

    A step of which nobody knows whether it was done is no trouble: we look, and plan anew.
    """
    releases = Releases(repository)
    releases.refuse_other_commit(wanted.version.tag, commit)
    unsure: UnsureError | None = None
    for _ in range(ROUNDS):
        todo = steps(releases.read(wanted.version.tag), wanted)
        if not todo:
            return
        if any(isinstance(step, Publish) for step in todo):
            # Uploading takes a while, and GitHub makes a tag that is gone anew, of another commit.
            releases.refuse_other_commit(wanted.version.tag, commit)
        try:
            for step in todo:
                releases.do(step, contents)
                tell(step)
        except UnsureError as error:
            unsure = error
    raise unsure or UserError(
        nl=f"Het lukt niet om {wanted.version.tag} af te maken: GitHub laat telkens iets anders zien. "
        "Probeer het later opnieuw.",
        en=f"{wanted.version.tag} cannot be completed: GitHub shows something else each time. Try again later.",
    )
