"""What there is on GitHub for an issue that may become a proposal, and carrying out a plan for it."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pipeline.sync.proposals.standing import Comment, Issue, Pull, Standing, branch_of
from pipeline.world.github.authors import is_program, is_pull_request, login_of, refuse_other
from pipeline.world.github.branches import head_of, write_commit
from pipeline.world.github.connection import made_once

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from github.Issue import Issue as GithubIssue
    from github.PullRequest import PullRequest
    from github.Repository import Repository

    from pipeline.sync.proposals.plan import Plan


class Desk:
    """One issue on GitHub with all that belongs to its proposal, as it is when it is first asked for."""

    def __init__(self, repository: Repository, number: int, author: str) -> None:
        """Say which issue, and who we are; nothing is asked yet."""
        self._repository = repository
        self._author = author
        self._issue: GithubIssue = repository.get_issue(number)

    def issue(self) -> Issue:
        """Read the issue as it is now: the event may be older."""
        found = self._issue
        return Issue(
            number=found.number,
            body=found.body or "",
            author=login_of(found),
            day=found.created_at.date().isoformat(),
            labels=tuple(label.name for label in found.labels),
            is_bot=is_program(found),
            is_pull=is_pull_request(found),
            is_open=found.state == "open",
            is_locked=found.locked,
        )

    def standing(self, issue: Issue, labels: Sequence[str], most: int) -> Standing:
        """Read what there is; of the author's other proposals no more than ``most`` are counted."""
        repository = self._repository
        owner = repository.full_name.partition("/")[0]
        pulls = repository.get_pulls(state="all", head=f"{owner}:{issue.branch}")
        own = tuple(_pull(each) for each in pulls if self._is_own(each))
        opened = tuple(_pull(each) for each in repository.get_pulls(state="open") if self._is_own(each))
        comments = self._issue.get_comments()
        return Standing(
            comments=tuple(Comment(each.id, login_of(each), each.body or "") for each in comments),
            head=head_of(repository, issue.branch, issue.number),
            pulls=own,
            open=opened,
            waiting=self._waiting(issue, labels, {each.branch for each in opened}, most),
        )

    def carry_out(self, plan: Plan) -> int:
        """Write what is not there yet; give the number of the pull request, or 0."""
        repository = self._repository
        if plan.commit:
            write_commit(repository, plan.commit)
        number = plan.number
        if plan.pull:
            base, pull = repository.default_branch, plan.pull
            with made_once():
                made = repository.create_pull(base=base, head=pull.branch, title=pull.title, body=pull.body)
            refuse_other(made, self._author)
            number = made.number
        elif plan.body:
            repository.get_pull(number).edit(body=plan.body)
        text = plan.comment(repository.full_name, number)
        if not plan.says_so(text):
            if plan.before:
                self._issue.get_comment(plan.before.id).edit(text)
            else:
                refuse_other(self._issue.create_comment(text), self._author)
        return number

    def _waiting(self, issue: Issue, labels: Sequence[str], branches: Collection[str], most: int) -> int:
        """Count what an author made before this and still waits: open issues, and closed ones with an open proposal."""
        found = self._repository.get_issues(
            state="all",
            creator=issue.author,  # type: ignore[arg-type] # PyGithub takes a login too
            labels=list(labels),
            sort="created",
            direction="asc",
        )
        before = takewhile(lambda each: each.number < issue.number, found)
        waits = (each for each in before if each.state == "open" or branch_of(each.number) in branches)
        return sum(1 for _ in islice((each for each in waits if not is_pull_request(each)), most))

    def _is_own(self, pull: PullRequest) -> bool:
        """Whether a pull request comes from a branch of the repository; a fork may call a branch anything."""
        # A fork that is gone leaves nothing here, whatever PyGithub's types say.
        return bool(pull.head.repo) and pull.head.repo.full_name == self._repository.full_name


def _pull(found: PullRequest) -> Pull:
    state = "merged" if found.merged_at else found.state
    return Pull(found.number, found.head.ref, state, login_of(found), found.body or "")
