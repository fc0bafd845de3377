"""``kader review post``: put the review of a run on its pull request.

Runs code of the main branch only. What the run left behind was written by whoever made the pull
request, and nothing is taken from it but names, places and numbers.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.errors import UserError
from pipeline.reports.layout import printable
from pipeline.text import Source
from pipeline.world.files import read_text

if TYPE_CHECKING:
    from github.Repository import Repository

    from pipeline.cli.options import Options
    from pipeline.reports.review.values import Review
    from pipeline.sync.review.run import Pull, Run
    from pipeline.sync.review.wanted import Own

AUTHOR: Final = "github-actions[bot]"
LABELS: Final = ".github/labels.yml"


@click.command("post")
@shared
@click.option(
    "--author",
    default=AUTHOR,
    envvar="KADER_AUTHOR",
    show_default=True,
    metavar="LOGIN",
    help="The login that the token writes as: comments of others are left alone.",
)
def command(options: Options, author: str) -> int:
    """Put the review of a finished run on its pull request, from a workflow on `workflow_run`.

    Needs GITHUB_EVENT_PATH, GITHUB_REPOSITORY and GITHUB_TOKEN. What is not to be trusted is
    skipped, with a line in the log and exit code 0. Where the run left nothing behind that can be
    used, the comment says that much.
    """
    from pipeline.reports.review.values import SkippedError
    from pipeline.sync.review.run import run_of
    from pipeline.world.github.connection import connect, trouble, until_sure

    repository = connect(os.environ)
    own = _own(options)
    try:
        run = run_of(_event(), os.environ["GITHUB_REPOSITORY"])

        def work() -> None:
            with trouble():
                _post(options, repository, run, own, author)

        until_sure(work)
    except SkippedError as reason:
        click.echo(printable(reason.text.in_language(options.language)))
    return 0


def _post(options: Options, repository: Repository, run: Run, own: Own, author: str) -> None:
    """Find the pull request first; only then is anything fetched that somebody else wrote."""
    from pipeline.reports.review.around import around_of
    from pipeline.sync.review.plan import plan
    from pipeline.sync.review.run import pull_of
    from pipeline.sync.review.suggest import heading
    from pipeline.sync.review.wanted import labels_of, wanted_of
    from pipeline.world.github.pulls import Hand, files_of, pulls_of, standing

    def found() -> Pull:
        return pull_of(run, pulls_of(repository, run.owner, run.branch), os.environ["GITHUB_REPOSITORY"])

    pull = found()
    review = _review(options, repository, run)
    wanted = wanted_of(review, run, pull, files_of(repository, pull.number), own)
    labels, known = labels_of(review, pull, own)
    now = standing(repository, pull.number, wanted, bot=author)
    found()  # whoever pushed in the meantime had other files judged than those that were checked
    actions = plan(now, wanted, labels, bot=author)
    words = around_of(own.framework.schemas, options.language).words
    Hand(repository, pull, options.say).carry_out(actions, known, heading(words))
    if not actions:
        options.say("Er is niets te doen: alles staat er al.", "There is nothing to do: all is there already.")


def _review(options: Options, repository: Repository, run: Run) -> Review | None:
    """Read what the run left behind; none where that cannot be used: silence would leave an old verdict standing."""
    from pipeline.reports.review.read import read
    from pipeline.reports.review.values import UnusableError
    from pipeline.reports.review.write import LARGEST
    from pipeline.sync.review.unpack import member
    from pipeline.world.github.runs import MEMBER, archive_of

    try:
        return read(member(archive_of(repository, run.id), MEMBER, LARGEST))
    except UnusableError as reason:
        click.echo(printable(reason.text.in_language(options.language)))
        return None


def _own(options: Options) -> Own:
    """Read what the main branch says."""
    from pipeline.sync.read_labels import read_labels
    from pipeline.sync.review.reviewers import FILE, Reviewers, read_reviewers
    from pipeline.sync.review.wanted import Own, theme_names
    from pipeline.world.git import prefix_in_repository

    framework = read_framework(options, sound_schemas(options))
    labels, reviewers = _file(options, LABELS), _file(options, FILE)
    own = Own(
        framework=framework,
        labels=read_labels(labels) if labels else None,
        reviewers=read_reviewers(reviewers) if reviewers else Reviewers(),
        root=prefix_in_repository(options.root),
        language=options.language,
    )
    for theme in own.reviewers.unknown(theme_names(framework)):
        options.say(
            printable(f"{FILE}: er is geen onderwerp “{theme}”."), printable(f"{FILE}: there is no theme “{theme}”.")
        )
    return own


def _file(options: Options, path: str) -> Source | None:
    """Read a file of the repository, which may lie above the framework's own folder."""
    from pipeline.world.git import prefix_in_repository

    steps = prefix_in_repository(options.root).count("/")
    text = read_text(options.root.joinpath(*[".."] * steps), path)
    return Source(path=path, text=text) if text is not None else None


def _event() -> dict[str, Any]:
    """Read the event that started the workflow: GitHub wrote it."""
    try:
        event = json.loads(Path(os.environ.get("GITHUB_EVENT_PATH", "")).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise UserError(
            nl="In GITHUB_EVENT_PATH staat geen gebeurtenis. Draai dit in een workflow op workflow_run.",
            en="GITHUB_EVENT_PATH names no file with an event. Run this in a workflow on workflow_run.",
        )
    return event
