"""Runs a workflow for real, on this machine: with ``act``, without containers and without a network.

Actions of GitHub are replaced by stand-ins (``actions/``) that do the least that the next step
needs. What act leaves to GitHub, ``test_files.py`` reads from the files: permissions, filters of
events, concurrency, and which workflow follows which.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.support import ROOT
from tests.workflows.files import USES, WORKFLOWS
from tests.world.repositories import commit, git, repository

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE: Final = Path(__file__).parent
ACT: Final = Path(sys.executable).with_name("act")
needs_act = pytest.mark.skipif(not (ACT.exists() and shutil.which("make")), reason="act or make is not here")

# What a runner has of the repository; tests and caches stay out of it.
MAKES: Final = (".github", "Makefile", "pyproject.toml", "requirements")
CARRIED: Final = (*MAKES, "content", "pipeline", "schemas")
PATIENCE: Final = 300  # seconds; a machine may be busy


@dataclass(frozen=True)
class Ran:
    """What a run of a workflow did, as act told it line by line."""

    code: int
    told: Sequence[Mapping[str, Any]]

    @property
    def log(self) -> str:
        """What the steps printed."""
        return "".join(each["msg"] for each in self.told if each.get("raw_output"))

    @property
    def everything(self) -> str:
        """All lines, for when a test fails."""
        return "\n".join(each["msg"].rstrip("\n") for each in self.told)

    @property
    def commands(self) -> tuple[str, ...]:
        """The workflow commands that the runner obeyed, summaries left out."""
        return tuple(each["command"] for each in self.told if each.get("command", "summary") != "summary")

    @property
    def summary(self) -> str:
        """The summary of the run."""
        return "".join(each["content"] for each in self.told if each.get("command") == "summary")

    @cached_property
    def results(self) -> Mapping[str, str]:
        """How each step ended, by its name; what act adds itself left out."""
        ended = (each for each in self.told if "stepResult" in each and each.get("stage") == "Main")
        return {each["step"]: each["stepResult"] for each in ended if len(each["stepID"]) == 1}

    @cached_property
    def jobs(self) -> Mapping[str, str]:
        """How each job ended."""
        return {each["jobID"]: each["jobResult"] for each in self.told if "jobResult" in each}


@dataclass(frozen=True)
class Runner:
    """A machine with a repository and a shelf for artifacts."""

    folder: Path

    @property
    def repository(self) -> Path:
        """The repository that workflows check out."""
        return self.folder / "repository"

    @property
    def shelf(self) -> Path:
        """Where artifacts lie, each a folder."""
        return self.folder / "shelf"

    def run(
        self, name: str, event: str, payload: Mapping[str, Any], environment: Mapping[str, str], *options: str
    ) -> Ran:
        """Run a workflow for an event, with what GitHub would put in its environment; options are act's."""
        (self.folder / "event.json").write_text(json.dumps(payload), "utf-8")
        given = {
            "BENCH_PYTHON": sys.executable,
            "BENCH_REPOSITORY": str(self.repository),
            "BENCH_SHELF": str(self.shelf),
            "KADER_CACHE": str(self.folder / "cache"),
            **environment,
        }
        token = given.pop("GITHUB_TOKEN", "")
        command = [
            *(str(ACT), event, "--json", "--platform", "ubuntu-24.04=-self-hosted", "--no-skip-checkout"),
            *("--workflows", f".github/workflows/{name}", "--eventpath", str(self.folder / "event.json")),
            *("--no-cache-server", "--action-offline-mode", "--defaultbranch", "main"),
            *(word for key, value in given.items() for word in ("--env", f"{key}={value}")),
            *(word for each in stand_ins(name) for word in ("--local-repository", each)),
            *options,
            *(("--secret", f"GITHUB_TOKEN={token}") if token else ()),
        ]
        alone = {"PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "LANG": "C.UTF-8"}
        done = subprocess.run(
            command,
            cwd=self.repository,
            env=alone,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            encoding="utf-8",
        )
        told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        assert told or done.returncode == 0, done.stderr  # of what it passes by it tells nothing
        return Ran(done.returncode, told)


def event(name: str, changes: Mapping[str, Any] | None = None) -> tuple[str, Mapping[str, Any]]:
    """Give an event and its payload: the file of that name, with changes; without a file, that of a push."""
    path = HERE / "events" / f"{name}.json"
    payload = json.loads((path if path.exists() else path.with_name("push.json")).read_text("utf-8"))
    return name, _merged(payload, changes or {})


def _merged(payload: Mapping[str, Any], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    merged = dict(payload)
    for key, value in changes.items():
        merged[key] = _merged(merged[key], value) if isinstance(value, dict) and key in merged else value
    return merged


def stand_ins(name: str) -> tuple[str, ...]:
    """Give the folder that replaces each action of a workflow, as act wants it."""
    text = WORKFLOWS[name].text if name in WORKFLOWS else ""
    uses = (USES.search(line) for line in text.splitlines())
    pairs = {(each["action"], each["sha"]) for each in uses if each}
    return tuple(f"{action}@{sha}={HERE / 'actions' / action.partition('/')[2]}" for action, sha in sorted(pairs))


def new_runner(folder: Path, carried: Sequence[str] = CARRIED) -> Runner:
    """Make a runner with this repository, or a part of it, as it is on disk, in one commit."""
    runner = Runner(folder)
    runner.repository.mkdir(parents=True)
    runner.shelf.mkdir()
    for name in carried:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, runner.repository / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, runner.repository / name)
    repository(runner.repository)
    git(runner.repository, "config", "uploadpack.allowAnySHA1InWant", "true")  # as GitHub allows it
    commit(runner.repository, {})
    return runner
