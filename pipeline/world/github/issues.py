"""The issues that we keep on GitHub: what is there, and a plan carried out.

Nothing here decides anything (`pipeline.sync.issues.plan`). Requests are few: issues and labels
come a hundred at a time, and a step asks for nothing that is known already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import UserError
from pipeline.sync.issues.actions import Create, Issue, MakeLabel
from pipeline.sync.issues.telling import line
from pipeline.sync.labels import Label
from pipeline.world.github.authors import is_by, is_pull_request, refuse_other
from pipeline.world.github.connection import trouble, until_sure
from pipeline.world.github.refusals import is_there_already, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from github.Issue import Issue as Remote
    from github.Label import Label as RemoteLabel
    from github.Repository import Repository

    from pipeline.sync.issues.actions import Change, Comment, Plan, Step


_THIS_ALONE: Final = frozenset({404, 410, 422})
"""Statuses that say something about one issue or label: it is gone, or something in it is not accepted."""


class There(NamedTuple):
    """What is on GitHub. ``made`` counts the issues that came since this run began."""

    issues: tuple[Issue, ...]
    labels: tuple[Label, ...]
    made: int = 0


class Desk:
    """The issues with a label that an author made: those are ours, open and closed."""

    def __init__(self, repository: Repository, label: str, author: str) -> None:
        """Name them; nothing is asked yet."""
        self._repository = repository
        self._label = label
        self._author = author
        self._issues: dict[int, Remote] = {}
        self._labels: dict[str, RemoteLabel] = {}
        self._first: frozenset[int] | None = None
        self._done = 0

    def look(self) -> There:
        """Read what is there."""
        with trouble():
            # The oldest first: what is made meanwhile comes at the end, and moves nothing to another page.
            found = self._repository.get_issues(labels=[self._label], state="all", sort="created", direction="asc")
            ours = [each for each in found if is_by(each, self._author) and not is_pull_request(each)]
            labels = list(self._repository.get_labels())
        # Kept, since to change one that was not read would take a request more.
        self._issues, self._labels = {each.number: each for each in ours}, {each.name: each for each in labels}
        issues = tuple(map(_issue, ours))
        numbers = frozenset(issue.number for issue in issues)
        self._first = numbers if self._first is None else self._first
        return There(issues, tuple(map(_label, labels)), len(numbers - self._first))

    def sync(self, plan: Callable[[There], Plan], tell: Callable[[Step, int], None]) -> Plan:
        """Look, plan and do it. Where GitHub does not say whether something was done: once more, from the start.

        ``tell`` hears of each step that was done, with the number of its issue.
        """
        return until_sure(lambda: self._sync(plan, tell))

    def _sync(self, plan: Callable[[There], Plan], tell: Callable[[Step, int], None]) -> Plan:
        made = plan(self.look())
        refusals: list[UserError] = []
        for done, step in enumerate(made.steps):
            try:
                with trouble():
                    number = self._tried(step, refusals)
            except UserError as error:
                raise _halfway(error, self._done, len(made.steps) - done) from error
            if number is not None:
                self._done += 1
                tell(step, number)
        if refusals:
            raise _halfway(refusals[0], self._done, len(refusals))
        return made

    def _tried(self, step: Step, refusals: list[UserError]) -> int | None:
        """Do a step; what is wrong with one issue alone does not keep the others waiting."""
        from github.GithubException import GithubException

        try:
            return self._do(step)
        except GithubException as error:
            if error.status not in _THIS_ALONE:
                raise
            why = refused(error).text
            refusals.append(UserError(nl=f"{line(step, 'nl')}: {why.nl}", en=f"{line(step, 'en')}: {why.en}"))
            return None

    def _do(self, step: Step) -> int:
        if isinstance(step, MakeLabel):
            self._make_label(step)
            return 0
        if isinstance(step, Create):
            made = self._repository.create_issue(step.title, body=step.body, labels=list(step.labels))
            refuse_other(made, self._author)
            return made.number
        self._change(step)
        return step.number

    def _make_label(self, step: MakeLabel) -> None:
        from github.GithubException import GithubException

        name, color, description = step.label
        if step.known:
            self._labels[name].edit(name, color, description)
            return
        try:
            self._repository.create_label(name, color, description)
        except GithubException as error:
            # Another run was first, or ours was when GitHub did not say so.
            if not is_there_already(error):
                raise

    def _change(self, step: Change) -> None:
        issue = self._issues[step.number]
        if step.comment and not (step.look and self._is_there(issue, step.comment)):
            issue.create_comment(step.comment.body)
        if step.edits:
            _edit(issue, step)
        if step.add:
            issue.add_to_labels(*step.add)
        for name in step.remove:
            issue.remove_from_labels(name)

    def _is_there(self, issue: Remote, comment: Comment) -> bool:
        return any(each.body.startswith(comment.sign) and is_by(each, self._author) for each in issue.get_comments())


def _edit(issue: Remote, step: Change) -> None:
    from github.GithubObject import NotSet

    issue.edit(
        title=NotSet if step.title is None else step.title,
        body=NotSet if step.body is None else step.body,
        state=NotSet if step.open is None else "open" if step.open else "closed",
        state_reason=step.reason or NotSet,
    )


def _issue(found: Remote) -> Issue:
    return Issue(
        number=found.number,
        title=found.title,
        body=found.body or "",
        open=found.state == "open",
        reason=(found.state_reason or "") if found.state != "open" else "",
        labels=tuple(label.name for label in found.labels),
        comments=found.comments,
    )


def _label(found: RemoteLabel) -> Label:
    return Label(found.name, found.color, found.description or "")


def _halfway(error: UserError, done: int, left: int) -> UserError:
    """Say how far it came, and keep the sort of trouble."""
    return type(error)(
        nl=f"{error.text.nl} Stappen gedaan: {done}; nog te doen: {left}. Een volgende keer volgt de rest.",
        en=f"{error.text.en} Steps done: {done}; left: {left}. The next run does the rest.",
    )
