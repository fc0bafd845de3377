"""What to do on a pull request so that it looks right: a plan, made of what is there and what should be.

A plan that was carried out in part, or twice, leads to the same end: everything is recognised by its
author and a hidden marker, so what is there already is not done again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.reports.review.comment import MARKER
from pipeline.sync.review.reviewers import to_ask
from pipeline.sync.review.suggest import MOST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pipeline.sync.labels import Difference
    from pipeline.sync.review.suggest import Suggestion


class Remark(NamedTuple):
    """A comment on the pull request."""

    id: int
    author: str
    body: str


class Standing(NamedTuple):
    """How the pull request looks now; ``asked`` are those who were asked or have looked before."""

    remarks: tuple[Remark, ...] = ()
    suggested: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


class Wanted(NamedTuple):
    """How it should look. ``news`` is the comment where there is something to say, ``solved`` where not."""

    news: str
    solved: str
    suggestions: tuple[Suggestion, ...] = ()
    reviewers: tuple[str, ...] = ()
    author: str = ""


class Write(NamedTuple):
    """Write a new comment, or another text in an old one."""

    body: str
    id: int = 0


class Erase(NamedTuple):
    """Take away a comment of our own that is one too many."""

    id: int


class Suggest(NamedTuple):
    """Make one review of these suggestions."""

    suggestions: tuple[Suggestion, ...]


class Ask(NamedTuple):
    """Ask for a review."""

    people: tuple[str, ...]


class Sort(NamedTuple):
    """Hang labels on, and take them off."""

    difference: Difference


Action = Write | Erase | Suggest | Ask | Sort


def plan(now: Standing, wanted: Wanted, labels: Difference, *, bot: str) -> tuple[Action, ...]:
    """Give what is to be done, the most useful first; nothing where all is as it should be."""
    actions: list[Action] = [*_comment(own_remarks(now.remarks, bot), wanted)]
    fresh = tuple(each for each in wanted.suggestions if each.key not in now.suggested)
    room = max(0, MOST - len(now.suggested))
    if fresh[:room]:
        actions.append(Suggest(fresh[:room]))
    asked = to_ask(wanted.reviewers, author=wanted.author, before=now.asked)
    if asked:
        actions.append(Ask(asked))
    if labels.add or labels.remove:
        actions.append(Sort(labels))
    return tuple(actions)


def own_remarks(remarks: Iterable[Remark], bot: str) -> tuple[Remark, ...]:
    """Give the comments that are ours, the oldest first: by author and by the hidden first line."""
    return tuple(sorted(each for each in remarks if each.author == bot and _lines(each.body)[:1] == [MARKER]))


def _comment(ours: Collection[Remark], wanted: Wanted) -> Iterable[Action]:
    """Keep one comment, with what is to be said. Where nothing was ever said, silence is enough."""
    first, *others = ours or (None,)
    body = wanted.news or (wanted.solved if first else "")
    if first is None:
        if body:
            yield Write(body)
        return
    if _lines(first.body) != _lines(body):
        yield Write(body, first.id)
    yield from (Erase(each.id) for each in others)


def _lines(body: str) -> list[str]:
    """Give the lines of a comment; GitHub may keep other line ends, and none at the end."""
    return body.replace("\r\n", "\n").strip("\n").split("\n")
