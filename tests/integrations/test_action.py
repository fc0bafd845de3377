"""The composite action: its steps are run as GitHub's runner would, without GitHub."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support import CORPUS, FIXTURES, ROOT, needs_corpus

if TYPE_CHECKING:
    from pathlib import Path

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {each["name"]: each for each in ACTION["runs"]["steps"]}
CHECK = STEPS["Check the framework"]
USES = re.compile(r"uses: (\S+)@([0-9a-f]{40}) # (v\S+)")
HOSTILE = "\"; touch pwned; echo $(touch pwned) `touch pwned` ${{ github.token }} '\n::set-output name=x::y"


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """Make what the earlier steps leave behind: a folder with the command."""
    command = tmp_path / "runner" / "kader" / "bin" / "kader"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m pipeline "$@"\n')
    command.chmod(0o755)
    shutil.copytree(FIXTURES / "klein", tmp_path / "repository")
    (tmp_path / "output").touch()
    return tmp_path


def run(runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the step with the inputs, as ``bash`` of a composite action does."""
    values = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    expressions = {"github.action_path": str(ROOT)} | {f"inputs.{name}": value for name, value in values.items()}
    given = {name: expressions[text.removeprefix("${{ ").removesuffix(" }}")] for name, text in CHECK["env"].items()}
    environment = {
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(runner / "runner"),
        "GITHUB_OUTPUT": str(runner / "output"),
        **given,
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", CHECK["run"]]
    return subprocess.run(
        command,
        env=environment,
        cwd=runner / "repository",
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def spoil(runner: Path) -> None:
    """Make a mistake in the framework."""
    path = runner / "repository" / "content" / "regels" / "awb-01-wees-zorgvuldig.md"
    path.write_text(path.read_text("utf-8").replace("status: ", "status: x"), "utf-8")


def test_a_sound_framework(runner: Path) -> None:
    done = run(runner)
    assert (done.returncode, done.stdout) == (0, "Geen bevindingen in 3 bestanden (4 onderdelen).\n")
    assert (runner / "output").read_text() == ""


def test_findings_fail_the_step(runner: Path) -> None:
    spoil(runner)
    done = run(runner, language="en")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=content/regels/awb-01-wees-zorgvuldig.md,line=4,")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_reports_for_programs_go_to_a_file(runner: Path, form: str) -> None:
    spoil(runner)
    done = run(runner, format=form)
    report = runner / "runner" / f"kader.{form}"
    assert (done.returncode, done.stdout) == (1, "")
    assert (runner / "output").read_text() == f"report={report}\n"
    assert "schema/not-allowed-value" in report.read_text("utf-8")


def test_lines_are_read_by_the_problem_matcher_and_by_nothing_after(runner: Path) -> None:
    spoil(runner)
    lines = run(runner, format="lines").stdout.splitlines()
    path = lines[0].removeprefix("::add-matcher::")
    assert path == f"{ROOT}/.github/kader-problem-matcher.json"
    assert lines[-3:] == [f"::remove-matcher owner=kader-{each}::" for each in ("error", "warning", "notice")]


@needs_corpus
def test_schemas_of_a_profile_by_name(runner: Path) -> None:
    shutil.rmtree(runner / "repository")
    (runner / "repository").symlink_to(CORPUS)
    done = run(runner, schemas="minbzk", format="terminal")
    assert done.returncode == 1
    assert "254 bestanden" in " ".join(done.stdout.split())


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name != "python-version"])
def test_a_hostile_input_is_a_value_and_no_script(runner: Path, name: str) -> None:
    done = run(runner, **{name.replace("-", "_"): HOSTILE})
    assert done.returncode == 2, "the command refuses it"
    assert not list(runner.rglob("pwned"))
    assert (runner / "output").read_text() == ""
    assert not re.search(r"^::(?!error|warning|notice)", done.stdout, re.MULTILINE)


def test_no_expression_stands_in_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_option_is_one_that_the_command_knows() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "check", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert set(re.findall(r"--[a-z-]+(?==)", CHECK["run"])) <= set(re.findall(r"--[a-z-]+", done.stdout))


def test_actions_are_those_of_our_own_workflow() -> None:
    ours = set(USES.findall((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")))
    used = USES.findall((ROOT / "action.yml").read_text("utf-8"))
    assert used
    assert set(used) <= ours


def test_installing_is_from_the_lock() -> None:
    script = STEPS["Install kader"]["run"]
    assert '--require-hashes --requirement "$ACTION/requirements/run.txt"' in script
    assert "--no-deps --no-build-isolation" in script


def test_no_module_of_the_caller_goes_before_one_of_python() -> None:
    lines = [*STEPS["Install kader"]["run"].splitlines(), *(ROOT / "Makefile").read_text("utf-8").splitlines()]
    installing = [line for line in lines if re.search(r"-m (venv|pip|compileall)\b", line)]
    assert len(installing) == 5
    assert [line for line in installing if " -I -m " not in line] == []
