"""The run that a review comes from, as GitHub's event tells it, and whose pull request it is for.

The event is GitHub's and can be believed; what the run left behind cannot. So the pull request is
found by what GitHub says of run and pull request, and never by what is in the artifact.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.reports.review.values import SkippedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORKFLOW: Final = ".github/workflows/check.yml"
"""The workflow whose runs are believed to be a check; a test holds it to the workflow that is there."""

EVENT: Final = "pull_request"
ENDINGS: Final = ("success", "failure", "skipped", "timed_out", "startup_failure")
"""How a run can end that nobody stopped. To GitHub a check that is skipped is as good as one that succeeds."""

_SHA: Final = re.compile("[0-9a-f]{40}([0-9a-f]{24})?")


class Run(NamedTuple):
    """A finished run of the check: of which branch, where, and at which commit."""

    id: int
    succeeded: bool
    owner: str
    branch: str
    sha: str
    repository: str
    repository_id: int


class Pull(NamedTuple):
    """An open pull request, as GitHub tells it. A repository is ``owner/name``."""

    number: int
    author: str
    branch: str
    sha: str
    repository: str
    repository_id: int
    base: str
    base_branch: str = ""
    files: int = 0
    labels: tuple[str, ...] = ()


def run_of(event: Mapping[str, Any], repository: str) -> Run:
    """Read the event; `SkippedError` says why a run is none of ours to speak about."""
    run = _mapping(event, "workflow_run")
    path = str(run.get("path", "")).partition("@")[0]
    if _mapping(event, "repository").get("full_name") != repository or (
        _mapping(run, "repository").get("full_name") != repository
    ):
        raise _skipped("de run is van een andere repository", "the run is of another repository")
    if path != WORKFLOW:
        raise _skipped(f"de run is van een andere workflow dan {WORKFLOW}", f"the run is not of {WORKFLOW}")
    if run.get("event") != EVENT:
        raise _skipped(f"de run begon niet door {EVENT}", f"the run was not started by {EVENT}")
    if run.get("conclusion") not in ENDINGS:
        raise _skipped("de run is niet afgemaakt", "the run did not finish")
    return _run(run)


def pull_of(run: Run, pulls: Iterable[Pull], repository: str) -> Pull:
    """Give the one open pull request that a run is for."""
    here = [pull for pull in pulls if pull.base == repository and pull.branch == run.branch]
    ours = [pull for pull in here if (pull.repository, pull.repository_id) == (run.repository, run.repository_id)]
    if len(ours) != 1:
        count = len(ours)
        raise _skipped(
            f"bij deze branch horen {count} open pull requests, en dat moet er 1 zijn",
            f"this branch has {count} open pull requests, where it should have 1",
        )
    if ours[0].sha != run.sha:
        raise _skipped(
            "de pull request heeft intussen een nieuwere commit", "the pull request has a newer commit by now"
        )
    return ours[0]


def _run(run: Mapping[str, Any]) -> Run:
    head = _mapping(run, "head_repository")
    number, sha, branch = run.get("id"), run.get("head_sha"), run.get("head_branch")
    owner, name, known = _mapping(head, "owner").get("login"), head.get("full_name"), head.get("id")
    sound = isinstance(number, int) and isinstance(known, int) and isinstance(sha, str) and _SHA.fullmatch(sha)
    texts = (owner, name, branch)
    if not sound or not all(isinstance(text, str) and text for text in texts):
        raise _skipped("de gebeurtenis is niet volledig", "the event is not complete")
    return Run(
        id=int(str(number)),
        succeeded=run.get("conclusion") == "success",
        owner=str(owner),
        branch=str(branch),
        sha=str(sha),
        repository=str(name),
        repository_id=int(str(known)),
    )


def _mapping(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def _skipped(nl: str, en: str) -> SkippedError:
    return SkippedError(nl=f"Er is niets geplaatst: {nl}.", en=f"Nothing was posted: {en}.")
