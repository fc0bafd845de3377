"""``kader release build``: everything that a release would publish, in a folder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import __version__
from pipeline.cli.options import shared
from pipeline.exports.artifact import Artifact, Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.cli.options import Options
    from pipeline.cli.release_source import Source
    from pipeline.compare.changes import Changes
    from pipeline.exports.release.versions import Version
    from pipeline.model.framework import Framework
    from pipeline.reports.changes.comparison import Comparison

ASSETS = "assets/"
SITE = "site/"
NOTES = "notes.md"
FOLDER = "release"


@click.command("build")
@shared
@click.option("--version", "asked", required=True, help="The version to be, such as 1.4.0.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help=f"The folder to write. Default: {FOLDER}, in the root. It is replaced as a whole.",
)
def command(options: Options, asked: str, output: Path | None) -> int:
    """Check a commit and write what would be published of it: the same bytes on any machine."""
    from pipeline.cli.build import errors_of, relative
    from pipeline.cli.checking import write
    from pipeline.cli.committed import outcome_of, refuse_uncommitted
    from pipeline.cli.release_changes import comparison_of
    from pipeline.cli.release_source import source_of
    from pipeline.exports.release.base import base_of
    from pipeline.exports.release.versions import asked_version
    from pipeline.findings import Outcome
    from pipeline.rules.run import findings_of_flaws
    from pipeline.world.files import replace_folder

    version = asked_version(asked)
    source = source_of(options, lambda tags, commit: base_of(tags, version, commit))
    refuse_uncommitted(options, source.repository, source.commit, source.schemas)
    outcome = outcome_of(source.framework) if source.framework else Outcome(findings=findings_of_flaws(source.flaws))
    if source.framework is None or outcome.fails:
        write(options, "terminal", errors_of(outcome))
        options.say(
            "Er is niets geschreven: verbeter eerst de fouten hierboven.",
            "Nothing was written: mend the errors above first.",
        )
        return 1
    folder = output if output is not None else options.root / FOLDER
    comparison = comparison_of(source, source.framework, str(version))
    made = list(release(source, source.framework, version, comparison))
    replace_folder(folder, made)
    _tell(options, source, made, relative(folder))
    _advise(options, source, source.framework, version, comparison.changes)
    return 0


def release(source: Source, framework: Framework, version: Version, comparison: Comparison) -> Iterator[Artifact]:
    """Make every file of the folder, and read back what will be published."""
    from pipeline.cli.release_changes import changes_of
    from pipeline.exports.json import VERSION
    from pipeline.exports.registry import artifacts
    from pipeline.exports.release.manifest import FILE, Made, with_manifest
    from pipeline.exports.release.package import packed
    from pipeline.sync.release.notes import CHANGES, notes, repository_in

    settings, base = framework.settings, source.base
    context = Context(version=str(version), revision=source.commit, date=source.date, language="nl")
    exports = list(artifacts(framework, context))
    assets = with_manifest(
        packed([*exports, *changes_of(source, framework, comparison)], source.date),
        settings,
        Made(version, source.commit, source.date),
        Made(base.version, base.commit) if base else None,
        data_version=VERSION,
        generator=f"kader {__version__}",
    )
    contents = {each.name: each.content for each in assets}
    _read_back(contents)
    yield from (replace(each, name=ASSETS + each.name) for each in assets)
    yield from (each for each in exports if each.name.startswith(SITE))
    text = notes(json.loads(contents[FILE]), contents[CHANGES].decode(), repository_in(settings.site.repository))
    yield Artifact(name=NOTES, media_type="text/markdown; charset=utf-8", content=text.encode())


def _read_back(contents: dict[str, bytes]) -> None:
    """Let every file be read as its users will; what is found here is a bug of ours."""
    from pipeline.exports.release.verify import faults, mismatches

    found = [text.en for text in (*mismatches(contents), *faults(contents))]
    if found:
        raise ValueError(f"a release was made wrong: {'; '.join(found)}")


def _tell(options: Options, source: Source, made: Sequence[Artifact], shown: str) -> None:
    options.say(f"Gemaakt in {shown}/, van commit {source.commit[:12]}:", f"Made in {shown}/, of {source.commit[:12]}:")
    for each in made:
        if not each.name.startswith(SITE):
            line = f"  {each.name}  ({len(each.content) / 1000:,.0f} kB)"
            options.say(line, line)
    count = sum(each.name.startswith(SITE) for each in made)
    options.say(f"  {SITE}  ({count} bestanden)", f"  {SITE}  ({count} files)")


def _advise(options: Options, source: Source, framework: Framework, version: Version, changes: Changes) -> None:
    """Tell what may be a mistake, and may be meant so."""
    from pipeline.exports.release.next import next_version
    from pipeline.rules.ids.released import released

    found = next_version(changes, source.base, source.commit).version
    if source.base is None and released(framework):
        options.say(
            "Let op: dit is de eerste uitgave, want er is geen eerdere tag van een versie, maar op de lijst van "
            "uitgegeven id's staan er al. Ontbreken er tags? Haal ze op met git fetch --tags.",
            "Note: this is the first release, since no version has a tag before it, and yet there are ids on the list "
            "of released ones. Are tags missing? Fetch them with git fetch --tags.",
        )
    if source.base is not None and found is not None and version._replace(candidate=None).order < found.order:
        options.say(
            f"Let op: de wijzigingen vragen om versie {found}. `kader release plan` zegt waarom.",
            f"Note: the changes ask for version {found}. `kader release plan` tells why.",
        )
