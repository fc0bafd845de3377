"""What can go wrong on the way, and a proof that an operation gets over all of it.

survives(prepare, lambda hub: sync(connect(hub.environment())))
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from requests.adapters import HTTPAdapter

from pipeline.errors import UserError
from tests.github.server import Reply
from tests.github.state import Pull

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from requests import Response

    from tests.github.hub import Hub, Seen, Trouble
    from tests.github.state import Issue, Release, Review


class Fault(Enum):
    """One kind of trouble; its value says what a reader of a failing test needs."""

    BROKEN_BEFORE = "502, and nothing was done"
    BROKEN_AFTER = "502, and yet it was done"
    CUT_BEFORE = "the line was cut, and nothing was done"
    CUT_AFTER = "the line was cut, and yet it was done"
    HALF = "half an answer, and yet it was done"
    SLOW_DOWN = "a secondary limit that names no time"
    WAIT = "a secondary limit that names a time"
    TOO_MANY = "a secondary limit with status 429"
    USED_UP = "the primary limit"

    @property
    def before(self) -> bool:
        """Whether nothing was done."""
        return self not in {Fault.BROKEN_AFTER, Fault.CUT_AFTER, Fault.HALF}

    def reply(self) -> Reply | None:
        """Give what the client gets; nothing where the line is cut."""
        if self in {Fault.CUT_BEFORE, Fault.CUT_AFTER}:
            return None
        if self is Fault.HALF:
            return Reply(200, b'{"id":', {"Content-Length": "999"}, breaks_off=True)
        if self in {Fault.BROKEN_BEFORE, Fault.BROKEN_AFTER}:
            return Reply(502, b"<html>Unicorn!</html>", {"Content-Type": "text/html"})
        if self is Fault.USED_UP:
            limits = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) - 1)}
            return _refusal(403, "API rate limit exceeded for installation.", limits)
        later = {} if self is Fault.SLOW_DOWN else {"Retry-After": "0"}
        return _refusal(429 if self is Fault.TOO_MANY else 403, "You have exceeded a secondary rate limit.", later)


def _refusal(status: int, message: str, headers: dict[str, str]) -> Reply:
    said = {"message": message, "documentation_url": "https://docs.github.com/rest"}
    return Reply(status, json.dumps(said).encode(), {"Content-Type": "application/json", **headers})


def first(*troubles: Trouble) -> Callable[[Seen], Trouble | None]:
    """Let the first requests go wrong, each in its own way; give this to ``hub.fault``."""
    left = list(troubles)
    return lambda _seen: left.pop(0) if left else None


def always(one: Trouble, after: int = 0) -> Callable[[Seen], Trouble | None]:
    """Let all requests go wrong, or all after so many that go well."""
    seen = count()
    return lambda _seen: one if next(seen) >= after else None


class CrashError(BaseException):
    """The process ended here: nothing that it would have done afterwards was done."""


@dataclass(frozen=True, slots=True)
class Blow:
    """What goes wrong, at which request (from 1); a crash comes before it is sent, or after its answer."""

    kind: Fault | str
    at: int

    def __str__(self) -> str:
        return f"{self.kind.value if isinstance(self.kind, Fault) else self.kind}, at request {self.at}"


BEFORE: Final = "the process ended before the request"
AFTER: Final = "the process ended after the answer"
KINDS: Final[tuple[Fault | str, ...]] = (*Fault, BEFORE, AFTER)
"""Everything that can go wrong."""


def survives(
    prepare: Callable[[], Hub],
    work: Callable[[Hub], object],
    *,
    kinds: Sequence[Fault | str] = KINDS,
    writes_only: bool = False,
    mask: Callable[[str], str] = lambda text: text,
) -> int:
    """Demand that ``work``, disturbed anywhere and then done once more, ends as when nothing went wrong.

    ``prepare`` makes a hub, and ``work`` does everything that the program does on it, as a new process
    would: it connects too. It may raise a `UserError` when disturbed. ``mask`` takes out of texts what
    may differ, such as numbers of issues. Gives how many ways were tried.
    """
    calm = prepare()
    with calm.serving():
        work(calm)
        whole, places = outcome(calm, mask), _places(calm, writes_only=writes_only)
        work(calm)
    assert outcome(calm, mask) == whole, "a second run changed something"
    for kind in kinds:
        for at in places:
            blow = Blow(kind, at)
            assert _struck(prepare(), work, blow, mask) == whole, f"not as it should end: {blow}"
    return len(kinds) * len(places)


def outcome(hub: Hub, mask: Callable[[str], str] = lambda text: text) -> dict[str, Any]:
    """Give all that people see in the repository, without ids and times."""
    state = {
        "labels": sorted((one.name, one.color, one.description) for one in hub.labels),
        "issues": sorted((_issue(hub, one) for one in hub.issues.values()), key=repr),
        "branches": {name: _branch(hub, name) for name in sorted(hub.refs)},
        "releases": sorted((_release(one) for one in hub.releases), key=repr),
    }
    return dict(_masked(state, mask))


def _struck(hub: Hub, work: Callable[[Hub], object], blow: Blow, mask: Callable[[str], str]) -> dict[str, Any]:
    with hub.serving():
        with _going_wrong(hub, blow), suppress(UserError, CrashError, SystemExit):
            work(hub)
        work(hub)
    return outcome(hub, mask)


@contextmanager
def _going_wrong(hub: Hub, blow: Blow) -> Iterator[None]:
    if isinstance(blow.kind, Fault):
        kind = blow.kind
        seen = count(1)
        hub.fault = lambda _seen: kind if next(seen) == blow.at else None
        try:
            yield
        finally:
            hub.fault = lambda _seen: None
            assert next(seen) > blow.at, f"never came so far: {blow}"
    else:
        with _ending(blow):
            yield


@contextmanager
def _ending(blow: Blow) -> Iterator[None]:
    """Let the process end at a request: no client of ours sends one but through requests."""
    send, sent = HTTPAdapter.send, count(1)

    def ending(adapter: HTTPAdapter, *given: Any, **named: Any) -> Response:
        here = next(sent) == blow.at
        if here and blow.kind == BEFORE:
            raise CrashError
        answer = send(adapter, *given, **named)
        if here:
            answer.close()
            raise CrashError
        return answer

    with patch.object(HTTPAdapter, "send", ending):
        yield


def _places(hub: Hub, *, writes_only: bool) -> list[int]:
    """Give the numbers of the requests to disturb; more of them come when one is sent again."""
    return [number for number, seen in enumerate(hub.requests, 1) if seen.writes or not writes_only]


def _issue(hub: Hub, one: Issue) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": one.title,
        "body": one.body,
        "author": one.author,
        "state": (one.state, one.reason),
        "labels": sorted(one.labels),
        "assignees": sorted(one.assignees),
        "comments": [(comment.author, comment.body) for comment in one.comments],
    }
    if isinstance(one, Pull):
        said["sides"] = (one.repository, one.head, one.base, one.draft, one.merged is not None)
        said["asked"] = (sorted(one.reviewers), sorted(one.teams))
        said["reviews"] = [_review(review) for review in one.reviews]
        said["changes"] = [(each.path, each.status, each.patch) for each in hub.differences(one)]
    return said


def _review(one: Review) -> tuple[Any, ...]:
    remarks = [(each.path, each.side, each.start, each.line, each.body) for each in one.remarks]
    return (one.author, one.state, one.body, remarks)


def _branch(hub: Hub, name: str) -> list[tuple[str, list[str]]]:
    """Give what each commit of a branch says and which files it left, for their ids hold times."""
    start = hub.find_commit(name.removeprefix("refs/"))
    return [
        (hub.git.commits[sha].message, [f"{path} {entry.sha}" for path, entry in hub.git.files(sha).items()])
        for sha in (hub.git.ancestors(start) if start else [])
    ]


def _release(one: Release) -> dict[str, Any]:
    return {
        "release": (one.tag, one.name, one.body, one.author, one.draft, one.prerelease),
        "files": sorted((each.name, each.label, each.state, each.content) for each in one.assets),
    }


def _masked(value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {_masked(key, mask): _masked(item, mask) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item, mask) for item in value]
    return value
