"""What a token may do: the permissions of a job, and what each operation asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCOPES: Final = ("actions", "attestations", "checks", "contents", "issues", "pages", "pull-requests", "statuses")
EVERYTHING: Final[Mapping[str, str]] = dict.fromkeys(SCOPES, "write")

# The first that fits an operation counts. Whoever has one of the scopes may do it.
_NEEDS: Final = (
    # Labels of the repository serve both.
    ("issues/list-labels-for-repo", ("issues", "pull-requests")),
    ("issues/create-label", ("issues", "pull-requests")),
    ("issues/get-label", ("issues", "pull-requests")),
    ("issues/", ("issues",)),
    ("pulls/", ("pull-requests",)),
    ("repos/list-pull-requests-associated-with-commit", ("pull-requests",)),
    ("actions/", ("actions",)),
    ("git/", ("contents",)),
    ("repos/get-collaborator-permission-level", ()),
    ("repos/get-", ("contents",)),
    ("repos/get", ()),
    ("repos/", ("contents",)),
    ("", ()),
)


def granted(workflow: Path, job: str) -> Mapping[str, str]:
    """Read what a workflow file gives the token of a job: its own permissions, or else the workflow's."""
    content = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    one = content["jobs"][job]
    given = one.get("permissions", content.get("permissions"))
    assert given is not None, f"{workflow.name}: {job} does not say what its token may do"
    if isinstance(given, str):
        level = {"read-all": "read", "write-all": "write"}[given]
        return dict.fromkeys(SCOPES, level)
    assert all(level in {"read", "write", "none"} for level in given.values()), given
    return dict(given)


def needed(operation: str, *, on_pull: bool) -> Sequence[str]:
    """Give the scopes that serve; what a pull request has of an issue may be had both ways."""
    scopes = next(scopes for start, scopes in _NEEDS if operation.startswith(start))
    return ("issues", "pull-requests") if on_pull and "issues" in scopes else scopes


def allowed(permissions: Mapping[str, str], scopes: Sequence[str], *, writes: bool) -> bool:
    """Tell whether these permissions are enough for one of the scopes."""
    enough = {"write"} if writes else {"read", "write"}
    return not scopes or any(permissions.get(scope) in enough for scope in scopes)
