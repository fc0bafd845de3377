"""From a tag to a release and a site, on this machine and a GitHub of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.workflows.act import event, needs_act
from tests.workflows.meeting import hub_for, pushed
from tests.world.repositories import git

if TYPE_CHECKING:
    from tests.workflows.act import Runner

pytestmark = needs_act


def test_a_tag_becomes_a_release_and_a_site(runner: Runner) -> None:
    hub = hub_for("publish.yml", "release")
    git(runner.repository, "tag", "v1.0.0")
    head = pushed(runner, hub, "main", hub.full_name)
    hub.git.refs[hub.full_name]["refs/tags/v1.0.0"] = head
    with hub.serving():
        ran = runner.run("publish.yml", *event("push", {"ref": "refs/tags/v1.0.0"}), hub.environment())
    assert ran.jobs == dict.fromkeys(("build", "attest", "release", "pages"), "success"), ran.everything
    (release,) = hub.releases
    assert (release.tag, release.draft) == ("v1.0.0", False)
    attested = {line.rpartition("/")[2] for line in (runner.shelf / "attested" / "subjects").read_text().splitlines()}
    assert {asset.name for asset in release.assets} == attested
    assert (runner.shelf / "online" / "index.html").is_file()
