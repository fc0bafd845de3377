"""``kader release ledger``: the ids of a release go on the list of released ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import shared
from pipeline.errors import UserError

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.exports.release.base import Tag
    from pipeline.model.framework import Framework
    from pipeline.world.repository import Repository


@click.command("ledger")
@shared
@click.option("--version", "asked", default="", help="The release. Default: the newest that led to what is here.")
def command(options: Options, asked: str) -> int:
    """Add the ids that a release made known to the list, each on a line of its own.

    What stands in the list stays, in its order; only a state that is no longer so is changed.
    """
    from pipeline.cli.options import sound_schemas
    from pipeline.cli.release_source import whole_repository
    from pipeline.exports.release.ledger import completed, issued
    from pipeline.text import Source
    from pipeline.world.files import read_text
    from pipeline.world.patches import write_patches

    path = sound_schemas(options).settings.ledger
    text = read_text(options.root, path) if path else None
    if text is None:
        raise _no_list(path)
    repository = whole_repository(options)
    tag = _tag(repository, asked)
    ids = issued(_framework(options, repository, tag))
    done = completed(Source(path=path, text=text), ids, repository.day(tag.commit))
    if done.patch.edits:
        write_patches(options.root, [done.patch])
    options.say(
        f"{path}: {done.added} id's van {tag.version} erbij, {done.changed} gewijzigd.",
        f"{path}: {done.added} ids of {tag.version} added, {done.changed} changed.",
    )
    return 0


def _tag(repository: Repository, asked: str) -> Tag:
    from pipeline.exports.release.base import last_of
    from pipeline.exports.release.versions import asked_version
    from pipeline.world.versions import version_tags

    tags = version_tags(repository)
    version = asked_version(asked) if asked else None
    found = next((tag for tag in tags if tag.version == version), None) if version else last_of(tags)
    if found is None:
        name = version.tag if version else "v1.0.0"
        raise UserError(
            nl=f"Er is geen tag {name}. Haal de tags op met git fetch --tags, of noem een andere versie.",
            en=f"There is no tag {name}. Fetch the tags with git fetch --tags, or name another version.",
        )
    return found


def _framework(options: Options, repository: Repository, tag: Tag) -> Framework:
    from pipeline.cli.options import read_schemas
    from pipeline.cli.revisions import framework_at, schemas_at

    schemas, _ = schemas_at(repository, tag.commit, options, read_schemas(options)[0])
    if schemas is None:
        raise UserError(
            nl=f"De schema's van {tag.version} kloppen niet. Noem een andere versie met --version.",
            en=f"The schemas of {tag.version} are not right. Name another version with --version.",
        )
    return framework_at(repository, tag.commit, schemas)


def _no_list(path: str) -> UserError:
    if path:
        return UserError(
            nl=f"{path} bestaat niet. Zet de lijst met uitgegeven id's terug.",
            en=f"There is no {path}. Put the list of released ids back.",
        )
    return UserError(
        nl="Dit kader heeft geen lijst met uitgegeven id's. Noem er een met `ledger` in framework.json.",
        en="This framework has no list of released ids. Name one with `ledger` in framework.json.",
    )
