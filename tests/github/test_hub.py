"""The fake as a whole: it holds clients to GitHub's description and to the permissions of their job."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import requests

from pipeline.errors import UserError
from pipeline.world.github.connection import connect, trouble
from tests.github import refresh
from tests.github.answering import unanswered
from tests.github.permissions import granted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.github.hub import Hub

WORKFLOW = """
on: push
permissions: {contents: read}
jobs:
  lezen: {runs-on: ubuntu-24.04}
  schrijven: {runs-on: ubuntu-24.04, permissions: {issues: write, pull-requests: write}}
  alles: {runs-on: ubuntu-24.04, permissions: write-all}
  niets: {runs-on: ubuntu-24.04, permissions: {}}
"""


@pytest.fixture
def workflow(tmp_path: Path) -> Path:
    path = tmp_path / "sync.yml"
    path.write_text(WORKFLOW, encoding="utf-8")
    return path


def call(hub: Hub, method: str, path: str, **given: object) -> requests.Response:
    """Ask without a client in between."""
    token = {"Authorization": f"token {hub.environment()['GITHUB_TOKEN']}"}
    body = json.dumps(given).encode() if given else b""
    return requests.request(method, f"{hub.api}{path}", data=body, headers=token, timeout=5)


def test_every_operation_is_answered() -> None:
    assert unanswered(refresh.wanted()) == []


def test_the_slice_is_what_is_made_of_it() -> None:
    text = refresh.SLICE.read_text(encoding="utf-8")
    assert refresh.written(refresh.sliced(json.loads(text), refresh.wanted())) == text


@pytest.mark.parametrize(
    ("method", "path", "given", "why"),
    [
        ("GET", "/search/issues", {}, "not among the operations"),
        ("POST", "/issues", {"titel": "Zo"}, "'titel' was unexpected"),
        ("POST", "/issues", {"title": ["Zo"]}, "not valid under any"),
        ("POST", "/issues", {}, "a body is missing"),
        ("DELETE", "/labels/kader", {"name": "kader"}, "a body where none is described"),
        ("GET", "/issues?labels=a&kleur=rood", {}, "unknown parameter 'kleur'"),
        ("GET", "/issues?state=dicht", {}, "parameter 'state'"),
    ],
)
def test_what_is_not_described_fails_the_test(
    hub: Hub, method: str, path: str, given: dict[str, str], why: str
) -> None:
    assert call(hub, method, path, **given).status_code == 418
    with pytest.raises(AssertionError, match=why):
        hub.check()
    assert hub.issues == {}


def test_an_answer_that_github_would_not_give_fails_the_test(hub: Hub) -> None:
    hub.issue("Bron", reason="verkeerd").state = "half open"
    hub.issues[1].reason = "zomaar"
    call(hub, "GET", "/issues/1")
    with pytest.raises(AssertionError, match="answered 200: /state_reason"):
        hub.check()


def test_a_bug_in_the_fake_fails_the_test(hub: Hub) -> None:
    hub.labels.append(None)  # type: ignore[arg-type]
    call(hub, "GET", "/labels")
    with pytest.raises(AssertionError, match="AttributeError"):
        hub.check()


@pytest.mark.parametrize(
    ("job", "may"),
    [
        ("lezen", {"contents": "read"}),
        ("schrijven", {"issues": "write", "pull-requests": "write"}),
        ("niets", {}),
    ],
)
def test_a_job_says_what_its_token_may_do(workflow: Path, job: str, may: dict[str, str]) -> None:
    assert granted(workflow, job) == may


@pytest.mark.parametrize(
    ("job", "status"),
    [("lezen", 403), ("niets", 403), ("schrijven", 201), ("alles", 201)],
)
def test_a_job_does_what_it_may(hub: Hub, workflow: Path, job: str, status: int) -> None:
    hub.permissions = granted(workflow, job)
    assert call(hub, "POST", "/issues", title="Zo").status_code == status


@pytest.mark.parametrize(
    ("may", "of_issue", "of_pull"),
    [
        ({"issues": "write"}, 201, 201),
        ({"pull-requests": "write"}, 403, 201),
        ({"issues": "read", "pull-requests": "read"}, 403, 403),
    ],
)
def test_comments_on_pull_requests_may_be_had_both_ways(
    hub: Hub, may: dict[str, str], of_issue: int, of_pull: int
) -> None:
    hub.permissions = may
    issue, pull = hub.issue("Bron"), hub.pull("Zo", {"a.md": "A\n"})
    statuses = [call(hub, "POST", f"/issues/{one.number}/comments", body="Dank!").status_code for one in (issue, pull)]
    assert statuses == [of_issue, of_pull]


def test_a_refusal_names_the_right_that_is_missing(hub: Hub) -> None:
    hub.permissions = {"issues": "read"}
    with pytest.raises(UserError, match=r"may not do this \(403\).*: issues=write"), trouble():
        connect(hub.environment()).create_issue("Zo")


def test_another_repository_is_not_here(hub: Hub) -> None:
    elsewhere = {**hub.environment(), "GITHUB_REPOSITORY": "gemeente-voorbeeldstad/iets-anders"}
    with pytest.raises(UserError, match="404"), trouble():
        list(connect(elsewhere).get_issues())


def test_an_unknown_token_is_refused(hub: Hub) -> None:
    with pytest.raises(UserError, match="401"), trouble():
        list(connect({**hub.environment(), "GITHUB_TOKEN": "geheim"}).get_issues())
