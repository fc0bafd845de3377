"""A website on this machine that answers as badly as a test wants it to."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
SECURE = b"\x16\x03"
LINGER_NOT = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Request:
    """What came in; ``number`` counts the requests for this target from 1."""

    method: str
    target: str
    headers: dict[str, str]
    at: float
    number: int


Page = bytes | Callable[[socket.socket, Request], None]
"""The bytes of an answer, or a function that sends them."""


@dataclass
class Website:
    """``pages`` gives the answer for each target; there is none for any other."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, target: str) -> list[str]:
        """Give the methods with which a target was asked for."""
        return [request.method for request in self.requests if request.target == target]

    def serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(5)
            data = b""
            while b"\r\n\r\n" not in data:
                more = connection.recv(65536)
                if not more:
                    return
                data += more
                if data.startswith(SECURE):
                    connection.sendall(status(400))
                    return
            request = self._note(data)
            page = self.pages.get(request.target, status(404))
            if isinstance(page, bytes):
                connection.sendall(page)
            else:
                page(connection, request)

    def _note(self, data: bytes) -> Request:
        first, *lines = data.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        with self._lock:
            self._counts[target] += 1
            request = Request(method, target, headers, time.monotonic(), self._counts[target])
            self.requests.append(request)
        return request


@contextmanager
def website(tls: ssl.SSLContext | None = None) -> Iterator[Website]:
    """Open a website on a free port of this machine, until the end of the block."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    site = Website(listening.getsockname()[1])

    def listen() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=greet, args=(connection,), daemon=True).start()

    def greet(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.settimeout(5)
            site.serve(tls.wrap_socket(connection, server_side=True) if tls else connection)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def free_port() -> int:
    """Give a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def status(code: int, *headers: str) -> bytes:
    """Give an answer without a body."""
    return "\r\n".join([f"HTTP/1.1 {code} Words", "Content-Length: 0", "Connection: close", *headers, "", ""]).encode(
        "latin-1"
    )


def redirect(code: int, location: str) -> bytes:
    return status(code, f"Location: {location}")


def by_method(**answers: bytes) -> Page:
    return lambda connection, request: connection.sendall(answers[request.method])


def in_turn(*answers: bytes) -> Page:
    """Give the first answer to the first request, and the last one to all that come after."""
    return lambda connection, request: connection.sendall(answers[min(request.number, len(answers)) - 1])


def reset(connection: socket.socket, _request: Request | None = None) -> None:
    """Hang up in the rudest way."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    connection.close()


def silent(connection: socket.socket, _request: Request) -> None:
    connection.recv(1)


def drip(start: bytes, drop: bytes) -> Page:
    """Send a drop now and then, for ever."""

    def answer(connection: socket.socket, _request: Request) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(0.02)

    return answer


def flood(start: bytes, block: bytes) -> Page:
    """Send as much as the other side takes."""

    def answer(connection: socket.socket, _request: Request) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(block)

    return answer
