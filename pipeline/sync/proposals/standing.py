"""From an issue that was made with a form to a pull request: what should be there, without a network.

All that is made is named after the issue: one branch, one pull request, one comment that is edited
in place. So a run that was cut off can be done again, and one that changes nothing writes nothing.
Nobody's work is lost: the branch is only moved ahead, and only while its last commit is ours.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import Text
from pipeline.sync.proposals.answers import LONGEST_BODY, Problem, read_answers
from pipeline.sync.proposals.draft import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.sync.proposals.answers import Answers
    from pipeline.sync.proposals.draft import Draft
    from pipeline.sync.proposals.forms import IssueForm

BRANCH: Final = "voorstel/"
"""What our branches begin with; the issue's number follows."""

MARKER: Final = "<!-- kader:propose -->"
"""First line of our comment."""

MOST: Final = 10
"""Most proposals of one person that may be waiting."""

PULL_MARKER: Final = re.compile(r"<!-- kader:propose (\S{1,200}) -->")
"""Begins the text of our pull requests, and keeps their ids from others."""

_MESSAGE: Final = re.compile(r"Voorstel uit issue ([0-9]+)\n\nBestand: (\S+)\nInhoud: ([0-9a-f]{64})\n?")


def branch_of(number: int) -> str:
    """Give the branch of the proposal of an issue."""
    return f"{BRANCH}{number}"


class Issue(NamedTuple):
    """An issue, as far as it matters here."""

    number: int
    body: str
    author: str
    day: str
    labels: tuple[str, ...] = ()
    is_bot: bool = False
    is_pull: bool = False
    is_open: bool = True
    is_locked: bool = False

    @property
    def branch(self) -> str:
        """The branch of its proposal."""
        return branch_of(self.number)


class Comment(NamedTuple):
    """A comment on the issue, with the id to edit it by."""

    id: int
    author: str
    body: str


class Pull(NamedTuple):
    """A pull request from a branch of this repository; ``state`` is open, closed or merged."""

    number: int
    branch: str
    state: str
    author: str
    body: str


class Head(NamedTuple):
    """The last commit of a branch, and the text of the file that its message names (or nothing)."""

    sha: str
    message: str
    text: str | None


class Standing(NamedTuple):
    """What there is on GitHub for an issue: all comments, the branch, its pull requests and the open ones."""

    comments: tuple[Comment, ...] = ()
    head: Head | None = None
    pulls: tuple[Pull, ...] = ()
    open: tuple[Pull, ...] = ()
    waiting: int = 0


class Commit(NamedTuple):
    """One file to write on a branch; ``remove`` is where it stood before, ``onto`` our last commit."""

    branch: str
    path: str
    text: str
    message: str
    remove: str = ""
    onto: str = ""


class Matched(NamedTuple):
    """An issue that is a filled-in form."""

    form: IssueForm
    answers: Answers | None


def matched(forms: Iterable[IssueForm], issue: Issue) -> Matched | Text:
    """Find the form that an issue was made with, or say why there is nothing to do."""
    reason = _not_for_us(issue)
    if reason is not None:
        return reason
    labels = {label.casefold() for label in issue.labels}
    candidates = [form for form in forms if {label.casefold() for label in form.form.labels} <= labels]
    if not candidates:
        return Text(
            nl="de issue heeft niet de labels van een formulier", en="the issue does not have the labels of a form"
        )
    if len(issue.body) > LONGEST_BODY:
        return Matched(candidates[0], None)
    for form in candidates:
        answers = read_answers(form, issue.body)
        if answers is not None:
            return Matched(form, answers)
    return Text(nl="de kopjes zijn niet die van het formulier", en="the headings are not those of the form")


def _not_for_us(issue: Issue) -> Text | None:
    if issue.is_pull:
        return Text(nl="dit is een pull request", en="this is a pull request")
    if not issue.author:
        return Text(nl="wie de issue maakte, is weg", en="whoever made the issue is gone")
    if issue.is_bot:
        return Text(nl="de issue is van een programma", en="a program made the issue")
    if not issue.is_open or issue.is_locked:
        return Text(nl="de issue is gesloten of op slot", en="the issue is closed or locked")
    return None


def too_long() -> tuple[Problem, ...]:
    """Say that the answers are too long to read."""
    return (Problem("", f"Je antwoorden zijn samen te lang. Er passen hoogstens {LONGEST_BODY} tekens in."),)


def own_comment(comments: Sequence[Comment], bot: str) -> Comment | None:
    """Give our comment: by author and by its first line, the oldest where there are two."""
    ours = [each for each in comments if is_same(each.author, bot) and each.body.split("\n")[0].strip() == MARKER]
    return min(ours, default=None)


def is_same(login: str, other: str) -> bool:
    """Whether two logins are one; GitHub does not mind capitals."""
    return login.casefold() == other.casefold()


def message_of(issue: Issue, draft: Draft) -> str:
    """Write a commit's message: nothing in it is anybody's text, and it tells what the file should hold."""
    return f"Voorstel uit issue {issue.number}\n\nBestand: {draft.path}\nInhoud: {digest(draft.text)}\n"


def named_file(message: str, number: int) -> str:
    """Give the file that a message of ours names; nothing where it is somebody else's message."""
    match = _MESSAGE.fullmatch(message)
    return match[2] if match and int(match[1]) == number else ""


def digest(text: str) -> str:
    """Give the digest of a file's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def kept(issue: Issue, head: Head | None) -> Kept | None:
    """Give the file that is on the branch, where the last commit is ours and as we made it."""
    match = _MESSAGE.fullmatch(head.message) if head else None
    if head is None or match is None or head.text is None or int(match[1]) != issue.number:
        return None
    return Kept(match[2], head.text) if digest(head.text) == match[3] else None


def own_pull(issue: Issue, pulls: Iterable[Pull]) -> Pull | None:
    """Give the pull request of an issue: the open one, else one that was merged, else the newest."""
    mine = [pull for pull in pulls if pull.branch == issue.branch]
    order = ("closed", "merged", "open")
    return max(mine, key=lambda pull: (order.index(pull.state), pull.number), default=None)


def reserved(issue: Issue, pulls: Iterable[Pull], bot: str) -> frozenset[str]:
    """Give the ids that other open proposals took."""
    others = (pull for pull in pulls if pull.branch.startswith(BRANCH) and pull.branch != issue.branch)
    return frozenset(filter(None, (named_id(pull, bot) for pull in others)))


def named_id(pull: Pull, bot: str) -> str:
    """Give the id that a pull request of ours names; nothing where it is somebody else's."""
    match = PULL_MARKER.match(pull.body)
    return match[1] if match and is_same(pull.author, bot) else ""


def commit(issue: Issue, head: Head | None, draft: Draft) -> Commit | None:
    """Give the commit that the branch needs; nothing where it has what it should."""
    before = kept(issue, head)
    if before == Kept(draft.path, draft.text):
        return None
    moved = before.path if before and before.path != draft.path else ""
    message = message_of(issue, draft)
    return Commit(issue.branch, draft.path, draft.text, message, remove=moved, onto=head.sha if head else "")
