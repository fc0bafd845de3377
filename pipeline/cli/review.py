"""``kader review``: what a pull request brings, as data for the step that may write on GitHub."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.checking import write
from pipeline.cli.options import shared
from pipeline.cli.review_post import command as post
from pipeline.errors import UserError
from pipeline.world.files import Snapshot, WorkingTree, replace_folder, write_new

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.compare.changes import Changes
    from pipeline.findings import Outcome
    from pipeline.model.framework import Framework
    from pipeline.reports.review.values import Review


@click.group("review", invoke_without_command=True)
@shared
@click.option("--base", metavar="REV", help="The branch, tag or commit that the work is compared with. Needed.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("review.json"),
    show_default=True,
    help="The file to write the review to, as data.",
)
@click.option("--preview", type=click.Path(path_type=Path), help="A folder for the site as it would be.")
@click.option(
    "--summary",
    type=click.Path(path_type=Path),
    envvar="GITHUB_STEP_SUMMARY",
    help="A file for the review in words, as Markdown. In a workflow: the summary of the step.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "github"]),
    help="How to print the findings. Default: github in a workflow, and else terminal.",
)
@click.pass_context
def command(  # noqa: PLR0917 - click gives the first two in order
    context: click.Context,
    options: Options,
    base: str | None,
    out: Path,
    preview: Path | None,
    summary: Path | None,
    form: str | None,
) -> int:
    """Check what is new since the work parted from a branch, and tell what the change means.

    Writes the review as data, prints the findings and, where asked for, builds the site and
    writes a summary. Exit code 1 only when there is a new error. `kader review post`
    puts such a review on GitHub.
    """
    if context.invoked_subcommand:
        return 0
    if base is None:
        raise UserError(
            nl="Noem met --base waarmee het werk wordt vergeleken, zoals origin/main.",
            en="Name with --base what the work is compared with, such as origin/main.",
        )
    framework, outcome = _checked(options, base, keep_tokens=preview is not None)
    changes = _changes(framework)
    review = _review(options, framework, outcome, changes)
    _write(review, out)
    if summary is not None:
        write_new(Path(), str(summary), _words(review, framework, options), replace=True)
    write(options, form or ("github" if "GITHUB_ACTIONS" in os.environ else "terminal"), outcome)
    if preview is not None and framework is not None:
        _preview(options, framework, changes, preview)
    return int(outcome.fails)


command.add_command(post)


def _checked(options: Options, base: str, *, keep_tokens: bool) -> tuple[Framework | None, Outcome]:
    from pipeline.cli.base import compared
    from pipeline.cli.memory import open_memory

    memory = None if keep_tokens else open_memory(options.root, options.schemas, options.schemas_label)
    return compared(options, base, Snapshot(WorkingTree(options.root)), memory, keep_tokens=keep_tokens)


def _changes(framework: Framework | None) -> Changes:
    """Compare with the base; nothing is known to have changed where the schemas are flawed."""
    from pipeline.cli.lookups import lookups
    from pipeline.compare.changes import Changes
    from pipeline.compare.differences import changes_between

    base = framework.base if framework else None
    return changes_between(base, framework, lookups()) if base and framework else Changes()


def _review(options: Options, framework: Framework | None, outcome: Outcome, changes: Changes) -> Review:
    from pipeline.reports.review.collect import collect
    from pipeline.world.git import prefix_in_repository, revision

    return collect(
        outcome,
        framework,
        changes,
        root=prefix_in_repository(options.root),
        head=revision(options.root).commit,
        themes=_themes(framework, changes),
    )


def _themes(framework: Framework | None, changes: Changes) -> set[str]:
    """Give the themes of what changed, by name: also those of entries that are gone."""
    from pipeline.sync.labels import theme_key, themes_of

    ids = {name for each in changes.entries for name in (each.id, each.former_id)}
    found: set[str] = set()
    for revision in filter(None, (framework, framework.base if framework else None)):
        touched = (entry for entry in revision.entries if entry.id in ids)
        found.update(theme_key(revision, theme) for entry in touched for theme in themes_of(revision, entry))
    return found


def _write(review: Review, out: Path) -> None:
    from pipeline.reports.review.write import written

    write_new(Path(), str(out), written(review).decode(), replace=True)


def _words(review: Review, framework: Framework | None, options: Options) -> str:
    from pipeline.reports.review.around import around_of
    from pipeline.reports.review.comment import summary

    return summary(review, around_of(framework.schemas if framework else None, options.language, root=review.root))


def _preview(options: Options, framework: Framework, changes: Changes, folder: Path) -> None:
    from pipeline.cli.build import context_of
    from pipeline.exports.site.preview import preview

    replace_folder(folder, preview(framework, context_of(options), changes))
