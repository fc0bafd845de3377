"""What a stranger may write, run through the workflows: a title, a branch, a name of a file, a text.

A canary tells whether any of it was executed. The control shows that the canary would: a workflow
with the mistake that ours may not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.workflows.act import event, needs_act, new_runner
from tests.world.repositories import commit, git, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.workflows.act import Ran, Runner

pytestmark = needs_act

CONTROL = """\
on: pull_request
jobs:
  careless:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "${{ github.event.pull_request.title }}"
      - run: printenv BODY; printenv BODY | grep GEKAAPT >> "$GITHUB_ENV"
        env:
          BODY: ${{ github.event.pull_request.body }}
"""
# Commands of a runner, each at the start of a line; and what a shell would run.
COMMANDS = "::set-output name=gekaapt::ja\n::add-path::/gekaapt\n::save-state name=gekaapt::ja\nGEKAAPT=ja\n"
SHELL = "\"; touch {canary}; echo $(touch {canary}) `touch {canary}` && touch {canary} '"
FILES = (
    "content/vereisten/$(touch {canary}).md",
    "content/vereisten/`touch {canary}`.md",
    "content/vereisten/a; touch {canary} #.md",
    "content/vereisten/\n::set-output name=gekaapt::ja\n.md",
    "content/vereisten/::add-path::gekaapt.md",
    "content/vereisten/${{{{ github.token }}}}.md",
    "content/-rf.md",
    "content/vereisten/--fix.md",
    "content/GITHUB_ENV=gekaapt\n.yaml",
)
TEXT = """\
---
id: "urn:nl:ak:ver:avg-900\\n::set-output name=gekaapt::ja"
title: "{shell}"
status: "\\n::add-path::/gekaapt\\n"
{commands}: x
---

::set-output name=gekaapt::ja

## {shell}

{commands}
"""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return new_runner(tmp_path)


def poisoned(runner: Runner) -> str:
    """Fill a branch with hostile files; give its commit."""
    shell = SHELL.format(canary="gekaapt").replace('"', '\\"')
    text = TEXT.format(shell=shell, commands=COMMANDS)
    git(runner.repository, "checkout", "--quiet", "-b", "aanval")
    head = commit(runner.repository, {name.format(canary="gekaapt"): text for name in FILES})
    git(runner.repository, "checkout", "--quiet", "main")
    return head


def hijacked(runner: Runner, ran: Ran) -> list[str]:
    """Give the signs that something was executed, or obeyed as a command of the runner."""
    files = [path.name for path in runner.folder.rglob("gekaapt")]
    return files + [each for each in ran.commands if each not in {"error", "warning", "notice", "debug"}]


def test_the_control_is_hijacked(runner: Runner) -> None:
    write(runner.repository, {".github/workflows/control.yml": CONTROL})
    canary = runner.folder / "gekaapt"
    hostile = {"title": f'"; touch {canary}; echo "', "body": COMMANDS}
    ran = runner.run("control.yml", *event("pull_request", {"pull_request": hostile}), {})
    assert set(hijacked(runner, ran)) >= {"gekaapt", "set-output", "add-path", "set-env"}, ran.everything


def test_hostile_files_in_a_build(runner: Runner) -> None:
    head = poisoned(runner)
    git(runner.repository, "checkout", "--quiet", head)
    ran = runner.run("ci.yml", *event("push", {"ref": head}), {}, "--job", "build")
    assert ran.results["Check and build the framework"] == "failure"
    assert hijacked(runner, ran) == []
