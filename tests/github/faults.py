"""What can go wrong on the way, before GitHub did anything or after it did everything."""

from __future__ import annotations

import json
import time
from enum import Enum

from tests.github.server import Reply


class Fault(Enum):
    """One kind of trouble; its value says what a reader of a failing test needs."""

    BROKEN_BEFORE = "502, and nothing was done"
    BROKEN_AFTER = "502, and yet it was done"
    CUT_BEFORE = "the line was cut, and nothing was done"
    CUT_AFTER = "the line was cut, and yet it was done"
    SLOW_DOWN = "a secondary limit that names no time"
    WAIT = "a secondary limit that names a time"
    TOO_MANY = "a secondary limit with status 429"
    USED_UP = "the primary limit"

    @property
    def before(self) -> bool:
        """Whether nothing was done."""
        return self not in {Fault.BROKEN_AFTER, Fault.CUT_AFTER}

    def reply(self) -> Reply | None:
        """Give what the client gets; nothing where the line is cut."""
        secondary = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
        match self:
            case Fault.BROKEN_BEFORE | Fault.BROKEN_AFTER:
                return Reply(502, b"<html>Unicorn!</html>", {"Content-Type": "text/html"})
            case Fault.CUT_BEFORE | Fault.CUT_AFTER:
                return None
            case Fault.SLOW_DOWN:
                return _refusal(403, secondary)
            case Fault.WAIT:
                return _refusal(403, secondary, {"Retry-After": "0"})
            case Fault.TOO_MANY:
                return _refusal(429, secondary, {"Retry-After": "0"})
            case Fault.USED_UP:
                limits = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) - 1)}
                return _refusal(403, "API rate limit exceeded for installation.", limits)


def _refusal(status: int, message: str, headers: dict[str, str] | None = None) -> Reply:
    said = {"message": message, "documentation_url": "https://docs.github.com/rest"}
    return Reply(status, json.dumps(said).encode(), {"Content-Type": "application/json", **(headers or {})})
