"""``kader release build``: the same bytes everywhere, or nothing at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from pipeline.cli.main import FINDINGS, MISTAKE, run
from tests.cli.releases import AVG, AWB, NEW, RULE, change, small_repository, tag
from tests.support import ROOT
from tests.world.repositories import commit, git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "ghp_geheim"  # noqa: S105 - it opens nothing
ASSETS = [
    "CHANGES.md",
    "SHA256SUMS",
    "algoritmekader-csv.zip",
    "algoritmekader-site.zip",
    "algoritmekader.json",
    "algoritmekader.schema.json",
    "changes.json",
    "changes.schema.json",
    "manifest.json",
    "manifest.schema.json",
]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KADER_LANG", raising=False)
    folder = small_repository(tmp_path / "klein")
    monkeypatch.chdir(folder)
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def build(version: str, *arguments: str) -> int:
    return run(["release", "build", "--version", version, "--lang", "en", *arguments])


def test_what_is_built(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build("v1.0.0") == 0
    assert "  assets/manifest.json  (" in capsys.readouterr().out
    folder = small / "release"
    assert sorted(path.name for path in folder.iterdir()) == [".kader-output", "assets", "notes.md", "site"]
    assert sorted(path.name for path in (folder / "assets").iterdir()) == ASSETS
    assert (folder / "site" / "index.html").exists()
    sums = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(sums, cwd=folder / "assets", check=True, capture_output=True).stdout == b""
    assert git(small, "status", "--porcelain") == "?? release/"


def test_every_artifact_knows_its_version_and_commit(small: Path) -> None:
    assert build("1.0.0-rc.2") == 0
    assets = small / "release" / "assets"
    head = git(small, "rev-parse", "HEAD")
    manifest, data, changes = (
        json.loads((assets / name).read_text("utf-8"))
        for name in ("manifest.json", "algoritmekader.json", "changes.json")
    )
    found = [
        (manifest["framework"]["version"], manifest["framework"]["commit"]),
        (data["framework"]["version"], data["framework"]["revision"]),
        (changes["head"]["version"], changes["head"]["commit"]),
    ]
    assert found == [("1.0.0-rc.2", head)] * 3
    assert "Versie 1.0.0-rc.2" in (small / "release/site/index.html").read_text("utf-8")
    assert (small / "release/notes.md").read_text("utf-8").startswith("<!-- kader:release v1.0.0-rc.2 -->\n")
    for name in ("algoritmekader", "changes", "manifest"):
        schema = json.loads((assets / f"{name}.schema.json").read_text("utf-8"))
        Draft202012Validator(schema).validate(json.loads((assets / f"{name}.json").read_text("utf-8")))


def elsewhere(folder: Path, mask: int, **environment: str) -> dict[str, str]:
    """Build in a process of its own, in other circumstances; give the digest of every file."""
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "GITHUB_TOKEN": TOKEN, **environment}
    command = [sys.executable, "-m", "pipeline", "release", "build", "--version", "1.1.0", "--output", "uit/uitgave"]
    subprocess.run(command, cwd=folder, env=given, umask=mask, check=True, capture_output=True)
    return digests(folder / "uit" / "uitgave")


def test_the_same_bytes_anywhere(small: Path, tmp_path: Path) -> None:
    tag(small, "1.0.0")
    change(small, AWB, "Verzamel de feiten", "Verzamel alle feiten")
    git(tmp_path, "clone", "--quiet", str(small), "ergens anders é")
    here = elsewhere(small, 0o022, TZ="America/Los_Angeles", PYTHONHASHSEED="1", LC_ALL="C")
    clone = tmp_path / "ergens anders é"
    git(clone, "tag", "v9.0.0", git(clone, "commit-tree", "HEAD^{tree}", "-m", "elders"))
    other = elsewhere(
        clone, 0o077, TZ="Asia/Tokyo", PYTHONHASHSEED="2", LC_ALL="C.UTF-8", KADER_LANG="en", KADER_TODAY="2031-01-01"
    )
    assert here == other
    assert len(here) > len(ASSETS)


def test_nothing_tells_where_it_was_made(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    tag(small, "1.0.0")
    change(small, AWB, "Verzamel de feiten", "Verzamel alle feiten")
    assert build("1.1.0") == 0
    secrets = [str(small.parent), socket.gethostname(), TOKEN, str(ROOT)]
    for path in (small / "release").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [secret for secret in secrets if secret.encode() in content], path


def test_a_second_release_tells_what_changed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = tag(small, "1.0.0")
    commit(small, {NEW: RULE.format(title="Luister")})
    assert build("1.1.0") == 0
    assert "Note:" not in capsys.readouterr().out
    assets = small / "release" / "assets"
    changes = json.loads((assets / "changes.json").read_text("utf-8"))
    assert changes["base"] == {"commit": first, "version": "1.0.0"}
    assert [(each["id"], each["form"]) for each in changes["entries"]] == [("urn:klein:regel:awb-02", "added")]
    assert json.loads((assets / "manifest.json").read_text("utf-8"))["base"] == {"commit": first, "version": "1.0.0"}
    assert "Luister" in (assets / "CHANGES.md").read_text("utf-8")
    assert "De vorige versie is 1.0.0." in (small / "release/notes.md").read_text("utf-8")


def test_what_contributors_wrote_can_only_be_read(small: Path) -> None:
    tag(small, "1.0.0")
    one, other = (
        "`](https://evil.example) @gemeente #1 ![x](y) ```",
        "<img src=evil> </details> <!-- kader:release v9.9.9 -->",
    )
    commit(small, {NEW: RULE.format(title=f"'{one}'").replace("Luister goed.", f"````\n{one}\n{other}\n````")})
    change(small, AVG, "title: Doe vooraf een DPIA", f"title: '{other}'")
    assert build("2.0.0") == 0
    tokens = MarkdownIt("commonmark").parse((small / "release/notes.md").read_text("utf-8"))
    raw = [token.content for token in tokens if token.type == "html_block"]
    assert raw == ["<!-- kader:release v2.0.0 -->\n"]
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {"text", "code_inline", "strong_open", "strong_close", "softbreak"}
    assert not [child.content for child in inside if child.type == "text" and "evil" in child.content]
    assert [child.content for child in inside if child.type == "code_inline" and "evil" in child.content]


def test_a_version_that_promises_too_little(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tag(small, "1.0.0")
    commit(small, {NEW: RULE.format(title="Luister")})
    assert build("1.0.1") == 0
    assert "Note: the changes ask for version 1.1.0." in capsys.readouterr().out
    assert build("1.1.0-rc.1") == 0
    assert "Note:" not in capsys.readouterr().out


def test_a_first_release_that_may_not_be_the_first(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(small, {"content/ids.csv": "urn,since,state,successor\nurn:klein:regel:avg-13,2026-01-01,actief,\n"})
    assert build("1.0.0") == 0
    assert "Are tags missing? Fetch them with git fetch --tags." in capsys.readouterr().out


def test_errors_stop_it_and_the_last_build_stays(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build("1.0.0") == 0
    before = digests(small / "release")
    change(small, AWB, "status: concept", "status: koncept")
    assert build("1.0.0") == FINDINGS
    assert "Nothing was written" in capsys.readouterr().out
    assert digests(small / "release") == before


def test_an_id_of_the_last_release_may_not_vanish(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(small, {NEW: RULE.format(title="Luister")})
    tag(small, "1.0.0")
    commit(small, {NEW: None})
    assert build("2.0.0") == FINDINGS
    assert "ids/vanished" in capsys.readouterr().out
    assert not (small / "release").exists()


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({AVG: "weg"}, AVG),
        ({AVG: None}, AVG),
        ({NEW: RULE}, NEW),
        ({"content/ids.csv": "urn,since,state,successor\nurn:klein:regel:avg-13,1,actief,\n"}, "content/ids.csv"),
        ({"schemas/framework.json": "{}"}, "schemas/framework.json"),
        ({"schemas/nieuw.schema.json": "{}"}, "schemas/nieuw.schema.json"),
    ],
)
def test_work_that_is_not_committed_is_not_forgotten(
    small: Path, files: dict[str, str | None], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(small, files)
    assert build("1.0.0") == MISTAKE
    assert f"this differs from the commit: {named}. Commit it first" in capsys.readouterr().err
    assert not (small / "release").exists()


def test_other_files_do_not_matter(small: Path) -> None:
    write(small, {"aantekeningen.txt": "x", "content/regels/plaatje.png": "x"})
    text = (small / AVG).read_bytes()
    (small / AVG).write_bytes(text.replace(b"\n", b"\r\n"))  # as git does for some on Windows
    git(small, "add", "--all")
    assert build("1.0.0") == 0
    assert b"\\r" not in (small / "release/assets/algoritmekader.json").read_bytes()


def test_a_framework_in_a_folder_of_a_repository(small: Path, tmp_path: Path) -> None:
    files = {f"kader/{path}": (small / path).read_bytes() for path in git(small, "ls-files").splitlines()}
    top = repository(tmp_path / "boven", files)
    write(top, {"los.txt": "x"})
    assert build("1.0.0", "--root", str(top / "kader")) == 0
    assert (top / "kader/release/assets/manifest.json").exists()
    write(top, {f"kader/{AVG}": "weg"})
    assert build("1.0.0", "--root", str(top / "kader")) == MISTAKE


def test_a_file_that_is_a_link_is_as_it_was_committed(small: Path) -> None:
    ledger = small / "content/ids.csv"
    ledger.rename(small / "content/lijst.csv")
    ledger.symlink_to("lijst.csv")
    commit(small, {})
    assert build("1.0.0") == 0


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("1.0", "is not a version"),
        ("1.0.0", "belongs to commit"),
        ("0.9.0", "cannot follow 1.0.0"),
    ],
)
def test_a_version_that_cannot_be(small: Path, version: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    tag(small, "1.0.0")
    change(small, AWB, "Verzamel de feiten", "Verzamel alle feiten")
    assert build(version) == MISTAKE
    assert words in capsys.readouterr().err
    assert not (small / "release").exists()


def test_a_release_can_be_made_anew(small: Path, tmp_path: Path) -> None:
    tag(small, "1.0.0")
    assert build("1.0.0") == 0
    before = digests(small / "release")
    change(small, AWB, "Verzamel de feiten", "Verzamel alle feiten")
    tag(small, "1.0.1")
    git(small, "checkout", "--quiet", "v1.0.0")
    assert build("1.0.0", "--output", str(tmp_path / "weer")) == 0
    assert digests(tmp_path / "weer") == before


def test_half_a_history_will_not_do(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, AWB, "Verzamel de feiten", "Verzamel alle feiten")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{small}", "ondiep")
    assert build("1.0.0", "--root", str(tmp_path / "ondiep")) == MISTAKE
    assert "lacks part of the history" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [(), ("--no-such",)])
def test_without_a_commit(tmp_path: Path, small: Path, arguments: tuple[str, ...]) -> None:
    empty = repository(tmp_path / "leeg")
    (tmp_path / "los").mkdir()
    schemas = ["--schemas", str(small / "schemas")]
    for root in (empty, tmp_path / "los"):
        assert build("1.0.0", "--root", str(root), *schemas, *arguments) == MISTAKE


def test_a_folder_of_somebody_else_is_left_alone(small: Path) -> None:
    write(small, {"release/scriptie.txt": "af"})
    assert build("1.0.0") == MISTAKE
    assert (small / "release/scriptie.txt").read_text() == "af"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commit the project's own content in a repository of its own."""
    folder = tmp_path_factory.mktemp("eigen")
    paths = [path for top in ("content", "schemas") for path in (ROOT / top).rglob("*") if path.is_file()]
    repository(folder, {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths})
    return folder


def test_the_first_release_of_our_own_content(own: Path, tmp_path: Path) -> None:
    assert build("1.0.0", "--root", str(own), "--output", str(tmp_path / "uit")) == 0
    manifest = json.loads((tmp_path / "uit/assets/manifest.json").read_text("utf-8"))
    assert manifest["base"] is None
    assert "Dit is de eerste uitgave" in (tmp_path / "uit/notes.md").read_text("utf-8")
    tag(own, "1.0.0")
    assert run(["release", "ledger", "--root", str(own)]) == 0
    entries = json.loads((tmp_path / "uit/assets/algoritmekader.json").read_text("utf-8"))["entries"]
    listed = {line.partition(",")[0] for line in (own / "content/ids.csv").read_text("utf-8").splitlines()[1:]}
    assert listed == {entry["id"] for entry in entries}
    assert run(["check", "--quiet", "--root", str(own)]) == 0


def test_the_program_is_that_of_the_commit_as_well(small: Path) -> None:
    """Run a copy of the program that lies in the repository itself."""
    shutil.copytree(ROOT / "pipeline", small / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    git(small, "add", "--all")
    commit(small, {})
    command = [sys.executable, "-m", "pipeline", "release", "build", "--version", "1.0.0", "--lang", "en"]
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    assert subprocess.run(command, cwd=small, env=environment, capture_output=True, check=False).returncode == 0
    (small / "pipeline/exports/csv.py").write_text((small / "pipeline/exports/csv.py").read_text() + "\n")
    done = subprocess.run(command, cwd=small, env=environment, capture_output=True, check=False)
    assert done.returncode == MISTAKE
    assert b"this differs from the commit: pipeline/exports/csv.py." in done.stderr
