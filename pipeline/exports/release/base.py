"""Which earlier release a version follows, and whether it can follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.exports.release.versions import Version


class Tag(NamedTuple):
    """A version and the commit that its tag names; ``past`` where that commit is, or led to, the one in hand."""

    version: Version
    commit: str
    past: bool


def last_of(tags: Sequence[Tag]) -> Tag | None:
    """Give the newest version, other than a candidate, that led to the commit in hand."""
    finals = (tag for tag in tags if tag.past and tag.version.is_final)
    return max(finals, key=lambda tag: tag.version.order, default=None)


def base_of(tags: Sequence[Tag], version: Version, commit: str) -> Tag | None:
    """Give the release that ``version`` of ``commit`` follows; none for the first one.

    Later tags elsewhere play no part: the same commit has the same base for ever.
    """
    _refuse_taken(tags, version, commit)
    is_tagged = any(tag.version == version for tag in tags)
    for tag in reversed(tags):
        # A release can be made anew when its commit has got a later version as well.
        if tag.past and tag.version.order > version.order and not (is_tagged and tag.commit == commit):
            raise UserError(
                nl=f"Versie {version} kan niet volgen op {tag.version}, die er al is. Kies een hogere; "
                "`kader release plan` rekent uit welke.",
                en=f"Version {version} cannot follow {tag.version}, which is there already. Choose a higher one; "
                "`kader release plan` works out which.",
            )
    return last_of([tag for tag in tags if tag.version.order < version.order])


def _refuse_taken(tags: Sequence[Tag], version: Version, commit: str) -> None:
    for tag in tags:
        if tag.version == version and tag.commit != commit:
            raise UserError(
                nl=f"De tag {version.tag} hoort bij commit {tag.commit[:12]}, en dit is {commit[:12]}. Ga naar die "
                f"commit met git checkout {version.tag}, of kies een hogere versie.",
                en=f"The tag {version.tag} belongs to commit {tag.commit[:12]}, and this is {commit[:12]}. Go there "
                f"with git checkout {version.tag}, or choose a higher version.",
            )
