"""A small server for looking at work in progress, on this machine only.

Pages stay in memory. Each gets a script that asks whether there is a newer build and then
reloads; that script is the server's own and never part of an export.
"""

from __future__ import annotations

import posixpath
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from pipeline.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Pages = Mapping[str, tuple[str, bytes]]
"""Media type and content of each page, by its path in the site."""

STATE: Final = "/-/state"
SCRIPT: Final = "/-/reload.js"
_RELOAD: Final = (
    b"let seen;setInterval(async()=>{try{const now=await(await fetch('/-/state')).text();"
    b"if(seen&&now!==seen)location.reload();seen=now}catch{}},500);\n"
)


@dataclass(slots=True)
class _Current:
    """The newest pages and the number of their build."""

    pages: Pages = field(default_factory=dict)
    build: int = 0


def serve(
    build: Callable[[], Pages | None],
    address: tuple[str, int],
    *,
    watched: tuple[Path, ...],
    ready: Callable[[str], None],
    stop: threading.Event | None = None,
) -> None:
    """Build, serve, and build again on every change below ``watched``, until interrupted.

    A build that gives nothing leaves the pages as they were.
    """
    current = _Current()
    try:
        server = ThreadingHTTPServer(address, _handler(current))
    except OSError as error:
        raise UserError(
            nl=f"Poort {address[1]} is bezet. Kies een andere met --port.",
            en=f"Port {address[1]} is taken. Choose another with --port.",
        ) from error
    _renew(current, build)
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ready(f"http://{address[0]}:{server.server_address[1]}/")
        try:
            _follow(current, build, watched, stop or threading.Event())
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()


def _renew(current: _Current, build: Callable[[], Pages | None]) -> None:
    pages = build()
    if pages is not None:
        current.pages = pages
        current.build += 1


def _follow(
    current: _Current, build: Callable[[], Pages | None], watched: tuple[Path, ...], stop: threading.Event
) -> None:
    from watchfiles import DefaultFilter, watch

    own = DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, "dist"))
    folders = {folder.resolve() for folder in watched}
    roots = [folder for folder in folders if not any(other in folder.parents for other in folders)]
    for _changes in watch(*roots, watch_filter=own, stop_event=stop, raise_interrupt=True):
        _renew(current, build)


def _handler(current: _Current) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers GET and HEAD from the pages in memory."""

        server_version = "kader"
        sys_version = ""

        def do_GET(self) -> None:
            self._answer(body=True)

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def _answer(self, *, body: bool) -> None:
            path = unquote(urlsplit(self.path).path)
            # A page elsewhere must not read drafts by giving this machine another name.
            if self.headers.get("Host", "").partition(":")[0] not in {"127.0.0.1", "localhost"}:
                status, media_type, content = HTTPStatus.FORBIDDEN, "text/plain", b"Only for this machine.\n"
            elif path == STATE:
                status, media_type, content = HTTPStatus.OK, "text/plain", str(current.build).encode()
            elif path == SCRIPT:
                status, media_type, content = HTTPStatus.OK, "text/javascript", _RELOAD
            else:
                status, media_type, content = _page(current.pages, path)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing: the findings have the terminal to themselves."""

    return Handler


def _page(pages: Pages, path: str) -> tuple[HTTPStatus, str, bytes]:
    name = posixpath.normpath(path).lstrip("/")
    for candidate in (name, posixpath.join(name, "index.html").lstrip("./")):
        if candidate in pages and (candidate == name or path.endswith("/") or name in {"", "."}):
            media_type, content = pages[candidate]
            return HTTPStatus.OK, media_type, _with_script(media_type, content)
    media_type, content = pages.get("404.html", ("text/plain; charset=utf-8", b"Niet gevonden\n"))
    return HTTPStatus.NOT_FOUND, media_type, _with_script(media_type, content)


def _with_script(media_type: str, content: bytes) -> bytes:
    if not media_type.startswith("text/html"):
        return content
    return content.replace(b"</body>", f'<script src="{SCRIPT}"></script></body>'.encode())
