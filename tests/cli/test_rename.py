"""``kader rename``, as a person uses it."""

from __future__ import annotations

import json
import os
import pty
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.cli import rename
from pipeline.cli.main import INTERRUPTED, MISTAKE, run
from pipeline.world.patches import write_patches
from tests.cli.test_fix import somebody_else, state
from tests.support import CORPUS, FIXTURES, ROOT, needs_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.fixing.patch import Patch

OLD = "content/regels/avg-13-doe-een-dpia.md"
NEW = "content/regels/avg-63-doe-een-dpia.md"
OTHER = "content/regels/awb-02-luister.md"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "klein"
    shutil.copytree(FIXTURES / "klein", root)
    head = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\nzie-ook: [avg-13]\n---\n\n"
    (root / OTHER).write_text(f"{head}## Regel\n\nLuister goed, zie {{regel:avg-13}} en avg-13.\n")
    monkeypatch.chdir(root)
    monkeypatch.delenv("KADER_LANG", raising=False)
    return root


def test_it_shows_the_plan_and_carries_it_out(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / OLD).chmod(0o640)
    assert run(["rename", "avg-13", "avg-63", "--yes"]) == 0
    assert capsys.readouterr().out == (
        f"{OLD} wordt\n  {NEW}\n"
        "urn:klein:regel:avg-13 wordt urn:klein:regel:avg-63\n"
        "Kennen anderen deze id al? Dan hoort --replace erbij: de oude pagina blijft en\n  wijst de nieuwe aan.\n\n"
        "Dit verandert mee:\n"
        f"  {OLD}: de id\n"
        f"  {OTHER}: 2 verwijzingen\n\n"
        "Hier staat de oude naam in gewone tekst. Die blijft zo:\n"
        f"  {OTHER}:10\n"
        "Klaar: 2 bestanden gewijzigd.\n"
    )
    assert not (small / OLD).exists()
    assert "id: urn:klein:regel:avg-63\n" in (small / NEW).read_text()
    assert stat.S_IMODE((small / NEW).stat().st_mode) == 0o640
    assert "zie-ook: [avg-63]" in (small / OTHER).read_text()
    assert run(["check"]) == 0


def test_an_id_that_others_know_is_replaced(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Against the base, an id that is gone is an error; one whose page stays is none."""
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "x"]):
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@voorbeeldstad.example", *arguments]
        subprocess.run(command, cwd=small, check=True)
    assert run(["rename", "avg-13", "avg-63", "--replace", "--yes"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("urn:klein:regel:avg-13 wordt vervangen door urn:klein:regel:avg-63 Dit verandert mee:")
    assert f"{OLD}: status en opvolger {NEW}: nieuw {OTHER}: 2 verwijzingen" in out
    assert run(["check", "--base", "HEAD"]) == 0
    (small / OLD).unlink()
    assert run(["check", "--base", "HEAD"]) == 1
    assert "ids/vanished" in capsys.readouterr().out


def test_there_and_back_is_nothing(small: Path) -> None:
    before = {path: content for path, (content, *_) in state(small).items()}
    assert run(["rename", "avg-13", "avg-63-heel-anders", "--yes", "--quiet"]) == 0
    assert run(["rename", "avg-63", "avg-13-doe-een-dpia", "--yes", "--lang", "en"]) == 0
    assert {path: content for path, (content, *_) in state(small).items()} == before


def test_a_program_must_say_yes(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(small)
    assert run(["rename", "avg-13", "avg-63"]) == MISTAKE
    captured = capsys.readouterr()
    assert "Dit verandert mee" in captured.out
    assert captured.err == "kader: Er is niets gewijzigd. Voeg --yes toe om het te doen.\n"
    assert state(small) == before


@pytest.mark.parametrize(("answer", "done"), [("j", True), ("y", True), ("n", False), ("", False)])
def test_a_person_is_asked(small: Path, answer: str, done: bool) -> None:  # noqa: FBT001 - a case
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "rename", "avg-13", "avg-63"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    with subprocess.Popen(command, cwd=small, stdin=theirs, stdout=subprocess.PIPE, env=environment) as process:
        os.write(ours, f"{answer}\n".encode())
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert b"\nDoorgaan? (j/n) " in out
    assert (small / NEW).exists() == done
    assert (b"Er is niets gewijzigd." in out) != done


def test_the_lines_that_change(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(small)
    assert run(["rename", "avg-13", "avg-63", "--diff"]) == MISTAKE
    assert state(small) == before
    out = capsys.readouterr().out
    diff = out[out.index("diff --git") :]
    assert f"rename from {OLD}\nrename to {NEW}\n" in diff
    subprocess.run(["git", "apply", "-"], input=diff.encode(), cwd=small, check=True)  # noqa: S607 - git as found
    by_git = {path: content for path, (content, *_) in state(small).items()}
    for path, (content, *_) in before.items():
        (small / path).write_bytes(content)
    (small / NEW).unlink()
    assert run(["rename", "avg-13", "avg-63", "--yes"]) == 0
    assert {path: content for path, (content, *_) in state(small).items()} == by_git


@pytest.mark.parametrize("width", ["40", "60"])
def test_no_line_is_wider_than_the_terminal(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    (small / OTHER).write_text((small / OTHER).read_text() + "Zie ook avg-13.\n\n" * 12)
    monkeypatch.setenv("COLUMNS", width)
    run(["rename", "avg-13", "avg-63", "--yes"])
    out = capsys.readouterr().out
    assert "en nog 5 keer." in out
    assert all(len(line) <= int(width) or " " not in line.strip() for line in out.splitlines()), out


def test_a_heading(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / OTHER).write_text((small / OTHER).read_text() + f"[x]({Path(OLD).name}#zo-doe-je-dat)\n")
    assert run(["rename", f"{OLD}#zo-doe-je-dat", f"{OLD}#Hoe doe je dat?", "--yes"]) == 0
    assert "## Hoe doe je dat?\n" in (small / OLD).read_text()
    assert "#hoe-doe-je-dat)" in (small / OTHER).read_text()
    out = " ".join(capsys.readouterr().out.split())
    assert f"Het kopje #zo-doe-je-dat van {OLD} wordt: Hoe doe je dat?" in out
    assert f"{OLD}: het kopje {OTHER}: 1 link" in out
    assert run(["rename", f"{OLD}#hoe-doe-je-dat", "#Zo doe je dat", "--yes"]) == 0
    assert run(["check"]) == 0


def test_from_a_folder_below(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small / "content/regels")
    assert run(["rename", Path(OLD).name, "./avg-13-anders.md", "--yes"]) == 0
    assert (small / "content/regels/avg-13-anders.md").exists()
    assert run(["rename", "avg-13-anders.md", Path(OLD).name, "--yes"]) == 0
    assert (small / OLD).exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["avg-31", "avg-63"], "Er is geen onderdeel “avg-31”. Bedoel je avg-13"),
        (["avg-13", "awb-02"], f"urn:klein:regel:awb-02 is al van {OTHER}."),
        (["avg-13", "ver-1"], "“ver-1” is hier geen goede naam. Kies er een zoals avg-13."),
    ],
)
def test_what_cannot_be(small: Path, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], words: str) -> None:
    before = state(small)
    assert run(["rename", *arguments, "--yes"]) == MISTAKE
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""
    assert state(small) == before


# Trouble on the way: all or nothing


def refused(root: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    before = state(root)
    assert run(["rename", "avg-13", "avg-63", "--yes"]) == MISTAKE
    assert words in " ".join(capsys.readouterr().err.split())
    assert state(root) == before


def test_a_file_that_can_only_be_read(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / OTHER).chmod(0o444)
    refused(small, capsys, f"{OTHER} is alleen te lezen")


def test_a_folder_without_permission(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / OLD).parent.chmod(0o555)
    with somebody_else(small):
        refused(small, capsys, "lukt niet: je mag hier niet schrijven")
    (small / OLD).parent.chmod(0o755)


def test_a_file_with_broken_fields(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (small / OTHER).read_text()
    (small / OTHER).write_text(text.replace("[avg-13]", "[avg-13"))
    refused(small, capsys, f"{OTHER}:5 is niet goed te lezen en noemt misschien de oude naam.")
    (small / OTHER).write_text(text.replace("[avg-13]", "[awb-01").replace("avg-13", "awb-01"))
    assert run(["rename", "avg-13", "avg-63", "--yes"]) == 0


def test_a_link_to_a_file(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "buiten.md"
    (small / OTHER).rename(small / "luister.md")
    (small / OTHER).symlink_to(small / "luister.md")
    refused(small, capsys, f"{OTHER} is geen gewoon bestand")
    (small / OTHER).unlink()
    outside.write_text("zie avg-13")
    (small / OTHER).symlink_to(outside)
    assert run(["rename", "avg-13", "avg-63", "--yes"]) == 0
    assert outside.read_text() == "zie avg-13"


def test_a_file_that_changes_meanwhile(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (small / OLD).read_bytes()

    def slow(root: Path, patches: Sequence[Patch]) -> None:
        (small / OTHER).write_text("iets anders")
        write_patches(root, patches)

    monkeypatch.setattr(rename, "write_patches", slow)
    assert run(["rename", "avg-13", "avg-63", "--yes"]) == MISTAKE
    assert f"{OTHER} is net ergens anders gewijzigd" in " ".join(capsys.readouterr().err.split())
    assert (small / OLD).read_bytes() == before
    assert (small / OTHER).read_text() == "iets anders"


def test_an_interruption_half_way(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: content for path, (content, *_) in state(small).items()}
    replace = Path.replace

    def stopped(self: Path, target: Path) -> Path:
        if target == small / OTHER:
            monkeypatch.undo()
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    root = str(small)
    assert run(["rename", "avg-13", "avg-63", "--yes", "--root", root]) == INTERRUPTED
    assert {path: content for path, (content, *_) in state(small).items()} == before


@needs_corpus
def test_the_real_framework(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(CORPUS, root, copy_function=shutil.copyfile)
    options = ["--root", str(root), "--schemas", str(ROOT / "schemas/profiles/minbzk")]

    def findings() -> list[tuple[str, str, int]]:
        capsys.readouterr()
        run(["check", *options, "--format", "json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        return sorted((each["rule"], each["path"].rpartition("/")[0], each["line"]) for each in found)

    before, files = findings(), {path: content for path, (content, *_) in state(root).items()}
    for old, new in (("ontwerp", "ontwerpen-en-maken"), ("grw-02", "grw-92")):
        assert run(["rename", old, new, *options, "--yes"]) == 0
        assert findings() == before
        assert run(["rename", new, old, *options, "--yes"]) == 0
    assert {path: content for path, (content, *_) in state(root).items()} == files
