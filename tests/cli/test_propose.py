"""``kader propose`` without GitHub, as a maintainer tries it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pipeline.cli.main import MISTAKE, run
from tests.cli.test_forms import small
from tests.sync.filled_in import body_of
from tests.sync.test_draft import PATH, TEXT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["small"]

# There is no GitHub here: the origin and the day stand for those of an issue.
LOCAL = TEXT.replace("2026-11-26", "2026-01-05")


def tried(root: Path, text: str, *options: str) -> int:
    path = root / "antwoorden.md"
    path.write_text(text)
    return run(["propose", "--issue", str(path), "--today", "2026-01-05", *options])


def test_the_entry_is_printed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tried(small, body_of()) == 0
    assert capsys.readouterr().out == f"# {PATH}\n{LOCAL}"
    assert tried(small, body_of(), "--form", "regel", "--quiet") == 0
    assert capsys.readouterr().out == LOCAL
    assert not (small / PATH).exists()


def test_an_event_will_do_as_well(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tried(small, json.dumps({"action": "opened", "issue": {"number": 1, "body": body_of()}}), "-q") == 0
    assert capsys.readouterr().out == LOCAL


def test_what_is_wrong_is_printed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tried(small, body_of(Titel="", Aantal="\x1b[31mdrie ::error::x")) == 1
    assert capsys.readouterr().out == (
        "- **Titel**: Dit is nog leeg. Wat moet er?\n- **Aantal**: `[31mdrie ::error::x` is geen heel getal.\n"
    )


@pytest.mark.parametrize("text", ["Zomaar een issue.", "", '{"issue": 3}', '{"issue": {"body": null}}', "{"])
def test_another_text_is_a_mistake_that_is_told(small: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert tried(small, text) == MISTAKE
    assert capsys.readouterr().err.startswith("kader: ")


# Events


def event(root: Path, monkeypatch: pytest.MonkeyPatch, content: str, name: str = "issues") -> int:
    path = root / "event.json"
    path.write_text(content)
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(path))
    monkeypatch.setenv("GITHUB_EVENT_NAME", name)
    for variable in ("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL"):
        monkeypatch.delenv(variable, raising=False)
    return run(["propose"])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"action": "opened", "pull_request": {"number": 3}}, "pull_request"),
        ({"action": "opened", "issue": {"number": 3}}, "issue_comment"),
        ({"action": "labeled", "issue": {"number": 3}}, "issues"),
        ({"action": "deleted", "issue": {"number": 3}}, "issues"),
        ({"action": "opened", "issue": {"number": "3; rm -rf /"}}, "issues"),
        ({"action": "opened", "issue": {"number": True}}, "issues"),
        ({"action": "opened", "issue": {"number": -1}}, "issues"),
        ([], "issues"),
    ],
)
def test_other_events_ask_nothing_of_github(
    small: Path, monkeypatch: pytest.MonkeyPatch, content: object, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert event(small, monkeypatch, json.dumps(content), name) == 0
    assert capsys.readouterr().out.startswith("Niets te doen: ")


@pytest.mark.parametrize("content", ["", "[" * 100_000, "\x00"])
def test_an_event_that_is_no_json_is_a_mistake(
    small: Path, monkeypatch: pytest.MonkeyPatch, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert event(small, monkeypatch, content) == MISTAKE
    assert capsys.readouterr().err == "kader: Het event is geen geldige JSON.\n"


def test_without_an_event_there_is_a_next_step(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    assert small.is_dir()
    assert run(["propose"]) == MISTAKE
    assert "--issue BESTAND" in capsys.readouterr().err
