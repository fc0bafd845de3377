"""How long we wait for GitHub, and how."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.world.github.refusals import too_long

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 900.0
"""Most seconds to wait in one run, all waits together."""
PAUSE: Final = 1.0
"""Seconds that GitHub asks for between two writes."""
SECONDARY: Final = 60.0
"""Seconds to wait first at a secondary limit that names no time."""
_SPREAD: Final = 0.1


@dataclass(slots=True, kw_only=True)
class Patience:
    """What is left of it; one for each run. With a ``pause`` of 0 no wait of our own choice takes time."""

    most: float = LONGEST
    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
    spent: float = 0.0

    def wait(self, seconds: float) -> None:
        """Wait, and a little longer: others who wait should not all come back at once."""
        longer = max(seconds, 0.0) * (1 + _SPREAD * self.chance())
        if self.spent + longer > self.most:
            raise too_long(self.clock() + longer)
        self.spent += longer
        if longer:
            self.sleep(longer)

    def after_trouble(self, times: int) -> float:
        """Give the wait after this many failures: twice as long each time."""
        return float(self.pause * 2 ** (times - 1))

    def after_refusal(self, times: int) -> float:
        """Give the wait at a limit that names no time."""
        return SECONDARY * self.after_trouble(times) if self.pause else 0.0
