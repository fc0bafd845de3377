"""``kader propose``: a pull request of an issue that was made with a form."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.errors import Text, UserError
from pipeline.sync.proposals.standing import MOST
from pipeline.world.files import Snapshot, WorkingTree

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.cli.options import Options
    from pipeline.sync.proposals.answers import Answers, Problem
    from pipeline.sync.proposals.draft import Draft, Drafter, Kept
    from pipeline.sync.proposals.entry import Origin
    from pipeline.sync.proposals.forms import IssueForm
    from pipeline.sync.proposals.standing import Issue

AUTHOR: Final = "github-actions[bot]"
LARGEST: Final = 5_000_000
"""Most bytes of an event or an issue that are read."""

FINDINGS: Final = 1
_ACTIONS: Final = {"opened", "edited", "reopened"}
_NOWHERE: Final = "https://github.com/eigenaar/repository/issues/0"
_NO_DAY: Final = "2000-01-01"


@click.command("propose")
@shared
@click.option(
    "--issue",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Try the text of an issue in this file, without GitHub: print the entry, or what is wrong.",
)
@click.option("--form", "name", default="", help="With --issue: the form, where several have the same headings.")
@click.option(
    "--author",
    default=AUTHOR,
    envvar="KADER_AUTHOR",
    show_default=True,
    metavar="LOGIN",
    help="The login that the token writes as: comments of others are left alone.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=MOST,
    show_default=True,
    help="Most proposals of one person that may wait.",
)
def command(options: Options, file: Path | None, name: str, author: str, most: int) -> int:
    """Make a pull request of an issue that was made with a form.

    Reads the event of a workflow (GITHUB_EVENT_PATH). Answers that make no valid entry get a comment that
    says what is missing; an edited issue is tried again.
    """
    if file is not None:
        return _try(options, file, name)
    number = _number(options)
    if number:
        _propose(options, number, author, most)
    return 0


class _Workshop:
    """What proposals are made with: the forms of the framework, and what checks an entry."""

    def __init__(self, options: Options) -> None:
        from pipeline.fixing.overlay import Checked, Rechecker
        from pipeline.rules.run import check_framework, inspected
        from pipeline.sync.proposals.draft import Drafter
        from pipeline.sync.proposals.forms import forms_of

        schemas = sound_schemas(options)
        tree = Snapshot(WorkingTree(options.root))
        framework = read_framework(options, schemas, tree, inspect=inspected)
        self.forms: tuple[IssueForm, ...] = forms_of(framework)
        checked = Checked(framework, check_framework(framework))
        self.drafter: Drafter = Drafter(checked, Rechecker(tree, framework))

    def draft(
        self,
        form: IssueForm,
        answers: Answers | None,
        origin: Origin,
        kept: Kept | None = None,
        reserved: Collection[str] = (),
    ) -> Draft | tuple[Problem, ...]:
        """Make an entry of answers, or tell what is wrong with them."""
        from pipeline.sync.proposals.answers import given
        from pipeline.sync.proposals.standing import too_long

        if answers is None:
            return too_long()
        return self.drafter.draft(form, given(form, answers), origin, kept=kept, reserved=reserved)


def _propose(options: Options, number: int, author: str, most: int) -> None:
    """Do what is needed for an issue; when the outcome of a write is not known, look and go on."""
    from pipeline.world.git import prefix_in_repository
    from pipeline.world.github.connection import connect, trouble, until_sure

    if prefix_in_repository(options.root):
        raise UserError(
            nl="Voorstellen kunnen alleen als het kader in de bovenste map van de repository staat.",
            en="Proposals can be made only where the framework is at the top of the repository.",
        )
    repository = connect(os.environ)
    workshop = _Workshop(options)

    def work() -> None:
        from pipeline.sync.proposals.entry import Origin
        from pipeline.sync.proposals.plan import plan
        from pipeline.sync.proposals.standing import matched
        from pipeline.world.github.proposals import Desk

        with trouble():
            desk = Desk(repository, number, author)
            issue = desk.issue()
            found = matched(workshop.forms, issue)
            if isinstance(found, Text):
                _skip(options, issue.number, found)
                return
            origin = Origin(_address(repository.full_name, issue), issue.day)
            standing = desk.standing(issue, found.form.form.labels, most)
            todo = plan(
                issue,
                standing,
                lambda kept, taken: workshop.draft(found.form, found.answers, origin, kept, taken),
                repository=repository.full_name,
                bot=author,
                most=most,
            )
            pull = desk.carry_out(todo)
        if pull:
            options.say(f"Issue {number}: pull request {pull}.", f"Issue {number}: pull request {pull}.")
        else:
            options.say(f"Issue {number}: een reactie, geen voorstel.", f"Issue {number}: a comment, no proposal.")

    until_sure(work)


def _address(repository: str, issue: Issue) -> str:
    server = os.environ.get("GITHUB_SERVER_URL") or "https://github.com"
    return f"{server.rstrip('/')}/{repository}/issues/{issue.number}"


def _skip(options: Options, number: int, reason: Text) -> None:
    options.say(
        f"Issue {number} is overgeslagen: {reason.nl}.",
        f"Issue {number} was left alone: {reason.en}.",
    )


def _number(options: Options) -> int:
    """Give the number of the issue that the event is about; 0 where it is about something else."""
    path = os.environ.get("GITHUB_EVENT_PATH", "")
    if not path:
        raise UserError(
            nl="Er is geen event. Draai dit in een workflow, of probeer een issue uit met --issue BESTAND.",
            en="There is no event. Run this in a workflow, or try an issue with --issue FILE.",
        )
    event = _json(_read(Path(path)))
    issue = event.get("issue") if isinstance(event, dict) else None
    number = issue.get("number") if isinstance(issue, dict) else None
    if not isinstance(event, dict) or type(number) is not int or number < 1:
        _leave(options, Text(nl="dit event gaat niet over een issue", en="this event is not about an issue"))
        return 0
    if os.environ.get("GITHUB_EVENT_NAME", "issues") != "issues" or event.get("action") not in _ACTIONS:
        _leave(options, Text(nl="dit event verandert geen antwoorden", en="this event changes no answers"))
        return 0
    return number


def _leave(options: Options, reason: Text) -> None:
    options.say(f"Niets te doen: {reason.nl}.", f"Nothing to do: {reason.en}.")


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UserError(nl=f"{path} is te groot.", en=f"{path} is too large.")
        return data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(nl=f"{path} is niet te lezen.", en=f"{path} cannot be read.") from error


def _json(text: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(nl="Het event is geen geldige JSON.", en="The event is not valid JSON.") from error


def _try(options: Options, file: Path, name: str) -> int:
    """Print the entry that would be made of an issue's text, or what is wrong with it."""
    from pipeline.reports.layout import printable
    from pipeline.sync.proposals.answers import read_answers
    from pipeline.sync.proposals.draft import Draft
    from pipeline.sync.proposals.entry import Origin
    from pipeline.sync.proposals.telling import listed

    workshop = _Workshop(options)
    text = _read(file)
    if text.lstrip().startswith("{"):
        event = _json(text)
        issue = event.get("issue") if isinstance(event, dict) else None
        text = str(issue.get("body") or "") if isinstance(issue, dict) else ""
    forms = [form for form in workshop.forms if not name or form.form.file == name]
    read = ((form, answers) for form in forms if (answers := read_answers(form, text)) is not None)
    form, answers = next(read, (None, None))
    if form is None:
        known = ", ".join(form.form.file for form in workshop.forms) or "-"
        raise UserError(
            nl=f"De kopjes in {file} zijn niet die van een formulier. Er zijn: {known}.",
            en=f"The headings in {file} are not those of a form. There are: {known}.",
        )
    made = workshop.draft(form, answers, Origin(_NOWHERE, options.today or _NO_DAY))
    if isinstance(made, Draft):
        options.say(f"# {made.path}", f"# {made.path}")
        click.echo(made.text, nl=False)
        for line in made.todo:
            options.say(f"# {printable(line)}", f"# {printable(line)}")
        return 0
    for line in listed(made):
        click.echo(f"- {printable(line)}")
    return FINDINGS
