"""How the program reaches GitHub, waits for it, and says what is wrong."""

from __future__ import annotations

import gzip
import json
import logging
import time
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import pytest
from github.GithubException import GithubException
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.world.github.connection import Patience, UnsureError, connect, trouble, until_sure
from tests.github.faults import Fault, always, first
from tests.github.server import Reply, listening
from tests.world.website import free_port

if TYPE_CHECKING:
    from tests.github.hub import Hub
    from tests.github.server import Call

SECRET = "ghs_dit-mag-niemand-zien"  # noqa: S105 - of nothing
GOOD = {"GITHUB_REPOSITORY": "gemeente-voorbeeldstad/algoritmekader", "GITHUB_TOKEN": SECRET}
BACKOFF = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]


@dataclass(frozen=True)
class Told:
    """A refusal with headers of its own."""

    status: int
    message: str = "You have exceeded a secondary rate limit."
    headers: dict[str, str] = field(default_factory=dict)
    before = True

    def reply(self) -> Reply:
        return Reply(self.status, json.dumps({"message": self.message}).encode(), self.headers)


@dataclass
class Waits:
    """A clock that runs only while somebody sleeps."""

    all: list[float] = field(default_factory=list)
    now: float = 1_800_000_000.0

    def sleep(self, seconds: float) -> None:
        self.all.append(seconds)
        self.now += seconds

    def patience(self, most: float = 900.0, chance: float = 0.0) -> Patience:
        return Patience(most=most, pause=1.0, sleep=self.sleep, clock=lambda: self.now, chance=lambda: chance)


# ── who and where ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "nl", "en"),
    [
        ({"GITHUB_REPOSITORY": ""}, "geen repository. Zet er eigenaar/naam in", "no repository. Put owner/name"),
        ({"GITHUB_REPOSITORY": "algoritmekader"}, "“algoritmekader”", "“algoritmekader”"),
        ({"GITHUB_REPOSITORY": "a/b/c"}, "“a/b/c”", "“a/b/c”"),
        ({"GITHUB_REPOSITORY": "a/.."}, "“a/..”", "“a/..”"),
        ({"GITHUB_REPOSITORY": "a/b\x1b[31m"}, "“a/b\\u001b[31m”", "“a/b\\u001b[31m”"),
        ({"GITHUB_TOKEN": ""}, "geen token", "no token"),
        ({"GITHUB_TOKEN": f"{SECRET}\nHost: elders"}, "meer dan een token", "more than a token"),
        ({"GITHUB_TOKEN": f"{SECRET}é"}, "meer dan een token", "more than a token"),
        ({"GITHUB_API_URL": "http://elders.example"}, "geen veilig adres", "no safe address"),
        ({"GITHUB_API_URL": f"https://x:{SECRET}@elders.example"}, "geen veilig adres", "no safe address"),
        ({"GITHUB_API_URL": "https://elders.example/?x"}, "geen veilig adres", "no safe address"),
        ({"GITHUB_API_URL": "https://elders.example:x"}, "geen veilig adres", "no safe address"),
        ({"GITHUB_API_URL": "file:///etc/passwd"}, "geen veilig adres", "no safe address"),
        ({"KADER_GITHUB_PAUSE": "lang"}, "aantal seconden", "number of seconds"),
        ({"KADER_GITHUB_PAUSE": "nan"}, "aantal seconden", "number of seconds"),
        ({"KADER_GITHUB_PAUSE": "-1"}, "aantal seconden", "number of seconds"),
    ],
)
def test_what_is_wrong_in_the_environment(change: dict[str, str], nl: str, en: str) -> None:
    with pytest.raises(UserError) as wrong:
        connect({**GOOD, **change})
    assert nl in wrong.value.text.nl
    assert en in wrong.value.text.en
    assert SECRET not in repr(wrong.value) + wrong.value.text.nl + wrong.value.text.en


@pytest.mark.parametrize(
    "address", ["", "https://api.github.com/", "https://github.example/api/v3", "http://127.0.0.1:9"]
)
def test_good_environments(address: str) -> None:
    repository = connect({**GOOD, "GITHUB_API_URL": address})
    assert repository.requester.base_url == (address or "https://api.github.com").rstrip("/")


# ── limits ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        (Told(403, headers={"Retry-After": "7"}), [7.0]),
        (Told(429, headers={"Retry-After": "7"}), [7.0]),
        (Told(429, "Too many requests"), [60.0]),
        (Told(403), [60.0]),
        (Told(403, "API rate limit exceeded for installation."), [60.0]),
        (Told(403, "", {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1800000030"}), [31.0]),
        (Told(403, "", {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1700000000"}), []),
    ],
)
def test_a_limit_is_waited_for_and_the_write_done_once(hub: Hub, told: Told, waits: list[float]) -> None:
    clock = Waits()
    hub.fault = first(told)
    connect(hub.environment(), clock.patience()).create_issue("Nieuw")
    assert clock.all == waits
    assert [one.title for one in hub.issues.values()] == ["Nieuw"]


def test_a_limit_that_stays_is_asked_less_and_less(hub: Hub) -> None:
    clock = Waits()
    hub.fault = first(Told(403), Told(403), Told(403))
    list(connect(hub.environment(), clock.patience()).get_issues())
    assert clock.all == [60.0, 120.0, 240.0]


def test_patience_ends(hub: Hub) -> None:
    clock = Waits()
    hub.fault = always(Told(403, headers={"Retry-After": "400"}))
    with pytest.raises(UserError) as wrong, trouble():
        connect(hub.environment(), clock.patience()).create_issue("Nieuw")
    assert clock.all == [400.0, 400.0]
    assert "08:20 uur (UTC). Draai dit daarna opnieuw" in wrong.value.text.nl
    assert not isinstance(wrong.value, UnsureError)
    assert hub.issues == {}


@pytest.mark.parametrize("later", ["900", "9" * 30, "9" * 400])
def test_a_wait_without_end_is_not_begun(hub: Hub, later: str) -> None:
    clock = Waits()
    hub.fault = always(Told(403, headers={"Retry-After": later}))
    with pytest.raises(UserError, match=r"until \d{4}-\d\d-\d\d \d\d:\d\d \(UTC\)"), trouble():
        list(connect(hub.environment(), clock.patience(chance=0.5)).get_issues())
    assert clock.all == []


@pytest.mark.parametrize("body", [b"", b"[]", b'{"message": {}}', b"\xff", b"[" * 60_000])
def test_a_refusal_without_words(body: bytes) -> None:
    with (
        listening(lambda _call: Reply(403, body)) as port,
        pytest.raises(UserError, match="may not do this"),
        trouble(),
    ):
        list(connect({**GOOD, "GITHUB_API_URL": f"http://127.0.0.1:{port}"}).get_issues())


def test_patience_is_shared_by_all_requests(hub: Hub) -> None:
    patience = Waits().patience(most=100)
    repository = connect(hub.environment(), patience)
    hub.fault = first(Told(403, headers={"Retry-After": "60"}))
    list(repository.get_issues())
    hub.fault = first(Told(403, headers={"Retry-After": "60"}))
    with pytest.raises(UserError, match="lets us wait"):
        list(repository.get_issues())
    assert patience.spent == 60


def test_a_limit_without_end_or_wait_is_left_after_some_times(hub: Hub) -> None:
    hub.fault = always(Told(403, headers={"Retry-After": "0"}))
    with pytest.raises(UserError, match="too many requests"), trouble():
        list(connect(hub.environment()).get_issues())
    assert len(hub.requests) == 7


@given(seconds=st.floats(0, 800), chance=st.floats(0, 1, exclude_max=True))
def test_nobody_comes_back_too_early(seconds: float, chance: float) -> None:
    clock = Waits()
    clock.patience(chance=chance).wait(seconds)
    assert seconds <= sum(clock.all) <= seconds * 1.1


def test_a_missing_right_is_no_limit(hub: Hub) -> None:
    hub.permissions = {"issues": "read"}
    with pytest.raises(UserError, match="may not do this"), trouble():
        connect(hub.environment()).create_issue("Nieuw")
    assert len(hub.requests) == 1


@pytest.mark.parametrize(
    ("status", "said", "nl"),
    [
        (401, {"message": "Bad credentials"}, "herkent het token niet"),
        (403, {"message": "Resource not accessible by integration"}, "Geef de job het recht bij `permissions`"),
        (404, {"message": "Not Found"}, "Controleer GITHUB_REPOSITORY en het token"),
        (409, {"message": "main does not match\u202e"}, "weigert (409): main does not match\\u202e. Kijk op"),
        (410, {"message": "Issues has been disabled"}, "Zet ze aan"),
        (422, {"message": "Validation Failed", "errors": ["Line could not be resolved"]}, "Failed; Line could not"),
        (422, {"message": "Validation Failed", "errors": [{"field": "name", "code": "invalid"}]}, "name invalid"),
        (422, [], "neemt dit niet aan (422): ?."),
        (422, {"message": "x" * 999}, "x" * 300 + ". Pas aan"),
    ],
)
def test_a_refusal_becomes_a_sentence(status: int, said: object, nl: str) -> None:
    with pytest.raises(UserError) as wrong, trouble():
        raise GithubException(status, said, {})
    assert nl in wrong.value.text.nl


def test_a_refusal_may_be_packed() -> None:
    packed = gzip.compress(json.dumps({"message": "Resource not accessible by integration"}).encode())
    with listening(lambda _call: Reply(403, packed, {"Content-Encoding": "gzip"})) as port:
        environment = {**GOOD, "GITHUB_API_URL": f"http://127.0.0.1:{port}"}
        with pytest.raises(UserError, match="not accessible by integration"), trouble():
            list(connect(environment).get_issues())


@pytest.mark.parametrize("status", [301, 307, 308])
@pytest.mark.parametrize("place", ["http://127.0.0.1:{port}/repositories/7/issues", "https://kwaad.example/x"])
def test_nobody_is_followed_to_another_place(status: int, place: str) -> None:
    asked: list[Call] = []

    def elsewhere(call: Call) -> Reply:
        asked.append(call)
        return Reply(status, b'{"message": "Moved"}', {"Location": place.format(port=port)})

    with listening(elsewhere) as port:
        repository = connect({**GOOD, "GITHUB_API_URL": f"http://127.0.0.1:{port}", "KADER_GITHUB_PAUSE": "0"})
        with pytest.raises(UserError, match="points at another place"), trouble():
            list(repository.get_issues())
        with pytest.raises(UserError, match="points at another place"), trouble():
            repository.create_issue("Bron is onbereikbaar")
    assert [call.method for call in asked] == ["GET", "POST"]


@pytest.mark.parametrize(
    "body",
    [b"<html>Log in</html>", b"", b'{"id":', b"\xff", b"[" * 100_000],
    ids=["page", "none", "half", "bytes", "deep"],
)
def test_an_answer_that_is_not_githubs(body: bytes) -> None:
    with listening(lambda _call: Reply(200, body, {"Content-Type": "text/html"})) as port:
        repository = connect({**GOOD, "GITHUB_API_URL": f"http://127.0.0.1:{port}", "KADER_GITHUB_PAUSE": "0"})
        for work in (
            lambda: list(repository.get_issues()),
            lambda: repository.get_issue(1).title,
            lambda: repository.create_issue("Bron is onbereikbaar"),
        ):
            # Whether a write was done is not known.
            with pytest.raises(UnsureError, match="cannot be read"), trouble():
                work()


@pytest.mark.parametrize(
    ("host", "bundle", "told"),
    [("a..b", "", "label empty or too long"), ("localhost", "/nergens/certificaten", "TLS CA certificate bundle")],
)
def test_what_cannot_even_be_asked(host: str, bundle: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
    repository = connect({**GOOD, "GITHUB_API_URL": f"https://{host}", "KADER_GITHUB_PAUSE": "0"})
    with pytest.raises(UserError, match=told) as wrong, trouble():
        repository.create_issue("Bron is onbereikbaar")
    assert not isinstance(wrong.value, UnsureError)


def test_a_value_of_another_sort() -> None:
    with listening(lambda _call: Reply(200, b'[{"url": "/x", "title": 5}]')) as port:
        repository = connect({**GOOD, "GITHUB_API_URL": f"http://127.0.0.1:{port}"})
        with pytest.raises(UnsureError, match="cannot be read"), trouble():
            assert repository.get_issues()[0].title


def test_a_next_page_elsewhere_is_not_asked_for() -> None:
    links = {"Link": '<https://kwaad.example/page/2>; rel="next"'}
    with listening(lambda _call: Reply(200, b'[{"url": "/x", "title": "a"}]', links)) as port:
        repository = connect({**GOOD, "GITHUB_API_URL": f"http://127.0.0.1:{port}"})
        with pytest.raises(UserError, match=r"cannot be read \(AssertionError\)"), trouble():
            list(repository.get_issues())


# ── trouble ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [Fault.BROKEN_BEFORE, Fault.CUT_BEFORE, Fault.BROKEN_AFTER, Fault.CUT_AFTER])
def test_a_read_is_repeated(hub: Hub, kind: Fault) -> None:
    clock = Waits()
    hub.issue("Bron")
    hub.fault = first(kind, kind, kind)
    assert [one.title for one in connect(hub.environment(), clock.patience()).get_issues()] == ["Bron"]
    assert clock.all == BACKOFF[:3]


@pytest.mark.parametrize("kind", [Fault.BROKEN_BEFORE, Fault.CUT_BEFORE])
def test_a_read_is_left_after_some_times(hub: Hub, kind: Fault) -> None:
    clock = Waits()
    hub.fault = always(kind)
    with pytest.raises(UserError, match="does not answer") as wrong, trouble():
        list(connect(hub.environment(), clock.patience()).get_issues())
    assert clock.all == BACKOFF
    assert not isinstance(wrong.value, UnsureError)


@pytest.mark.parametrize(
    ("kind", "done"),
    [(Fault.BROKEN_BEFORE, 0), (Fault.CUT_BEFORE, 0), (Fault.BROKEN_AFTER, 1), (Fault.CUT_AFTER, 1), (Fault.HALF, 1)],
)
def test_a_write_with_an_unknown_outcome_is_not_repeated(hub: Hub, kind: Fault, done: int) -> None:
    hub.fault = first(kind)
    with pytest.raises(UnsureError, match="did not say whether it worked"), trouble():
        connect(hub.environment()).create_issue("Nieuw")
    assert (len(hub.writes), len(hub.issues)) == (1, done)


@pytest.mark.parametrize("kind", [Fault.BROKEN_AFTER, Fault.CUT_AFTER])
def test_neither_is_a_change_or_a_removal(hub: Hub, kind: Fault) -> None:
    issue = hub.issue("Bron", labels=["kader"])
    client = connect(hub.environment()).get_issue(issue.number)
    hub.fault = first(kind)
    with pytest.raises(UnsureError):
        client.edit(title="Anders")
    hub.fault = first(kind)
    with pytest.raises(UnsureError):
        client.remove_from_labels("kader")
    assert len(hub.writes) == 2


@pytest.mark.parametrize("writes", [False, True])
def test_where_nobody_listens_nothing_was_done(*, writes: bool) -> None:
    clock = Waits()
    repository = connect({**GOOD, "GITHUB_API_URL": f"http://127.0.0.1:{free_port()}"}, clock.patience())
    with pytest.raises(UserError, match="does not answer") as wrong, trouble():
        repository.create_issue("Nieuw") if writes else list(repository.get_issues())
    assert clock.all == BACKOFF
    assert not isinstance(wrong.value, UnsureError)


def test_work_is_done_again_until_its_outcome_is_known(hub: Hub) -> None:
    def work() -> int:
        with trouble():
            repository = connect(hub.environment())
            known = [one.number for one in repository.get_issues()]
            return known[0] if known else repository.create_issue("Nieuw").number

    hub.fault = first(Fault.BROKEN_BEFORE, Fault.CUT_AFTER)
    assert until_sure(work) == 1
    assert len(hub.issues) == 1


def test_work_that_stays_unsure_says_so() -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        raise UnsureError(nl="?", en="?")

    with pytest.raises(UnsureError):
        until_sure(work)
    assert len(tries) == 3


def test_writes_come_one_after_the_other(hub: Hub) -> None:
    issue = hub.issue("Bron")
    client = connect({**hub.environment(), "KADER_GITHUB_PAUSE": "0.1"}).get_issue(issue.number)
    began = time.monotonic()
    for _ in range(3):
        client.create_comment("Dank!")
    assert time.monotonic() - began >= 0.2


def test_the_token_is_never_shown(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    environment = hub.environment()
    said = []
    works = (lambda repository: repository.create_issue("Nieuw"), lambda repository: list(repository.get_issues()))
    for kind, work in product(Fault, works):
        hub.fault = always(kind)
        with pytest.raises(UserError) as wrong, trouble():
            work(connect(environment))
        said.append(f"{wrong.value!r} {wrong.value.text} {wrong.value.__cause__!r} {wrong.value.__context__!r}")
    assert environment["GITHUB_TOKEN"] not in "".join(said)
    assert "POST" in caplog.text
    assert environment["GITHUB_TOKEN"] not in caplog.text
