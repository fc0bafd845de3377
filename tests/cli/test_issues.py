"""``kader issues``, against GitHub on loopback."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from pipeline.cli.main import MISTAKE, run
from pipeline.sync.issues.marker import parts_of
from tests.github.faults import Fault
from tests.support import CORPUS, FIXTURES, ROOT, needs_corpus
from tests.sync.desk import rule
from tests.world.repositories import commit, git

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token

    from tests.github.hub import Hub

RULES = "content/regels"
BROKEN = {f"{RULES}/avg-01-doe.md": rule("avg-01", see="zzz-99")}
SOUND = {f"{RULES}/avg-01-doe.md": rule("avg-01")}
GONE = {f"{RULES}/avg-01-doe.md": None}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the small framework with our labels, and work in it."""
    folder = tmp_path / "klein"
    shutil.copytree(FIXTURES / "klein", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, {".github/labels.yml": (ROOT / ".github/labels.yml").read_text("utf-8"), **BROKEN})
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "60")
    for name in ("KADER_LANG", "GITHUB_REPOSITORY", "GITHUB_TOKEN", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def online(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """Let the environment name GitHub on loopback, with a token for issues alone."""
    hub.permissions = {"issues": "write"}
    for name, value in hub.environment().items():
        monkeypatch.setenv(name, value)
    return hub


class Kader:
    """Runs ``kader issues`` and keeps what it says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.code = 0

    def __call__(self, *arguments: str) -> str:
        self._capsys.readouterr()
        self.code = run(["issues", *arguments])
        captured = self._capsys.readouterr()
        return captured.out + captured.err


@pytest.fixture
def kader(capsys: pytest.CaptureFixture[str]) -> Kader:
    return Kader(capsys)


# Without GitHub


def test_a_plan_without_github(small: Path, kader: Kader) -> None:
    assert kader("plan", "--offline", "--root", str(small)) == (
        "Nieuw label: ernst: fout\n"
        "Nieuw label: fout\n"
        "Nieuw label: kader: bevindingen\n"
        "Nieuw label: soort: regel\n"
        "Nieuw label: voorstel\n"
        "Nieuw issue: regel avg-01 (1 fout)\n"
        "Er is niets gewijzigd: dit is het plan.\n"
    )
    assert kader.code == 0


def test_a_plan_in_english_and_for_programs(small: Path, kader: Kader) -> None:
    assert "New issue: regel avg-01 (1 error)" not in kader("plan", "--offline", "--lang", "nl")
    assert "New issue: rule avg-01 (1 error)" in kader("plan", "--offline", "--lang", "en")
    data = json.loads(kader("plan", "--offline", "--format", "json", "--root", str(small)))
    assert (data["version"], data["waiting"]) == (1, 0)
    step = data["steps"][-1]
    assert (step["do"], step["title"]) == ("create", "Regel avg-01: Doe avg-01")
    assert step["labels"] == ["kader: bevindingen", "ernst: fout", "soort: regel"]


def test_only_the_labels_that_forms_and_issues_always_need(small: Path, kader: Kader) -> None:
    commit(small, SOUND)
    assert kader("plan", "--offline") == (
        "Nieuw label: fout\n"
        "Nieuw label: kader: bevindingen\n"
        "Nieuw label: voorstel\n"
        "Er is niets gewijzigd: dit is het plan.\n"
    )


def test_no_line_is_wider_than_the_terminal(small: Path, kader: Kader) -> None:
    commit(small, {f"{RULES}/avg-{number}-x.md": rule(f"avg-{number}", see="zzz-99") for number in range(20, 50)})
    lines = kader("plan", "--offline").splitlines()
    assert max(map(len, lines)) <= 60
    assert "Nieuw issue: wachtlijst (11 onderdelen)" in lines


def test_names_are_no_commands_in_a_log(small: Path, kader: Kader) -> None:
    commit(small, {"content/::error::x\u202e.md": "---\n---\n"})
    told = kader("plan", "--offline")
    assert "::error::x\\u202e" in told
    assert not [line for line in told.splitlines() if line.lstrip().startswith("::")]


# With GitHub


def test_issues_are_made_kept_and_closed(small: Path, online: Hub, kader: Kader) -> None:
    made = kader("sync")
    assert made.endswith("Nieuw issue #1: regel avg-01 (1 fout)\n")
    assert kader.code == 0
    writes = len(online.writes)
    assert kader("sync") == "Er is niets te doen.\n1 issue klopt nog.\n"
    assert len(online.writes) == writes
    head = commit(small, SOUND)
    assert kader("sync") == "Gesloten #1: urn:klein:regel:avg-01 (opgelost)\n"
    assert f"/commit/{head}" in online.issues[1].comments[0].body
    commit(small, BROKEN)
    assert kader("sync") == "Heropend #1: regel avg-01 (1 fout)\n"
    assert online.issues[1].state == "open"


def test_a_dry_run_and_a_plan_write_nothing(small: Path, online: Hub, kader: Kader) -> None:
    assert kader("sync", "--dry-run") == kader("plan", "--root", str(small))
    assert online.writes == []


def test_links_lead_to_the_line_at_the_commit(small: Path, online: Hub, kader: Kader) -> None:
    kader("sync")
    head = git(small, "rev-parse", "HEAD")
    page = f"https://redirect.github.com/{online.full_name}/blob/{head}/content/regels/avg-01-doe.md#L6"
    assert f"[regel 6]({page})" in (online.issues[1].body or "")


def test_a_framework_in_a_folder_of_a_repository(small: Path, online: Hub, kader: Kader) -> None:
    inner = small / "kader"
    inner.mkdir()
    for name in ("content", "schemas"):
        shutil.move(small / name, inner / name)
    commit(small, {})
    kader("sync", "--root", "kader", "--labels", ".github/labels.yml")
    assert "/kader/content/regels/avg-01-doe.md#L6" in (online.issues[1].body or "")


def test_what_people_chose_is_told(small: Path, online: Hub, kader: Kader) -> None:
    kader("sync", "--root", str(small))
    online.close(online.issues[1], "not_planned")
    assert kader("sync") == "Er is niets te doen.\n1 issue blijft dicht, want iemand koos voor “not planned”.\n"


def test_an_entry_with_another_id_and_another_file_is_found_in_the_past(small: Path, online: Hub, kader: Kader) -> None:
    kader("sync")
    text = BROKEN[f"{RULES}/avg-01-doe.md"].replace("avg-01", "avg-07")
    commit(small, {**GONE, f"{RULES}/avg-07-doe.md": text})
    assert kader("sync") == "Overgezet #1: regel avg-07 (1 fout)\n"
    parts = parts_of(online.issues[1].body or "")
    assert parts is not None
    assert parts.marker.topic.name == "urn:klein:regel:avg-07"


def test_without_its_past_an_entry_is_gone(small: Path, online: Hub, kader: Kader) -> None:
    kader("sync")
    shutil.rmtree(small / ".git")
    git(small, "init", "--quiet", "--initial-branch=main")
    text = BROKEN[f"{RULES}/avg-01-doe.md"].replace("avg-01", "avg-07")
    commit(small, {**GONE, f"{RULES}/avg-07-doe.md": text})
    assert kader("sync") == (
        "Gesloten #1: urn:klein:regel:avg-01 (bestaat niet meer)\nNieuw issue #2: regel avg-07 (1 fout)\n"
    )
    assert online.issues[1].reason == "not_planned"


@pytest.mark.parametrize("name", ["HEAD~1", "--output=x"])
def test_a_commit_in_a_marker_is_a_commit_or_nothing(name: str, small: Path, online: Hub, kader: Kader) -> None:
    kader("sync")
    issue, head = online.issues[1], git(small, "rev-parse", "HEAD")
    issue.body = (issue.body or "").replace(f"commit={head}", f"commit={name}")
    text = BROKEN[f"{RULES}/avg-01-doe.md"].replace("avg-01", "avg-07")
    commit(small, {**GONE, f"{RULES}/avg-07-doe.md": text})
    assert "bestaat niet meer" in kader("sync")


# Trouble


def test_a_token_of_another_makes_one_issue_and_no_more(
    small: Path, online: Hub, kader: Kader, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(small, {f"{RULES}/avg-02-doe.md": rule("avg-02", see="zzz-99")})
    monkeypatch.setenv("GITHUB_TOKEN", online.environment("redacteur")["GITHUB_TOKEN"])
    told = kader("sync", "--lang", "en")
    assert kader.code == MISTAKE
    assert "This token writes as redacteur, and not as github-actions[bot]. Give --author redacteur" in told
    assert len(online.issues) == 1
    # As it says: nothing is there twice.
    kader("sync", "--author", "redacteur")
    assert kader.code == 0
    assert len(online.issues) == 2


def test_github_that_stops_halfway(small: Path, online: Hub, kader: Kader) -> None:
    online.fault = lambda seen: Fault.CUT_BEFORE if seen.operation == "issues/create" else None
    told = kader("sync")
    assert kader.code == MISTAKE
    assert told.count("Nieuw label") == 5
    assert "Stappen gedaan: 5; nog te doen: 1. Een volgende keer volgt de rest." in told
    online.fault = lambda _seen: None
    assert kader("sync", "--root", str(small)) == "Nieuw issue #1: regel avg-01 (1 fout)\n"


def test_what_was_made_unseen_counts_as_well(small: Path, online: Hub, kader: Kader) -> None:
    commit(small, {f"{RULES}/avg-02-doe.md": rule("avg-02", see="zzz-99")})
    times = iter([Fault.CUT_AFTER])
    online.fault = lambda seen: next(times, None) if seen.operation == "issues/create" else None
    assert "Nieuw issue #2: wachtlijst (1 onderdeel)" in kader("sync", "--most", "1")
    assert [issue.title for issue in online.issues.values()][:1] == ["Regel avg-01: Doe avg-01"]
    assert len(online.issues) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sync"], "Zet eigenaar/naam in GITHUB_REPOSITORY"),
        (["plan"], "kader issues plan --offline"),
        (["plan", "--offline", "--labels", "weg.yml"], "weg.yml, is niet te lezen"),
        (["plan", "--offline", "--labels", "content/stappen.yaml"], "hier horen velden met een naam"),
        (["plan", "--offline", "--root", "content"], "Noem de map met schema's"),
    ],
)
def test_what_is_missing_is_told(arguments: list[str], told: str, small: Path, kader: Kader) -> None:
    assert small.is_dir()
    assert told in kader(*arguments)
    assert kader.code == MISTAKE


@pytest.mark.parametrize("name", ["buiten", "groot"])
def test_labels_come_from_the_repository_alone(name: str, small: Path, kader: Kader) -> None:
    file = small / ".github" / "labels.yml"
    file.unlink()
    if name == "buiten":
        (small.parent / name).write_text("geheim: 1\n")
        file.symlink_to(small.parent / name)
    else:
        file.write_text("# veel\n" * 200_000)
    told = kader("plan", "--offline")
    assert kader.code == MISTAKE
    assert ".github/labels.yml, is niet te lezen" in told
    assert "geheim" not in told


def test_without_entries_nothing_is_closed(small: Path, online: Hub, kader: Kader) -> None:
    kader("sync")
    shutil.rmtree(small / "content")
    assert "Hier staan geen onderdelen" in kader("sync")
    assert (kader.code, online.issues[1].state) == (MISTAKE, "open")


def test_with_schemas_that_are_wrong_nothing_is_closed(small: Path, online: Hub, kader: Kader) -> None:
    kader("sync")
    (small / "schemas" / "regel.schema.json").write_text("{")
    assert "De schema's kloppen niet" in kader("sync")
    assert (kader.code, online.issues[1].state) == (MISTAKE, "open")


def test_outside_a_repository_there_is_nowhere_to_lead(small: Path, online: Hub, kader: Kader) -> None:
    shutil.rmtree(small / ".git")
    assert "is geen kloon" in kader("sync")
    assert online.requests == []


# What GitHub makes of it

HOSTILE = (
    "--><script>x</script> @iedereen #1 ![x](https://kwaad.example) `` [a](javascript:x) <!-- kader:end --> \u202e"
)


def tokens(body: str) -> Iterator[Token]:
    for block in MarkdownIt("gfm-like", {"linkify": False}).parse(body):
        yield from block.children or [block]


def test_text_of_contributors_can_do_nothing(small: Path, kader: Kader) -> None:
    commit(
        small,
        {
            f"{RULES}/avg-01-doe.md": rule(
                "avg-01", title=json.dumps(HOSTILE), see=json.dumps(HOSTILE.replace(" ", "_"))
            ),
            "content/a`b @x #1 <b>.md": "---\n---\n",
            "content/regels/avg-02-[x](y).md": rule("avg-02", status=json.dumps(HOSTILE)),
        },
    )
    steps = json.loads(kader("plan", "--offline", "--format", "json"))["steps"]
    made = [step for step in steps if step["do"] == "create"]
    assert len(made) == 3
    for step in made:
        check_harmless(step["title"], step["body"])


def check_harmless(title: str, body: str) -> None:
    """Hold an issue to what GitHub reads in it: our own links and hidden lines, and words."""
    assert "\u202e" not in title + body
    assert not [word for word in title.split() if word[:1] in {"@", "#"} and len(word) > 1]
    for token in tokens(body):
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith("https://redirect.github.com/")
        assert token.type != "image"
        if token.type.startswith("html"):
            assert token.content.startswith("<!-- ")
            assert token.content.count("-->") == 1
        if token.type == "text":
            assert "@" not in token.content
            assert "#1" not in token.content


@needs_corpus
def test_the_real_corpus(kader: Kader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    schemas = str(ROOT / "schemas" / "profiles" / "minbzk")
    found = json.loads(
        kader(
            *("plan", "--offline", "--format", "json", "--most", "1000", "--labels", ".github/labels.yml"),
            *("--root", str(CORPUS), "--schemas", schemas),
        ),
    )
    made = [step for step in found["steps"] if step["do"] == "create"]
    assert len(made) > 50
    for step in made:
        check_harmless(step["title"], step["body"])
        assert len(step["title"]) <= 256
        assert len(step["body"]) <= 65_536
        assert parts_of(step["body"])
