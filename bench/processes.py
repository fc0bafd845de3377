"""Whole processes, as a user starts them: wall time, and the peak memory that the system accounts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: ``seconds`` is the median, ``mebibytes`` the largest peak (0: unknown)."""

    name: str
    runs: int
    seconds: float
    least: float
    most: float
    mebibytes: float = 0.0


def process(name: str, arguments: list[str], rounds: int, before: Callable[[int], None] | None = None) -> Row:
    """Run ``kader`` with these arguments: once to warm up, then ``rounds`` times.

    ``before`` is called with the number of each run before it starts, and takes no part in its time.
    """
    walls: list[float] = []
    peak = 0
    for number in range(rounds + 1):
        if before:
            before(number)
        start = time.perf_counter()
        code, memory = _run(arguments)
        if code not in {0, 1}:
            sys.exit(f"bench: kader {' '.join(arguments)} failed with exit code {code}")
        if number:
            walls.append(time.perf_counter() - start)
            peak = max(peak, memory)
    return Row(
        name=name,
        runs=rounds,
        seconds=statistics.median(walls),
        least=min(walls),
        most=max(walls),
        mebibytes=peak / 1024**2,
    )


def _run(arguments: list[str]) -> tuple[int, int]:
    """Give the exit code and the peak memory in bytes."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    # Kibibytes on Linux, bytes on macOS.
    return child.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
