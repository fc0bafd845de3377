"""The repository itself: its branches, commits and files, who works here, and what is left to ask."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.github import shapes
from tests.github.answering import Answer, RefusedError, answers, missing
from tests.github.answers.git_data import check_path, check_workflows, decoded, person
from tests.github.description import template
from tests.github.diffs import differences
from tests.github.git_store import FILE, Commit, Entry

if TYPE_CHECKING:
    from tests.github.answering import Asked
    from tests.github.diffs import Difference


@answers("repos/get")
def get_repository(asked: Asked) -> Answer:
    return Answer(200, shapes.repository(asked.hub, "full-repository"))


@answers("repos/list-branches")
def list_branches(asked: Asked) -> Answer:
    names = [name.removeprefix("refs/heads/") for name in sorted(asked.hub.refs) if name.startswith("refs/heads/")]
    return asked.listed(names, lambda name: shapes.branch(asked.hub, name))


@answers("repos/get-branch")
def get_branch(asked: Asked) -> Answer:
    name = asked.parameters["branch"]
    if asked.hub.find_ref(f"refs/heads/{name}") is None:
        raise RefusedError(404, "Branch not found")
    return Answer(200, shapes.whole_branch(asked.hub, name))


@answers("repos/list-commits")
def list_commits(asked: Asked) -> Answer:
    hub, query = asked.hub, asked.call.query
    start = hub.find_commit(query.get("sha", hub.default_branch))
    if start is None:
        raise missing()
    path = query.get("path")
    found = [
        sha for sha in hub.git.ancestors(start) if path is None or any(path == one.path for one in _changes(asked, sha))
    ]
    return asked.listed(found, lambda sha: shapes.commit(hub, sha))


@answers("repos/get-commit")
def get_commit(asked: Asked) -> Answer:
    sha = asked.hub.find_commit(asked.parameters["ref"])
    if sha is None:
        raise RefusedError(422, f"No commit found for SHA: {asked.parameters['ref']}")
    files = [shapes.difference(asked.hub, one) for one in _changes(asked, sha)]
    return Answer(200, {**shapes.commit(asked.hub, sha), "files": files})


@answers("repos/get-collaborator-permission-level")
def get_right(asked: Asked) -> Answer:
    """Who does not work here may read: the repository is public."""
    login = asked.parameters["username"]
    level = "write" if login in asked.hub.people else "read"
    user = {**template("nullable-collaborator"), **shapes.user(asked.hub, login), "role_name": level}
    return Answer(200, {"permission": level, "role_name": level, "user": user})


@answers("users/get-authenticated")
def get_me(asked: Asked) -> Answer:
    if asked.is_app:
        raise RefusedError(403, "Resource not accessible by integration")
    return Answer(200, {**template("public-user"), **shapes.user(asked.hub, asked.who)})


@answers("rate-limit/get")
def get_limits(asked: Asked) -> Answer:
    left = {"limit": 1000, "used": len(asked.hub.requests), "remaining": 1000, "reset": int(time.time()) + 3600}
    return Answer(200, {"rate": left, "resources": {"core": left, "search": left}})


# ── files ─────────────────────────────────────────────────────────────────────────────────────────


@answers("repos/get-content")
def get_content(asked: Asked) -> Answer:
    hub, path = asked.hub, asked.parameters["path"].strip("/")
    commit = hub.find_commit(asked.call.query.get("ref", hub.default_branch))
    if commit is None:
        raise RefusedError(404, f"No commit found for the ref {asked.call.query.get('ref')}")
    tree = hub.git.commits[commit].tree
    entries = dict(hub.git.entries(tree, folders=True))
    found = entries.get(path)
    if found and found.kind == "blob":
        if "raw" in asked.call.headers.get("accept", ""):
            return Answer(200, bytes=hub.git.blobs[found.sha])
        return Answer(200, shapes.file(hub, path, found))
    if path and found is None:
        raise missing()
    inside = f"{path}/" if path else ""
    listed = [one for one in entries if one.startswith(inside) and "/" not in one[len(inside) :]]
    return Answer(200, [shapes.file(hub, one, entries[one], whole=False) for one in listed])


@answers("repos/create-or-update-file-contents")
def put_content(asked: Asked) -> Answer:
    check_path(asked.parameters["path"])
    branch, known = _place(asked)
    if known and "sha" not in asked.body:
        raise RefusedError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    _check_known(asked, known)
    entry = Entry(FILE, asked.hub.git.blob(decoded(asked.body["content"])))
    return _committed(asked, branch, entry, 200 if known else 201)


@answers("repos/delete-file")
def delete_content(asked: Asked) -> Answer:
    branch, known = _place(asked)
    if known is None:
        raise missing()
    _check_known(asked, known)
    return _committed(asked, branch, None, 200)


def _changes(asked: Asked, sha: str) -> list[Difference]:
    git = asked.hub.git
    parents = git.commits[sha].parents
    return differences(git, git.tree({}) if not parents else git.commits[parents[0]].tree, git.commits[sha].tree)


def _place(asked: Asked) -> tuple[str, Entry | None]:
    """Give the branch to write on, and what is at the path now."""
    hub, branch = asked.hub, asked.body.get("branch", asked.hub.default_branch)
    check_workflows(asked, asked.parameters["path"])
    tip = hub.find_ref(f"refs/heads/{branch}")
    if tip is None:
        raise RefusedError(404, f"Branch {branch} not found")
    return branch, hub.git.files(tip).get(asked.parameters["path"])


def _check_known(asked: Asked, known: Entry | None) -> None:
    path, given = asked.parameters["path"], asked.body.get("sha")
    if given is not None and (known is None or given != known.sha):
        raise RefusedError(409, f"{path} does not match {given}")


def _committed(asked: Asked, branch: str, entry: Entry | None, status: int) -> Answer:
    hub, path = asked.hub, asked.parameters["path"]
    ref = f"refs/heads/{branch}"
    parent = hub.refs[ref]
    who = person(asked, asked.body.get("author"))
    tree = hub.git.changed(hub.git.commits[parent].tree, {path: entry})
    hub.refs[ref] = hub.git.commit(Commit(tree, (parent,), asked.body["message"], who, who))
    content = shapes.file(hub, path, entry, whole=False) if entry else None
    return Answer(status, {"content": content, "commit": shapes.git_commit(hub, hub.refs[ref])})
