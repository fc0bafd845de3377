"""What lies between a request and its answer: who asks, whether they may, and one page of a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from tests.github import permissions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.github.description import Found
    from tests.github.hub import Hub
    from tests.github.server import Call
    from tests.github.state import Actor, Issue

    Handler = Callable[["Asked"], "Answer"]

DOCS: Final = "https://docs.github.com/rest"
_LONGEST_PAGE: Final = 100
_HANDLERS: Final[dict[str, Handler]] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with JSON, or with bytes where GitHub gives a file."""

    status: int
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    bytes: bytes | None = None


class RefusedError(Exception):
    """GitHub says no, and why."""

    def __init__(self, status: int, message: str, *errors: Mapping[str, str] | str, needs: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.errors = status, message, errors
        self.headers = {"X-Accepted-GitHub-Permissions": needs} if needs else {}

    def answer(self) -> Answer:
        said: dict[str, Any] = {"message": self.message, "documentation_url": DOCS, "status": str(self.status)}
        if self.errors:
            said["errors"] = list(self.errors)
        return Answer(self.status, said, self.headers)


def invalid(resource: str, field: str, code: str, message: str | None = None) -> RefusedError:
    """Make the refusal of a value that is well-formed and yet not good."""
    why = {"resource": resource, "field": field, "code": code}
    return RefusedError(422, "Validation Failed", {**why, "message": message} if message else why)


def missing() -> RefusedError:
    return RefusedError(404, "Not Found")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, its parts read."""

    hub: Hub
    found: Found
    call: Call
    body: dict[str, Any]
    actor: Actor | None

    @property
    def who(self) -> str:
        assert self.actor
        return self.actor.login

    @property
    def is_app(self) -> bool:
        """Whether the token is a workflow's."""
        return self.actor is not None and self.actor.is_app

    @property
    def parameters(self) -> Mapping[str, str]:
        return self.found.parameters

    def number(self, name: str) -> int:
        """Read a number from the path."""
        text = self.parameters[name]
        if not text.isdecimal():
            raise missing()
        return int(text)

    @property
    def issue(self) -> Issue:
        """The issue or the pull request that the path names."""
        name = "issue_number" if "issue_number" in self.parameters else "pull_number"
        found = self.hub.issues.get(self.number(name))
        if found is None:
            raise missing()
        return found

    def listed(self, items: Sequence[Any], shape: Callable[[Any], Any], key: str | None = None) -> Answer:
        """Give the page that was asked for, and the addresses of the others."""
        items = self.hub.shown(items)
        size = min(int(self.call.query.get("per_page", "30")) or 30, _LONGEST_PAGE)
        page = max(int(self.call.query.get("page", "1")), 1)
        shown = [shape(item) for item in items[(page - 1) * size : page * size]]
        last = -(-len(items) // size)
        places = {
            "prev": page - 1 if page > 1 else None,
            "next": page + 1,
            "last": last,
            "first": 1 if page > 1 else None,
        }
        if page >= last:
            places["next"] = places["last"] = None
        links = ", ".join(f'<{self._other(number)}>; rel="{name}"' for name, number in places.items() if number)
        answered = {"total_count": len(items), key: shown} if key else shown
        return Answer(200, answered, {"Link": links} if links else {})

    def _other(self, page: int) -> str:
        return f"{self.hub.url}{self.call.path}?{urlencode({**self.call.query, 'page': page})}"

    def check_place(self) -> None:
        """Refuse what is not about this repository: nothing else is here."""
        asked = f"{self.parameters.get('owner')}/{self.parameters.get('repo')}"
        if "owner" in self.parameters and asked.lower() != self.hub.full_name.lower():
            raise missing()

    def check_right(self) -> None:
        """Refuse a token that is not ours, and one that may not do this."""
        if self.actor is None:
            raise RefusedError(
                401, "Bad credentials" if "authorization" in self.call.headers else "Requires authentication"
            )
        operation = self.found.operation
        if self.actor.permissions is None:
            return
        scopes = permissions.needed(operation.id, on_pull=self.hub.is_about_pull(self.parameters))
        if not permissions.allowed(self.actor.permissions, scopes, writes=operation.writes):
            level = "write" if operation.writes else "read"
            wanted = "; ".join(f"{scope.replace('-', '_')}={level}" for scope in scopes)
            raise RefusedError(403, "Resource not accessible by integration", needs=wanted)


def answers(operation: str) -> Callable[[Handler], Handler]:
    """Say that a function answers an operation."""

    def known(handler: Handler) -> Handler:
        assert operation not in _HANDLERS, operation
        _HANDLERS[operation] = handler
        return handler

    return known


def answer_to(asked: Asked) -> Answer:
    """Let the function for this operation answer."""
    return _HANDLERS[asked.found.operation.id](asked)


def unanswered(operations: Sequence[str]) -> list[str]:
    """Give the operations that nothing answers yet."""
    return [operation for operation in operations if operation not in _HANDLERS]
