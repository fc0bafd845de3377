"""``kader diff``, in real repositories."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.cli.main import FINDINGS, MISTAKE, run
from pipeline.reports.changes.json import schema
from pipeline.reports.changes.registry import FORMATS
from tests.support import FIXTURES
from tests.world.repositories import commit, git, write

if TYPE_CHECKING:
    from pathlib import Path

CARE = "content/regels/awb-01-wees-zorgvuldig.md"
LISTEN = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n---\n\n## Regel\n\nLuister goed naar hen.\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the small framework, and work in it."""
    folder = tmp_path / "klein"
    shutil.copytree(FIXTURES / "klein", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, {})
    git(folder, "tag", "v1.0.0")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("KADER_LANG", raising=False)
    return folder


class Diff:
    """Runs ``kader diff`` and keeps what it says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.code = 0

    def text(self, *arguments: str) -> str:
        self._capsys.readouterr()
        self.code = run(["diff", *arguments])
        captured = self._capsys.readouterr()
        return captured.out + captured.err

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 - any JSON
        data = json.loads(self.text("--format", "json", *arguments))
        Draft202012Validator(json.loads(schema())).validate(data)
        return data

    def forms(self, *arguments: str) -> dict[str, str]:
        return {each["id"].rpartition(":")[2]: each["form"] for each in self.json(*arguments)["entries"]}


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Diff:
    return Diff(capsys)


def text_of(folder: Path, path: str) -> str:
    return (folder / path).read_text("utf-8")


def test_two_commits(small: Path, diff: Diff) -> None:
    commit(small, {"content/regels/awb-02-luister.md": LISTEN})
    commit(small, {CARE: text_of(small, CARE).replace("title: Wees", "title: Blijf")})
    git(small, "tag", "v1.1.0")
    data = diff.json("v1.0.0", "v1.1.0")
    assert data["base"] == {"commit": git(small, "rev-parse", "v1.0.0"), "version": "1.0.0"}
    assert data["head"] == {"commit": git(small, "rev-parse", "HEAD"), "version": "1.1.0"}
    assert data["weight"] == "meaning"
    assert data["summary"] == {"added": 1, "removed": 0, "withdrawn": 0, "renamed": 0, "changed": 1}
    assert diff.forms("v1.1.0", "v1.0.0") == {"awb-02": "removed", "awb-01": "changed"}
    assert diff.forms("main~1..main") == {"awb-01": "changed"}
    assert diff.forms("main~1..") == {"awb-01": "changed"}


def test_what_is_in_the_folder_committed_or_not(small: Path, diff: Diff) -> None:
    commit(small, {"content/regels/awb-02-luister.md": LISTEN})
    write(small, {"content/regels/awb-03-x.md": LISTEN.replace("awb-02", "awb-03").replace("goed", "slecht")})
    data = diff.json("v1.0.0")
    assert data["head"] == {"commit": "", "version": ""}
    assert data["summary"]["added"] == 2
    assert diff.forms("HEAD") == {"awb-03": "added"}


def test_as_named_or_from_where_the_work_parted(small: Path, diff: Diff) -> None:
    git(small, "checkout", "--quiet", "-b", "werk")
    commit(small, {"content/regels/awb-02-luister.md": LISTEN})
    git(small, "checkout", "--quiet", "main")
    commit(small, {CARE: text_of(small, CARE).replace("title: Wees", "title: Blijf")})
    git(small, "checkout", "--quiet", "werk")
    assert diff.forms("main", "werk") == {"awb-02": "added", "awb-01": "changed"}
    assert diff.forms("--merge-base", "main", "werk") == {"awb-02": "added"}
    assert diff.forms("--merge-base", "main") == {"awb-02": "added"}
    assert diff.forms("main...werk") == {"awb-02": "added"}


def test_exit_code(small: Path, diff: Diff) -> None:
    name = git(small, "rev-parse", "--short=7", "HEAD")
    unchanged = f"HEAD ({name}) → de bestanden in de map\n\nDe inhoud is niet veranderd.\n"
    assert diff.text("HEAD") == unchanged
    assert diff.code == 0
    diff.text("--exit-code", "HEAD")
    assert diff.code == 0
    write(small, {"content/regels/awb-02-luister.md": LISTEN})
    diff.text("HEAD")
    assert diff.code == 0
    diff.text("--exit-code", "HEAD")
    assert diff.code == FINDINGS


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["nergens", "", "-x", "nergens..HEAD", "HEAD..nergens", "a\nb"])
def test_a_name_that_is_none(diff: Diff, name: str) -> None:
    assert "Noem" in diff.text("--", name)
    assert diff.code == MISTAKE


def test_each_revision_is_read_with_the_schemas_that_it_had(small: Path, diff: Diff) -> None:
    schema_file = "schemas/regel.schema.json"
    commit(small, {"content/regels/awb-02-luister.md": LISTEN.replace("title: ", "naam: ")})
    old = text_of(small, schema_file)
    assert '"title": { "type"' in old
    renamed = old.replace('"title": { "type"', '"naam": { "type"').replace('["id", "title", ', '["id", "naam", ')
    commit(small, {schema_file: renamed})
    assert diff.forms("HEAD~1", "HEAD") == {}
    broken = commit(small, {schema_file: old.replace('"x-kind": "regel"', '"x-kind": ')})
    assert "kloppen niet" in diff.text("HEAD~1", broken)
    assert diff.code == MISTAKE
    assert "kloppen niet" in diff.text("HEAD~1")
    write(small, {schema_file: old})
    assert diff.forms(broken) == {}


def test_outside_a_repository(tmp_path: Path, diff: Diff, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES / "klein", tmp_path / "klein")
    monkeypatch.chdir(tmp_path / "klein")
    assert "hoort niet bij een git-repository" in diff.text("main")
    assert diff.code == MISTAKE


def test_a_root_below_the_top(tmp_path: Path, diff: Diff) -> None:
    shutil.copytree(FIXTURES / "klein", tmp_path / "één map")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, {})
    commit(tmp_path, {"één map/content/regels/awb-02-luister.md": LISTEN})
    root = ["--root", str(tmp_path / "één map"), "--schemas", str(tmp_path / "één map" / "schemas")]
    [entry] = diff.json(*root, "HEAD~1", "HEAD")["entries"]
    assert entry["path"] == "content/regels/awb-02-luister.md"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_same_input_same_bytes(small: Path, diff: Diff, form: str, language: str) -> None:
    commit(small, {"content/regels/awb-02-luister.md": LISTEN, CARE: None})
    arguments = ["--format", form, "--lang", language, "v1.0.0", "HEAD"]
    first = diff.text(*arguments)
    assert "Luister" in first
    assert diff.text(*arguments) == first
    assert diff.code == 0
