"""What a release is made from: a commit, and the release before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.cli.committed import framework_in_hand
from pipeline.cli.options import read_schemas
from pipeline.cli.revisions import framework_at, schemas_at
from pipeline.errors import UserError
from pipeline.world.repository import Repository
from pipeline.world.versions import head_of, version_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.cli.options import Options
    from pipeline.documents.document import Flaw
    from pipeline.exports.release.base import Tag
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The commit that is checked out. No framework where its schemas are flawed.

    ``base`` is the release before it, ``former`` its schemas, and ``framework.base`` the framework of then.
    """

    repository: Repository
    commit: str
    date: str
    schemas: Schemas | None
    flaws: tuple[Flaw, ...]
    framework: Framework | None
    base: Tag | None = None
    former: Schemas | None = None


def source_of(options: Options, choose_base: Callable[[Sequence[Tag], str], Tag | None]) -> Source:
    """Read what is checked out; ``choose_base`` gets all versions and the commit.

    Deadlines are held against the day of the commit, whatever the day is that was asked for.
    """
    options = replace(options, given_today="")
    repository = whole_repository(options)
    commit = head_of(repository)
    base = choose_base(version_tags(repository), commit)
    today, flaws_today = read_schemas(options)
    schemas, flaws = schemas_at(repository, commit, options, today)
    framework = former = None
    if schemas is not None:
        framework = framework_in_hand(options, repository, commit, schemas)
        if base is not None:
            # Where the schemas of then were not right, those of today have to serve.
            former = schemas_at(repository, base.commit, options, today)[0] or schemas
            before = framework_at(repository, base.commit, former, beside=framework, today=framework.today)
            framework = replace(framework, base=before)
    return Source(
        repository=repository,
        commit=commit,
        date=repository.day(commit),
        schemas=schemas,
        flaws=flaws or flaws_today,
        framework=framework,
        base=base,
        former=former,
    )


def whole_repository(options: Options) -> Repository:
    """Give the repository; refuse one whose history stops somewhere, which may hide a release."""
    repository = Repository(options.root)
    if repository.shallow:
        raise UserError(
            nl="Deze kopie van de repository heeft niet de hele geschiedenis, dus de vorige uitgave is niet te vinden. "
            "Haal meer op: git fetch --unshallow --tags, of fetch-depth: 0 bij actions/checkout.",
            en="This clone of the repository lacks part of the history, so the release before cannot be found. Fetch "
            "more: git fetch --unshallow --tags, or fetch-depth: 0 for actions/checkout.",
        )
    return repository
