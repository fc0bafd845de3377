"""``kader release plan``: which version the changes ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from pipeline.cli.main import MISTAKE, run
from pipeline.exports.release.next import schema
from tests.cli.releases import AVG, AWB, NEW, RULE, change, small_repository, tag
from tests.world.repositories import commit, git, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KADER_LANG", raising=False)
    folder = small_repository(tmp_path / "klein")
    monkeypatch.chdir(folder)
    return folder


def plan(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["release", "plan", *arguments]) == 0
    return capsys.readouterr().out


def test_the_first_release(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(capsys).startswith("1.0.0: de eerste uitgave.")
    git(small, "tag", "v1.0.0-rc.1")
    assert plan(capsys, "--lang", "en").startswith("1.0.0: the first release.")


def test_it_says_why(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tag(small, "1.2.3")
    assert plan(capsys) == "Deze commit is 1.2.3 zelf: er is niets nieuws om uit te geven.\n"
    change(small, "schemas/framework.json", "Twee regels", "Een paar regels")
    assert plan(capsys) == "Na 1.2.3 komt 1.2.4, een kleine versie: alleen de tekst of de vorm is verbeterd.\n"
    commit(small, {NEW: RULE.format(title="Luister")})
    assert plan(capsys) == (
        "Na 1.2.3 komt 1.3.0, een nieuwe versie: er is iets bij gekomen of anders gaan betekenen.\n"
        "  1 nieuw (inhoudelijk): urn:klein:regel:awb-02\n"
    )
    change(small, AVG, "status: concept", "status: ingetrokken")
    assert plan(capsys, "--lang", "en") == (
        "After 1.2.3 comes 2.0.0, a major version: whoever uses the framework has to change something.\n"
        "  1 withdrawn or replaced (breaking): urn:klein:regel:avg-13\n"
        "  1 new (meaning): urn:klein:regel:awb-02\n"
    )


def test_what_is_not_committed_waits(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tag(small, "1.0.0")
    write(small, {NEW: RULE.format(title="Luister")})
    assert plan(capsys, "--lang", "en") == "This commit is 1.0.0 itself: there is nothing new to release.\n"


def test_for_programs(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validator = Draft202012Validator(json.loads(schema()))
    validator.check_schema(validator.schema)
    first = json.loads(plan(capsys, "--format", "json"))
    assert (first["next"], first["base"], first["level"]) == ("1.0.0", None, None)
    base = tag(small, "1.0.0")
    same = json.loads(plan(capsys, "--format", "json"))
    assert (same["next"], same["level"]) == (None, None)
    head = change(small, AWB, "Verzamel de feiten", "Verzamel niet de feiten")
    found = json.loads(plan(capsys, "--format", "json"))
    assert found == {
        "version": 1,
        "commit": head,
        "base": {"version": "1.0.0", "commit": base},
        "next": "1.1.0",
        "level": "minor",
        "reasons": [{"level": "minor", "form": "changed", "ids": ["urn:klein:regel:awb-01"]}],
    }
    for value in (first, same, found):
        validator.validate(value)


def test_schemas_that_are_not_right(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(small, {"schemas/framework.json": "{}"})
    assert run(["release", "plan", "--lang", "en"]) == MISTAKE
    assert "The schemas of this commit are not right." in capsys.readouterr().err
