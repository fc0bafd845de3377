"""Which events a workflow passes by, though GitHub starts it.

Instead of ``kader`` runs a script that leaves files as ``kader release build`` does: here it is only
of interest whether a job starts.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.workflows.act import MAKES, event, needs_act, new_runner
from tests.world.repositories import git

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.workflows.act import Runner

pytestmark = needs_act

FORK = {"repository": {"fork": True}}
FORM = [{"name": "voorstel"}]
TAG = {"ref": "refs/tags/v1.2.3"}
IDLE = """\
#!/bin/sh
mkdir -p release/assets release/site
touch release/assets/manifest.json release/site/index.html
"""


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    runner = new_runner(tmp_path_factory.mktemp("act"), MAKES)
    git(runner.repository, "tag", "v1.2.3")
    git(runner.repository, "tag", "v1.2.3-rc.1")
    idle = runner.folder / "idle"
    idle.write_text(IDLE)
    idle.chmod(0o755)
    return runner


def started(runner: Runner, name: str, event_name: str, changes: Mapping[str, Any] | None) -> list[str]:
    """Give the jobs that an event starts."""
    shutil.rmtree(runner.shelf)
    runner.shelf.mkdir()
    ran = runner.run(name, *event(event_name, changes), {"BENCH_PYTHON": str(runner.folder / "idle")})
    assert ran.code == 0, ran.everything
    return list(ran.jobs)


@pytest.mark.parametrize(
    ("name", "event_name", "changes", "jobs"),
    [
        ("issues.yml", "push", None, ["sync"]),
        ("issues.yml", "schedule", None, ["sync"]),
        ("links.yml", "schedule", None, ["links"]),
        ("propose.yml", "issues", {"issue": {"labels": FORM}}, ["propose"]),
        ("publish.yml", "push", TAG, ["build", "attest", "release", "pages"]),
        ("publish.yml", "push", {"ref": "refs/tags/v1.2.3-rc.1"}, ["build", "attest", "release"]),
        ("publish.yml", "workflow_dispatch", TAG, ["build", "attest", "release", "pages"]),
        ("review.yml", "workflow_run", None, ["post"]),
        ("review.yml", "workflow_run", {"workflow_run": {"conclusion": "success"}}, ["post"]),
        ("review.yml", "workflow_run", {"workflow_run": {"conclusion": "skipped"}}, ["post"]),
    ],
)
def test_what_runs(
    runner: Runner, name: str, event_name: str, changes: Mapping[str, Any] | None, jobs: list[str]
) -> None:
    assert started(runner, name, event_name, changes) == jobs


@pytest.mark.parametrize(
    ("name", "event_name", "changes"),
    [
        pytest.param("issues.yml", "push", FORK, id="a push in a fork"),
        pytest.param("issues.yml", "workflow_dispatch", {"ref": "refs/heads/proef"}, id="by hand on a branch"),
        pytest.param("links.yml", "schedule", FORK, id="the clock in a fork"),
        pytest.param("propose.yml", "issues", None, id="an ordinary issue"),
        pytest.param("propose.yml", "issues", {"issue": {"labels": [{"name": "fout"}]}}, id="another form"),
        pytest.param("propose.yml", "issues", {"issue": {"labels": FORM}, **FORK}, id="a form in a fork"),
        pytest.param("publish.yml", "workflow_dispatch", None, id="publishing a branch by hand"),
        pytest.param("review.yml", "workflow_run", {"workflow_run": {"event": "push"}}, id="no pull request"),
        pytest.param("review.yml", "workflow_run", {"workflow_run": {"conclusion": "cancelled"}}, id="cut off"),
        pytest.param(
            "review.yml", "workflow_run", {"workflow_run": {"conclusion": "action_required"}}, id="not approved"
        ),
    ],
)
def test_what_does_not(runner: Runner, name: str, event_name: str, changes: Mapping[str, Any] | None) -> None:
    assert started(runner, name, event_name, changes) == []
