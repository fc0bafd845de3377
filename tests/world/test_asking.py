"""Asking websites: real ones, on this machine, that behave in every way but well."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.rules.links.answers import Answer, Hop, judge
from pipeline.world.asking import MOST_HOPS, Manners, ask, seconds_in
from pipeline.world.web import Access, Web
from tests.world.website import (
    OK,
    by_method,
    drip,
    flood,
    free_port,
    in_turn,
    redirect,
    reset,
    silent,
    status,
    website,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.world.web import Lookup, Reply
    from tests.world.website import Page, Request, Website

HASTY = Manners(pause=0, backoff=0.01, patience=0.5)
HEADERS = b"HTTP/1.1 200 OK\r\nServer: x\r\n"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as opened:
        yield opened


def asked(
    *addresses: str,
    manners: Manners = HASTY,
    timeout: float = 5,
    proxies: Mapping[str, str] | None = None,
    lookup: Lookup | None = None,
    tls: ssl.SSLContext | None = None,
) -> list[Answer]:
    """Ask for addresses; give the answers in the same order."""
    answers: dict[str, Answer] = {}
    access = Access(timeout=timeout, proxies=proxies or {}, loopback=True, lookup=lookup, tls=tls)
    ask(addresses, answers.__setitem__, access=access, manners=manners)
    return [answers[address] for address in addresses]


def here(host: str) -> Sequence[str]:
    """Look names up as if all of them were this machine."""
    return ["127.0.0.1"] if host != "nergens.example" else _nowhere(host)


def _nowhere(_host: str) -> Sequence[str]:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


WELL_FORMED: dict[str, tuple[Page, int, list[str]]] = {
    "there": (OK, 200, ["HEAD"]),
    "empty": (status(204), 204, ["HEAD"]),
    "old": (b"HTTP/1.0 200\r\n\r\n", 200, ["HEAD"]),
    "HEAD is 405": (by_method(HEAD=status(405), GET=OK), 200, ["HEAD", "GET"]),
    "HEAD is 501": (by_method(HEAD=status(501), GET=OK), 200, ["HEAD", "GET"]),
    "HEAD is 403": (by_method(HEAD=status(403), GET=OK), 200, ["HEAD", "GET"]),
    "HEAD is 404": (by_method(HEAD=status(404), GET=OK), 200, ["HEAD", "GET"]),
    "HEAD is garbage": (by_method(HEAD=b"what?", GET=OK), 200, ["HEAD", "GET"]),
    "HEAD is nothing": (by_method(HEAD=b"", GET=OK), 200, ["HEAD", "GET"]),
    "not there": (status(404), 404, ["HEAD", "GET"]),
    "gone": (status(410), 410, ["HEAD", "GET"]),
    "locked": (status(401), 401, ["HEAD", "GET"]),
    "forbidden by law": (status(451), 451, ["HEAD", "GET"]),
    "no code that exists": (status(999), 999, ["HEAD", "GET", "GET"]),
    "always a fault": (status(500), 500, ["HEAD", "GET", "GET"]),
    "a fault for a moment": (in_turn(status(500), status(502), OK), 200, ["HEAD", "GET", "GET"]),
    "unavailable for a moment": (in_turn(status(503), OK), 200, ["HEAD", "GET"]),
    "unavailable, and says until when": (in_turn(status(503, "Retry-After: 0"), OK), 200, ["HEAD", "GET"]),
    "too busy for a moment": (in_turn(status(429), OK), 200, ["HEAD", "GET"]),
    "always too busy": (status(429), 429, ["HEAD", "GET", "GET"]),
    "too busy for very long": (status(429, "Retry-After: 3600"), 429, ["HEAD"]),
    "a redirect to nowhere": (status(301), 301, ["HEAD"]),
    "not modified": (status(304), 304, ["HEAD"]),
}


@pytest.mark.parametrize(("page", "code", "methods"), WELL_FORMED.values(), ids=WELL_FORMED)
def test_the_status_and_how_it_was_asked_for(site: Website, page: Page, code: int, methods: list[str]) -> None:
    site.pages["/a"] = page
    assert asked(site.url("/a")) == [Answer(status=code)]
    assert site.asked("/a") == methods


def test_a_head_that_is_cut_off_becomes_a_get(site: Website) -> None:
    def rude(connection: socket.socket, request: Request) -> None:
        reset(connection) if request.method == "HEAD" else connection.sendall(OK)

    site.pages["/a"] = rude
    assert asked(site.url("/a")) == [Answer(status=200)]


def test_a_head_without_answer_becomes_a_get(site: Website) -> None:
    def shy(connection: socket.socket, request: Request) -> None:
        silent(connection, request) if request.method == "HEAD" else connection.sendall(OK)

    site.pages["/a"] = shy
    assert asked(site.url("/a"), timeout=0.2) == [Answer(status=200)]


NO_HTTP: dict[str, Page] = {
    "nothing": b"",
    "an empty line": b"\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "a secure one": b"\x16\x03\x01\x00\x00",
    "no number": b"HTTP/1.1 OK\r\n\r\n",
    "a large number": b"HTTP/1.1 2000 OK\r\n\r\n",
    "a negative number": b"HTTP/1.1 -1 OK\r\n\r\n",
    "no end": HEADERS,
    "no colon": HEADERS + b"no colon\r\n\r\n",
    "a long header": HEADERS + b"A: " + b"a" * 100_000 + b"\r\n\r\n",
    "many headers": HEADERS + b"".join(b"A%d: a\r\n" % number for number in range(2000)) + b"\r\n",
    "an absurd length": HEADERS + b"Content-Length: 99999999999999999999\r\n\r\n",
    "a garbled body": HEADERS + b"Transfer-Encoding: chunked\r\n\r\nzz",
    "two lengths": HEADERS + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a long address": b"HTTP/1.1 301 Moved\r\nLocation: /" + b"a" * 20_000 + b"\r\n\r\n",
    "reset": reset,
    "an endless first line": flood(b"", b"HTTP/1.1 200 " + b"a" * 65536),
    "endless headers": flood(HEADERS, b"A: a\r\n" * 10_000),
}


@pytest.mark.parametrize("page", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_is_broken(site: Website, page: Page) -> None:
    site.pages["/a"] = page
    assert asked(site.url("/a"), timeout=2) == [Answer(trouble="broken")]
    assert site.asked("/a") == ["HEAD", "GET", "GET"]


SLOW: dict[str, Page] = {
    "silent": silent,
    "drop by drop": drip(b"HTTP/1.1 200 ", b"a"),
    "a header drop by drop": drip(HEADERS + b"A: ", b"a"),
    "always nearly there": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("page", SLOW.values(), ids=SLOW)
def test_a_website_that_takes_for_ever_is_silent(site: Website, page: Page) -> None:
    site.pages["/a"] = page
    start = time.monotonic()
    assert asked(site.url("/a"), timeout=0.15) == [Answer(trouble="silent")]
    assert time.monotonic() - start < 2


BOMB = gzip.compress(bytes(10_000_000))


BODIES: dict[str, Page] = {
    "too short": HEADERS + b"Content-Length: 1000\r\n\r\nshort",
    "a bomb": HEADERS + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB,
    "an unknown form": HEADERS + b"Content-Encoding: nonsense\r\n\r\nx",
    "a strange cookie": HEADERS + b"Set-Cookie: \x01=\xff; Path=\r\n\r\n",
    "drop by drop": drip(HEADERS + b"\r\n", b"a"),
    "endless": flood(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"a" * 65536 + b"\r\n"),
}


@pytest.mark.parametrize("page", BODIES.values(), ids=BODIES)
def test_a_body_is_never_read(site: Website, page: Page) -> None:
    site.pages["/a"] = page
    start = time.monotonic()
    assert asked(site.url("/a")) == [Answer(status=200)]
    assert time.monotonic() - start < 2


def test_a_body_that_a_get_brings_is_not_read_either(site: Website) -> None:
    sent = 0

    def pour(connection: socket.socket, request: Request) -> None:
        nonlocal sent
        if request.method == "HEAD":
            connection.sendall(status(405))
            return
        connection.sendall(HEADERS + b"\r\n")
        while True:
            sent += connection.send(b"a" * 65536)

    site.pages["/a"] = pour
    assert asked(site.url("/a")) == [Answer(status=200)]
    time.sleep(0.1)
    assert sent < 20_000_000  # what the two systems hold between them


@pytest.mark.parametrize(
    ("location", "hop"),
    [
        ("/b", "http://127.0.0.1:{port}/b"),
        ("b", "http://127.0.0.1:{port}/b"),
        ("//127.0.0.1:{port}/b", "http://127.0.0.1:{port}/b"),
        ("http://127.0.0.1:{port}/b#plek", "http://127.0.0.1:{port}/b#plek"),
        ("/./c/../b", "http://127.0.0.1:{port}/b"),
        ("  /b\t", "http://127.0.0.1:{port}/b"),
    ],
)
def test_where_a_redirect_leads(site: Website, location: str, hop: str) -> None:
    site.pages |= {"/a": redirect(301, location.format(port=site.port)), "/b": OK}
    assert asked(site.url("/a")) == [Answer(status=200, hops=(Hop(status=301, address=hop.format(port=site.port)),))]


def test_odd_characters_in_a_redirect_are_written_as_codes(site: Website) -> None:
    site.pages |= {
        "/a": b"HTTP/1.1 302 x\r\nLocation: /caf\xc3\xa9 \xe9?q=\xe2\x82\xac%20<b>\r\nContent-Length: 0\r\n\r\n",
        "/caf%C3%A9%20%E9?q=%E2%82%AC%20%3Cb%3E": OK,
    }
    [answer] = asked(site.url("/a"))
    assert answer.hops == (Hop(status=302, address=site.url("/caf%C3%A9%20%E9?q=%E2%82%AC%20%3Cb%3E")),)
    assert answer.status == 200


def test_a_chain_is_followed_to_its_end(site: Website) -> None:
    codes = (301, 302, 303, 307, 308)
    site.pages |= {f"/{number}": redirect(code, f"/{number + 1}") for number, code in enumerate(codes)}
    site.pages["/5"] = status(404)
    [answer] = asked(site.url("/0"))
    assert answer.status == 404
    assert [hop.status for hop in answer.hops] == list(codes)


def test_circles_and_endless_chains_end(site: Website) -> None:
    site.pages |= {f"/{number}": redirect(302, f"/{number + 1}") for number in range(50)}
    site.pages |= {"/self": redirect(301, "/self"), "/here": redirect(301, "/there"), "/there": redirect(301, "/here")}
    answers = asked(site.url("/0"), site.url("/self"), site.url("/here"))
    assert [answer.trouble for answer in answers] == ["loop"] * 3
    assert len(answers[0].hops) == MOST_HOPS + 1
    assert not site.asked(f"/{MOST_HOPS + 1}")
    assert site.asked("/self") == ["HEAD"]


@pytest.mark.parametrize(
    ("location", "trouble"),
    [
        ("javascript:alert(1)", "target"),
        ("ftp://127.0.0.1/", "target"),
        ("file:///etc/passwd", "target"),
        ("mailto:a@voorbeeld.nl", "target"),
        ("http://[", "target"),
        ("http://127.0.0.1:99999/", "address"),
        ("http://a:b@127.0.0.1/", "credentials"),
        ("http://0.0.0.0/", "private"),
        ("http://[::]/", "private"),
        (f"http://{'a' * 300}/", "name"),
        ("http://..../", "name"),
    ],
)
def test_a_redirect_that_nobody_should_follow(site: Website, location: str, trouble: str) -> None:
    site.pages["/a"] = redirect(301, location)
    [answer] = asked(site.url("/a"))
    assert answer.trouble == trouble
    assert site.asked("/a") == ["HEAD"]


THIS_MACHINE = (
    "127.0.0.1",
    "127.1",
    "127.0.0.2",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "0",
    "0.0.0.0",  # noqa: S104 - to see it refused
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
    "[64:ff9b::7f00:1]",
    "[fe80::1%25lo]",
    "%31%32%37.0.0.1",
    "\uff11\uff12\uff17.0.0.1",
    "127\u30020\u30020\u30021",
    "\u24dbocalhost",
)


@pytest.mark.parametrize("host", THIS_MACHINE)
def test_this_machine_is_not_asked(site: Website, host: str) -> None:
    answers: list[Answer] = []
    ask([site.url(host=host)], lambda _, answer: answers.append(answer), access=Access(timeout=1), manners=HASTY)
    assert [answer.status for answer in answers] == [0]
    assert judge(site.url(host=host), answers[0]).sort in {"not-asked", "dead"}
    assert site.requests == []


def test_a_name_of_this_machine_is_not_asked(site: Website) -> None:
    answers: list[Answer] = []
    access = Access(timeout=1, lookup=here)
    address = site.url(host="binnen.voorbeeld.nl")
    ask([address], lambda _, answer: answers.append(answer), access=access, manners=HASTY)
    assert answers == [Answer(trouble="private")]
    assert site.requests == []


def test_of_several_machines_only_public_ones_are_spoken_to(site: Website) -> None:
    looked: list[str] = []

    def both(host: str) -> Sequence[str]:
        looked.append(host)
        return ["0.0.0.0", "127.0.0.1", "::"]  # noqa: S104 - to see it refused

    site.pages["/"] = OK
    assert asked(site.url(host="dubbel.voorbeeld.nl"), lookup=both) == [Answer(status=200)]
    # One look-up for one request: a second one could have said otherwise.
    assert looked == ["dubbel.voorbeeld.nl"]


@pytest.mark.parametrize("address", ["http://geheim:woord@{host}/", "http://geheim@{host}/", "http://:@{host}/"])
def test_passwords_are_never_sent(site: Website, address: str) -> None:
    assert asked(address.format(host=f"127.0.0.1:{site.port}")) == [Answer(trouble="credentials")]
    assert site.requests == []


def test_nothing_goes_along_that_tells_who_asks(site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\ndefault login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    site.pages |= {
        "/a": status(302, "Location: /b", "Set-Cookie: wie=jij; Path=/"),
        "/b": status(405, "WWW-Authenticate: Basic realm=x", "Set-Cookie: wie=jij; Path=/"),
    }
    asked(site.url("/a"), site.url("/b"))
    assert len(site.requests) == 5
    for request in site.requests:
        assert not {"cookie", "authorization", "referer"} & request.headers.keys()
        assert "github.com/MinBZK/Algoritmekader" in request.headers["user-agent"]


def test_a_name_in_another_script(site: Website) -> None:
    site.pages |= {"/b%C3%BCcher?q=%C3%AB": OK}
    assert asked(site.url("/bücher?q=ë", host="bücher.example"), lookup=here) == [Answer(status=200)]
    assert site.requests[0].headers["host"] == f"xn--bcher-kva.example:{site.port}"


def test_a_name_that_is_not_there_is_not_looked_up_for_each_page() -> None:
    looked: list[str] = []

    def nowhere(host: str) -> Sequence[str]:
        looked.append(host)
        return _nowhere(host)

    answers = asked("http://nergens.example/a", "http://nergens.example/b", lookup=nowhere)
    assert answers == [Answer(trouble="name")] * 2
    assert looked == ["nergens.example"]


def test_a_look_up_that_failed_for_a_moment_is_tried_again(site: Website) -> None:
    failures = [socket.gaierror(socket.EAI_AGAIN, "later"), socket.gaierror(socket.EAI_AGAIN, "later")]

    def later(host: str) -> Sequence[str]:
        if failures:
            raise failures.pop()
        return here(host)

    site.pages["/"] = OK
    assert asked(site.url(host="even.example"), lookup=later) == [Answer(status=200)]


def test_a_look_up_that_hangs_is_not_waited_for() -> None:
    def hang(_host: str) -> Sequence[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    start = time.monotonic()
    manners = Manners(pause=0, backoff=0, tries=1)
    assert asked("http://traag.example/", timeout=0.1, lookup=hang, manners=manners) == [Answer(trouble="silent")]
    assert time.monotonic() - start < 0.9


def test_a_website_that_takes_no_connection_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    tried: list[str] = []
    request = Web.request

    async def counted(self: Web, method: str, address: str) -> Reply:
        tried.append(address)
        return await request(self, method, address)

    monkeypatch.setattr(Web, "request", counted)
    answers = asked(*(f"http://127.0.0.1:{port}/{number}" for number in range(20)))
    assert answers == [Answer(trouble="unreachable")] * 20
    assert len(tried) == HASTY.tries


def test_a_website_that_stays_silent_is_left_alone(site: Website) -> None:
    site.pages |= {f"/{number}": silent for number in range(10)}
    answers = asked(*(site.url(f"/{number}") for number in range(10)), timeout=0.05)
    assert [answer.trouble for answer in answers].count("silent") == 2
    assert [answer.trouble for answer in answers].count("spared") == 8


def test_a_website_that_has_had_enough_is_left_alone(site: Website) -> None:
    site.pages |= {f"/{number}": status(429, "Retry-After: 86400") for number in range(10)}
    answers = asked(*(site.url(f"/{number}") for number in range(10)))
    assert [answer.status for answer in answers].count(429) == 1
    assert [answer.trouble for answer in answers].count("spared") == 9
    assert len(site.requests) == 1


def test_retry_after_is_honoured(site: Website) -> None:
    site.pages |= {"/a": in_turn(status(503, "Retry-After: 1"), OK), "/b": OK}
    assert asked(site.url("/a"), site.url("/b"), manners=Manners(pause=0, patience=5)) == [Answer(status=200)] * 2
    first, *others = sorted(request.at for request in site.requests)
    assert all(at - first >= 0.9 for at in others)


NOON = datetime(2026, 8, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("120", 120),
        (" 5 ", 5),
        ("-1", None),
        ("1.5", None),
        ("9" * 5000, 9999999999),
        ("٣", None),
        ("soon", None),
        (format_datetime(NOON + timedelta(minutes=2), usegmt=True), 120),
        (format_datetime(NOON - timedelta(minutes=2), usegmt=True), 0),
        ("Sun, 02 Aug 2026 12:01:00", 60),
        ("Sun, 02 Aug 2026 14:01:00 +0200", 60),
        ("Sun, 99 Aug 99999 12:00:00 GMT", None),
    ],
)
def test_reading_retry_after(text: str, seconds: float | None) -> None:
    assert seconds_in(text, NOON) == seconds


@given(st.text())
def test_reading_retry_after_never_fails(text: str) -> None:
    found = seconds_in(text, NOON)
    assert found is None or found >= 0


def test_one_request_at_a_time_to_each_website_and_few_in_all(site: Website) -> None:
    running: list[str] = []
    together: list[list[str]] = []

    def slow(connection: socket.socket, request: Request) -> None:
        running.append(request.headers["host"])
        together.append(list(running))
        time.sleep(0.02)
        running.remove(request.headers["host"])
        connection.sendall(OK)

    site.pages |= {f"/{number}": slow for number in range(5)}
    addresses = [site.url(f"/{number}", host=f"{name}.example") for name in "abcdefgh" for number in range(5)]
    manners = Manners(concurrency=3, pause=0)
    assert asked(*addresses, manners=manners, lookup=here) == [Answer(status=200)] * 40
    assert max(map(len, together)) == 3
    assert all(len(hosts) == len(set(hosts)) for hosts in together)


def test_a_pause_between_two_requests_to_a_website(site: Website) -> None:
    site.pages |= {"/a": OK, "/b": OK, "/c": status(404)}
    asked(*(site.url(path) for path in ("/a", "/b", "/c")), manners=Manners(pause=0.1))
    times = [request.at for request in site.requests]
    assert len(times) == 4
    assert all(after - before >= 0.09 for before, after in pairwise(times))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda data: b"HTTP/1.1 200 OK\r\n" + data + b"\r\n\r\n"),
        st.binary(max_size=200).map(lambda data: b"HTTP/1.1 301 Moved\r\nLocation: " + data + b"\r\n\r\n"),
        st.binary(max_size=50).map(lambda data: b"HTTP/1.1 503 x\r\nRetry-After: " + data + b"\r\n\r\n"),
        st.binary(max_size=50).map(lambda data: b"HTTP/1.1 200 OK\r\nSet-Cookie: " + data + b"\r\n\r\n"),
        st.tuples(st.binary(max_size=9), st.binary(max_size=9)).map(
            lambda pair: b"HTTP/1." + pair[0] + b" 20" + pair[1] + b"\r\nContent-Length: " + pair[0] + b"\r\n\r\n"
        ),
    )
)
def test_no_answer_is_too_odd(site: Website, data: bytes) -> None:
    site.pages["/"] = data

    async def once() -> Reply:
        async with Web(Access(timeout=1, loopback=True)) as web:
            return await web.request("GET", site.url())

    reply = asyncio.run(once())
    assert bool(reply.status) != bool(reply.trouble)
    reply.location.encode("ascii")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_no_address_is_too_odd(text: str) -> None:
    async def once() -> list[Reply]:
        async with Web(Access(timeout=1, lookup=_nowhere)) as web:
            return [await web.request("HEAD", start + text) for start in ("", "http://", "https://a.example/")]

    assert all(reply.trouble for reply in asyncio.run(once()))


# A proxy looks names up itself, so the name need not be known here.


def test_a_proxy_gets_the_whole_address(site: Website) -> None:
    site.pages["http://nergens.example/a"] = OK
    access = Access(proxies={"http": site.url()}, lookup=here, loopback=False)
    answers: list[Answer] = []
    ask(["http://nergens.example/a"], lambda _, answer: answers.append(answer), access=access, manners=HASTY)
    assert answers == [Answer(status=200)]
    assert site.requests[0].headers["host"] == "nergens.example"


def test_a_proxy_is_not_asked_for_a_private_place(site: Website) -> None:
    answers: list[Answer] = []
    access = Access(proxies={"http": site.url()}, lookup=here)
    addresses = ["http://127.0.0.1/", "http://binnen.example/", "http://[::1]/", "http://2130706433/"]
    ask(addresses, lambda _, answer: answers.append(answer), access=access, manners=HASTY)
    assert {answer.trouble for answer in answers} <= {"private", "address"}
    assert site.requests == []


def test_a_proxy_without_a_way_through(site: Website) -> None:
    access = Access(proxies={"https": f"127.0.0.1:{site.port}"}, lookup=here)
    answers: list[Answer] = []
    ask(["https://nergens.example/"], lambda _, answer: answers.append(answer), access=access, manners=HASTY)
    assert answers == [Answer(trouble="proxy")]
    assert {request.method for request in site.requests} == {"CONNECT"}


def test_the_environment_names_websites_without_proxy(site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "localhost,.eigen.example")
    site.pages["/"] = OK
    proxies = {"http": f"http://127.0.0.1:{free_port()}"}
    address = site.url(host="www.eigen.example")
    assert asked(address, lookup=here, proxies=proxies) == [Answer(status=200)]


# Secure connections, with certificates made for the occasion.


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def secured(
    certificate: trustme.LeafCert, authority: trustme.CA | None, host: str = "veilig.example"
) -> tuple[Answer, int]:
    """Ask a website with a certificate, trusting what an authority signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    trust = ssl.create_default_context()
    if authority:
        authority.configure_trust(trust)
    with website(context) as site:
        site.pages["/"] = OK
        [answer] = asked(f"https://{host}:{site.port}/", lookup=here, tls=trust)
        return answer, len(site.requests)


def test_a_secure_website(authority: trustme.CA) -> None:
    assert secured(authority.issue_cert("veilig.example"), authority) == (Answer(status=200), 1)


def test_a_certificate_for_another_name(authority: trustme.CA) -> None:
    assert secured(authority.issue_cert("ander.example"), authority) == (Answer(trouble="certificate"), 0)


def test_a_certificate_that_has_expired(authority: trustme.CA) -> None:
    certificate = authority.issue_cert("veilig.example", not_after=datetime.now(UTC) - timedelta(days=1))
    assert secured(certificate, authority) == (Answer(trouble="certificate"), 0)


def test_a_certificate_of_somebody_unknown_proves_nothing(authority: trustme.CA) -> None:
    """The chain may lack a link that browsers know where to find."""
    assert secured(authority.issue_cert("veilig.example"), None) == (Answer(trouble="tls"), 0)


def test_a_website_that_does_not_speak_securely_at_all(site: Website) -> None:
    assert asked(f"https://veilig.example:{site.port}/", lookup=here) == [Answer(trouble="tls")]


def test_a_website_that_hangs_up_on_programs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def hang_up() -> None:
            connection, _ = listening.accept()
            reset(connection)

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        assert asked(f"https://veilig.example:{port}/", lookup=here) == [Answer(trouble="tls")]
        thread.join(5)


def test_a_bug_is_not_hidden() -> None:
    def fail(_address: str, _answer: Answer) -> None:
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup):
        ask(["http://127.0.0.1:1/"], fail, access=Access(loopback=True), manners=HASTY)
