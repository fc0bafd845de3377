"""What to do for an issue, given what there is on GitHub: commit, pull request, comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.sync.proposals import words
from pipeline.sync.proposals.draft import Draft
from pipeline.sync.proposals.standing import MOST, commit, kept, named_id, own_comment, own_pull, reserved

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pipeline.sync.proposals.answers import Problem
    from pipeline.sync.proposals.draft import Kept
    from pipeline.sync.proposals.standing import Comment, Commit, Issue, Pull, Standing

    Drafted = Callable[[Kept | None, Collection[str]], Draft | tuple[Problem, ...]]


class NewPull(NamedTuple):
    """A pull request to open."""

    branch: str
    title: str
    body: str


class Plan(NamedTuple):
    """What to do, in this order; ``text`` is the comment where it does not name a new pull request.

    ``number`` is that of the pull request that there is already (0: none yet), ``body`` what it should say
    where it names another id, and ``before`` our comment that there is already.
    """

    text: str = ""
    draft: Draft | None = None
    commit: Commit | None = None
    pull: NewPull | None = None
    number: int = 0
    body: str = ""
    before: Comment | None = None

    def comment(self, repository: str, number: int) -> str:
        """Give our comment, with the number of the pull request."""
        return words.made(self.draft, repository, number) if self.draft else self.text

    def says_so(self, text: str) -> bool:
        """Whether that comment is there already; GitHub may have changed the ends of lines."""
        return self.before is not None and self.before.body.replace("\r\n", "\n").strip() == text.strip()


def plan(issue: Issue, standing: Standing, drafted: Drafted, *, repository: str, bot: str, most: int = MOST) -> Plan:
    """Decide; ``drafted`` makes the entry, or tells what is wrong with the answers."""
    before = own_comment(standing.comments, bot)
    pull = own_pull(issue, standing.pulls)
    if pull and pull.state != "open":
        return Plan(words.over(repository, pull), before=before)
    file = kept(issue, standing.head)
    if standing.head and file is None:
        return Plan(words.left_alone(repository, pull), before=before)
    if not standing.head and standing.waiting >= most:
        return Plan(words.too_many(most), before=before)
    made = drafted(file, reserved(issue, standing.open, bot))
    if not isinstance(made, Draft):
        return Plan(words.refused(made, repository, pull), before=before)
    return Plan(
        draft=made,
        commit=commit(issue, standing.head, made),
        pull=None if pull else NewPull(issue.branch, words.pull_title(made), words.pull_body(issue, made)),
        number=pull.number if pull else 0,
        body=_body(pull, made, bot) if pull else "",
        before=before,
    )


def _body(pull: Pull, draft: Draft, bot: str) -> str:
    """Give what our pull request should say where it names another id: from there others know what is taken."""
    named = named_id(pull, bot)
    return words.renewed(pull.body, draft) if named and named != draft.id else ""
