"""Git's own objects and references."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any, Final

from tests.github import shapes
from tests.github.answering import Answer, RefusedError, answers, missing
from tests.github.git_store import FOLDER, KINDS, Commit, Entry, Person, Tag, is_ref
from tests.github.state import Pull

if TYPE_CHECKING:
    from tests.github.answering import Asked

_BAD_STEP: Final = re.compile(r"(^|/)(\.{0,2}|\.git)(/|$)", re.IGNORECASE)
_HEADS: Final = "refs/heads/"


@answers("git/create-blob")
def create_blob(asked: Asked) -> Answer:
    content, encoding = asked.body["content"], asked.body.get("encoding", "utf-8")
    sha = asked.hub.git.blob(decoded(content) if encoding == "base64" else content.encode())
    return Answer(201, {"sha": sha, "url": f"{asked.hub.api}/git/blobs/{sha}"})


@answers("git/get-blob")
def get_blob(asked: Asked) -> Answer:
    sha = asked.parameters["file_sha"]
    content = asked.hub.git.blobs.get(sha)
    if content is None:
        raise missing()
    said = {
        "sha": sha,
        "node_id": f"B_{sha}",
        "url": f"{asked.hub.api}/git/blobs/{sha}",
        "size": len(content),
        "content": encoded(content),
        "encoding": "base64",
    }
    return Answer(200, said)


@answers("git/create-tree")
def create_tree(asked: Asked) -> Answer:
    git, base = asked.hub.git, asked.body.get("base_tree")
    check_workflows(asked, *(one["path"] for one in asked.body["tree"]))
    tree = _tree(asked, base, 422) if base else git.tree({})
    changes = {one["path"]: _entry(asked, one) for one in asked.body["tree"]}
    gone = {path for path, entry in changes.items() if entry is None}
    if gone - dict(git.entries(tree, folders=True)).keys():
        raise RefusedError(422, "GitRPC::BadObjectState")
    return Answer(201, shapes.tree(asked.hub, git.changed(tree, changes)))


@answers("git/get-tree")
def get_tree(asked: Asked) -> Answer:
    recursive = "recursive" in asked.call.query
    return Answer(200, shapes.tree(asked.hub, _tree(asked, asked.parameters["tree_sha"], 404), recursive=recursive))


@answers("git/create-commit")
def create_commit(asked: Asked) -> Answer:
    git, body = asked.hub.git, asked.body
    if body["tree"] not in git.trees:
        raise RefusedError(422, "Tree SHA does not exist")
    if any(parent not in git.commits for parent in body.get("parents", [])):
        raise RefusedError(422, "Parent SHA does not exist or is not a commit object")
    author = person(asked, body.get("author"))
    committer = person(asked, body["committer"]) if body.get("committer") else author
    sha = git.commit(Commit(body["tree"], tuple(body.get("parents", [])), body["message"], author, committer))
    return Answer(201, shapes.git_commit(asked.hub, sha))


@answers("git/get-commit")
def get_commit(asked: Asked) -> Answer:
    sha = asked.parameters["commit_sha"]
    if sha not in asked.hub.git.commits:
        raise missing()
    return Answer(200, shapes.git_commit(asked.hub, sha))


@answers("git/create-tag")
def create_tag(asked: Asked) -> Answer:
    git, body = asked.hub.git, asked.body
    if git.kind(body["object"]) != body["type"]:
        raise RefusedError(422, "Object does not exist")
    tagger = person(asked, body.get("tagger"))
    sha = git.tag(Tag(body["tag"], body["object"], body["type"], body["message"], tagger))
    return Answer(201, shapes.git_tag(asked.hub, sha))


@answers("git/get-tag")
def get_tag(asked: Asked) -> Answer:
    sha = asked.parameters["tag_sha"]
    if sha not in asked.hub.git.tags:
        raise missing()
    return Answer(200, shapes.git_tag(asked.hub, sha))


# ── references ────────────────────────────────────────────────────────────────────────────────────


@answers("git/create-ref")
def create_ref(asked: Asked) -> Answer:
    hub, name, sha = asked.hub, asked.body["ref"], asked.body["sha"]
    if not is_ref(name):
        raise RefusedError(422, f"{name} is not a valid ref name.")
    if hub.find_ref(name):
        raise RefusedError(422, "Reference already exists")
    if any(one.startswith(f"{name}/") or name.startswith(f"{one}/") for one in hub.refs):
        raise RefusedError(422, "Reference cannot be created: a folder of references has its name")
    _check_object(asked, name, sha)
    hub.refs[name] = sha
    return Answer(201, shapes.ref(hub, name))


@answers("git/get-ref")
def get_ref(asked: Asked) -> Answer:
    name = f"refs/{asked.parameters['ref']}"
    if name not in asked.hub.refs:
        raise missing()
    return Answer(200, shapes.ref(asked.hub, name))


@answers("git/list-matching-refs")
def list_refs(asked: Asked) -> Answer:
    start = f"refs/{asked.parameters['ref']}"
    found = [name for name in sorted(asked.hub.refs) if name.startswith(start)]
    return Answer(200, [shapes.ref(asked.hub, name) for name in found])


@answers("git/update-ref")
def update_ref(asked: Asked) -> Answer:
    hub, name, sha = asked.hub, f"refs/{asked.parameters['ref']}", asked.body["sha"]
    if name not in hub.refs:
        raise RefusedError(422, "Reference does not exist")
    _check_object(asked, name, sha)
    is_commit = sha in hub.git.commits and hub.refs[name] in hub.git.commits
    if not asked.body.get("force", False) and not (is_commit and hub.refs[name] in hub.git.ancestors(sha)):
        raise RefusedError(422, "Update is not a fast forward")
    hub.refs[name] = sha
    return Answer(200, shapes.ref(hub, name))


@answers("git/delete-ref")
def delete_ref(asked: Asked) -> Answer:
    """A pull request whose branch goes away is closed."""
    hub, name = asked.hub, f"refs/{asked.parameters['ref']}"
    if name not in hub.refs:
        raise RefusedError(422, "Reference does not exist")
    if name == _HEADS + hub.default_branch:
        raise RefusedError(422, "Cannot delete the default branch")
    for pull in hub.issues.values():
        if isinstance(pull, Pull) and (pull.repository, _HEADS + pull.head) == (hub.full_name, name):
            hub.head_of(pull)
            if pull.state == "open":
                hub.close(pull, by=asked.who)
    del hub.refs[name]
    return Answer(204)


def _check_object(asked: Asked, name: str, sha: str) -> None:
    kind = asked.hub.git.kind(sha)
    if kind is None:
        raise RefusedError(422, "Object does not exist")
    if name.startswith(_HEADS) and kind != "commit":
        raise RefusedError(422, "Reference update failed: a branch needs a commit")


# ── what more answers need ────────────────────────────────────────────────────────────────────────


def person(asked: Asked, given: dict[str, Any] | None) -> Person:
    """Give who a request names, or else whose token it is."""
    known = asked.hub.person(asked.who)
    return Person(given["name"], given["email"], given.get("date", known.date)) if given else known


def decoded(content: str) -> bytes:
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except binascii.Error as error:
        raise RefusedError(422, "content is not valid Base64") from error


def encoded(content: bytes) -> str:
    return base64.encodebytes(content).decode()


def check_workflows(asked: Asked, *paths: str) -> None:
    """Refuse a workflow's token that would change workflows: no permission of a job allows it."""
    if asked.is_app and any(path.startswith(".github/workflows/") for path in paths):
        raise RefusedError(403, "Resource not accessible by integration", needs="workflows=write")


def check_path(path: str) -> None:
    if _BAD_STEP.search(path):
        raise RefusedError(422, "tree.path contains a malformed path component")


def _tree(asked: Asked, name: str, otherwise: int) -> str:
    """Give the tree that a tree, a commit or a branch stands for."""
    if name in asked.hub.git.trees:
        return name
    commit = asked.hub.find_commit(name)
    if commit is None:
        raise RefusedError(otherwise, "Not Found" if otherwise == 404 else "base_tree is not a valid tree oid")
    return asked.hub.git.commits[commit].tree


def _entry(asked: Asked, given: dict[str, Any]) -> Entry | None:
    check_path(given["path"])
    if "content" in given:
        return Entry(given["mode"], asked.hub.git.blob(given["content"].encode()))
    if given.get("sha") is None:
        return None
    kind = asked.hub.git.kind(given["sha"])
    if kind != KINDS[given["mode"]]:
        raise RefusedError(422, f"tree.sha {given['sha']} is not a valid {KINDS[given['mode']]}")
    return Entry(FOLDER if kind == "tree" else given["mode"], given["sha"])
