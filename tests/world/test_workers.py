"""Work shared between processes."""

from __future__ import annotations

import os
import threading
import time

import pytest

from pipeline.text import Location, Source
from pipeline.world import workers
from pipeline.world.workers import beside, processors, shared_map


def double(number: int) -> int:
    return 2 * number


def who(_: int) -> int:
    time.sleep(0.001)  # so that one process cannot be done before another starts
    return os.getpid()


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("count", [0, 1, 127, 128, 129, 1_000, 2_001])
def test_results_come_in_order(count: int) -> None:
    assert list(shared_map(double, range(count))) == [2 * number for number in range(count)]


@pytest.mark.usefixtures("two")
def test_many_tasks_are_shared_and_few_are_not() -> None:
    assert len(set(shared_map(who, range(200)))) == 2
    assert set(shared_map(who, range(100))) == {os.getpid()}


@pytest.mark.usefixtures("two")
def test_a_copy_that_dies_leaves_its_share_to_this_process() -> None:
    own = os.getpid()

    def dies_elsewhere(number: int) -> int:
        if os.getpid() != own:
            os._exit(3)
        return number

    assert list(shared_map(dies_elsewhere, range(200))) == list(range(200))


@pytest.mark.usefixtures("two")
def test_an_exception_is_raised_here() -> None:
    def fails(number: int) -> int:
        if number == 199:
            raise ZeroDivisionError
        return number

    with pytest.raises(ZeroDivisionError):
        list(shared_map(fails, range(200)))


SOURCE = Source(path="a.md", text="Een tekst.")


@pytest.mark.parametrize("count", [1, 2])
def test_two_things_are_done_beside_each_other(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: count)
    here, there = beside(os.getpid, os.getpid, [])
    assert here == os.getpid()
    assert (there == here) is (count == 1)


@pytest.mark.usefixtures("two")
def test_what_both_processes_have_stays_the_same_thing() -> None:
    other = Source(path="b.md", text="")
    _, found = beside(list[Location], lambda: [SOURCE.at(0, 3), SOURCE.at(4), other.at(0)], [SOURCE])
    assert [place.source is SOURCE for place in found] == [True, True, False]
    assert found[0] == SOURCE.at(0, 3)


@pytest.mark.usefixtures("two")
def test_what_fails_in_a_copy_is_done_here() -> None:
    own = os.getpid()
    assert beside(int, lambda: own if os.getpid() == own else os._exit(3), []) == (0, own)
    with pytest.raises(ZeroDivisionError):
        beside(int, lambda: 1 // 0, [])


def test_a_process_with_threads_is_not_copied() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert processors() == 1
    finally:
        stop.set()
        thread.join()
