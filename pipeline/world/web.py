"""One request to a website, and nothing more: what answers may be as hostile as it likes.

Only the first lines of an answer are read, up to a limit; its body never is. No cookie, no
password and no `.netrc` goes along. Names are looked up here and the connection is made to
the very machine that was judged (`pipeline.world.public`), so that no second look-up can
lead it elsewhere. Where the environment names a proxy, that does the looking up: then only
addresses that are seen to be private from here are refused.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote
from urllib.request import proxy_bypass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from pipeline import __version__
from pipeline.rules.links import answers as trouble
from pipeline.world.public import is_public

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping, Sequence

    from aiohttp.connector import AddrInfoType

    Lookup = Callable[[str], Sequence[str]]

HEADERS: Final = {
    "User-Agent": f"kader/{__version__} (Algoritmekader link check; +https://github.com/MinBZK/Algoritmekader)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "nl,en;q=0.8",
}
CONNECTING: Final = 10.0
"""Most seconds to wait for a connection."""
LONGEST_LINE: Final = 8190
MOST_HEADERS: Final = 128
LOOKERS: Final = 8

# OpenSSL's reasons to refuse a certificate that every browser refuses too: made by itself, not
# valid yet, expired, for another name, for another address. A chain that lacks a link is not
# among them: browsers know where to find it.
_REFUSED: Final = frozenset({9, 10, 18, 62, 64})
_HARMLESS: Final = "%!#$&'()*+,/:;=?@[]~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The first lines of an answer, or the trouble that kept them away."""

    status: int = 0
    location: str = ""
    retry_after: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How the network is reached: the most seconds a request may take, and by which way.

    ``proxies`` are as `urllib.request.getproxies` gives them; which websites need none is asked
    of the environment. ``loopback`` allows this machine itself; it and the last two are for tests.
    """

    timeout: float = 20.0
    proxies: Mapping[str, str] = field(default_factory=dict)
    loopback: bool = False
    lookup: Lookup | None = None
    tls: ssl.SSLContext | None = None


class _TroubleError(OSError):
    """Why a name leads to no machine that may be spoken to."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Web:
    """Makes requests, between ``async with`` and its end."""

    def __init__(self, access: Access) -> None:
        """Keep how to get at the network; nothing is opened before a request needs it."""
        self._access = access
        self._pool = ThreadPoolExecutor(LOOKERS, thread_name_prefix="lookup")
        self._resolver = _Resolver(self._pool, access.lookup or addresses_of, self._may)

    async def __aenter__(self) -> Self:
        """Make ready."""
        # What it has to say quotes hostile answers, and is of no use to whoever reads a report.
        logging.getLogger("aiohttp").setLevel(logging.CRITICAL + 1)
        self._direct = self._session(self._resolver, self._socket)
        # A proxy may well stand in the private network.
        self._proxied = self._session(_Resolver(self._pool, addresses_of, lambda _: True), None)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all that was opened; a look-up that hangs is not waited for."""
        await self._direct.close()
        await self._proxied.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _session(
        self, resolver: AbstractResolver, socket_factory: Callable[[AddrInfoType], socket.socket] | None
    ) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,  # whoever asks keeps count
            force_close=True,
            use_dns_cache=False,
            resolver=resolver,
            socket_factory=socket_factory,
            ssl=self._access.tls or True,
        )
        timeout = self._access.timeout
        session = aiohttp.ClientSession(
            connector=connector,
            headers=HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=timeout, sock_connect=min(timeout, CONNECTING)),
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            max_headers=MOST_HEADERS,
        )
        # Without this each request that fails is made again at once: whoever asks decides that.
        session._retry_connection = False  # noqa: SLF001 - the tests see that it still works
        return session

    async def request(self, method: str, address: str) -> Reply:
        """Ask once; redirects are not followed. Whatever comes back, this never raises."""
        try:
            url = URL(address)
            host = url.host or ""
            if url.raw_user is not None or url.raw_password is not None:
                return Reply(trouble=trouble.CREDENTIALS)
            if _is_ip(host) and not self._may(host):
                return Reply(trouble=trouble.PRIVATE)
            proxy = self._proxy_for(url)
            if proxy and not await self._seems_public(host):
                return Reply(trouble=trouble.PRIVATE)
            session = self._proxied if proxy else self._direct
            async with session.request(method, url, allow_redirects=False, proxy=proxy) as response:
                response.close()
                return Reply(
                    status=response.status,
                    location=_plain(response.headers.get("Location", "")),
                    retry_after=response.headers.get("Retry-After", ""),
                )
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Reply(trouble=_named(error))

    def _may(self, address: str) -> bool:
        return is_public(address, loopback=self._access.loopback)

    def _socket(self, found: AddrInfoType) -> socket.socket:
        """Open the way to a machine; the last moment to see which one it is."""
        family, sort, protocol, _, place = found
        if not self._may(str(place[0])):
            raise _TroubleError(trouble.PRIVATE)
        return socket.socket(family, sort, protocol)

    def _proxy_for(self, url: URL) -> str | None:
        proxies = self._access.proxies
        if not proxies or proxy_bypass(url.authority):
            return None
        proxy = proxies.get(url.scheme) or None
        return f"http://{proxy}" if proxy and "://" not in proxy else proxy

    async def _seems_public(self, host: str) -> bool:
        """Whether a name is not seen from here to lead to a private place."""
        try:
            await self._resolver.resolve(host)
        except _TroubleError as error:
            return error.trouble != trouble.PRIVATE
        return True


class _Resolver(AbstractResolver):
    """Looks names up, and gives only machines that may be spoken to."""

    def __init__(self, pool: ThreadPoolExecutor, lookup: Lookup, may: Callable[[str], bool]) -> None:
        self._pool = pool
        self._lookup = lookup
        self._may = may

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Look a name up; raise `_TroubleError` where nothing comes of it."""
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._pool, self._lookup, host)
        except socket.gaierror as error:
            raise _TroubleError(trouble.LOOKUP if error.errno == socket.EAI_AGAIN else trouble.NAME) from error
        except (OSError, UnicodeError) as error:  # a name that no name can be
            raise _TroubleError(trouble.NAME) from error
        allowed = [each for each in dict.fromkeys(found) if self._may(each)]
        if not allowed:
            raise _TroubleError(trouble.PRIVATE if found else trouble.NAME)
        return [
            ResolveResult(
                hostname=host,
                host=each,
                port=port,
                family=socket.AF_INET6 if ":" in each else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for each in allowed
            if family in {socket.AF_UNSPEC, socket.AF_INET6 if ":" in each else socket.AF_INET}
        ]

    async def close(self) -> None:
        """Nothing stays open."""


def addresses_of(host: str) -> Sequence[str]:
    """Ask the system for the IP addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def _is_ip(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdecimal()


def _plain(location: str) -> str:
    """Write the characters of a redirect that no address may hold as codes, as browsers do."""
    return quote(location.strip().encode("utf-8", "surrogateescape"), safe=_HARMLESS)


def _named(error: BaseException) -> str:  # noqa: PLR0911 - one return for each sort of trouble
    """Give the name of what went wrong."""
    if isinstance(error, _TroubleError):
        return error.trouble
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        code = getattr(error.certificate_error, "verify_code", 0)
        return trouble.CERTIFICATE if code in _REFUSED else trouble.TLS
    if isinstance(error, aiohttp.ClientSSLError):
        return trouble.TLS
    if isinstance(error, (aiohttp.ClientHttpProxyError, aiohttp.ClientProxyConnectionError)):
        return trouble.PROXY
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return trouble.UNREACHABLE
    if isinstance(error, aiohttp.ClientConnectorError):
        cause = error.os_error
        if isinstance(cause, _TroubleError):
            return cause.trouble
        # Some hang up on programs as soon as those begin to speak securely.
        hung_up = isinstance(cause, (ConnectionResetError, ConnectionAbortedError, BrokenPipeError))
        return trouble.TLS if hung_up else trouble.UNREACHABLE
    if isinstance(error, TimeoutError):
        return trouble.SILENT
    return trouble.ADDRESS if isinstance(error, ValueError) else trouble.BROKEN
