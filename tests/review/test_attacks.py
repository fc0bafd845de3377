"""What somebody may try with a pull request, a run or an artifact, and what stops it."""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.reports.review.read import read
from pipeline.reports.review.values import UnusableError
from pipeline.reports.review.write import LARGEST, written
from pipeline.sync.review import wanted
from pipeline.world.github import runs
from tests.review.desk import FORK
from tests.review.making import RULES, review_of, rule_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.review.desk import Desk

PAGE = f"{RULES}/awb-02-luister.md"
WRONG = {PAGE: rule_page("awb-02", "Luister  ", status="koncept", stap="[ontwerp]")}

Data = dict[str, Any]


def data() -> Data:
    """Give an honest review as JSON."""
    found: Data = json.loads(written(review_of(WRONG)))
    return found


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that is there twice
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def skipped(desk: Desk, because: str, event: Data | None = None) -> None:
    """Hold that nothing is written, and that the log says why."""
    assert desk.post(event) == 0
    assert desk.writes == []
    assert because in desk.log
    assert desk.log.count("\n") == 1


def unread(desk: Desk, because: str) -> None:
    """Hold that the comment says that there is no verdict, and the log why."""
    assert desk.post() == 0
    (comment,) = desk.comments
    assert "### De controle is niet afgemaakt\n" in comment
    assert desk.suggestions == desk.pull.labels == []
    assert because in desk.log


# ── the run ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("run", "because"),
    [
        ({"path": ".github/workflows/mijn-check.yml"}, "een andere workflow"),
        ({"path": ".github/workflows/check.yml.evil.yml"}, "een andere workflow"),
        ({"event": "push"}, "begon niet door pull_request"),
        ({"event": "pull_request_target"}, "begon niet door pull_request"),
        ({"conclusion": "cancelled"}, "niet afgemaakt"),
        ({"conclusion": "action_required"}, "niet afgemaakt"),
    ],
)
def test_a_run_that_is_no_check_of_a_pull_request(desk: Desk, run: Data, because: str) -> None:
    desk.propose(WRONG)
    desk.checked(review_of(WRONG), **run)
    skipped(desk, because)
    assert desk.hub.requests == []  # GitHub was not even asked


def test_a_run_of_another_repository(desk: Desk) -> None:
    desk.work(WRONG)
    other = {**desk.event()["workflow_run"]["repository"], "full_name": f"{FORK}/algoritmekader"}
    skipped(desk, "een andere repository", desk.event(repository=other))
    skipped(desk, "een andere repository", {**desk.event(), "repository": other})


@pytest.mark.parametrize("missing", ["head_sha", "head_branch", "head_repository", "id"])
def test_an_event_that_lacks_something(desk: Desk, missing: str) -> None:
    desk.work(WRONG)
    skipped(desk, "niet volledig", desk.event(**{missing: None}))


# ── which pull request ────────────────────────────────────────────────────────────────────────────


def test_the_pull_request_has_a_newer_commit(desk: Desk) -> None:
    desk.work(WRONG)
    desk.propose({PAGE: rule_page("awb-02")})
    skipped(desk, "een nieuwere commit")


def test_a_push_while_we_read_what_was_checked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.propose({**WRONG, "pipeline/rules/run.py": "# niets\n"})
    desk.checked(review_of(WRONG))
    stored = desk.hub.stored

    def meanwhile(path: str, content: bytes) -> str:
        desk.propose({"pipeline/rules/run.py": None})  # nothing to warn of any more
        return stored(path, content)

    monkeypatch.setattr(desk.hub, "stored", meanwhile)
    skipped(desk, "een nieuwere commit")


def test_the_pull_request_is_closed(desk: Desk) -> None:
    desk.work(WRONG)
    desk.hub.close(desk.pull)
    skipped(desk, "0 open pull requests")


def test_two_pull_requests_from_one_branch(desk: Desk) -> None:
    desk.work(WRONG)
    desk.hub.commit({"README.md": "Anders\n"}, branch="uitgave")
    desk.hub.propose("Nog een", None, repository=desk.pull.repository, head=desk.pull.head, base="uitgave")
    skipped(desk, "2 open pull requests")


def test_another_repository_of_the_same_owner(desk: Desk) -> None:
    desk.work(WRONG)
    head = {**desk.event()["workflow_run"]["head_repository"], "full_name": f"{FORK}/algoritmekader-2", "id": 7}
    skipped(desk, "0 open pull requests", desk.event(head_repository=head))


def test_an_artifact_cannot_name_another_pull_request(desk: Desk) -> None:
    victim = desk.hub.pull("Van een ander", {"content/nieuw.md": "Nieuw\n"}, branch="van-een-ander")
    desk.propose(WRONG)
    forged = {**data(), "pull_request": victim.number}
    desk.checked(artifacts={"review": {"review.json": json.dumps(forged).encode()}}, conclusion="failure")
    unread(desk, "past niet bij review.schema.json")
    assert victim.comments == []


# ── the archive ───────────────────────────────────────────────────────────────────────────────────


def lying(size: int) -> bytes:
    """Make an archive that says it is smaller than it is."""
    packed = bytearray(zipped(("review.json", b" " * (LARGEST + 1000))))
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = packed.index(sign) + offset
        packed[start : start + 4] = struct.pack("<I", size)
    return bytes(packed)


def far_away() -> bytes:
    """Make an archive that says its file is further on than any number in it can tell."""
    packed = io.BytesIO()
    info = zipfile.ZipInfo("review.json")
    info.extra = struct.pack("<HHQQQ", 1, 24, 2, 2, 2**63)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, b"{}")
    content = bytearray(packed.getvalue())
    listed = content.index(b"PK\x01\x02")
    content[listed + 20 : listed + 28] = b"\xff" * 8  # look for the sizes in the extra field,
    content[listed + 42 : listed + 46] = b"\xff" * 4  # and for the place
    return bytes(content)


def encrypted() -> bytes:
    """Make an archive that says its file needs a password."""
    packed = bytearray(zipped(("review.json", b"{}")))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(sign) + offset] |= 1
    return bytes(packed)


@pytest.mark.parametrize(
    ("archive", "because"),
    [
        pytest.param(zipped(("../../../tmp/review.json", b"{}")), "één bestand", id="zip slip, up"),
        pytest.param(zipped(("/tmp/review.json", b"{}")), "één bestand", id="zip slip, from the top"),  # noqa: S108
        pytest.param(zipped(("..\\review.json", b"{}")), "één bestand", id="zip slip, Windows"),
        pytest.param(zipped(("review.json", b"{}"), ("../x", b"")), "één bestand", id="two members"),
        pytest.param(zipped(("review.json", b"{}"), ("review.json", b"{}")), "één bestand", id="one name twice"),
        pytest.param(zipped(("verslag.json", b"{}")), "één bestand", id="another name"),
        pytest.param(zipped(), "één bestand", id="no members"),
        pytest.param(zipped(("review.json", b"\0" * (LARGEST + 1))), "te groot", id="zip bomb"),
        pytest.param(lying(size=100), "gaaf", id="zip bomb that lies of its size"),
        pytest.param(zipped(("review.json", zipped(("review.json", b"{}")))), "JSON", id="zip in a zip"),
        pytest.param(encrypted(), "niet te lezen", id="encrypted"),
        pytest.param(far_away(), "gaaf", id="a place that no number can hold"),
        pytest.param(b"PK\x03\x04", "gaaf", id="cut off"),
        pytest.param(b"", "gaaf", id="nothing"),
        pytest.param(b"{}", "gaaf", id="no archive"),
    ],
)
def test_an_archive_that_is_not_as_it_should_be(desk: Desk, archive: bytes, because: str) -> None:
    desk.propose(WRONG)
    desk.checked(artifacts={"review": archive}, conclusion="failure")
    unread(desk, because)
    assert sorted(path.name for path in desk.folder.iterdir()) == [".github", "content", "event.json", "schemas"]


def test_an_artifact_that_is_too_large_is_not_fetched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.work(WRONG)
    monkeypatch.setattr(runs, "LARGEST", 100)
    unread(desk, "meer dan 100 bytes")
    assert desk.hub.files == {}


def test_an_artifact_that_grew_on_the_way_is_cut_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.work(WRONG)
    stored = desk.hub.stored
    monkeypatch.setattr(desk.hub, "stored", lambda path, content: stored(path, content + b"\0" * runs.LARGEST))
    unread(desk, "telt meer dan")


def test_an_artifact_that_expired(desk: Desk) -> None:
    desk.work(WRONG)
    desk.run.artifacts[0].expired = True
    skipped(desk, "verlopen")


@pytest.mark.parametrize("conclusion", ["success", "skipped", "timed_out"])
@pytest.mark.parametrize("left", [{}, {"review": b"PK"}], ids=["nothing", "rubbish"])
def test_a_changed_check_that_leaves_nothing_does_not_go_without_a_warning(
    desk: Desk, left: Data, conclusion: str
) -> None:
    desk.propose({".github/workflows/check.yml": "jobs: {content: {if: false}}\n"})
    desk.checked(artifacts=left, conclusion=conclusion)
    unread(desk, "niet te gebruiken")
    assert "> [!WARNING]\n> Deze wijziging verandert ook de controle zelf" in desk.comments[0]


def test_an_old_verdict_does_not_stay_when_the_next_check_leaves_nothing(desk: Desk) -> None:
    desk.work(WRONG)
    desk.post()
    labels = list(desk.pull.labels)
    desk.propose({PAGE: rule_page("awb-02")})
    desk.checked(artifacts={}, conclusion="failure")
    desk.post()
    assert "### De controle is niet afgemaakt\n" in desk.comments[0]
    assert desk.pull.labels == labels


def test_no_artifact_of_that_name(desk: Desk) -> None:
    desk.propose(WRONG)
    desk.checked(artifacts={"review-2": {"review.json": written(review_of(WRONG))}})
    unread(desk, "`review` is er niet")


def test_the_newest_of_two_artifacts_counts(desk: Desk) -> None:
    desk.work(WRONG)
    desk.run.artifacts.insert(0, desk.hub.run(desk.pull, artifacts={"review": b"oud"}).artifacts[0])
    desk.run.artifacts[0].id = 1
    desk.post()
    assert len(desk.comments) == 1


@pytest.mark.parametrize("place", ["http://opslag.example/a.zip", "file:///etc/passwd", "", "//x"])
def test_an_address_that_is_not_safe_is_not_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    desk.work(WRONG)
    monkeypatch.setattr(desk.hub, "stored", lambda *_: place)
    assert desk.post() == 2
    assert desk.writes == []
    assert "GitHub zegt niet waar het artifact staat" in desk.log


def test_a_store_that_has_nothing_shows_no_key(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.work(WRONG)
    monkeypatch.setattr(desk.hub, "stored", lambda *_: f"{desk.hub.store}/weg.zip?sig=geheim")
    assert desk.post() == 2
    assert "localhost (404)" in desk.log
    assert "geheim" not in desk.log


# ── the JSON ──────────────────────────────────────────────────────────────────────────────────────

TEXT = json.dumps(data())


@pytest.mark.parametrize(
    ("content", "because"),
    [
        pytest.param(TEXT.encode() + b" " * LARGEST, "te groot", id="too large"),
        pytest.param(b"[" * 100_000, "diep", id="deep lists"),
        pytest.param(b'{"a":' * 100_000, "diep", id="deep objects"),
        pytest.param(TEXT.replace('"files": 4', '"files": NaN').encode(), "JSON", id="NaN"),
        pytest.param(TEXT.replace('"files": 4', '"files": 1e999').encode(), "JSON", id="infinite"),
        pytest.param(TEXT.replace('"files": 4', f'"files": {"9" * 5000}').encode(), "JSON", id="huge number"),
        pytest.param(TEXT.replace('"files": 4', '"files": 4, "files": 5').encode(), "JSON", id="a name twice"),
        pytest.param(TEXT.replace("koncept", "\\ud800").encode(), "JSON", id="half a character"),
        pytest.param(TEXT.replace("koncept", "é").encode("latin-1"), "JSON", id="no UTF-8"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le"), "JSON", id="UTF-16"),
        pytest.param(b"null", "schema", id="nothing"),
        pytest.param(TEXT.replace('"version": 1', '"version": 2', 1).encode(), "schema", id="a later version"),
        pytest.param(TEXT.replace("koncept", "k" * 501).encode(), "schema", id="a long value"),
        pytest.param(TEXT.replace('"rule": "', '"rule": "../').encode(), "schema", id="a rule that is a path"),
        pytest.param(TEXT.replace('"line": 4', '"line": 0').encode(), "schema", id="a line before the first"),
        pytest.param(TEXT.replace('"line": 4', '"line": true').encode(), "schema", id="a line that is no number"),
        pytest.param(TEXT.replace('"line": 4', '"line": 4.5').encode(), "schema", id="half a line"),
    ],
)
def test_json_that_is_not_as_it_should_be(desk: Desk, content: bytes, because: str) -> None:
    desk.propose(WRONG)
    desk.checked(artifacts={"review": {"review.json": content}}, conclusion="failure")
    unread(desk, because)


def test_a_list_that_is_too_long(desk: Desk) -> None:
    desk.propose(WRONG)
    forged = data()
    forged["findings"] *= 501
    desk.checked(artifacts={"review": {"review.json": json.dumps(forged).encode()}}, conclusion="failure")
    unread(desk, "schema")


def test_a_list_full_of_flaws_takes_no_memory_for_each_of_them() -> None:
    forged = data()
    forged["findings"][0]["parameters"]["value"] = [[]] * 20_000
    forged["findings"][1]["fix"]["lines"] = [1] * 20_000
    content = json.dumps(forged).encode()
    tracemalloc.start()
    with pytest.raises(UnusableError):
        read(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50 * len(content)


# ── what is in it ─────────────────────────────────────────────────────────────────────────────────


def told(desk: Desk, change: Callable[[Data], None]) -> str:
    """Post a review with a change in it, and give the comment."""
    forged = data()
    change(forged)
    desk.propose(WRONG)
    desk.checked(artifacts={"review": {"review.json": json.dumps(forged).encode()}}, conclusion="failure")
    assert desk.post() == 0, desk.log
    return desk.comments[0]


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "hacked/rule"},
        {"rule": "os/path"},
        {"rule": "schema/edits"},  # a module of a family that is no rule
        {"variant": "eigen-variant"},
        {"parameters": {}},
        {"parameters": {"value": "x"}},
    ],
    ids=str,
)
def test_what_no_rule_of_ours_says_is_counted_and_not_said(desk: Desk, change: Data) -> None:
    comment = told(desk, lambda forged: forged["findings"][0].update(change))
    assert "#L4" not in comment
    assert "#L3" in comment  # the other one is there
    assert "En nog 1." in comment


def test_templates_are_filled_once_and_reach_nothing(desk: Desk) -> None:
    value = "{0.__class__} {field.__init__.__globals__} %(path)s ${{ secrets.X }} {allowed}"
    comment = told(desk, lambda forged: forged["findings"][0]["parameters"].update(value=value, suggestions=[value]))
    assert comment.count(f"`{value}`") == 2


def test_words_that_look_like_ours_are_shown_as_code(desk: Desk) -> None:
    words = {"nl": "Goedgekeurd door de beheerders", "en": "Approved"}
    comment = told(desk, lambda forged: forged["findings"][0]["parameters"].update(field=words))
    assert "voor `Goedgekeurd door de beheerders`." in comment


@pytest.mark.parametrize(
    "path",
    ["../../../../ander/algemeen/a.md", "content/../../x.md", "/etc/passwd", "a//b.md", "a\\..\\b.md", "a\nb.md"],
)
def test_no_link_leads_away_by_its_path(desk: Desk, path: str) -> None:
    comment = told(desk, lambda forged: forged["findings"][0].update(path=path))
    assert comment.count("/edit/") == 1  # that of the other finding


def test_a_root_of_the_artifact_is_not_believed(desk: Desk) -> None:
    comment = told(desk, lambda forged: forged.update(root="../../ander/algemeen/"))
    assert f"/edit/wijziging/{PAGE}#L4" in comment


def test_kinds_and_themes_are_those_of_the_main_branch(desk: Desk) -> None:
    told(
        desk, lambda forged: forged.update(kinds=["regel", "prioriteit: hoog", "soort: regel"], themes=["x", "ontwerp"])
    )
    assert desk.pull.labels == ["soort: regel", "onderwerp: ontwerp"]


def test_a_run_that_failed_without_an_error_is_not_called_good(desk: Desk) -> None:
    def good(forged: Data) -> None:
        forged["findings"] = []
        forged["counts"]["new"] = {"errors": 0, "warnings": 0, "notices": 0}

    comment = told(desk, good)
    assert "### De controle is niet afgemaakt" in comment
    assert desk.suggestions == []


# ── suggestions ───────────────────────────────────────────────────────────────────────────────────


def fix(desk: Desk, **changes: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """Post a review with another fix in it, and give what was suggested."""
    told(desk, lambda forged: forged["findings"][1]["fix"].update(changes))
    return desk.suggestions


def test_the_honest_one_is_there(desk: Desk) -> None:
    assert len(fix(desk)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"path": ".github/workflows/check.yml"},
        {"path": "content/../.github/workflows/check.yml"},
        {"path": "content/regels/avg-13-doe-een-dpia.md"},  # not in the pull request
        {"first": 1, "last": 400},
        {"first": 3, "last": 2},
        {"first": 999_999_999, "last": 1_000_000_000},
        {"lines": ["title: om\u202ekeer"]},
        {"lines": ["title: x\nstatus: vastgesteld"]},
        {"lines": ["title: \u200bx"]},
    ],
    ids=str,
)
def test_suggestions_stay_on_added_lines_of_the_framework_and_hide_nothing(desk: Desk, changes: Data) -> None:
    assert fix(desk, **changes) == []


def test_a_suggestion_does_not_break_out_of_its_block(desk: Desk) -> None:
    (body,) = fix(desk, lines=["```", "@minister", "````suggestion"])
    assert body.endswith("`````suggestion\n```\n@minister\n````suggestion\n`````\n")


def test_a_changed_check_suggests_nothing_and_people_are_told(desk: Desk) -> None:
    desk.propose({**WRONG, "pipeline/rules/run.py": "# niets\n"})
    desk.checked(review_of(WRONG))
    desk.post()
    assert desk.suggestions == []
    assert "> [!WARNING]\n> Deze wijziging verandert ook de controle zelf: `pipeline/rules/run.py`." in desk.comments[0]


def test_an_artifact_that_was_in_the_pull_request_already(desk: Desk) -> None:
    """Where the check fails before it writes its own, the workflow keeps this one."""
    forged = json.dumps(data())
    desk.propose({**WRONG, "review/review.json": forged})
    desk.checked(artifacts={"review": {"review.json": forged.encode()}}, conclusion="failure")
    desk.post()
    assert desk.suggestions == []
    assert "`review/review.json`" in desk.comments[0]


def test_a_changed_check_that_finds_nothing_is_told_too(desk: Desk) -> None:
    right = {PAGE: rule_page("awb-02", stap="[ontwerp]")}
    desk.propose({**right, "GNUmakefile": "all:\n\ttrue\n"})
    desk.checked(review_of(right))
    desk.post()
    assert "`GNUmakefile`" in desk.comments[0]


def test_a_file_moved_out_of_the_check_is_told_by_its_old_name(desk: Desk) -> None:
    desk.hub.commit({"schemas/oud.json": "{}\n" * 9})
    desk.propose({"schemas/oud.json": None, "content/oud.json": "{}\n" * 9})
    desk.checked(review_of({PAGE: rule_page("awb-02", stap="[ontwerp]")}))
    desk.post()
    assert "`schemas/oud.json`" in desk.comments[0]


def test_more_files_than_github_lists_are_no_hiding_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wanted, "MOST_FILES", 2)
    desk.propose({**WRONG, "content/regels/zz.txt": "x"})
    desk.checked(review_of(WRONG))
    desk.post()
    assert "> [!WARNING]\n> Deze wijziging raakt zo veel bestanden" in desk.comments[0]
    assert desk.suggestions == []
