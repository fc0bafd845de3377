"""``kader issues``: an issue on GitHub for each entry that is broken or incomplete."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.cli.checking import checked
from pipeline.cli.options import shared, sound_schemas
from pipeline.compare.moves import moves_of
from pipeline.errors import UserError
from pipeline.model.load import load
from pipeline.reports.encode import as_json
from pipeline.reports.layout import wrap
from pipeline.reports.report import Report
from pipeline.sync.issues.compose import drafts
from pipeline.sync.issues.marker import parts_of
from pipeline.sync.issues.places import Places
from pipeline.sync.issues.plan import plan
from pipeline.sync.issues.scene import Scene
from pipeline.sync.issues.subjects import subjects
from pipeline.sync.issues.telling import as_data, ending, line
from pipeline.sync.issues.whereabouts import Whereabouts
from pipeline.sync.read_labels import FINDINGS, read_labels
from pipeline.text import Source
from pipeline.world.files import read_text
from pipeline.world.git import prefix_in_repository, revision
from pipeline.world.git_tree import GitTree
from pipeline.world.github.issues import Desk, There
from pipeline.world.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from github.Repository import Repository as Remote

    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
    from pipeline.sync.issues.actions import Issue, Plan
    from pipeline.sync.issues.draft import Draft
    from pipeline.sync.labels import Labels

LABELS: Final = ".github/labels.yml"
AUTHOR: Final = "github-actions[bot]"
OFFLINE: Final = "eigenaar/repository"
MOST_REVISIONS: Final = 5
"""Most earlier revisions that are read to find entries that got another name."""

_COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_REPOSITORY = re.compile(r"https://github\.com/([^/\s]+/[^/\s]+)")


@click.group("issues")
def command() -> None:
    """Keep an issue on GitHub for each entry that is broken or incomplete."""


def _settings(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that both commands have."""
    options = (
        click.option(
            "--most",
            type=click.IntRange(0, 1000),
            default=20,
            show_default=True,
            metavar="NUMBER",
            help="New issues in one run, at most; the worst first.",
        ),
        click.option(
            "--author",
            default=AUTHOR,
            envvar="KADER_AUTHOR",
            show_default=True,
            metavar="LOGIN",
            help="The login that the token writes as: issues of others are left alone.",
        ),
        click.option(
            "--labels",
            "labels_file",
            type=click.Path(path_type=Path, dir_okay=False),
            help=f"The file with labels. Default: {LABELS}.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@command.command("plan")
@shared
@_settings
@click.option("--offline", is_flag=True, help="Do as if there are no issues yet, and ask GitHub nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="How to write the plan.",
)
def plan_command(
    options: Options, *, most: int, author: str, labels_file: Path | None, offline: bool, form: str
) -> int:
    """Print what `kader issues sync` would do, and do nothing."""
    remote = None if offline else _remote()
    work = _Work(options, labels_file, most, remote)
    made = work.plan(There((), ()) if remote is None else _desk(work, remote, author).look())
    if form == "json":
        click.echo(as_json(as_data(made)))
    else:
        _show(options, made)
    return 0


@command.command("sync")
@shared
@_settings
@click.option("--dry-run", is_flag=True, help="Only print what would be done, as `kader issues plan` does.")
def sync_command(options: Options, *, most: int, author: str, labels_file: Path | None, dry_run: bool) -> int:
    """Make, update and close issues on GitHub; a second run changes nothing.

    Needs GITHUB_REPOSITORY and GITHUB_TOKEN, with the permission `issues: write`.
    """
    remote = _remote()
    work = _Work(options, labels_file, most, remote)
    desk = _desk(work, remote, author)
    if dry_run:
        _show(options, work.plan(desk.look()))
        return 0
    made = desk.sync(work.plan, lambda step, number: _print(options, line(step, options.language, number, done=True)))
    _end(options, made, done=True)
    return 0


def _remote() -> Remote:
    """Give the repository on GitHub."""
    from pipeline.world.github.connection import connect

    if not os.environ.get("GITHUB_REPOSITORY"):
        raise UserError(
            nl="Dit vraagt GitHub welke issues er zijn. Zet eigenaar/naam in GITHUB_REPOSITORY en een token in "
            "GITHUB_TOKEN. Zonder GitHub kan het ook: `kader issues plan --offline`.",
            en="This asks GitHub which issues there are. Put owner/name in GITHUB_REPOSITORY and a token in "
            "GITHUB_TOKEN. It works without GitHub too: `kader issues plan --offline`.",
        )
    return connect(os.environ)


def _desk(work: _Work, remote: Remote, author: str) -> Desk:
    return Desk(remote, work.scene.labels.fixed[FINDINGS].name, author)


class _Work:
    """What was found here, as issues that there should be."""

    def __init__(self, options: Options, labels_file: Path | None, most: int, remote: Remote | None) -> None:
        self.options = options
        self.most = most
        schemas = sound_schemas(options)
        labels = _labels(options, labels_file)
        framework, outcome = checked(options, loaded=(schemas, ()))
        if framework is None or not framework.entries:
            raise UserError(
                nl="Hier staan geen onderdelen. Dan zou elk issue dichtgaan. Klopt --root?",
                en="There are no entries here. So every issue would be closed. Is --root right?",
            )
        self.framework = framework
        self.scene = Scene(
            framework=framework,
            report=Report(findings=outcome.findings, language=options.language),
            places=_places(options, framework, os.environ["GITHUB_REPOSITORY"] if remote else None),
            labels=labels,
        )
        self.drafts: Sequence[Draft] = drafts(subjects(framework, outcome.findings), self.scene)

    def plan(self, there: There) -> Plan:
        """Plan for what is on GitHub; what this run made already counts."""
        whereabouts, most = self._whereabouts(there.issues), self.most - there.made
        return plan(self.drafts, there.issues, there.labels, whereabouts, self.scene, most=most)

    def _whereabouts(self, issues: Iterable[Issue]) -> Whereabouts:
        """Look for what became of entries; of those that are gone without a trace, in the past."""
        known = Whereabouts(self.framework)
        markers = [parts.marker for issue in issues if issue.open and (parts := parts_of(issue.body))]
        lost = known.lost(markers)
        if not lost:
            return known
        commits = list(dict.fromkeys(marker.commit for marker in lost if _COMMIT.fullmatch(marker.commit)))
        moved: dict[str, str] = {}
        for commit in commits[:MOST_REVISIONS]:
            moved |= _moved_since(self.options, self.framework, commit)
        return Whereabouts(self.framework, moved)


def _labels(options: Options, given: Path | None) -> Labels:
    try:
        text = given.read_text("utf-8") if given else read_text(options.root, LABELS)
    except (OSError, UnicodeDecodeError, UserError):
        text = None
    if text is None:
        path = given or LABELS
        raise UserError(
            nl=f"Het bestand met labels, {path}, is niet te lezen. Maak het (zie docs/issues.md) of noem een ander "
            "met --labels.",
            en=f"The file with labels, {path}, cannot be read. Make it (see docs/issues.md) or name another one with "
            "--labels.",
        )
    return read_labels(Source(path=given.as_posix() if given else LABELS, text=text))


def _places(options: Options, framework: Framework, repository: str | None) -> Places:
    """Say what links lead to; ``repository`` is none where GitHub is not asked."""
    site, commit = framework.settings.site, revision(options.root).commit
    if repository is None:
        match = _REPOSITORY.fullmatch(site.repository)
        repository = match[1] if match else OFFLINE
    elif not commit:
        raise UserError(
            nl=f"{options.root} is geen kloon van een repository met commits. Links zouden nergens heen leiden.",
            en=f"{options.root} is no clone of a repository with commits. Links would lead nowhere.",
        )
    return Places(repository, commit, site.branch, prefix_in_repository(options.root))


def _moved_since(options: Options, framework: Framework, commit: str) -> Mapping[str, str]:
    """Give the present ids of entries that had another one at a commit; nothing where it is not here."""
    try:
        here = Repository(options.root)
        with GitTree(here, here.fork_point(commit), here.prefix) as past:
            base = load(past, framework.schemas)
    except UserError:  # a clone without its history
        return {}
    return {name: entry.id for name, entry in moves_of(replace(framework, base=base)).entries.items()}


def _show(options: Options, made: Plan) -> None:
    for step in made.steps:
        _print(options, line(step, options.language))
    _end(options, made, done=False)


def _end(options: Options, made: Plan, *, done: bool) -> None:
    if not options.quiet:
        for text in ending(made, options.language, done=done):
            _print(options, text)


def _print(options: Options, text: str) -> None:
    for each in wrap(text, options.width, rest="  "):
        click.echo(each)
    sys.stdout.flush()
