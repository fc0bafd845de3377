"""``kader diff``: what changed in the content between two revisions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.cli.lookups import lookups
from pipeline.cli.options import read_framework, read_schemas, shared
from pipeline.cli.revisions import framework_at, schemas_at
from pipeline.compare.differences import changes_between
from pipeline.errors import UserError
from pipeline.reports.changes.comparison import Comparison, Side
from pipeline.reports.changes.registry import FORMATS, writer
from pipeline.world.repository import Repository

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas


class _Read(NamedTuple):
    """A revision, read."""

    framework: Framework
    side: Side


@click.command("diff")
@shared
@click.argument("base")
@click.argument("head", required=False)
@click.option("--merge-base", is_flag=True, help="Compare with the commit where HEAD parted from BASE.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="terminal",
    show_default=True,
    help="How to write the changes.",
)
@click.option("--exit-code", is_flag=True, help="Leave with exit code 1 when anything changed.")
def command(options: Options, base: str, head: str | None, *, merge_base: bool, form: str, exit_code: bool) -> int:
    """Tell what changed in the content from BASE to HEAD, each a branch, a tag or a commit.

    Without HEAD, that is what is in the folder, committed or not. BASE..HEAD is short for the
    two. Each revision is read with the schemas that it had.
    """
    if head is None and ".." in base:
        base, _, head = base.partition("..")
        merge_base, head = merge_base or head.startswith("."), head.removeprefix(".") or "HEAD"
    comparison = compared(options, base, head, merge_base=merge_base)
    writer(form)(comparison, sys.stdout, width=options.width, colour=options.color)
    return int(exit_code and any(comparison.changes))


def compared(options: Options, base: str, head: str | None = None, *, merge_base: bool = False) -> Comparison:
    """Compare two revisions; without ``head``, ``base`` with what is in the folder."""
    repository = Repository(options.root)
    former = repository.commit(base)
    if merge_base:
        former = repository.parting(former, repository.commit(head or "HEAD"), base)
    today, _ = read_schemas(options)
    now = _head(repository, options, head, today)
    then = schemas_at(repository, former, options, today)[0] or now.framework.schemas
    before = framework_at(repository, former, then, beside=now.framework, today=now.framework.today)
    return Comparison(
        changes=changes_between(before, now.framework, lookups()),
        schemas=now.framework.schemas,
        former=then,
        base=Side(former, repository.version(former), base),
        head=now.side,
        language=options.language,
    )


def _head(repository: Repository, options: Options, name: str | None, today: Schemas | None) -> _Read:
    if name is None:
        if today is None:
            raise _flawed("in de map", "in the folder")
        return _Read(read_framework(options, today), Side())
    commit = repository.commit(name)
    schemas, _ = schemas_at(repository, commit, options, today)
    if schemas is None:
        raise _flawed(f"van “{name}”", f"of “{name}”")
    day = options.given_today or repository.day(commit)
    framework = framework_at(repository, commit, schemas, today=day if schemas.mind_the_day else "")
    return _Read(framework, Side(commit, repository.version(commit), name))


def _flawed(nl: str, en: str) -> UserError:
    return UserError(
        nl=f"De schema's {nl} kloppen niet, dus er valt niets te vergelijken. `kader check` zegt wat eraan scheelt.",
        en=f"The schemas {en} are not right, so nothing can be compared. `kader check` tells what is wrong.",
    )
