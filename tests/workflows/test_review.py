"""The check of a pull request and the comment that follows, on this machine and a GitHub of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.workflows.act import needs_act
from tests.workflows.meeting import PAGE, checked, hub_for, left, proposed, pushed, reviewed
from tests.world.repositories import commit, git

if TYPE_CHECKING:
    from tests.workflows.act import Runner

pytestmark = needs_act


def test_a_stranger_is_told_what_is_wrong_until_it_is_mended(runner: Runner) -> None:
    hub = hub_for("review.yml", "post")
    fork = f"redacteur/{hub.name}"
    head = proposed(runner, "\nstatus: concept\n", "\nstatus: concpet\n")
    pushed(runner, hub, "main", hub.full_name)
    pushed(runner, hub, "aanvulling", fork)
    pull = hub.propose("Vul aan", None, repository=fork, head="aanvulling")
    with hub.serving():
        first = checked(runner, head)
        said = reviewed(runner, hub, left(runner, hub, pull, first))
        (comment,) = pull.comments
        told = comment.body
        head = mended(runner)
        pushed(runner, hub, "aanvulling", fork)
        second = checked(runner, head)
        settled = reviewed(runner, hub, left(runner, hub, pull, second))
    # A new mistake stops the pull request, and what was found is kept all the same.
    assert first.results == {
        "Check out the pull request": "success",
        "Set up Python": "success",
        "Install kader": "success",
        "Review what is new": "failure",
        "Keep the review for the comment": "success",
        "Keep the preview of changed pages": "success",
    }, first.everything
    assert first.commands.count("error") == 1
    assert "concpet" in first.summary
    assert (runner.shelf / "preview" / "index.html").is_file()
    # The comment tells it, and stays when it is mended, as one line.
    assert (said.code, second.code, settled.code) == (0, 0, 0), said.everything + second.everything
    assert "concpet" in told
    assert [each is comment for each in pull.comments] == [True]
    assert len(comment.body) < len(told) / 4


def test_a_sound_change_passes_whatever_was_wrong_before(runner: Runner) -> None:
    commit(runner.repository, {"content/vereisten/avg-99-kapot.md": "---\nid: x\n---\n"})
    ran = checked(runner, proposed(runner, "\n## ", "\nDit is nieuw.\n\n## "))
    assert ran.code == 0, ran.everything


def mended(runner: Runner) -> str:
    """Take the mistake away on its branch; give the commit."""
    git(runner.repository, "checkout", "--quiet", "aanvulling")
    head = commit(runner.repository, {PAGE: git(runner.repository, "show", f"main:{PAGE}") + "\n"})
    git(runner.repository, "checkout", "--quiet", "main")
    return head
