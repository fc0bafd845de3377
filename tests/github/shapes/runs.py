"""Runs of workflows and artifacts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tests.github.description import template
from tests.github.shapes.common import repository, user
from tests.github.state import Pull

if TYPE_CHECKING:
    from tests.github.hub import Hub
    from tests.github.shapes.common import Json
    from tests.github.state import Artifact, Issue, Run


def run(hub: Hub, one: Run) -> Json:
    here = f"{hub.api}/actions/runs/{one.id}"
    head = hub.git.commits.get(one.sha)
    return {
        **template("workflow-run"),
        "id": one.id,
        "node_id": f"WFR_{one.id}",
        "name": one.path.rpartition("/")[2].partition(".")[0],
        "path": one.path,
        "event": one.event,
        "run_number": one.number,
        "run_attempt": 1,
        "display_title": head.message.partition("\n")[0] if head else "",
        "status": one.status,
        "conclusion": one.conclusion,
        "workflow_id": hub.number_of(one.path),
        "head_branch": one.branch,
        "head_sha": one.sha,
        "actor": user(hub, one.actor),
        "triggering_actor": user(hub, one.actor),
        "repository": repository(hub, "minimal-repository"),
        "head_repository": repository(hub, "minimal-repository", one.repository),
        "pull_requests": [_short(hub, hub.issues[number]) for number in one.pulls],
        "created_at": one.created,
        "updated_at": one.created,
        "run_started_at": one.created,
        "url": here,
        "html_url": f"{hub.pages}/actions/runs/{one.id}",
        "artifacts_url": f"{here}/artifacts",
    }


def _short(hub: Hub, one: Issue) -> Json:
    assert isinstance(one, Pull)

    def end(branch: str, sha: str, full_name: str) -> Json:
        repo = {"id": hub.number_of(full_name), "name": hub.name, "url": f"{hub.url}/repos/{full_name}"}
        return {"ref": branch, "sha": sha, "repo": repo}

    return {
        "id": one.id,
        "number": one.number,
        "url": f"{hub.api}/pulls/{one.number}",
        "head": end(one.head, hub.head_of(one), one.repository),
        "base": end(one.base, hub.base_of(one), hub.full_name),
    }


def artifact(hub: Hub, one: Artifact, of: Run) -> Json:
    here = f"{hub.api}/actions/artifacts/{one.id}"
    return {
        "id": one.id,
        "node_id": f"A_{one.id}",
        "name": one.name,
        "size_in_bytes": len(one.content),
        "digest": f"sha256:{hashlib.sha256(one.content).hexdigest()}",
        "url": here,
        "archive_download_url": f"{here}/zip",
        "expired": one.expired,
        "created_at": one.created,
        "updated_at": one.created,
        "expires_at": one.created,
        "workflow_run": {
            "id": of.id,
            "repository_id": hub.number_of(hub.full_name),
            "head_repository_id": hub.number_of(of.repository),
            "head_branch": of.branch,
            "head_sha": of.sha,
        },
    }
