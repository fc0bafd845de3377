"""Whatever breaks, and wherever: the end is the same, and nothing is there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.github.faults import Fault
from tests.review.making import RULES, rule_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.github.hub import Seen
    from tests.review.desk import Desk

PAGE = f"{RULES}/awb-02-luister.md"
WRONG = {PAGE: rule_page("awb-02", "Luister  ", status="koncept", stap="[ontwerp]")}

REQUESTS = 16
"""Requests of a first run: each of them is made to fail."""

ENDING = [Fault.BROKEN_BEFORE, Fault.BROKEN_AFTER, Fault.CUT_BEFORE, Fault.CUT_AFTER]
PASSING = [Fault.WAIT, Fault.TOO_MANY]


def at(number: int, fault: Fault, *, lasting: bool = False) -> Callable[[Seen], Fault | None]:
    """Make one request go wrong; with ``lasting`` also all that follow, as if the machine was switched off."""
    seen = 0

    def judge(_seen: Seen) -> Fault | None:
        nonlocal seen
        seen += 1
        return fault if seen == number or (lasting and seen > number) else None

    return judge


def calm(_seen: Seen) -> Fault | None:
    return None


@pytest.fixture
def expected(desk: Desk) -> tuple[object, ...]:
    """Give how a pull request looks where nothing goes wrong, and take all of it away again."""
    desk.work(WRONG)
    desk.post()
    assert len(desk.hub.requests) == REQUESTS
    return desk.state


def fresh(desk: Desk) -> None:
    """Take away what was done."""
    pull = desk.pull
    pull.comments, pull.reviews, pull.labels, pull.reviewers, pull.events = [], [], [], [], []
    desk.hub.labels.clear()


@pytest.mark.parametrize("fault", [*ENDING, *PASSING], ids=lambda fault: fault.name)
def test_one_fault_at_each_request_changes_nothing_in_the_end(
    desk: Desk, expected: tuple[object, ...], fault: Fault
) -> None:
    for number in range(1, REQUESTS + 1):
        fresh(desk)
        desk.hub.fault = at(number, fault)
        assert desk.post() == 0, (number, desk.log)
        assert desk.state == expected, number
        desk.hub.fault = calm
        desk.post()
        assert desk.writes == [], number


@pytest.mark.parametrize("fault", [Fault.BROKEN_BEFORE, Fault.BROKEN_AFTER], ids=lambda fault: fault.name)
def test_a_crash_at_each_request_is_mended_by_the_next_run(
    desk: Desk, expected: tuple[object, ...], fault: Fault
) -> None:
    for number in range(1, REQUESTS + 1):
        fresh(desk)
        desk.hub.fault = at(number, fault, lasting=True)
        desk.post()
        desk.hub.fault = calm
        assert desk.post() == 0, (number, desk.log)
        assert desk.state == expected, number
        desk.post()
        assert desk.writes == [], number


def test_a_label_that_another_run_makes_first_is_hung_all_the_same(desk: Desk) -> None:
    def overtaken(seen: Seen) -> Fault | None:
        if seen.operation == "issues/create-label":
            desk.hub.label(seen.body["name"])
        return None

    desk.work(WRONG)
    desk.hub.fault = overtaken
    assert desk.post() == 0, desk.log
    assert desk.pull.labels == ["soort: regel", "onderwerp: ontwerp"]


class Rude(dict[str, bytes]):
    """Files that cannot be had the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dictionary has it
        self.asked += 1
        if self.asked == 1:
            raise ConnectionResetError
        return super().get(key, default)


def test_a_store_that_cuts_the_line_is_asked_again(desk: Desk) -> None:
    desk.work(WRONG)
    desk.hub.files = files = Rude()
    assert desk.post() == 0
    assert files.asked == 2
    assert len(desk.comments) == 1
