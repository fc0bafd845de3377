"""Pull requests: find one, see how it looks, and make it look as planned."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pipeline.sync.review.checker import ChangedFile
from pipeline.sync.review.plan import Ask, Erase, Remark, Sort, Standing, Suggest, Write
from pipeline.sync.review.run import Pull
from pipeline.sync.review.suggest import posted_keys
from pipeline.world.github.connection import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from github.Repository import Repository

    from pipeline.sync.labels import Label
    from pipeline.sync.review.plan import Action, Wanted
    from pipeline.sync.review.suggest import Suggestion

_CANNOT: Final = 422


def pulls_of(repository: Repository, owner: str, branch: str) -> tuple[Pull, ...]:
    """Give the open pull requests from a branch of somebody's repository."""
    found = pages(repository, "pulls", state="open", head=f"{owner}:{branch}")
    return tuple(map(_pull, found))


def files_of(repository: Repository, number: int) -> tuple[ChangedFile, ...]:
    """Give the files that a pull request changes, with what changes in each."""
    return tuple(
        ChangedFile(
            path=file["filename"],
            former=file.get("previous_filename") or "",
            patch=file.get("patch") or "",
            removed=file["status"] == "removed",
        )
        for file in pages(repository, f"pulls/{number}/files")
    )


def standing(repository: Repository, number: int, wanted: Wanted, *, bot: str) -> Standing:
    """See how a pull request looks; only what matters for what is wanted is asked for."""
    suggested: frozenset[str] = frozenset()
    if wanted.suggestions:
        remarks = pages(repository, f"pulls/{number}/comments")
        suggested = posted_keys(each["body"] for each in remarks if _login(each) == bot)
    return Standing(
        remarks=tuple(
            Remark(each["id"], _login(each), each["body"] or "")
            for each in pages(repository, f"issues/{number}/comments")
        ),
        suggested=suggested,
        asked=frozenset(_asked(repository, number)) if wanted.reviewers else frozenset(),
    )


def pages(repository: Repository, path: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
    """Give the items of a list, page by page, as GitHub sends them.

    PyGithub's own objects ask again for each item in which something is left out or null.
    """
    for page in count(1):
        wanted = {**parameters, "per_page": PAGE, "page": page}
        _, items = repository.requester.requestJsonAndCheck("GET", f"{repository.url}/{path}", parameters=wanted)
        yield from items
        if len(items) < PAGE:
            return


class Hand:
    """Carries out actions on one pull request; ``say`` gets a line for the log."""

    def __init__(self, repository: Repository, pull: Pull, say: Callable[[str, str], None]) -> None:
        """Keep where to do it; nothing is asked yet."""
        self._repository = repository
        self._pull = pull
        self._say = say

    def carry_out(self, actions: Iterable[Action], labels: Mapping[str, Label], heading: str) -> None:
        """Do what was planned, in order."""
        for action in actions:
            match action:
                case Write(body, 0):
                    self._send("POST", f"issues/{self._pull.number}/comments", {"body": body})
                    self._say("Reactie geplaatst.", "Comment written.")
                case Write(body, number):
                    self._send("PATCH", f"issues/comments/{number}", {"body": body})
                    self._say("Reactie bijgewerkt.", "Comment edited.")
                case Erase(number):
                    self._send("DELETE", f"issues/comments/{number}")
                    self._say("Dubbele reactie verwijderd.", "Second comment deleted.")
                case Suggest(suggestions):
                    self._suggest(suggestions, heading)
                case Ask(people):
                    self._ask(people)
                case Sort(difference):
                    self._sort(difference.add, difference.remove, labels)

    def _send(self, verb: str, path: str, body: Mapping[str, Any] | None = None) -> None:
        """Send a write. PyGithub's own objects would first read what they are to change."""
        self._repository.requester.requestJsonAndCheck(verb, f"{self._repository.url}/{path}", input=body)

    def _is_taken(self, path: str, body: Mapping[str, Any]) -> bool:
        """Send something that GitHub may have good reason not to take; tell whether it did."""
        from github.GithubException import GithubException

        try:
            self._send("POST", path, body)
        except GithubException as error:
            if error.status != _CANNOT:
                raise
            return False
        return True

    def _suggest(self, suggestions: Iterable[Suggestion], heading: str) -> None:
        comments = [_comment(each) for each in suggestions]
        review = {"commit_id": self._pull.sha, "event": "COMMENT", "body": heading, "comments": comments}
        if self._is_taken(f"pulls/{self._pull.number}/reviews", review):
            self._say(f"Voorstellen geplaatst: {len(comments)}.", f"Suggestions written: {len(comments)}.")
        else:
            # A newer commit may have taken the lines away; its own run makes its own suggestions.
            self._say("GitHub neemt de voorstellen niet aan.", "GitHub does not take the suggestions.")

    def _ask(self, people: Sequence[str]) -> None:
        """Ask all at once; where GitHub does not take one of them, ask each alone."""
        if self._asks(people):
            return
        for name in people:
            if len(people) == 1 or not self._asks([name]):
                self._say(
                    f"{name} is niet te vragen: wie in reviewers.yml staat, moet hier mogen schrijven.",
                    f"{name} cannot be asked: whoever is in reviewers.yml must be allowed to write here.",
                )

    def _asks(self, people: Sequence[str]) -> bool:
        taken = self._is_taken(f"pulls/{self._pull.number}/requested_reviewers", {"reviewers": list(people)})
        if taken:
            self._say(f"Review gevraagd aan {', '.join(people)}.", f"Review asked of {', '.join(people)}.")
        return taken

    def _sort(self, add: Sequence[str], remove: Sequence[str], labels: Mapping[str, Label]) -> None:
        here = f"issues/{self._pull.number}/labels"
        if add:
            self._make(add, labels)
            self._send("POST", here, {"labels": list(add)})
        for name in remove:
            self._send("DELETE", f"{here}/{quote(name, safe='')}")
        self._say(f"Labels aangepast: {len(add) + len(remove)}.", f"Labels changed: {len(add) + len(remove)}.")

    def _make(self, names: Sequence[str], labels: Mapping[str, Label]) -> None:
        """Make the labels that the repository does not have yet; a run for another pull request may be first."""
        present = {label["name"].casefold() for label in pages(self._repository, "labels")}
        for name in names:
            if name.casefold() not in present:
                self._is_taken("labels", labels[name]._asdict())


def _pull(pull: Mapping[str, Any]) -> Pull:
    head = pull["head"]
    origin = head["repo"] or {}  # none where somebody took the repository away
    return Pull(
        number=pull["number"],
        author=_login(pull),
        branch=head["ref"],
        sha=head["sha"],
        repository=origin.get("full_name", ""),
        repository_id=origin.get("id", 0),
        base=pull["base"]["repo"]["full_name"],
        labels=tuple(label["name"] for label in pull["labels"]),
    )


def _login(item: Mapping[str, Any]) -> str:
    """Give who made something; nobody where the account is gone."""
    return str((item["user"] or {}).get("login", ""))


def _asked(repository: Repository, number: int) -> Iterator[str]:
    """Give who was asked for a review at any time, and who has given one."""
    yield from map(_login, pages(repository, f"pulls/{number}/reviews"))
    for event in pages(repository, f"issues/{number}/events"):
        if event["event"] == "review_requested" and event.get("requested_reviewer"):
            yield str(event["requested_reviewer"]["login"])


def _comment(suggestion: Suggestion) -> dict[str, Any]:
    place: dict[str, Any] = {"path": suggestion.path, "body": suggestion.body, "line": suggestion.last, "side": "RIGHT"}
    if suggestion.first < suggestion.last:
        place |= {"start_line": suggestion.first, "start_side": "RIGHT"}
    return place
