"""``kader check --fix`` and ``--fix --diff``, as a person uses them."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cli import fix
from pipeline.cli.main import FINDINGS, MISTAKE, run
from pipeline.world.patches import write_patches
from tests.fixing.test_mend import spoiled
from tests.support import CORPUS, FIXTURES, ROOT, needs_corpus, small_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.fixing.patch import Patch

NAME = "content/regels/awb-02-luister.md"
BROKEN = (
    "\ufeff---\r\nid: urn:klein:regel:awb-02   # blijft zo\r\ntitle:   'Luister'\r\nstatus: koncept\r\n"
    "stap: ontwerp\r\nartikel: 2.20 \r\n---\r\n\r\n## Regel\r\n\r\nLuister\u00a0goed 𝄞."
)
MENDED = (
    "---\nid: urn:klein:regel:awb-02   # blijft zo\ntitle:   'Luister'\nstatus: koncept\n"
    'stap: [ontwerp]\nartikel: "2.20"\n---\n\n## Regel\n\nLuister goed 𝄞.'
)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FIXTURES / "klein", tmp_path / "klein")
    monkeypatch.chdir(tmp_path / "klein")
    monkeypatch.delenv("KADER_LANG", raising=False)
    return tmp_path / "klein"


@pytest.fixture
def broken(small: Path) -> Path:
    path = small / NAME
    path.write_bytes(BROKEN.encode())
    return path


def state(root: Path) -> dict[str, tuple[bytes, int, int]]:
    """Give the bytes, mode and time of change of each file."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@contextmanager
def somebody_else(root: Path) -> Iterator[None]:
    """Be a user to whom not everything is allowed, where the tests run as root."""
    if os.geteuid():
        yield
        return
    run(["check", "--root", str(root), "--fix", "--diff"])  # what is imported now need not be readable then
    for folder in (root, *root.parents):
        if Path(tempfile.gettempdir()) in folder.parents:
            folder.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_it_mends_and_prints_what_is_left(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken.chmod(0o640)
    assert run(["check", "--fix"]) == FINDINGS
    assert broken.read_bytes() == MENDED.encode()
    assert stat.S_IMODE(broken.stat().st_mode) == 0o640
    captured = capsys.readouterr()
    told, _, rest = captured.out.partition("\n\n")
    assert " ".join(told.split()) == (
        f"Verbeterd: {NAME} (schema/ambiguous-scalar, schema/wrong-type, source/byte-order-mark, source/crlf, "
        "source/invisible-character, source/trailing-space)"
    )
    assert "“koncept”" in rest
    assert "1 fout in 4 bestanden" in rest
    assert captured.err == ""


def test_once_more_changes_nothing(broken: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--fix"])
    before = state(small)
    capsys.readouterr()
    assert run(["check", "--fix", "--lang", "en"]) == FINDINGS
    assert state(small) == before
    assert capsys.readouterr().out.startswith("There was nothing to mend unasked.\n")
    assert broken.read_bytes() == MENDED.encode()


def test_all_mended_is_all_well(broken: Path) -> None:
    broken.write_bytes(BROKEN.replace("koncept", "concept").encode())
    assert run(["check", "--fix"]) == 0
    assert run(["check"]) == 0


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
@pytest.mark.usefixtures("broken")
def test_reports_for_machines_stay_clean(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert run(["check", "--fix", "--format", form]) == FINDINGS
    captured = capsys.readouterr()
    assert captured.err.startswith(f"Verbeterd: {NAME}")
    run(["check", "--format", form])
    assert capsys.readouterr().out == captured.out
    if form != "github":
        json.loads(captured.out)


@pytest.mark.usefixtures("broken")
def test_quiet_prints_the_findings_alone(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--fix", "--quiet"])
    captured = capsys.readouterr()
    assert captured.out.startswith(f"{NAME}\n")
    assert captured.err == ""


def test_a_diff_writes_nothing(broken: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(small)
    assert run(["check", "--fix", "--diff"]) == FINDINGS
    assert state(small) == before
    captured = capsys.readouterr()
    assert captured.out.startswith(f"--- a/{NAME}\n+++ b/{NAME}\n@@ -1,11 +1,11 @@\n-\\ufeff---\\r\n")
    assert "\x1b" not in captured.out
    assert captured.err == "1 bestand te verbeteren; er is niets geschreven.\n"
    assert broken.read_bytes() == BROKEN.encode()


@pytest.mark.usefixtures("broken")
def test_a_diff_in_colour_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--fix", "--diff", "--color", "always"])
    assert "\x1b[31m-" in capsys.readouterr().out


def test_git_applies_the_diff(broken: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken.write_text(
        "---\nid: urn:klein:regel:awb-02\ntitle: [Luister] \nstatus: concept\n---\n\n## Regel\n\nHoor goed."
    )
    run(["check", "--fix", "--diff"])
    command = ["git", "apply", "-"]
    subprocess.run(command, input=capsys.readouterr().out.encode(), cwd=small, check=True)
    by_git = broken.read_bytes()
    assert b"title: Luister\n" in by_git
    assert run(["check", "--fix"]) == 0
    assert broken.read_bytes() == by_git


@pytest.mark.parametrize(
    "arguments", [["--diff"], ["--diff", "--format", "json"], ["--fix", "--diff", "--format", "json"]]
)
@pytest.mark.usefixtures("broken")
def test_options_that_do_not_go_together(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> None:
    assert run(["check", *arguments]) == MISTAKE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--diff" in captured.err


def test_a_flawed_schema_leaves_all_as_it_is(broken: Path, small: Path) -> None:
    schema = small / "schemas/stap.schema.json"
    schema.write_text(schema.read_text().replace('"required"', '"requierd"'))
    before = state(small)
    assert run(["check", "--fix"]) == FINDINGS
    assert state(small) == before
    assert broken.read_bytes() == BROKEN.encode()


# What must not be touched


def test_a_file_behind_a_link_is_left_alone(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside = small / "los.md"
    inside.write_bytes(BROKEN.encode())
    (small / NAME).symlink_to(inside)
    outside = tmp_path / "buiten.md"
    outside.write_bytes(BROKEN.encode())
    (small / "content/regels/awb-03-buiten.md").symlink_to(outside)
    assert run(["check", "--fix"]) == FINDINGS
    assert inside.read_bytes() == outside.read_bytes() == BROKEN.encode()
    assert (small / NAME).is_symlink()
    assert f"Niet gewijzigd: {NAME} is geen gewoon bestand." in " ".join(capsys.readouterr().out.split())


def test_a_file_that_can_only_be_read(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = broken.with_name("awb-03-hoor.md")
    other.write_bytes(BROKEN.replace("awb-02", "awb-03").encode())
    broken.chmod(0o444)
    assert run(["check", "--fix"]) == FINDINGS
    assert broken.read_bytes() == BROKEN.encode()
    assert other.read_bytes() == MENDED.replace("awb-02", "awb-03").encode()
    captured = capsys.readouterr()
    assert f"{NAME} is alleen te lezen" in " ".join(captured.err.split())
    assert "source/crlf" in captured.out, "what is left is told"


def test_a_folder_without_permission(broken: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken.chmod(0o666)
    broken.parent.chmod(0o555)
    with somebody_else(small):
        assert run(["check", "--fix"]) == FINDINGS
    broken.parent.chmod(0o755)
    assert broken.read_bytes() == BROKEN.encode()
    assert f"Schrijven naar {NAME} lukt niet" in " ".join(capsys.readouterr().err.split())


def test_a_file_that_changes_meanwhile(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = BROKEN.replace("Luister", "Zwijg").encode()

    def slow(root: Path, patches: Sequence[Patch]) -> None:
        broken.write_bytes(changed)
        write_patches(root, patches)

    monkeypatch.setattr(fix, "write_patches", slow)
    assert run(["check", "--fix"]) == FINDINGS
    assert broken.read_bytes() == changed
    captured = capsys.readouterr()
    assert f"{NAME} is net ergens anders gewijzigd" in " ".join(captured.err.split())
    assert "Zwijg" in captured.out, "what is left is what is on disk"


def test_an_interruption_leaves_the_file_whole(broken: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_self: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    assert run(["check", "--fix"]) == 130
    monkeypatch.undo()
    assert broken.read_bytes() == BROKEN.encode()
    assert not list(small.rglob(".kader-*"))


@pytest.mark.parametrize("width", ["40", "60"])
@pytest.mark.usefixtures("broken")
def test_no_line_is_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    run(["check", "--fix"])
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= int(width) or " " not in line.strip() for line in lines), lines


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_on_disk_as_in_memory(data: st.DataObject, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file is touched that has no findings, a diff writes nothing, and the second run has nothing to do."""
    root = tmp_path / "klein"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(FIXTURES / "klein", root)
    for path, content in data.draw(spoiled(small_files())).items():
        (root / path).write_bytes(content)
    before = state(root)
    run(["check", "--root", str(root), "--fix", "--diff"])
    assert state(root) == before
    named = {line[6:] for line in capsys.readouterr().out.splitlines() if line.startswith("--- a/")}
    run(["check", "--root", str(root), "--fix"])
    after = state(root)
    assert {path for path in before if before[path] != after[path]} == named
    run(["check", "--root", str(root), "--fix"])
    assert state(root) == after
    capsys.readouterr()


@needs_corpus
def test_the_real_framework(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(CORPUS, root, copy_function=shutil.copyfile)
    arguments = ["check", "--root", str(root), "--schemas", str(ROOT / "schemas/profiles/minbzk"), "--format", "json"]
    run(arguments)
    before = json.loads(capsys.readouterr().out)["findings"]
    assert run([*arguments, "--fix"]) == FINDINGS
    after = json.loads(capsys.readouterr().out)["findings"]
    assert not [finding for finding in after if finding["fix"] and finding["fix"]["safe"]]
    gone = [finding for finding in before if finding["fix"] and finding["fix"]["safe"]]
    assert len(before) - len(after) == len(gone) >= 5
    assert {finding["fingerprint"] for finding in after} <= {finding["fingerprint"] for finding in before}
