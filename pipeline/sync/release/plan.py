"""What GitHub should do for a release: first a draft, then its files, then out.

A plan is made from what is there, so that it can be made again after anything that went wrong.
A release of ours is known by the marker that its text begins with, and a draft is never found by
its tag: there may be several of one name. What is published is never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import UserError
from pipeline.exports.release.versions import version_of_tag
from pipeline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.exports.release.versions import Version

UPLOADED = "uploaded"


class Attached(NamedTuple):
    """A file of a release at GitHub. ``digest`` is empty where GitHub does not tell it."""

    id: int
    name: str
    size: int
    state: str
    digest: str


class Release(NamedTuple):
    """A release at GitHub."""

    id: int
    tag: str
    draft: bool
    prerelease: bool
    notes: str
    files: tuple[Attached, ...] = ()


class File(NamedTuple):
    """A file that a release should have; ``digest`` as GitHub writes it: ``sha256:…``."""

    name: str
    size: int
    digest: str
    media_type: str


class Wanted(NamedTuple):
    """The release that there should be; ``notes`` begin with its marker."""

    version: Version
    title: str
    notes: str
    files: tuple[File, ...]


class Draft(NamedTuple):
    """Make a draft."""

    wanted: Wanted


class Discard(NamedTuple):
    """Delete a draft that was made twice."""

    release: Release


class Remove(NamedTuple):
    """Delete a file of a draft: half of it arrived, or it is another one."""

    file: Attached


class Upload(NamedTuple):
    """Add a file to a draft."""

    release: Release
    file: File


class Publish(NamedTuple):
    """Let a draft that has every file out; ``latest`` where it is the highest version."""

    release: Release
    wanted: Wanted
    latest: bool


Step = Draft | Discard | Remove | Upload | Publish


def marker(version: Version) -> str:
    """Give the line that the notes of our own release of a version begin with; nobody sees it."""
    return f"<!-- kader:release {version.tag} -->"


def steps(releases: Sequence[Release], wanted: Wanted) -> tuple[Step, ...]:
    """Give what has to be done next; nothing once the release is out.

    Look again when these are done: a draft must be there before files can go to it, and every
    file before it goes out.
    """
    named = [each for each in releases if each.tag == wanted.version.tag]
    drafts = sorted((each for each in named if each.draft and _is_ours(each, wanted)), key=lambda each: each.id)
    published = next((each for each in named if not each.draft), None)
    if published is not None:
        _refuse_another(published, wanted)
        return tuple(Discard(each) for each in drafts if not _strange(each, wanted))
    if not drafts:
        return (Draft(wanted),)
    draft, *others = drafts
    _refuse_strange(draft, wanted)
    twins = (Discard(each) for each in others if not _strange(each, wanted))
    mended = (*twins, *_completed(draft, wanted))
    return mended or (Publish(draft, wanted, latest=_is_highest(wanted, releases)),)


def _is_ours(release: Release, wanted: Wanted) -> bool:
    return release.notes.startswith(marker(wanted.version))


def _completed(draft: Release, wanted: Wanted) -> Iterator[Step]:
    """Take away what is not right, then add what is missing, each file where it was in the list."""
    files = {each.name: each for each in wanted.files}
    right = {each.name for each in draft.files if each.name in files and _is_same(each, files[each.name])}
    yield from (Remove(each) for each in draft.files if each.name not in right)
    yield from (Upload(draft, each) for each in wanted.files if each.name not in right)


def _is_same(attached: Attached, file: File) -> bool:
    """Whether a whole file arrived, and is the one that was sent."""
    whole = attached.state == UPLOADED and attached.size == file.size
    return whole and attached.digest in {"", file.digest}


def _is_highest(wanted: Wanted, releases: Sequence[Release]) -> bool:
    if not wanted.version.is_final:
        return False
    out = (version_of_tag(each.tag) for each in releases if not each.draft and not each.prerelease)
    return all(each.order <= wanted.version.order for each in out if each is not None)


def _refuse_another(published: Release, wanted: Wanted) -> None:
    """Refuse to go on where a release of this version is out with other files."""
    files = {each.name: each for each in published.files}
    other = [each.name for each in wanted.files if each.name not in files or not _is_same(files[each.name], each)]
    if other:
        tag, names = wanted.version.tag, ", ".join(other)
        raise UserError(
            nl=f"{tag} is al gepubliceerd, met andere bestanden: {names}. Er is niets veranderd, want wat "
            "gepubliceerd is, blijft zoals het is. Kies een hogere versie.",
            en=f"{tag} has been published already, with other files: {names}. Nothing was changed: what is published "
            "stays as it is. Choose a higher version.",
        )


def _strange(draft: Release, wanted: Wanted) -> list[str]:
    """Give the names of files that somebody else added: those are not published, and not deleted."""
    known = {each.name for each in wanted.files}
    return [each.name for each in draft.files if each.name not in known and each.state == UPLOADED]


def _refuse_strange(draft: Release, wanted: Wanted) -> None:
    strange = _strange(draft, wanted)
    if strange:
        names = visible(", ".join(strange)[:200])
        raise UserError(
            nl=f"In het concept van {wanted.version.tag} staan bestanden die er niet bij horen: {names}. Er is niets "
            "veranderd. Haal ze weg op GitHub en probeer het opnieuw.",
            en=f"The draft of {wanted.version.tag} has files that do not belong to it: {names}. Nothing was changed. "
            "Take them away at GitHub and try again.",
        )
