"""``kader build``: check, then write every export."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.checking import checked, write
from pipeline.cli.options import shared
from pipeline.exports.artifact import Context
from pipeline.exports.registry import artifacts
from pipeline.findings import Severity
from pipeline.world.files import replace_folder
from pipeline.world.git import revision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.cli.options import Options
    from pipeline.exports.artifact import Artifact
    from pipeline.findings import Outcome
    from pipeline.model.framework import Framework


@click.command("build")
@shared
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="The folder to write. Default: dist, in the root. It is replaced as a whole.",
)
@click.option("--only", default="", help="Only these exports, with commas between: json,csv,site.")
def command(options: Options, output: Path | None, only: str) -> int:
    """Check the framework; when there is no error, write every export to a folder."""
    framework, outcome = checked(options, keep_tokens=True)
    if framework is None or outcome.fails:
        write(options, "terminal", errors_of(outcome))
        options.say(
            "Er is niets geschreven: verbeter eerst de fouten hierboven.",
            "Nothing was written: mend the errors above first.",
        )
        return 1
    folder = output if output is not None else options.root / "dist"
    made = list(artifacts(framework, context_of(options), _names(only)))
    replace_folder(folder, made)
    _tell(options, folder, made)
    return 0


def context_of(options: Options) -> Context:
    """Tell the exports which commit they are made from."""
    at = revision(options.root)
    return Context(version=at.version, revision=at.commit, date=at.date, language=options.language)


def _names(only: str) -> Sequence[str]:
    return [name.strip() for name in only.split(",") if name.strip()]


def errors_of(outcome: Outcome) -> Outcome:
    """Leave out what does not stop a build."""
    return replace(outcome, findings=tuple(each for each in outcome.findings if each.severity is Severity.ERROR))


def _tell(options: Options, folder: Path, made: Sequence[Artifact]) -> None:
    """Say what was made, where, and how to look at it."""
    sizes = Counter[str]()
    counts = Counter[str]()
    for artifact in made:
        top, slash, _ = artifact.name.partition("/")
        sizes[top + slash] += len(artifact.content)
        counts[top + slash] += 1
    shown = relative(folder)
    options.say(f"Gemaakt in {shown}/:", f"Made in {shown}/:")
    files = ("bestanden", "files")
    for name, size in sizes.items():
        many = f", {counts[name]} {{}}" if counts[name] > 1 else ""
        line = f"  {name}  ({size / 1000:,.0f} kB{many})"
        options.say(line.format(files[0]), line.format(files[1]))
    site = folder / "site" / "index.html"
    if site.exists():
        options.say(
            f"Bekijk de site: open {relative(site)} in je browser, of gebruik kader serve.",
            f"Look at the site: open {relative(site)} in your browser, or use kader serve.",
        )


def relative(path: Path) -> str:
    """Show a path as it is typed from here."""
    here = Path.cwd()
    path = path.absolute()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def draft_artifacts(framework: Framework, options: Options) -> list[Artifact]:
    """Make the site alone, whatever the findings: for looking at work in progress."""
    return list(artifacts(framework, context_of(options), ["site"]))
