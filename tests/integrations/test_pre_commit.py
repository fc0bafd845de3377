"""The hook, tried by pre-commit itself from a repository with nothing but what is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING

import pytest

from tests.support import FIXTURES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

GIT = shutil.which("git") or "git"
NEEDED = ("pipeline", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with the hook, and one with a framework."""
    folder = tmp_path_factory.mktemp("hook")
    for name in NEEDED:
        path = ROOT / name
        (folder / "kader").mkdir(exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, folder / "kader" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder / "kader" / name)
    shutil.copytree(FIXTURES / "klein", folder / "klein")
    for name in ("kader", "klein"):
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
            git(folder / name, *arguments)
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git as nobody in particular."""
    settings = ["-c", "user.name=Iemand", "-c", "user.email=iemand@voorbeeld.nl", "-c", "commit.gpgsign=false"]
    subprocess.run([GIT, *settings, *arguments], cwd=folder, check=True, env=plain(folder))


def plain(folder: Path) -> dict[str, str]:
    """Give an environment in which pip asks no index: what is needed is in the path already."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PIP_", "PRE_COMMIT"))}
    return ours | {
        "HOME": str(folder),
        "PRE_COMMIT_HOME": str(folder.parent / "cache"),
        "PRE_COMMIT_COLOR": "never",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
    }


def hook(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the hook over the framework."""
    command = [sys.executable, "-m", "pre_commit", "try-repo", "../kader", "kader-check", "--all-files", "--verbose"]
    return subprocess.run(
        command, cwd=folder / "klein", env=plain(folder / "klein"), capture_output=True, text=True, check=False
    )


def test_a_sound_framework_may_be_committed_and_a_flawed_one_not(folder: Path) -> None:
    done = hook(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Geen bevindingen in 3 bestanden (4 onderdelen)." in done.stdout
    path = folder / "klein" / "content" / "regels" / "awb-01-wees-zorgvuldig.md"
    path.write_text(path.read_text("utf-8").replace("status: ", "status: x"), "utf-8")
    done = hook(folder)
    assert done.returncode == 1
    assert "schema/not-allowed-value" in done.stdout
