"""The check of a pull request and the comment that follows, on this machine and a GitHub of our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.workflows.act import needs_act
from tests.workflows.meeting import PAGE, checked, hub_for, left, proposed, pushed, reviewed
from tests.world.repositories import commit, git

if TYPE_CHECKING:
    from tests.workflows.act import Runner

pytestmark = needs_act


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


def test_a_sound_change_passes_whatever_was_wrong_before(runner: Runner) -> None:
    path = "content/vereisten/avg-13-dpia.md"
    commit(runner.repository, {path: "---\nid: x\n---\n"})
    ran = checked(runner, proposed(runner, "\n## ", "\nDit is nieuw.\n\n## "))
    assert ran.code == 0, ran.everything


def test_a_comment_tells_a_stranger_what_is_wrong_and_shrinks_when_it_is_solved(runner: Runner) -> None:
    hub = hub_for("review.yml", "post")
    fork = f"redacteur/{hub.name}"
    head = proposed(runner, "\nstatus: concept\n", "\nstatus: concpet\n")
    pushed(runner, hub, "main", hub.full_name)
    pushed(runner, hub, "aanvulling", fork)
    pull = hub.propose("Vul aan", None, repository=fork, head="aanvulling")
    with hub.serving():
        run = left(runner, hub, pull, checked(runner, head))
        first = reviewed(runner, hub, run)
        (comment,) = pull.comments
        told, writes = comment.body, len(hub.writes)
        again = reviewed(runner, hub, run)
        assert len(hub.writes) == writes, "what is there already is not written again"
        git(runner.repository, "checkout", "--quiet", "aanvulling")
        commit(runner.repository, {PAGE: git(runner.repository, "show", f"main:{PAGE}") + "\n"})
        git(runner.repository, "checkout", "--quiet", "main")
        head = pushed(runner, hub, "aanvulling", fork)
        last = reviewed(runner, hub, left(runner, hub, pull, checked(runner, head)))
    assert [each.code for each in (first, again, last)] == [0, 0, 0], first.everything
    assert "concpet" in told
    assert len(pull.comments) == 1
    assert len(pull.comments[0].body) < len(told) / 4
