"""The workflow files, read as data."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import yaml

from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDER: Final = ROOT / ".github" / "workflows"
KADER: Final = ".venv/bin/kader"
USES: Final = re.compile(r"uses: (?P<action>[\w.-]+/[\w./-]+)@(?P<sha>[0-9a-f]{40}) # (?P<version>v\d+\.\d+\.\d+)$")


@dataclass(frozen=True)
class Step:
    """A step of a job."""

    data: Mapping[str, Any]

    @property
    def uses(self) -> str:
        """The action, without its version; empty for a script."""
        return str(self.data.get("uses", "")).partition("@")[0]

    @property
    def inputs(self) -> Mapping[str, str]:
        """What an action is given."""
        given: Mapping[str, str] = self.data.get("with", {})
        return given

    @property
    def env(self) -> Mapping[str, str]:
        """The variables of the step."""
        given: Mapping[str, str] = self.data.get("env", {})
        return given

    @property
    def run(self) -> str:
        """The script; empty for an action."""
        return str(self.data.get("run", ""))


@dataclass(frozen=True)
class Job:
    """A job of a workflow."""

    workflow: Workflow
    key: str
    data: Mapping[str, Any]

    @property
    def label(self) -> str:
        """How a test names it."""
        return f"{self.workflow.path.name} {self.key}"

    @property
    def permissions(self) -> Mapping[str, str]:
        """What the token of the job may do."""
        given: Mapping[str, str] = self.data["permissions"]
        return given

    @property
    def writes(self) -> bool:
        """Whether the job may change anything."""
        return "write" in self.permissions.values()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in their order."""
        return tuple(Step(each) for each in self.data["steps"])

    @property
    def commands(self) -> tuple[list[str], ...]:
        """The command lines for ``kader``, each without the command itself."""
        lines = (shlex.split(line.partition(" > ")[0]) for step in self.steps for line in step.run.splitlines())
        return tuple(words[1:] for words in lines if words[0] == KADER)


@dataclass(frozen=True)
class Workflow:
    """A file with a workflow."""

    path: Path

    @cached_property
    def text(self) -> str:
        """The file as it stands."""
        return self.path.read_text("utf-8")

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The file as data; every scalar is a string, so that ``on`` is no boolean."""
        data: Mapping[str, Any] = yaml.load(self.text, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings alone
        return data

    @property
    def triggers(self) -> Mapping[str, Any]:
        """The events that start it, with their settings."""
        return {name: settings or {} for name, settings in self.data["on"].items()}

    @property
    def jobs(self) -> Iterator[Job]:
        """The jobs in their order."""
        return (Job(self, key, data) for key, data in self.data["jobs"].items())


WORKFLOWS: Final = {path.name: Workflow(path) for path in sorted(FOLDER.glob("*.yml"))}
JOBS: Final = tuple(job for workflow in WORKFLOWS.values() for job in workflow.jobs)
