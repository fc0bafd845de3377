"""HTTP on loopback, as little of it as one client needs: one call after the other on a connection."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PATIENCE: Final = 30.0
_RUDE: Final = struct.pack("ii", 1, 0)
_REASONS: Final = {200: "OK", 201: "Created", 204: "No Content", 302: "Found"}


@dataclass(frozen=True, slots=True)
class Call:
    """What came in; names of headers in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks_off: bool = False


@contextmanager
def listening(answer: Callable[[Call], Reply | None]) -> Iterator[int]:
    """Answer calls on a free port, until the end of the block; without a reply the line is cut."""
    door = socket.create_server(("127.0.0.1", 0), backlog=64)
    lines: set[socket.socket] = set()
    threads: list[threading.Thread] = []

    def serve(line: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), line, line.makefile("rb") as stream:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while call := _read(stream):
                reply = answer(call)
                if reply is None:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RUDE)
                    break
                line.sendall(_written(reply))
                if reply.breaks_off:
                    break
        lines.discard(line)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = door.accept()
                line.settimeout(PATIENCE)
                lines.add(line)
                threads.append(threading.Thread(target=serve, args=(line,), daemon=True))
                threads[-1].start()

    threads.append(threading.Thread(target=accept, daemon=True))
    threads[0].start()
    try:
        yield door.getsockname()[1]
    finally:
        for line in [door, *lines]:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        door.close()
        for thread in threads:
            thread.join(PATIENCE)


def _read(stream: BinaryIO) -> Call | None:
    first = stream.readline().decode("latin-1").rstrip("\r\n")
    if not first:
        return None
    method, target, _ = first.split(" ")
    headers: dict[str, str] = {}
    while line := stream.readline().decode("latin-1").rstrip("\r\n"):
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    path, _, query = target.partition("?")
    body = _chunks(stream) if "transfer-encoding" in headers else stream.read(int(headers.get("content-length", "0")))
    return Call(method, path, dict(parse_qsl(query, keep_blank_values=True)), headers, body)


def _chunks(stream: BinaryIO) -> bytes:
    body = b""
    while size := int(stream.readline().partition(b";")[0], 16):
        body += stream.read(size)
        stream.readline()
    stream.readline()
    return body


def _written(reply: Reply) -> bytes:
    headers = {"Content-Length": str(len(reply.body)), **reply.headers}
    lines = [f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Trouble')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + reply.body
