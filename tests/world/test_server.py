"""The preview server, spoken to over loopback."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import UserError
from pipeline.world.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.world.server import Pages

PAGES: Pages = {
    "index.html": ("text/html; charset=utf-8", b"<body>Thuis</body>"),
    "vereisten/avg-13/index.html": ("text/html; charset=utf-8", b"<body>DPIA</body>"),
    "assets/site.css": ("text/css", b"a{}"),
    "404.html": ("text/html; charset=utf-8", b"<body>Weg</body>"),
}


@contextmanager
def serving(folder: Path, builds: list[Pages | None]) -> Iterator[int]:
    stop, started = threading.Event(), threading.Event()
    addresses: list[str] = []

    def build() -> Pages | None:
        return builds.pop(0) if len(builds) > 1 else builds[0]

    def ready(address: str) -> None:
        addresses.append(address)
        started.set()

    thread = threading.Thread(
        target=serve,
        args=(build, ("127.0.0.1", 0)),
        kwargs={"watched": (folder,), "ready": ready, "stop": stop},
        daemon=True,
    )
    thread.start()
    assert started.wait(10)
    try:
        yield int(addresses[0].rstrip("/").rpartition(":")[2])
    finally:
        stop.set()
        thread.join(10)


def get(port: int, path: str, host: str = "localhost") -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    result = answer.status, answer.headers["Content-Type"], answer.read()
    connection.close()
    return result


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/", 200, b"Thuis"),
        ("/vereisten/avg-13/", 200, b"DPIA"),
        ("/vereisten/avg-13/index.html?x=1", 200, b"DPIA"),
        ("/nergens", 404, b"Weg"),
        ("/../../etc/passwd", 404, b"Weg"),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, b"Weg"),
    ],
)
def test_pages_come_from_memory_with_the_reload_script(tmp_path: Path, path: str, status: int, words: bytes) -> None:
    with serving(tmp_path, [PAGES]) as port:
        got, _, content = get(port, path)
        assert (got, words in content, b"/-/reload.js" in content) == (status, True, True)


def test_other_files_are_sent_as_they_are(tmp_path: Path) -> None:
    with serving(tmp_path, [PAGES]) as port:
        assert get(port, "/assets/site.css") == (200, "text/css", b"a{}")


def test_another_name_for_this_machine_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path, [PAGES]) as port:
        assert get(port, "/", host="evil.example")[0] == 403


def test_a_change_builds_again_and_a_failed_build_keeps_the_pages(tmp_path: Path) -> None:
    newer = {**PAGES, "index.html": ("text/html", b"<body>Nieuw</body>")}
    with serving(tmp_path, [PAGES, newer, None]) as port:
        time.sleep(0.5)  # the watcher needs a moment before it sees changes
        (tmp_path / "a.md").write_text("x")
        wait_for(port, b"2")
        assert b"Nieuw" in get(port, "/")[2]
        (tmp_path / "a.md").write_text("y")
        time.sleep(1)
        assert get(port, "/-/state")[2] == b"2"
        assert b"Nieuw" in get(port, "/")[2]


def wait_for(port: int, build: bytes) -> None:
    for _ in range(100):
        if get(port, "/-/state")[2] == build:
            return
        time.sleep(0.1)
    pytest.fail("no new build within ten seconds")


def test_a_taken_port_is_the_user_s_to_mend(tmp_path: Path) -> None:
    with serving(tmp_path, [PAGES]) as port, pytest.raises(UserError, match="is taken"):
        serve(lambda: PAGES, ("127.0.0.1", port), watched=(tmp_path,), ready=print)
