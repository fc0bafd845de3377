"""``kader release publish``: a folder that was built becomes a release on GitHub."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import shared
from pipeline.errors import UserError
from pipeline.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.cli.options import Options
    from pipeline.sync.release.plan import Step, Wanted


@click.command("publish")
@shared
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder that kader release build wrote.",
)
def command(options: Options, folder: Path) -> int:
    """Complete the release on GitHub: a draft, its files, then out. What is there already stays.

    GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL say where.
    """
    from pipeline.world.github.connection import connect
    from pipeline.world.github.releases import publish
    from pipeline.world.release_folder import read_assets

    contents = read_assets(folder)
    manifest = _checked(folder, contents)
    repository = connect(os.environ)
    wanted = wanted_of(manifest, contents, os.environ.get("GITHUB_REPOSITORY", ""))
    done: list[Step] = []

    def tell(step: Step) -> None:
        done.append(step)
        options.say(*_words(step))

    with closing(repository.requester):
        publish(repository, wanted, manifest["framework"]["commit"], contents, tell)
    tag = wanted.version.tag
    if done:
        options.say(f"{tag} is gepubliceerd.", f"{tag} has been published.")
    else:
        options.say(f"{tag} was al gepubliceerd; er is niets veranderd.", f"{tag} was published; nothing changed.")
    return 0


def wanted_of(manifest: Any, contents: Mapping[str, bytes], repository: str) -> Wanted:  # noqa: ANN401 - JSON, checked
    """Give the release that the files make; the manifest and the sums go last."""
    from pipeline.exports.artifact import Artifact
    from pipeline.exports.release.manifest import FILE, SUMS, files_in, told
    from pipeline.sync.release.notes import CHANGES, notes, title, version_of
    from pipeline.sync.release.plan import File, Wanted

    types = {each.name: each.media_type for each in files_in(manifest)}
    types |= {FILE: "application/json", SUMS: "text/plain; charset=utf-8"}
    files = (told(Artifact(name=name, media_type=type_, content=contents[name])) for name, type_ in types.items())
    return Wanted(
        version=version_of(manifest),
        title=title(manifest),
        notes=notes(manifest, contents[CHANGES].decode(), repository),
        files=tuple(File(each.name, each.size, f"sha256:{each.sha256}", each.media_type) for each in files),
    )


def _checked(folder: Path, contents: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - JSON, checked
    """Read the manifest; refuse files that are not those that were built."""
    from pipeline.exports.release.manifest import FILE
    from pipeline.exports.release.verify import faults, mismatches
    from pipeline.sync.release.notes import CHANGES

    found = list(mismatches(contents)) or list(faults(contents))
    if found or CHANGES not in contents:
        nl = "; ".join(text.nl for text in found[:3]) or f"{CHANGES} ontbreekt"
        en = "; ".join(text.en for text in found[:3]) or f"{CHANGES} is missing"
        raise UserError(
            nl=f"De uitgave in {folder} is niet heel: {nl}. Er is niets gepubliceerd. Maak de map opnieuw met "
            "kader release build.",
            en=f"The release in {folder} is not whole: {en}. Nothing was published. Make the folder anew with "
            "kader release build.",
        )
    return json.loads(contents[FILE])


def _words(step: Step) -> tuple[str, str]:
    """Tell a step that was taken, in Dutch and in English."""
    from pipeline.sync.release.plan import Discard, Draft, Publish, Remove, Upload

    match step:
        case Draft():
            return "Een concept gemaakt.", "Made a draft."
        case Discard():
            return "Een dubbel concept weggehaald.", "Took away a draft that was there twice."
        case Remove(file):
            name = visible(file.name)
            return f"Weggehaald: {name}, want het was niet goed.", f"Took away {name}, which was not right."
        case Upload(_, file):
            return f"Toegevoegd: {file.name}", f"Added: {file.name}"
        case Publish(_, _, latest):
            nl, en = (", als nieuwste versie", ", as the latest version") if latest else ("", "")
            return f"Het concept is gepubliceerd{nl}.", f"The draft has been published{en}."
