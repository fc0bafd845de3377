"""Runs of workflows, and the artifacts that they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.github import shapes
from tests.github.answering import Answer, RefusedError, answers, missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.github.answering import Asked
    from tests.github.state import Artifact, Run


@answers("actions/list-workflow-runs-for-repo")
def list_runs(asked: Asked) -> Answer:
    return _listed(asked, asked.hub.runs)


@answers("actions/list-workflow-runs")
def list_runs_of_workflow(asked: Asked) -> Answer:
    wanted = asked.parameters["workflow_id"]
    names = {one.path: {str(asked.hub.number_of(one.path)), one.path.rpartition("/")[2]} for one in asked.hub.runs}
    if not any(wanted in each for each in names.values()):
        raise missing()
    return _listed(asked, [one for one in asked.hub.runs if wanted in names[one.path]])


@answers("actions/get-workflow-run")
def get_run(asked: Asked) -> Answer:
    return Answer(200, shapes.run(asked.hub, _run(asked)))


@answers("actions/list-workflow-run-artifacts")
def list_artifacts_of_run(asked: Asked) -> Answer:
    run = _run(asked)
    return _artifacts(asked, [(one, run) for one in run.artifacts])


@answers("actions/list-artifacts-for-repo")
def list_artifacts(asked: Asked) -> Answer:
    return _artifacts(asked, [(one, run) for run in asked.hub.runs for one in run.artifacts])


@answers("actions/get-artifact")
def get_artifact(asked: Asked) -> Answer:
    artifact, run = _artifact(asked)
    return Answer(200, shapes.artifact(asked.hub, artifact, run))


@answers("actions/download-artifact")
def download_artifact(asked: Asked) -> Answer:
    """The zip lies elsewhere, under an address that itself is the key."""
    artifact, _ = _artifact(asked)
    if asked.parameters["archive_format"] != "zip":
        raise missing()
    if artifact.expired:
        raise RefusedError(410, "Artifact has expired")
    return Answer(302, headers={"Location": asked.hub.stored(f"artifacts/{artifact.id}.zip", artifact.content)})


def _listed(asked: Asked, runs: Sequence[Run]) -> Answer:
    query = asked.call.query
    found = [
        one
        for one in reversed(runs)
        if query.get("branch") in {None, one.branch}
        and query.get("event") in {None, one.event}
        and query.get("actor") in {None, one.actor}
        and query.get("head_sha") in {None, one.sha}
        and query.get("status") in {None, one.status, one.conclusion}
    ]
    return asked.listed(found, lambda one: shapes.run(asked.hub, one), "workflow_runs")


def _artifacts(asked: Asked, pairs: Sequence[tuple[Artifact, Run]]) -> Answer:
    name = asked.call.query.get("name")
    found = [pair for pair in reversed(pairs) if name in {None, pair[0].name}]
    return asked.listed(found, lambda pair: shapes.artifact(asked.hub, *pair), "artifacts")


def _run(asked: Asked) -> Run:
    number = asked.number("run_id")
    for run in asked.hub.runs:
        if run.id == number:
            return run
    raise missing()


def _artifact(asked: Asked) -> tuple[Artifact, Run]:
    number = asked.number("artifact_id")
    for run in asked.hub.runs:
        for artifact in run.artifacts:
            if artifact.id == number:
                return artifact, run
    raise missing()
