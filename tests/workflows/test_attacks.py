"""What a stranger may write, run through the workflows: a title, a branch, a name of a file, a text.

A canary tells whether any of it was executed. The control shows that the canary would: a workflow
with the mistake that ours may not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.workflows.act import event, needs_act
from tests.workflows.meeting import checked, hub_for, left, pushed, reviewed
from tests.world.repositories import commit, git, write

if TYPE_CHECKING:
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
BRANCH = "$(touch${IFS}gekaapt);`touch${IFS}gekaapt`"
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
id: "urn:nl:ak:ver:avg-90{number}\\n::set-output name=gekaapt::ja"
title: "{shell}"
status: "\\n::add-path::/gekaapt\\n"
{extra}---

::set-output name=gekaapt::ja

## {shell}

{commands}
"""


def poisoned(runner: Runner, branch: str = "aanval") -> str:
    """Fill a branch with hostile files; give its commit."""
    shell = SHELL.format(canary="gekaapt").replace('"', '\\"')
    files = {}
    for number, name in enumerate(FILES):
        extra = f"{COMMANDS}: x\n" if number % 2 else ""  # these are no YAML at all
        text = TEXT.format(number=number, shell=shell, commands=COMMANDS, extra=extra)
        files[name.format(canary="gekaapt")] = text
    git(runner.repository, "checkout", "--quiet", "-b", branch)
    head = commit(runner.repository, files)
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


def test_a_hostile_pull_request_gets_its_comment_and_nothing_else(runner: Runner) -> None:
    hub = hub_for("review.yml", "post")
    head = poisoned(runner, BRANCH)
    fork = f"redacteur/{hub.name}"
    pushed(runner, hub, "main", hub.full_name)
    pushed(runner, hub, BRANCH, fork)
    title = SHELL.format(canary="gekaapt") + COMMANDS
    pull = hub.propose(title, COMMANDS, repository=fork, head=BRANCH)
    check = checked(runner, head, title=title, body=COMMANDS, branch=BRANCH)
    with hub.serving():
        review = reviewed(runner, hub, left(runner, hub, pull, check))
    assert check.results["Review what is new"] == "failure"
    assert review.code == 0, review.everything
    assert hijacked(runner, check) == hijacked(runner, review) == []
    assert check.commands.count("error") == 10, "there are more, and GitHub shows no more of them"
    assert len(pull.comments) == 1


def test_a_hostile_tag_is_no_version(runner: Runner) -> None:
    tag = f"v1.0.0{BRANCH}"
    git(runner.repository, "tag", tag)
    ran = runner.run("publish.yml", *event("workflow_dispatch", {"ref": f"refs/tags/{tag}"}), {}, "--job", "build")
    assert ran.results["Check, build and verify every artifact"] == "failure"
    assert "is geen versie" in ran.log
    assert hijacked(runner, ran) == []
