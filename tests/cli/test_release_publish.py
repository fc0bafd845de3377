"""``kader release publish`` at a GitHub of our own: whole or not at all, whatever goes wrong."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.cli.main import MISTAKE, run
from pipeline.exports.artifact import Artifact
from pipeline.exports.release.manifest import Made, with_manifest
from pipeline.exports.release.versions import asked_version
from pipeline.reports.layout import COMMAND
from pipeline.sync.release.plan import marker
from pipeline.world.release_folder import LARGEST
from tests.cli.releases import small_repository, tag
from tests.github.faults import Fault
from tests.github.git_store import Tag
from tests.github.hub import Hub
from tests.support import small_schemas
from tests.world.repositories import git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.github.hub import Seen
    from tests.github.state import Release

VERSION = "1.2.0"
CHANGES = "## Nieuw\n\n- `urn:klein:regel:awb-02`\n"
CUT = (Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.BROKEN_BEFORE, Fault.BROKEN_AFTER)


class Built(NamedTuple):
    """A release in a folder, and the GitHub where its tag is."""

    folder: Path
    hub: Hub
    commit: str

    @property
    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "assets").iterdir()}

    def publish(self) -> int:
        return run(["release", "publish", "--from", str(self.folder), "--lang", "en"])

    def release(self) -> Release:
        """Give the one release that people see."""
        (found,) = (each for each in self.hub.releases if not each.draft)
        return found


@pytest.fixture
def built(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    return ready(hub, tmp_path / "uitgave", monkeypatch)


def ready(hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch, version: str = VERSION) -> Built:
    commit = hub.find_commit("main") or hub.commit({"a.md": "a"})
    hub.refs[f"refs/tags/v{version}"] = commit
    write(folder, version, commit)
    for name, value in hub.environment().items():
        monkeypatch.setenv(name, value)
    return Built(folder, hub, commit)


def write(folder: Path, version: str, commit: str, data: bytes = b'{"a": 1}\n') -> None:
    """Write the assets of a small release."""
    made = [
        Artifact(name="CHANGES.md", media_type="text/markdown; charset=utf-8", content=CHANGES.encode()),
        Artifact(name="algoritmekader.json", media_type="application/json", content=data),
    ]
    at = Made(asked_version(version), commit, "2026-08-02")
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    for each in with_manifest(made, small_schemas().settings, at, None, data_version=1, generator="kader 0"):
        (folder / "assets" / each.name).write_bytes(each.content)


def test_a_release_that_was_not_there(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert built.publish() == 0
    assert capsys.readouterr().out == (
        "Made a draft.\nAdded: CHANGES.md\nAdded: algoritmekader.json\nAdded: manifest.schema.json\n"
        "Added: manifest.json\nAdded: SHA256SUMS\nThe draft has been published, as the latest version.\n"
        "v1.2.0 has been published.\n"
    )
    release = built.release()
    assert (release.tag, release.name, release.prerelease) == ("v1.2.0", "Klein kader 1.2.0", False)
    assert (release.body or "").startswith(f"{marker(asked_version(VERSION))}\n\n{CHANGES}")
    assert {asset.name: asset.content for asset in release.assets} == built.files
    assert {asset.name: asset.content_type for asset in release.assets}["CHANGES.md"] == "text/markdown; charset=utf-8"
    writes = [seen.operation for seen in built.hub.writes]
    assert writes == ["repos/create-release", *["repos/upload-release-asset"] * 5, "repos/update-release"]
    assert built.hub.writes[-1].body["make_latest"] == "true"


def test_a_second_time_nothing_is_written(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert built.publish() == 0
    built.hub.requests.clear()
    built.release().body = "Wat een mens later van de tekst maakte"
    capsys.readouterr()
    assert built.publish() == 0
    assert capsys.readouterr().out == "v1.2.0 was published; nothing changed.\n"
    assert not built.hub.writes
    assert len(built.hub.requests) == 3


def state(hub: Hub) -> list[tuple[object, ...]]:
    """Give all that people can see of the releases, without ids and times."""
    return [
        (
            each.tag,
            each.name,
            each.body,
            each.draft,
            each.prerelease,
            [(asset.name, asset.content, asset.content_type, asset.state) for asset in each.assets],
        )
        for each in hub.releases
    ]


class Clean(NamedTuple):
    """What a run without trouble asks and leaves."""

    requests: list[Seen]
    state: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    hub = Hub()
    with pytest.MonkeyPatch.context() as monkeypatch, hub.serving():
        built = ready(hub, tmp_path_factory.mktemp("heel"), monkeypatch)
        assert built.publish() == 0
        return Clean(list(hub.requests), state(hub))


def at(number: int, fault: Fault, then: Fault | None = None) -> Callable[[Seen], Fault | None]:
    """Let one request go wrong, the first being 0, and all after it where ``then`` is given."""
    counted = iter(range(10_000))

    def choose(_seen: Seen) -> Fault | None:
        now = next(counted)
        return fault if now == number else then if now > number else None

    return choose


@pytest.mark.parametrize("fault", [*CUT, Fault.WAIT])
def test_trouble_at_any_request_is_overcome_in_the_same_run(
    fault: Fault, clean: Clean, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(len(clean.requests)):
        hub = Hub()
        with hub.serving():
            built = ready(hub, tmp_path, monkeypatch)
            hub.fault = at(number, fault)
            assert built.publish() == 0, clean.requests[number]
            assert state(hub) == clean.state, clean.requests[number]


@pytest.mark.parametrize("fault", CUT)
def test_a_crash_at_any_request_is_completed_by_the_next_run(
    fault: Fault, clean: Clean, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(len(clean.requests)):
        hub = Hub()
        with hub.serving():
            built = ready(hub, tmp_path, monkeypatch)
            hub.fault = at(number, fault, Fault.CUT_BEFORE)
            built.publish()
            assert sum(not each.draft for each in hub.releases) in {0, 1}
            hub.fault = lambda _seen: None
            assert built.publish() == 0, clean.requests[number]
            assert state(hub) == clean.state, clean.requests[number]
            hub.requests.clear()
            assert built.publish() == 0
            assert not hub.writes


def draft(built: Built, body: str = f"{marker(asked_version(VERSION))}\n") -> Release:
    return built.hub.release(f"v{VERSION}", body, draft=True)


def test_half_a_file_and_another_one_are_replaced(built: Built) -> None:
    kept = draft(built)
    built.hub.asset(kept, "CHANGES.md", b"", state="starter")
    built.hub.asset(kept, "algoritmekader.json", b"oud")
    built.hub.asset(kept, "SHA256SUMS", built.files["SHA256SUMS"], content_type="text/plain; charset=utf-8")
    assert built.publish() == 0
    assert {asset.name: asset.content for asset in built.release().assets} == built.files
    assert len(built.hub.releases) == 1
    deletions = [seen for seen in built.hub.writes if seen.operation == "repos/delete-release-asset"]
    assert len(deletions) == 2
    assert len(built.hub.writes) == 2 + 4 + 1


def test_of_two_drafts_one_is_published_and_one_goes(built: Built, clean: Clean) -> None:
    oldest = draft(built)
    draft(built)
    assert built.publish() == 0
    assert [each.id for each in built.hub.releases] == [oldest.id]
    assert state(built.hub) == clean.state


def test_what_others_made_is_left_alone(built: Built, clean: Clean) -> None:
    foreign = built.hub.release("v1.2.0", "Mijn concept", draft=True)
    built.hub.asset(foreign, "CHANGES.md", b"van mij")
    built.hub.release("v1.1.0", "De vorige")
    before = state(built.hub)
    assert built.publish() == 0
    assert state(built.hub) == [*before, *clean.state]


def test_a_draft_with_a_file_of_somebody_else_waits(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    built.hub.asset(draft(built), "handleiding.pdf", b"van een mens")
    assert built.publish() == MISTAKE
    assert "files that do not belong to it: handleiding.pdf" in capsys.readouterr().err
    assert not built.hub.writes


@pytest.mark.parametrize("change", ["another file", "a file is missing"])
def test_what_is_published_is_never_changed(built: Built, change: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert built.publish() == 0
    if change == "another file":
        write(built.folder, VERSION, built.commit, b'{"a": 2}\n')
    else:
        built.release().assets.pop(1)
    before = state(built.hub)
    built.hub.requests.clear()
    assert built.publish() == MISTAKE
    assert "v1.2.0 has been published already, with other files: algoritmekader.json" in capsys.readouterr().err
    assert not built.hub.writes
    assert state(built.hub) == before


@pytest.mark.parametrize(
    ("version", "other", "latest"),
    [("1.2.0", "v1.1.9", "true"), ("1.2.0", "v1.10.0", "false"), ("1.2.0-rc.1", "v1.1.9", "false")],
)
def test_the_latest_is_the_highest(built: Built, version: str, other: str, latest: str) -> None:
    hub = built.hub
    hub.refs[f"refs/tags/v{version}"] = built.commit
    write(built.folder, version, built.commit)
    hub.release(other, "Eerder")
    assert built.publish() == 0
    sent = hub.writes[-1].body
    assert (sent["make_latest"], sent["prerelease"]) == (latest, "rc" in version)


def test_an_annotated_tag_is_a_tag(built: Built) -> None:
    who = built.hub.person("redacteur")
    one = built.hub.git.tag(Tag("v1.2.0", built.commit, "commit", "Versie", who))
    built.hub.refs["refs/tags/v1.2.0"] = built.hub.git.tag(Tag("v1.2.0", one, "tag", "Nog eens", who))
    assert built.publish() == 0


def test_a_tag_that_is_not_there_is_not_made(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    del built.hub.refs["refs/tags/v1.2.0"]
    assert built.publish() == MISTAKE
    assert "There is no tag v1.2.0 at GitHub" in capsys.readouterr().err
    assert not built.hub.writes


def test_a_tag_of_another_commit(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    built.hub.refs["refs/tags/v1.2.0"] = built.hub.commit({"a.md": "b"})
    assert built.publish() == MISTAKE
    assert f"and these files to {built.commit[:12]}" in capsys.readouterr().err
    assert not built.hub.writes


@pytest.mark.parametrize("moved", [True, False])
def test_a_tag_that_moves_or_goes_during_the_upload(
    built: Built, capsys: pytest.CaptureFixture[str], *, moved: bool
) -> None:
    other = built.hub.commit({"a.md": "b"})

    def meanwhile(seen: Seen) -> None:
        if seen.operation == "repos/upload-release-asset":
            refs = built.hub.refs
            refs.pop("refs/tags/v1.2.0", None)
            refs.update({"refs/tags/v1.2.0": other} if moved else {})

    built.hub.fault = meanwhile
    assert built.publish() == MISTAKE
    assert ("and these files to" if moved else "There is no tag") in capsys.readouterr().err
    assert [each.draft for each in built.hub.releases] == [True]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("algoritmekader.json", b'{"a": 2}\n'),
        ("CHANGES.md", b"# Anders\n"),
        ("manifest.json", b"{}"),
        ("SHA256SUMS", b""),
        ("extra.txt", b"x"),
        ("CHANGES.md", None),
    ],
)
def test_files_that_are_not_those_that_were_built(
    built: Built, name: str, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    place = built.folder / "assets" / name
    place.unlink() if content is None else place.write_bytes(content)
    assert built.publish() == MISTAKE
    assert "is not whole" in capsys.readouterr().err
    assert not built.hub.requests


def test_a_consistent_release_that_no_user_could_read(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    write(built.folder, VERSION, built.commit, b"{")
    assert built.publish() == MISTAKE
    assert "algoritmekader.json is not right" in capsys.readouterr().err
    assert not built.hub.requests


def test_a_link_leads_to_no_secret(built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "geheim").write_text("geheim")
    (built.folder / "assets" / "extra.txt").symlink_to(tmp_path / "geheim")
    assert built.publish() == MISTAKE
    assert "holds what is no part of a release: extra.txt" in capsys.readouterr().err
    assert not built.hub.requests


def test_the_name_of_a_file_is_no_command_in_a_log(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("##[stop-commands]x", "##vso[task.setvariable]", "\n::error::x", "\x1b[31m"):
        (built.folder / "assets" / name).symlink_to("/etc/passwd")
    assert built.publish() == MISTAKE
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "##\\u005bstop-commands]x" in told
    assert not COMMAND.search(told)
    assert "\x1b" not in told


def test_files_that_do_not_fit_in_memory(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        with (built.folder / "assets" / f"{number}.txt").open("wb") as file:
            file.truncate(LARGEST)
    assert built.publish() == MISTAKE
    assert "holds too much. A release has at most 200 files, of 1024 MB together" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["elders", "assets"])
def test_a_folder_without_a_release(hub: Hub, tmp_path: Path, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / folder).mkdir()
    assert run(["release", "publish", "--from", str(tmp_path), "--lang", "en"]) == MISTAKE
    assert "holds no release" in capsys.readouterr().err
    assert not hub.requests


def test_a_token_that_may_only_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = Hub(permissions={"contents": "read"})
    with hub.serving():
        built = ready(hub, tmp_path, monkeypatch)
        assert built.publish() == MISTAKE
    assert "contents=write" in capsys.readouterr().err
    assert not hub.releases


def test_a_list_that_is_a_moment_behind_makes_no_second_draft(built: Built, clean: Clean) -> None:
    hidden: list[Release] = []

    def lag(seen: Seen) -> Fault | None:
        """Hide a draft from the list that comes right after it was made."""
        if seen.operation == "repos/list-releases" and len(hub.releases) == 1 and not hub.releases[0].assets:
            hidden.append(hub.releases.pop())
        elif hidden:
            hub.releases.append(hidden.pop())
        return None

    hub = built.hub
    hub.fault = lag
    assert built.publish() == 0
    assert state(hub) == clean.state


def test_what_another_run_did_first_is_done(built: Built, clean: Clean) -> None:
    """Between looking and doing somebody else uploads the same file and takes half a file and a draft away."""
    hub, first = built.hub, draft(built)
    hub.asset(first, "CHANGES.md", b"", state="starter")
    second = draft(built)

    def other(seen: Seen) -> None:
        if seen.operation == "repos/delete-release" and second in hub.releases:
            hub.releases.remove(second)
        if seen.operation == "repos/delete-release-asset":
            first.assets.clear()
        if seen.operation == "repos/upload-release-asset" and not first.assets:
            hub.asset(first, "CHANGES.md", built.files["CHANGES.md"], content_type="text/markdown; charset=utf-8")

    hub.fault = other
    assert built.publish() == 0
    assert [each[:5] for each in state(hub)] == [each[:5] for each in clean.state]
    assert {asset.name: asset.content for asset in built.release().assets} == built.files


def test_from_a_commit_to_a_release(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_repository(tmp_path / "klein")
    commit = tag(folder, "1.0.0")
    hub.git.commits[commit] = hub.git.commits[hub.commit({"a.md": "a"})]
    built = ready(hub, tmp_path / "los", monkeypatch)._replace(folder=tmp_path / "uit", commit=commit)
    hub.refs["refs/tags/v1.0.0"] = commit
    build = ["release", "build", "--root", str(folder), "--version", "1.0.0", "--output", str(built.folder)]
    assert run(build) == 0
    assert built.publish() == 0
    release = built.release()
    assert {asset.name: asset.content for asset in release.assets} == built.files
    manifest = json.loads(built.files["manifest.json"])
    sums = {each["name"]: each["sha256"] for each in manifest["files"]}
    published = {each.name: hashlib.sha256(each.content).hexdigest() for each in release.assets}
    assert sums.items() <= published.items()
    assert manifest["framework"]["commit"] == git(folder, "rev-parse", "v1.0.0^{commit}")
