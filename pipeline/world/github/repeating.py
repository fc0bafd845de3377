"""Which requests are sent again, as urllib3 asks for each answer that is no success.

PyGithub's own `GithubRetry` would send a POST again after a 5xx, and so make an issue twice. Nothing
of it is kept but its place between PyGithub and urllib3.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Self

from github.GithubRetry import GithubRetry
from github.Requester import Requester
from urllib3.exceptions import HTTPError

from pipeline.world.github.refusals import moved, too_long, unreachable, unsure

if TYPE_CHECKING:
    from types import TracebackType

    from urllib3 import BaseHTTPResponse
    from urllib3.connectionpool import ConnectionPool

    from pipeline.world.github.patience import Patience

TIMES: Final = 6
"""Most times that one request is sent again."""
_MAY_NOT: Final = 403
_LIMITS: Final = frozenset({_MAY_NOT, 429})
_TROUBLE: Final = 500
_MOVED: Final = frozenset({301, 307, 308})
"""Not 302: files lie elsewhere, and are asked for without a token."""
_READS: Final = frozenset({"GET", "HEAD"})
_HOPELESS: Final = frozenset({"SSLError"})
_LONGEST: Final = 65_536


class Repeating(GithubRetry):
    """What urllib3 asks before it sends a request again; each repetition gets a new one, with less left."""

    def __init__(self, patience: Patience, **counts: Any) -> None:  # noqa: ANN401 - urllib3 names them
        """Share the patience with all other requests; ``counts`` are urllib3's own."""
        counts.setdefault("total", TIMES)
        super().__init__(**counts)
        self.patience = patience
        self.seconds = 0.0

    def new(self, **counts: Any) -> Self:  # noqa: ANN401 - urllib3 names them
        """Make one with other counts."""
        return super().new(patience=self.patience, **counts)

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:  # noqa: ARG002, FBT001, FBT002 - urllib3's signature
        """Whether to look at an answer at all: a refusal may be a limit, trouble may pass, and nobody is followed."""
        return status_code in _LIMITS | _MOVED or status_code >= _TROUBLE

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,  # noqa: ARG002 - urllib3's signature
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """Decide whether the request is sent again, and after how long; raise when it is not."""
        try:
            return self._next(method, response, error)
        except Exception:
            if response is not None:
                response.close()
            raise

    def _next(self, method: str | None, response: BaseHTTPResponse | None, error: Exception | None) -> Self:
        if response is not None and response.status in _MOVED:
            raise moved(response.status)
        if response is not None and response.status < _TROUBLE:
            return self._after(self._at_limit(response))
        sure = error is not None and self._is_connection_error(error)
        what = type(error).__name__ if response is None else str(response.status)
        if method not in _READS and not sure:
            raise unsure(what)
        if not self.total or what in _HOPELESS:
            raise unreachable(what)
        return self._after(self.patience.after_trouble(self._times))

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:  # noqa: ARG002 - urllib3's signature
        """Wait as long as was decided."""
        self.patience.wait(self.seconds)

    @property
    def _times(self) -> int:
        return TIMES - int(self.total or 0) + 1

    def _after(self, seconds: float) -> Self:
        next_one = self.new(total=int(self.total or 0) - 1)
        next_one.seconds = seconds
        return next_one

    def _at_limit(self, response: BaseHTTPResponse) -> float:
        """Give the seconds to wait, or raise: not every refusal is a limit, and not every limit passes."""
        headers = {name.lower(): value for name, value in response.headers.items()}
        said = _said(response)
        asked = _asked(headers, self.patience.clock())
        limited = (
            response.status != _MAY_NOT or asked is not None or Requester.isRateLimitError(said.get("message", ""))
        )
        if not limited:
            raise Requester.createException(response.status, headers, said)
        seconds = self.patience.after_refusal(self._times) if asked is None else asked
        if not self.total:
            raise too_long(self.patience.clock() + seconds)
        return seconds


def _asked(headers: dict[str, str], now: float) -> float | None:
    """Give the seconds that GitHub asks for; nothing when it names none."""
    later = headers.get("retry-after", "")
    if later.isdecimal():
        return float(later)
    if headers.get("x-ratelimit-remaining") == "0" and headers.get("x-ratelimit-reset", "").isdecimal():
        # The limit ends somewhere in that second.
        return max(float(headers["x-ratelimit-reset"]) + 1 - now, 0.0)
    return None


def _said(response: BaseHTTPResponse) -> dict[str, Any]:
    try:
        said = json.loads(response.read(_LONGEST, decode_content=True))
    except (ValueError, RecursionError, HTTPError):
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("message"), str) else {}
