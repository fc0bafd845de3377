"""What there is on GitHub for an issue that may become a proposal, and carrying out a plan for it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.sync.propose import Comment, Issue, Pull, Standing
from pipeline.world.github.branches import head_of, write_commit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from github.Issue import Issue as GithubIssue
    from github.PullRequest import PullRequest
    from github.Repository import Repository

    from pipeline.sync.propose_plan import Plan

_BOT: Final = "Bot"


def read_issue(repository: Repository, number: int) -> Issue:
    """Read an issue as it is now: the event may be older."""
    found = repository.get_issue(number)
    return Issue(
        number=found.number,
        body=found.body or "",
        author=found.user.login,
        day=found.created_at.date().isoformat(),
        labels=tuple(label.name for label in found.labels),
        is_bot=found.user.type == _BOT,
        is_pull=found.pull_request is not None,
        is_open=found.state == "open",
        is_locked=found.locked,
    )


def read_standing(repository: Repository, issue: Issue, labels: Sequence[str], most: int) -> Standing:
    """Read what there is for an issue; of its author's other proposals no more than ``most`` are counted."""
    owner = repository.full_name.partition("/")[0]
    pulls = repository.get_pulls(state="all", head=f"{owner}:{issue.branch}")
    own = tuple(_pull(each) for each in pulls if _is_own(repository, each))
    opened = tuple(_pull(each) for each in repository.get_pulls(state="open") if _is_own(repository, each))
    comments = repository.get_issue(issue.number).get_comments()
    return Standing(
        comments=tuple(Comment(each.id, each.user.login, each.body or "") for each in comments),
        head=head_of(repository, issue.branch, issue.number),
        pulls=own,
        open=opened,
        waiting=_waiting(repository, issue, labels, most),
    )


def carry_out(repository: Repository, issue: Issue, plan: Plan) -> int:
    """Write what is not there yet; give the number of the pull request, or 0."""
    if plan.commit:
        write_commit(repository, plan.commit)
    number = plan.number
    if plan.pull:
        made = repository.create_pull(
            base=repository.default_branch, head=plan.pull.branch, title=plan.pull.title, body=plan.pull.body
        )
        number = made.number
    text = plan.comment(repository.full_name, number)
    if plan.says_so(text):
        return number
    here = repository.get_issue(issue.number)
    if plan.before:
        here.get_comment(plan.before.id).edit(text)
    else:
        here.create_comment(text)
    return number


def _waiting(repository: Repository, issue: Issue, labels: Sequence[str], most: int) -> int:
    """Count the open proposals that an author made before this one."""
    before: list[GithubIssue] = []
    found = repository.get_issues(
        state="open",
        creator=issue.author,  # type: ignore[arg-type] # PyGithub takes a login too
        labels=list(labels),
        sort="created",
        direction="asc",
    )
    for each in islice(found, most + 1):
        if each.number >= issue.number:
            break
        before.append(each)
    return len(before)


def _is_own(repository: Repository, pull: PullRequest) -> bool:
    """Whether a pull request comes from a branch of the repository itself; a fork may call a branch anything."""
    # A fork that is gone leaves nothing here, whatever PyGithub's types say.
    return bool(pull.head.repo) and pull.head.repo.full_name == repository.full_name


def _pull(found: PullRequest) -> Pull:
    state = "merged" if found.merged_at else found.state
    return Pull(found.number, found.head.ref, state, found.user.login, found.body or "")
