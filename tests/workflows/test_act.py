"""Every workflow, run for real on this machine, against a GitHub of our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.github.hub import Hub
from tests.github.permissions import granted
from tests.workflows.act import event, needs_act, new_runner
from tests.workflows.files import FOLDER
from tests.world.repositories import commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.workflows.act import Ran, Runner

pytestmark = needs_act

PAGE = "content/vereisten/avg-05-juiste-en-actuele-gegevens.md"


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return new_runner(tmp_path)


def hub_for(workflow: str, job: str) -> Hub:
    """Make a GitHub that lets the token do what the job may do, and no more."""
    return Hub(granted(FOLDER / workflow, job))


def checked(runner: Runner, head: str) -> Ran:
    """Run the check of a pull request."""
    base = git(runner.repository, "rev-parse", "main")
    pull = {"head": {"sha": head}, "base": {"sha": base}}
    return runner.run("check.yml", *event("pull_request", {"pull_request": pull}), {})


def proposed(runner: Runner, old: str, new: str) -> str:
    """Change an entry on a branch; give its commit."""
    text = (runner.repository / PAGE).read_text("utf-8")
    assert old in text
    git(runner.repository, "checkout", "--quiet", "-b", "aanvulling")
    head = commit(runner.repository, {PAGE: text.replace(old, new)})
    git(runner.repository, "checkout", "--quiet", "main")
    return head


def test_a_new_mistake_stops_a_pull_request_and_leaves_its_review(runner: Runner) -> None:
    head = proposed(runner, "\nstatus: concept\n", "\nstatus: concpet\n")
    ran = checked(runner, head)
    assert ran.results == {
        "Check out the pull request": "success",
        "Set up Python": "success",
        "Install kader": "success",
        "Review what is new": "failure",
        "Keep the review for the comment": "success",
        "Keep the preview of changed pages": "success",
    }, ran.everything
    review = json.loads((runner.shelf / "review" / "review.json").read_text("utf-8"))
    assert review["head"] == head
    assert "schema/not-allowed-value" in json.dumps(review)
    assert ran.commands.count("error") == 1
    assert "concpet" in ran.summary


def test_a_sound_change_passes(runner: Runner) -> None:
    ran = checked(runner, proposed(runner, "\n## ", "\nDit is nieuw.\n\n## "))
    assert ran.code == 0, ran.everything


def test_what_was_wrong_before_stops_nobody(runner: Runner) -> None:
    path = "content/vereisten/avg-13-dpia.md"
    commit(runner.repository, {path: "---\nid: x\n---\n"})
    ran = checked(runner, proposed(runner, "\n## ", "\nDit is nieuw.\n\n## "))
    assert ran.code == 0, ran.everything


def test_an_issue_appears_stays_and_is_closed(runner: Runner) -> None:
    sound = (runner.repository / PAGE).read_text("utf-8")
    commit(runner.repository, {PAGE: sound.replace("status: concept", "status: concpet")})
    hub = hub_for("issues.yml", "sync")
    with hub.serving():
        first = runner.run("issues.yml", *event("push"), hub.environment())
        (made,) = hub.issues.values()
        writes = len(hub.writes)
        again = runner.run("issues.yml", *event("schedule"), hub.environment())
        unchanged = len(hub.writes) == writes
        commit(runner.repository, {PAGE: sound})
        last = runner.run("issues.yml", *event("push"), hub.environment())
    assert [each.code for each in (first, again, last)] == [0, 0, 0], first.everything
    assert "avg-05" in str(made.body)
    assert unchanged, "a second run writes nothing"
    assert (made.state, made.reason) == ("closed", "completed")
