"""The fake: issues, comments and labels as GitHub has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from github.GithubException import GithubException

from pipeline.errors import UserError
from pipeline.world.github.connection import connect, trouble

if TYPE_CHECKING:
    from tests.github.hub import Hub


def test_an_issue_that_is_made_is_there(hub: Hub) -> None:
    repository = connect(hub.environment())
    made = repository.create_issue("Bron is onbereikbaar", body="Zie de lijst.", labels=["bron"])
    assert (made.user.login, made.user.type) == ("github-actions[bot]", "Bot")
    assert [(one.title, one.body, one.labels) for one in hub.issues.values()] == [
        ("Bron is onbereikbaar", "Zie de lijst.", ["bron"])
    ]
    assert [seen.operation for seen in hub.writes] == ["issues/create"]


def test_connecting_asks_nothing(hub: Hub) -> None:
    assert connect(hub.environment()).url == f"/repos/{hub.full_name}"
    assert hub.requests == []


def test_a_list_comes_in_pages_with_the_newest_first(hub: Hub) -> None:
    for number in range(205):
        hub.issue(f"Nummer {number}")
    found = connect(hub.environment()).get_issues()
    assert [issue.number for issue in found] == list(range(205, 0, -1))
    assert len(hub.requests) == 3


def test_a_list_may_be_a_moment_behind(hub: Hub) -> None:
    hub.issue("Bron is onbereikbaar")
    hub.lag = 2
    repository = connect(hub.environment())
    made = repository.create_issue("Norm ontbreekt")
    assert repository.get_issue(made.number).title == "Norm ontbreekt"
    assert [[one.number for one in repository.get_issues()] for _ in range(3)] == [[1], [1], [2, 1]]


def test_a_list_by_label_and_state(hub: Hub) -> None:
    hub.issue("Van ons", by="github-actions[bot]", labels=["kader"])
    hub.issue("Van een mens", labels=["kader"])
    hub.issue("Dicht", by="github-actions[bot]", labels=["kader"], state="closed")
    repository = connect(hub.environment())
    assert [issue.title for issue in repository.get_issues(labels=["Kader"])] == ["Van een mens", "Van ons"]
    assert [issue.title for issue in repository.get_issues(state="all")] == ["Dicht", "Van een mens", "Van ons"]


def test_closing_and_opening_leave_a_trace(hub: Hub) -> None:
    issue = hub.issue("Bron is onbereikbaar")
    repository = connect(hub.environment())
    repository.get_issue(issue.number).edit(state="closed", state_reason="not_planned")
    assert (issue.state, issue.reason, issue.closed_by) == ("closed", "not_planned", "github-actions[bot]")
    hub.reopen(issue)
    assert [(event.event, event.actor.login) for event in repository.get_issue(issue.number).get_events()] == [
        ("closed", "github-actions[bot]"),
        ("reopened", "redacteur"),
    ]


@pytest.mark.parametrize("length", [65_536, 65_537])
def test_a_body_has_a_greatest_length(hub: Hub, length: int) -> None:
    issue = connect(hub.environment()).get_issue(hub.issue("Lang").number)
    body = "é" * length
    if length <= 65_536:
        assert issue.create_comment(body).body == body
    else:
        with pytest.raises(UserError, match="too long"), trouble():
            issue.create_comment(body)


def test_a_label_is_made_once(hub: Hub) -> None:
    repository = connect(hub.environment())
    repository.create_label("kader", "0e8a16")
    with pytest.raises(GithubException) as refused:
        repository.create_label("Kader", "0e8a16")
    assert (refused.value.status, refused.value.data["errors"][0]["code"]) == (422, "already_exists")


def test_labels_of_an_issue(hub: Hub) -> None:
    issue = hub.issue("Bron is onbereikbaar", labels=["kader", "van-mensen"])
    client = connect(hub.environment()).get_issue(issue.number)
    client.add_to_labels("KADER", "ernstig")
    assert issue.labels == ["kader", "van-mensen", "ernstig"]
    client.remove_from_labels("kader")
    assert issue.labels == ["van-mensen", "ernstig"]
    with pytest.raises(GithubException, match="Label does not exist"):
        client.remove_from_labels("kader")


def test_comments_are_found_by_their_number(hub: Hub) -> None:
    issue = hub.issue("Bron is onbereikbaar")
    client = connect(hub.environment()).get_issue(issue.number)
    client.create_comment("Eerst").edit("Daarna")
    hub.comment(issue, "Dank!")
    assert [(one.user.login, one.body) for one in client.get_comments()] == [
        ("github-actions[bot]", "Daarna"),
        ("redacteur", "Dank!"),
    ]
    client.get_comment(issue.comments[0].id).delete()
    assert [one.body for one in issue.comments] == ["Dank!"]


def test_a_repository_without_issues_says_so(hub: Hub) -> None:
    hub.has_issues = False
    with pytest.raises(UserError, match="no issues"), trouble():
        list(connect(hub.environment()).get_issues())
