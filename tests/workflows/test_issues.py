"""The issues of broken entries, on this machine and a GitHub of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.workflows.act import event, needs_act
from tests.workflows.meeting import PAGE, hub_for
from tests.world.repositories import commit

if TYPE_CHECKING:
    from tests.workflows.act import Runner

pytestmark = needs_act


def test_an_issue_appears_and_is_closed(runner: Runner) -> None:
    sound = (runner.repository / PAGE).read_text("utf-8")
    commit(runner.repository, {PAGE: sound.replace("status: concept", "status: concpet")})
    hub = hub_for("issues.yml", "sync")
    with hub.serving():
        first = runner.run("issues.yml", *event("push"), hub.environment())
        (made,) = hub.issues.values()
        commit(runner.repository, {PAGE: sound})
        last = runner.run("issues.yml", *event("schedule"), hub.environment())
    assert (first.code, last.code) == (0, 0), first.everything + last.everything
    assert "avg-05" in str(made.body)
    assert (made.state, made.reason) == ("closed", "completed")
