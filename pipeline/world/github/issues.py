"""The issues that we keep on GitHub: what is there, and one step of a plan carried out.

Nothing here decides anything (`pipeline.sync.issues.plan`). Requests are few: issues and labels
come a hundred at a time, and a step asks for nothing that is known already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.sync.issues.actions import Create, Issue, MakeLabel
from pipeline.sync.labels import Label

if TYPE_CHECKING:
    from github.Issue import Issue as Remote
    from github.IssueComment import IssueComment
    from github.Repository import Repository

    from pipeline.sync.issues.actions import Change, Comment, Step


def read_issues(repository: Repository, label: str, author: str) -> tuple[Issue, ...]:
    """Give the issues with a label, open and closed, that an author made, the oldest first."""
    found = repository.get_issues(labels=[label], state="all", sort="created", direction="asc")
    return tuple(_issue(each) for each in found if _is_by(each, author) and not _is_pull_request(each))


def read_labels(repository: Repository) -> tuple[Label, ...]:
    """Give the labels of a repository."""
    return tuple(Label(each.name, each.color, each.description or "") for each in repository.get_labels())


def carry_out(repository: Repository, step: Step, author: str) -> int:
    """Do one step; give the number of the issue it was about, or 0."""
    if isinstance(step, MakeLabel):
        _label(repository, step)
        return 0
    if isinstance(step, Create):
        return repository.create_issue(step.title, body=step.body, labels=list(step.labels)).number
    _change(repository, step, author)
    return step.number


def _label(repository: Repository, step: MakeLabel) -> None:
    name, color, description = step.label
    if step.known:
        repository.get_label(name).edit(name, color, description)
    else:
        repository.create_label(name, color, description)


def _change(repository: Repository, step: Change, author: str) -> None:
    issue = repository.get_issue(step.number)
    if step.comment and not (step.look and _is_there(issue, step.comment, author)):
        issue.create_comment(step.comment.body)
    if step.edits:
        _edit(issue, step)
    if step.add:
        issue.add_to_labels(*step.add)
    for name in step.remove:
        issue.remove_from_labels(name)


def _edit(issue: Remote, step: Change) -> None:
    from github.GithubObject import NotSet

    issue.edit(
        title=NotSet if step.title is None else step.title,
        body=NotSet if step.body is None else step.body,
        state=NotSet if step.open is None else "open" if step.open else "closed",
        state_reason=step.reason or NotSet,
    )


def _is_there(issue: Remote, comment: Comment, author: str) -> bool:
    return any(each.body.startswith(comment.sign) and _is_by(each, author) for each in issue.get_comments())


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


def _is_by(found: Remote | IssueComment, author: str) -> bool:
    # Whose account is gone has none.
    maker: object = found.user
    return maker is not None and found.user.login.casefold() == author.casefold()


def _is_pull_request(found: Remote) -> bool:
    # Asking for `pull_request` would take a request for each issue that is none.
    return "/pull/" in found.html_url
