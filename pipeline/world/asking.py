"""Ask websites whether their pages are still there, as politely as a person would.

A website gets one request at a time, with a pause before the next. The first is a HEAD; where
that is not to its liking it becomes a GET. What may be a bad moment is tried again, later and
later, or when the website says so. One that gives nothing but trouble is left in peace.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from pipeline.rules.links import answers as trouble
from pipeline.rules.links.answers import Answer, Hop, host_of
from pipeline.rules.links.outside import to_ask
from pipeline.world.web import Reply, Web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.world.web import Access

MOST_HOPS: Final = 10
MOST_SILENT: Final = 2
"""Addresses of a website that may stay without answer before the others are left alone."""

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_TOO_MANY: Final = 429
_UNAVAILABLE: Final = 503
_ERROR: Final = 400
_SERVER_ERROR: Final = 500

# What may go better at another moment.
_PASSING: Final = frozenset({trouble.LOOKUP, trouble.UNREACHABLE, trouble.SILENT, trouble.BROKEN, trouble.PROXY})
# What is so for every page of a website.
_SHARED: Final = frozenset(
    {
        trouble.NAME,
        trouble.LOOKUP,
        trouble.UNREACHABLE,
        trouble.CERTIFICATE,
        trouble.TLS,
        trouble.PROXY,
        trouble.PRIVATE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How many requests at once, how long between two to one website, how often again; in seconds.

    ``patience`` is how long a website may ask us to wait.
    """

    concurrency: int = 8
    pause: float = 1.0
    tries: int = 3
    backoff: float = 2.0
    patience: float = 60.0


def ask(
    addresses: Iterable[str],
    heard: Callable[[str, Answer], None],
    *,
    access: Access,
    manners: Manners,
) -> None:
    """Ask for every address; ``heard`` is called with each answer as it comes."""

    async def everything() -> None:
        async with Web(access) as web:
            asker = _Asker(web, manners)
            async with asyncio.TaskGroup() as group:
                for address in addresses:
                    group.create_task(one(asker, address))

    async def one(asker: _Asker, address: str) -> None:
        heard(address, await asker.ask(address))

    asyncio.run(everything())


@dataclass(slots=True)
class _Turn:
    """Whose turn it is at a website, and when it may be."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    at: float = 0.0


class _Asker:
    """Keeps what websites have to be remembered for while they are asked."""

    def __init__(self, web: Web, manners: Manners) -> None:
        self._web = web
        self._manners = manners
        self._room = asyncio.Semaphore(manners.concurrency)
        self._turns: defaultdict[str, _Turn] = defaultdict(_Turn)
        self._closed: dict[str, str] = {}
        self._silent: Counter[str] = Counter()

    async def ask(self, address: str) -> Answer:
        """Ask for an address, and for where it leads."""
        hops: list[Hop] = []
        seen = {address}
        here = address
        while True:
            reply = await self._knock(here)
            if reply.trouble:
                return Answer(trouble=reply.trouble, hops=tuple(hops))
            if reply.status not in _REDIRECTS or not reply.location:
                return Answer(status=reply.status, hops=tuple(hops))
            target = _followed(here, reply.location)
            here = to_ask(target)
            if not here:
                return Answer(trouble=trouble.TARGET, hops=tuple(hops))
            hops.append(Hop(status=reply.status, address=target))
            if here in seen or len(hops) > MOST_HOPS:
                return Answer(trouble=trouble.LOOP, hops=tuple(hops))
            seen.add(here)

    async def _knock(self, address: str) -> Reply:
        """Ask a website for one of its pages, when its turn comes."""
        site = _site(address)
        turn = self._turns[host_of(address)]
        async with turn.lock:
            if site in self._closed:
                return Reply(trouble=self._closed[site])
            reply = await self._persist(turn, address)
            self._remember(site, reply)
            return reply

    async def _persist(self, turn: _Turn, address: str) -> Reply:
        """Ask until there is an answer, or until it is no use."""
        method = "HEAD"
        count = 0
        while True:
            await asyncio.sleep(turn.at - asyncio.get_running_loop().time())
            async with self._room:
                reply = await self._web.request(method, address)
            now = asyncio.get_running_loop().time()
            turn.at = now + self._manners.pause
            count += 1
            unwelcome = method == "HEAD" and _is_unwelcome(reply)
            if count == self._manners.tries or not (unwelcome or _is_passing(reply)):
                return reply
            method = "GET"
            wait = 0.0 if unwelcome else self._wait(reply, count)
            if wait > self._manners.patience:
                return reply
            turn.at = max(turn.at, now + wait)

    def _wait(self, reply: Reply, count: int) -> float:
        said = seconds_in(reply.retry_after, datetime.now(UTC))
        return self._manners.backoff * 2 ** (count - 1) if said is None else said

    def _remember(self, site: str, reply: Reply) -> None:
        """Note what would be the same for the next page, or should not be asked for again."""
        if reply.trouble in _SHARED:
            self._closed[site] = reply.trouble
        elif reply.status == _TOO_MANY:
            self._closed[site] = trouble.SPARED
        elif reply.trouble == trouble.SILENT:
            self._silent[site] += 1
            if self._silent[site] == MOST_SILENT:
                self._closed[site] = trouble.SPARED
        elif reply.status:
            self._silent.pop(site, None)


def _is_unwelcome(reply: Reply) -> bool:
    """Whether a HEAD may have been what was wrong."""
    if reply.status in {_TOO_MANY, _UNAVAILABLE}:
        return False
    return reply.status >= _ERROR or reply.trouble in {trouble.BROKEN, trouble.SILENT}


def _is_passing(reply: Reply) -> bool:
    return reply.status == _TOO_MANY or reply.status >= _SERVER_ERROR or reply.trouble in _PASSING


def _site(address: str) -> str:
    return "://".join(urlsplit(address)[:2])


def _followed(here: str, location: str) -> str:
    try:
        return urljoin(here, location)
    except ValueError:
        return ""


def seconds_in(retry_after: str, now: datetime) -> float | None:
    """Read ``Retry-After``: seconds, or a date (RFC 9110, 10.2.3); nothing where it is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:10])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
