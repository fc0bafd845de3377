"""A plan carried out on GitHub: in few requests, and whole, whatever breaks on the way."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import UserError
from pipeline.sync.issues.plan import plan
from pipeline.sync.issues.whereabouts import Whereabouts
from pipeline.world.github.connection import connect
from pipeline.world.github.issues import Desk
from tests.github.faults import Fault
from tests.github.hub import Hub
from tests.sync.desk import LABELS, drafts_of, rule, scene_of, world

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model.framework import Framework
    from pipeline.sync.issues.actions import Plan
    from pipeline.world.github.issues import There
    from tests.github.hub import Seen
    from tests.github.state import Issue

BOT = "github-actions[bot]"
LABEL = LABELS.fixed["findings"].name


def planner(framework: Framework, most: int = 20) -> Callable[[There], Plan]:
    """Make a function that plans for what is there."""
    drafts, scene, whereabouts = drafts_of(framework), scene_of(framework), Whereabouts(framework)
    return lambda there: plan(drafts, there.issues, there.labels, whereabouts, scene, most=most - there.made)


def sync(hub: Hub, framework: Framework, most: int = 20) -> list[str]:
    """Do a whole run; tell the operations that it took."""
    before = len(hub.requests)
    desk = Desk(connect(hub.environment()), LABEL, BOT)
    desk.sync(planner(framework, most), lambda _step, _number: None)
    return [seen.operation for seen in hub.requests[before:]]


def broken(number: int, see: str = "zzz-99") -> str:
    return rule(f"avg-{number:02}", see=see)


# Few requests


def test_the_first_run_and_the_one_after_it(hub: Hub) -> None:
    framework = world(avg_01=broken(1), avg_02=broken(2))
    assert sync(hub, framework) == [
        "issues/list-for-repo",
        "issues/list-labels-for-repo",
        *["issues/create-label"] * 5,
        *["issues/create"] * 2,
    ]
    assert sync(hub, framework) == ["issues/list-for-repo", "issues/list-labels-for-repo"]


def test_two_hundred_entries(hub: Hub) -> None:
    many = world(
        **{f"avg_{number:02}": broken(number) for number in range(100)},
        **{f"awb_{number:02}": rule(f"awb-{number:02}", see="zzz-99") for number in range(100)},
    )
    first = sync(hub, many, most=200)
    assert (first.count("issues/create"), len(first)) == (200, 207)
    again = sync(hub, many, most=200)
    assert again == [*["issues/list-for-repo"] * 2, "issues/list-labels-for-repo"]


def test_only_what_changes_is_written(hub: Hub) -> None:
    sync(hub, world(avg_01=broken(1), avg_02=broken(2), avg_03=broken(3)))
    reads = ["issues/list-for-repo", "issues/list-labels-for-repo"]
    assert sync(hub, world(avg_01=broken(1), avg_02=rule("avg-02"), avg_03=broken(3))) == [
        *reads,
        "issues/create-comment",
        "issues/update",
    ]
    assert sync(hub, world(avg_01=broken(1), avg_02=broken(2), avg_03=broken(3))) == [*reads, "issues/update"]


def test_pull_requests_and_issues_of_others_are_left_alone(hub: Hub) -> None:
    framework = world(avg_01=broken(1))
    sync(hub, framework)
    body = hub.issues[1].body
    hub.issue("Van een mens", body, labels=[LABEL])
    assert sync(hub, world(avg_01=rule("avg-01")))[-2:] == ["issues/create-comment", "issues/update"]
    assert [issue.state for issue in hub.issues.values()] == ["closed", "open"]


def test_a_comment_that_somebody_else_copied_does_not_count(hub: Hub) -> None:
    sync(hub, world(avg_01=broken(1)))
    sync(hub, world(avg_01=rule("avg-01")))
    (ours,) = hub.issues[1].comments
    ours.author = "redacteur"
    hub.reopen(hub.issues[1])
    sync(hub, world(avg_01=rule("avg-01")))
    assert [comment.author for comment in hub.issues[1].comments] == ["redacteur", BOT]


def test_milestones_and_people_are_not_touched(hub: Hub) -> None:
    sync(hub, world(avg_01=broken(1)))
    sync(hub, world(avg_01=broken(1, "zzz-98")))
    assert all(set(seen.body) <= {"title", "body", "labels", "state", "state_reason"} for seen in hub.writes[5:])


def test_a_token_that_may_only_write_issues_is_enough(hub: Hub) -> None:
    hub.permissions = {"issues": "write"}
    scenario(hub)
    sync(hub, AFTER, most=2)
    assert hub.writes


def test_a_token_that_may_only_read_is_told_so(hub: Hub) -> None:
    hub.permissions = {"issues": "read"}
    with pytest.raises(UserError, match="Steps done: 0; left: 6"):
        sync(hub, world(avg_01=broken(1)))


def test_one_issue_that_is_taken_away_does_not_stop_the_others(hub: Hub) -> None:
    sync(hub, world(avg_01=broken(1), avg_02=broken(2)))
    made = planner(world(avg_01=rule("avg-01"), avg_02=rule("avg-02")))

    def meanwhile(there: There) -> Plan:
        del hub.issues[1]
        return made(there)

    desk = Desk(connect(hub.environment()), LABEL, BOT)
    with pytest.raises(UserError, match=r"Close #1: .* \(404\)\..* Steps done: 1; left: 1"):
        desk.sync(meanwhile, lambda _step, _number: None)
    assert hub.issues[2].state == "closed"


# Whatever breaks

BEFORE = world(
    avg_01=broken(1), avg_02=broken(2), avg_03=broken(3), avg_04=broken(4), avg_05=broken(5), avg_06=broken(6)
)
AFTER = world(
    avg_01=rule("avg-01"),  # solved
    avg_02=broken(2, "zzz-98"),  # changed
    avg_03=rule("avg-03", status="ingetrokken"),  # withdrawn
    avg_04=rule("avg-04", status="verouderd", then="avg-07"),  # goes on as the next
    avg_07=broken(7),
    avg_05=broken(5),  # closed by somebody; there twice
    avg_06=broken(6),  # with labels that are not right
    avg_08=broken(8),  # new
    avg_09=broken(9),  # new
    avg_10=broken(10),  # waits
)


def scenario(hub: Hub) -> None:
    """Put issues there that need every sort of step."""
    sync(hub, BEFORE)
    hub.close(hub.issues[5], "completed")
    hub.issue(hub.issues[5].title, hub.issues[5].body, by=BOT, labels=[LABEL])
    hub.issues[6].labels = [hub.label(name).name for name in (LABEL, "van mensen", "ernst: tip")]
    hub.find_label("ernst: fout").color = "000000"  # type: ignore[union-attr]
    hub.requests.clear()


def outcome(hub: Hub) -> object:
    """Give all that people can see, without the order in which issues came."""
    issues = sorted((_seen(issue) for issue in hub.issues.values()), key=repr)
    return issues, sorted((label.name, label.color, label.description) for label in hub.labels)


def _seen(issue: Issue) -> object:
    comments = [comment.body for comment in issue.comments]
    return issue.title, issue.body, issue.state, issue.reason, sorted(issue.labels), comments, len(issue.events)


@pytest.fixture(scope="module")
def ideal() -> tuple[object, int]:
    """Give what one run without trouble leaves, and how many requests it takes."""
    hub = Hub()
    with hub.serving():
        scenario(hub)
        sync(hub, AFTER, most=2)
        return outcome(hub), len(hub.requests)


def test_the_story_has_every_sort_of_request(hub: Hub) -> None:
    scenario(hub)
    assert sync(hub, AFTER, most=2) == [
        *("issues/list-for-repo", "issues/list-labels-for-repo", "issues/update-label"),
        *("issues/create-comment", "issues/update") * 3,  # double, solved, withdrawn
        *("issues/update",) * 3,  # changed, moved, opened again
        *("issues/add-labels", "issues/remove-label"),
        *("issues/create",) * 3,  # two entries, and the list of what waits
    ]


def at(number: int, fault: Fault, *, then_down: bool = False) -> Callable[[Seen], Fault | None]:
    """Let one request go wrong, and where asked for all that follow: as if the run had been killed there."""
    count = 0

    def happens(_seen: Seen) -> Fault | None:
        nonlocal count
        count += 1
        return fault if count == number else Fault.CUT_BEFORE if then_down and count > number else None

    return happens


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER])
def test_a_run_that_is_killed_at_any_request_is_completed_by_the_next(fault: Fault, ideal: tuple[object, int]) -> None:
    wanted, requests = ideal
    first = Hub()
    with first.serving():
        scenario(first)
    for number in range(1, requests + 1):
        hub = copied(first)
        with hub.serving():
            hub.fault = at(number, fault, then_down=True)
            with pytest.raises(UserError):
                sync(hub, AFTER, most=2)
            hub.fault = lambda _seen: None
            # What the first run made no longer counts for the second: both together make two.
            sync(hub, AFTER, most=2 - new(hub))
            assert outcome(hub) == wanted, (fault, number)
            assert sync(hub, AFTER, most=0) == ["issues/list-for-repo", "issues/list-labels-for-repo"]


@pytest.mark.parametrize("fault", [Fault.BROKEN_AFTER, Fault.CUT_BEFORE, Fault.WAIT, Fault.USED_UP])
def test_one_request_that_goes_wrong_is_made_good_in_the_same_run(fault: Fault, ideal: tuple[object, int]) -> None:
    wanted, requests = ideal
    first = Hub()
    with first.serving():
        scenario(first)
    for number in range(1, requests + 1):
        hub = copied(first)
        with hub.serving():
            hub.fault = at(number, fault)
            sync(hub, AFTER, most=2)
            assert outcome(hub) == wanted, (fault, number)


@pytest.mark.parametrize("seed", range(8))
def test_runs_through_a_storm_come_right_in_the_end(seed: int, ideal_of_all: object) -> None:
    hub = Hub()
    with hub.serving():
        scenario(hub)
        chance = Random(seed)  # noqa: S311 - weather, no secret
        for _ in range(4):
            hub.fault = lambda _seen: chance.choice(list(Fault)) if chance.random() < 0.25 else None
            with suppress(UserError):
                sync(hub, AFTER)
        hub.fault = lambda _seen: None
        sync(hub, AFTER)
        assert outcome(hub) == ideal_of_all


@pytest.fixture(scope="module")
def ideal_of_all() -> object:
    hub = Hub()
    with hub.serving():
        scenario(hub)
        sync(hub, AFTER)
        return outcome(hub)


def test_of_two_runs_at_once_the_next_closes_what_is_there_twice(hub: Hub) -> None:
    one, other = (Desk(connect(hub.environment()), LABEL, BOT) for _ in range(2))
    framework = world(avg_01=broken(1), avg_02=broken(2))
    made = planner(framework)
    there = one.look()
    for desk in (one, other):
        desk.sync(lambda _there: made(there), lambda _step, _number: None)
    assert len(hub.issues) == 4
    sync(hub, framework)
    assert {number: (issue.state, issue.reason) for number, issue in hub.issues.items()} == {
        1: ("open", None),
        2: ("open", None),
        3: ("closed", "not_planned"),
        4: ("closed", "not_planned"),
    }
    assert ["#1" in hub.issues[3].comments[0].body, "#2" in hub.issues[4].comments[0].body] == [True, True]
    assert sync(hub, framework) == ["issues/list-for-repo", "issues/list-labels-for-repo"]


def new(hub: Hub) -> int:
    """Count the issues that a run made, but for the list of what waits."""
    return sum("entry=" in (issue.body or "") for number, issue in hub.issues.items() if number > 7)


def copied(hub: Hub) -> Hub:
    """Give another hub with the same in it."""
    other = Hub()
    for issue in hub.issues.values():  # for the numbers
        other.issue(issue.title)
    other.labels, other.issues = deepcopy(hub.labels), deepcopy(hub.issues)
    return other
