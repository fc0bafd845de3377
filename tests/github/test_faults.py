"""What is tried against a careless program and against a careful one."""

from __future__ import annotations

import pytest

from pipeline.errors import UserError
from pipeline.world.github.connection import connect, trouble, until_sure
from tests.github.faults import AFTER, BEFORE, Fault, always, first, outcome, survives
from tests.github.hub import Hub

TITLES = ("Bron is onbereikbaar", "Norm ontbreekt")


def prepared() -> Hub:
    hub = Hub()
    hub.issue("Van een mens", labels=["van-mensen"])
    return hub


def careful(hub: Hub) -> None:
    """Read what there is, then do what is left."""

    def once() -> None:
        with trouble():
            repository = connect(hub.environment())
            known = {issue.title: issue for issue in repository.get_issues(state="all")}
            for title in TITLES:
                issue = known.get(title) or repository.create_issue(title)
                if not issue.get_comments().totalCount:
                    issue.create_comment("Welkom")

    until_sure(once)


def careless(hub: Hub) -> None:
    """Do what was planned, without a look."""
    repository = connect(hub.environment())
    with trouble():
        for title in TITLES:
            repository.create_issue(title).create_comment("Welkom")


def hasty(hub: Hub) -> None:
    """Look, but take an issue for done as soon as it is there."""
    with trouble():
        repository = connect(hub.environment())
        known = {issue.title for issue in repository.get_issues(state="all")}
        for title in TITLES:
            if title not in known:
                repository.create_issue(title).create_comment("Welkom")


def test_a_careful_program_gets_over_everything() -> None:
    ways = survives(prepared, careful)
    assert ways == 77  # 7 requests, each with 11 kinds of trouble


def test_only_writes_are_disturbed_where_time_is_short() -> None:
    assert survives(prepared, careful, kinds=[Fault.HALF, AFTER], writes_only=True) == 8


def test_a_careless_program_is_found_out_at_once() -> None:
    with pytest.raises(AssertionError, match="a second run changed something"):
        survives(prepared, careless)


@pytest.mark.parametrize("kind", [Fault.BROKEN_BEFORE, Fault.CUT_AFTER, BEFORE, AFTER])
def test_a_program_that_leaves_something_half_done_is_found_out(kind: Fault | str) -> None:
    with pytest.raises(AssertionError, match="not as it should end"):
        survives(prepared, hasty, kinds=[kind])


def test_a_run_that_is_out_of_requests_is_finished_by_the_next(hub: Hub) -> None:
    hub.fault = always(Fault.USED_UP, after=3)
    with pytest.raises(UserError, match="too many requests"):
        careful(hub)
    half = outcome(hub)
    hub.fault = first()
    careful(hub)
    assert [len(issue.comments) for issue in hub.issues.values()] == [1, 1]
    assert outcome(hub) != half


def test_what_people_see_is_compared_without_ids_and_times() -> None:
    one, other = prepared(), Hub()
    other.issue("Was er even")
    del other.issues[1]
    other.issue("Van een mens", labels=["van-mensen"])
    assert outcome(one) == outcome(other)
    other.comment(other.issues[2], "Dank!")
    assert outcome(one) != outcome(other)
