"""Work shared between processes, where the machine has several processors.

The work must be pure: a forked copy of this process does a share of it and sends back what
came out. Whatever goes wrong in a copy, this process does that share itself.
"""

from __future__ import annotations

import os
import pickle
import threading
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")

FEWEST: Final = 64
"""Least tasks for each process: fewer are done sooner than a copy is made."""

BATCH: Final = 1_000
"""Tasks that are handed out at a time, so that results come in between."""


def shared_map(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """Give ``work(task)`` for each task, in order, like `map`."""
    for start in range(0, len(tasks), BATCH):
        batch = tasks[start : start + BATCH]
        yield from _batch(work, batch, min(processors(), len(batch) // FEWEST))


def processors() -> int:
    """Give the number of processors that this process may use; 1 where it cannot be copied."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _batch(work: Callable[[Task], Result], tasks: Sequence[Task], count: int) -> list[Result]:
    if count <= 1:
        return list(map(work, tasks))
    shares = [tasks[number::count] for number in range(count)]
    copies = [_copy(work, share) for share in shares[1:]]
    done = [list(map(work, shares[0]))]
    for share, (child, pipe) in zip(shares[1:], copies, strict=True):
        done.append(_collect(child, pipe) or list(map(work, share)))
    results: list[Result] = [done[index % count][index // count] for index in range(len(tasks))]
    return results


def _copy(work: Callable[[Task], Result], tasks: Sequence[Task]) -> tuple[int, int]:
    """Start a copy of this process; give its number and the pipe that its results come through."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    # From here on this is the copy. It leaves by _exit, so that nothing of the first process is
    # flushed or cleaned up twice.
    code = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(list(map(work, tasks)), stream, protocol=pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)


def _collect(child: int, pipe: int) -> list[Result] | None:
    """Give a copy's results; nothing where it failed."""
    with os.fdopen(pipe, "rb") as stream:
        content = stream.read()
    _, status = os.waitpid(child, 0)
    if status:
        return None
    # What is read was written a moment ago by this very program, through a pipe of its own.
    results: list[Result] = pickle.loads(content)  # noqa: S301
    return results
