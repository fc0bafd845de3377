"""A GitHub of our own on loopback: one repository, whose REST API behaves as the real one does.

    hub = Hub()
    issue = hub.issue(title="Bron is onbereikbaar")
    with hub.serving():
        repository = connect(hub.environment())
    assert [seen.operation for seen in hub.writes] == []

What the client asks and what it gets are both held against GitHub's description
(`tests.github.description`); what is not described makes the test fail at the end of the block.
"""

from __future__ import annotations

import json
import threading
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from tests.github import answers as _answers  # noqa: F401 - its modules say what they answer
from tests.github import description, permissions
from tests.github.answering import Asked, RefusedError, answer_to
from tests.github.server import Reply, listening
from tests.github.state import WORKFLOW, Actor
from tests.github.things import Things

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tests.github.answering import Answer
    from tests.github.description import Operation
    from tests.github.server import Call

_NOTHING: Final = (b"", b"{}")
_BARE_LISTS: Final = frozenset({"issues/add-labels", "issues/set-labels"})
"""PyGithub sends the names of labels as a list alone. Descriptions before 2026 allow it, and GitHub takes it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came in, and the status that it got; 0 when the line was cut."""

    method: str
    operation: str
    path: str
    status: int
    body: Any = None

    @property
    def writes(self) -> bool:
        return self.method != "GET"


class Trouble(Protocol):
    """Something that goes wrong: ``before`` anything was done, or after everything was."""

    @property
    def before(self) -> bool: ...

    def reply(self) -> Reply | None:
        """Give what the client gets; nothing where the line is cut."""


class Hub(Things):
    """The repository, and the wire to it."""

    def __init__(self, permissions: Mapping[str, str] = permissions.EVERYTHING) -> None:
        super().__init__()
        self.permissions = permissions
        self.requests: list[Seen] = []
        self.violations: list[str] = []
        self.files: dict[str, bytes] = {}
        self.fault: Callable[[Seen], Trouble | None] = lambda _seen: None
        self.url = ""
        self.store = ""
        self._lock = threading.RLock()
        self._shown, self._unseen = self.newest, 0

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Answer until the end of the block; fail when anything was not as GitHub describes it."""
        with listening(self._answer) as port, listening(self._stored) as stored:
            # Another host name too: what is stored lies with another company.
            self.url, self.store = f"http://127.0.0.1:{port}", f"http://localhost:{stored}"
            try:
                yield self.url
            finally:
                self.check()

    def check(self) -> None:
        """Fail when a client asked for, or got, what GitHub does not describe."""
        found, self.violations = self.violations, []
        assert not found, "not as GitHub describes it:\n" + "\n".join(found)

    def environment(self, login: str = WORKFLOW) -> dict[str, str]:
        """Give what a step in a workflow finds in its environment; another login is a person's."""
        return {
            "GITHUB_REPOSITORY": self.full_name,
            "GITHUB_API_URL": self.url,
            "GITHUB_TOKEN": f"token-of-{login.removesuffix('[bot]')}",
            "KADER_GITHUB_PAUSE": "0",
        }

    @property
    def writes(self) -> list[Seen]:
        """The requests that would change something."""
        return [seen for seen in self.requests if seen.writes]

    @property
    def pages(self) -> str:
        """Where people read this repository."""
        return f"https://github.com/{self.full_name}"

    @property
    def api(self) -> str:
        """Where programs read it."""
        return f"{self.url}/repos/{self.full_name}"

    def shown(self, items: Sequence[Any]) -> Sequence[Any]:
        """Give the items of a list without those that GitHub does not see yet."""
        if not self._unseen:
            return items
        self._unseen -= 1
        return [one for one in items if getattr(one, "id", 0) <= self._shown]

    def stored(self, path: str, content: bytes) -> str:
        """Keep a file where GitHub keeps files, and give its address."""
        self.files[f"/{path}"] = content
        return f"{self.store}/{path}?sig=secret"

    # ── the wire ──────────────────────────────────────────────────────────────────────────────

    def _answer(self, call: Call) -> Reply | None:
        with self._lock:
            try:
                return self._judged(call)
            except Exception:  # noqa: BLE001 - a bug of the fake must fail the test, in whatever thread
                return self._violation(call, traceback.format_exc())

    def _judged(self, call: Call) -> Reply | None:
        found = description.find(call.method, call.path)
        if found is None:
            return self._violation(call, "not among the operations in operations.txt")
        operation = found.operation
        body, flaws = _body_of(operation, call)
        flaws += description.flaws_of_query(operation, call.query)
        if flaws:
            return self._violation(call, "asked: " + "; ".join(flaws))
        seen = Seen(call.method, operation.id, call.path, 0, body)
        fault = self.fault(seen)
        if fault and fault.before:
            return self._noted(seen, fault.reply())
        asked = Asked(self, found, call, body, self._actor(call))
        before = self.newest
        answer = self._permitted(asked)
        if operation.writes and self.newest > before:
            self._shown, self._unseen = before, self.lag
        flaws = [] if answer.bytes is not None else description.flaws_of_answer(operation, answer.status, answer.json)
        if flaws:
            return self._violation(call, f"answered {answer.status}: " + "; ".join(flaws))
        return self._noted(seen, fault.reply() if fault else _written(answer))

    def _permitted(self, asked: Asked) -> Answer:
        try:
            asked.check_place()
            asked.check_right()
            return answer_to(asked)
        except RefusedError as error:
            return error.answer()

    def _actor(self, call: Call) -> Actor | None:
        kind, _, token = call.headers.get("authorization", "").partition(" ")
        if kind.lower() not in {"token", "bearer"} or not token.startswith("token-of-"):
            return None
        login = token.removeprefix("token-of-")
        return Actor(WORKFLOW, self.permissions) if login == WORKFLOW.removesuffix("[bot]") else Actor(login)

    def _stored(self, call: Call) -> Reply:
        """Give a file, as the company does where GitHub stores them; it must not see our token."""
        if "authorization" in call.headers:
            return self._violation(call, "the token went to where files are stored")
        content = self.files.get(call.path)
        if content is None:
            return Reply(404, b"<Error>BlobNotFound</Error>")
        return Reply(200, content, {"Content-Type": "application/octet-stream"})

    def _noted(self, seen: Seen, reply: Reply | None) -> Reply | None:
        status = reply.status if reply else 0
        self.requests.append(Seen(seen.method, seen.operation, seen.path, status, seen.body))
        return reply

    def _violation(self, call: Call, why: str) -> Reply:
        self.violations.append(f"{call.method} {call.path}: {why}")
        # No status that a client would try again.
        return Reply(418, json.dumps({"message": f"the fake refuses: {why}"}).encode())


def _written(answer: Answer) -> Reply:
    if answer.bytes is not None:
        return Reply(answer.status, answer.bytes, {"Content-Type": "application/octet-stream", **answer.headers})
    body = b"" if answer.json is None else json.dumps(answer.json).encode()
    return Reply(answer.status, body, {"Content-Type": "application/json; charset=utf-8", **answer.headers})


def _body_of(operation: Operation, call: Call) -> tuple[Any, list[str]]:
    """Read the JSON of a request; a file that is sent has no JSON."""
    if operation.takes_file or call.body in _NOTHING:
        return None, description.flaws_of_body(operation, None)
    try:
        body = json.loads(call.body)
    except ValueError:
        return None, ["the body is no JSON"]
    if isinstance(body, list) and operation.id in _BARE_LISTS:
        body = {"labels": body}
    return body, description.flaws_of_body(operation, body)
