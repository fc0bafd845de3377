"""Work shared between processes, where the machine has several processors.

The work must be pure: a forked copy of this process does a share of it and sends back what
came out. Whatever goes wrong in a copy, this process does that share itself.
"""

from __future__ import annotations

import io
import os
import pickle
import threading
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")

FEWEST: Final = 64
"""Least tasks for each process: fewer are done sooner than a copy is made."""

BATCH: Final = 1_000
"""Tasks that are shared at a time, so that results come in between."""

CHUNK: Final = 4
"""Tasks that a process takes at a time; a batch has at most 256 of these chunks."""


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
    tickets = _tickets(len(tasks))
    copies = [_copy(lambda: _packed(_share(work, tasks, tickets))) for _ in range(count - 1)]
    done: dict[int, Result] = {}
    try:
        for chunk in _share(work, tasks, tickets):
            done.update(chunk)
    finally:
        os.close(tickets)
    for copy in copies:
        content = io.BytesIO(_collect(copy))
        while content.tell() < len(content.getbuffer()):
            # What is read was written a moment ago by this very program, through a pipe of its own.
            done.update(pickle.load(content))  # noqa: S301
    return [done[number] if number in done else work(task) for number, task in enumerate(tasks)]


def _tickets(count: int) -> int:
    """Give a pipe with a byte for each chunk of the tasks: who reads it, does it.

    So no process waits for another that was given slower files.
    """
    reading, writing = os.pipe()
    os.write(writing, bytes(range(-(-count // CHUNK))))
    os.close(writing)
    return reading


def _share(work: Callable[[Task], Result], tasks: Sequence[Task], tickets: int) -> Iterator[list[tuple[int, Result]]]:
    """Do chunks until there are no more tickets; give the results of each with the numbers of the tasks."""
    while ticket := os.read(tickets, 1):
        start = ticket[0] * CHUNK
        yield [(start + index, work(task)) for index, task in enumerate(tasks[start : start + CHUNK])]


def _packed(chunks: Iterable[object]) -> list[bytes]:
    """Pack chunk by chunk: that is work too, and goes into who is ready for more."""
    return [pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL) for chunk in chunks]


def beside(
    here: Callable[[], Result],
    there: Callable[[], Result],
    common: Sequence[object],
    *,
    meanwhile: Callable[[], object] | None = None,
) -> tuple[Result, Result]:
    """Give what two functions give, of which the second runs in a copy of this process.

    ``common`` are things that both processes have: those in the result of the copy are the ones of this process.
    ``meanwhile`` is something that this process can do instead of waiting, or leave for later.
    """
    if processors() <= 1:
        return here(), there()
    copy = _copy(lambda: [_pack(there(), common)])
    found = here()
    if meanwhile:
        meanwhile()
    content = _collect(copy)
    return found, _Unpacker(content, common).load() if content else there()


def _pack(result: object, common: Sequence[object]) -> bytes:
    numbers = {id(each): number for number, each in enumerate(common)}
    stream = io.BytesIO()
    packer = _Packer(stream, pickle.HIGHEST_PROTOCOL)
    packer.numbers = numbers
    packer.dump(result)
    return stream.getvalue()


class _Packer(pickle.Pickler):
    """Writes the number of a thing that both processes have in its place."""

    numbers: Mapping[int, int]

    def persistent_id(self, obj: object) -> int | None:
        return self.numbers.get(id(obj))


class _Unpacker(pickle.Unpickler):
    """Puts this process's own things in the place of their numbers."""

    def __init__(self, content: bytes, common: Sequence[object]) -> None:
        super().__init__(io.BytesIO(content))
        self._common = common

    def persistent_load(self, pid: int) -> object:
        return self._common[pid]


def _copy(work: Callable[[], Iterable[bytes]]) -> tuple[int, int]:
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
        packed = work()
        with os.fdopen(writing, "wb") as stream:
            stream.writelines(packed)
        code = 0
    finally:
        os._exit(code)


def _collect(copy: tuple[int, int]) -> bytes:
    """Give what a copy wrote; nothing where it failed."""
    child, pipe = copy
    with os.fdopen(pipe, "rb") as stream:
        content = stream.read()
    _, status = os.waitpid(child, 0)
    return b"" if status else content
