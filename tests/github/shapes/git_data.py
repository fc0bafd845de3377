"""Git's objects and references, commits and files."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tests.github.description import template
from tests.github.shapes.common import user

if TYPE_CHECKING:
    from tests.github.diffs import Difference
    from tests.github.git_store import Entry, Person
    from tests.github.hub import Hub
    from tests.github.shapes.common import Json

LARGE: Final = 1_000_000


def difference(hub: Hub, one: Difference) -> Json:
    said = {
        **template("diff-entry"),
        "sha": one.sha,
        "filename": one.path,
        "status": one.status,
        "additions": one.added,
        "deletions": one.removed,
        "changes": one.added + one.removed,
        "contents_url": f"{hub.api}/contents/{quote(one.path)}",
    }
    if one.patch:
        said["patch"] = one.patch
    if one.previous:
        said["previous_filename"] = one.previous
    return said


def commit(hub: Hub, sha: str) -> Json:
    """A commit, as in a list."""
    one = hub.git.commits[sha]
    inner = {
        **template("commit")["commit"],
        "message": one.message,
        "author": _named(one.author),
        "committer": _named(one.committer),
        "tree": {"sha": one.tree, "url": f"{hub.api}/git/trees/{one.tree}"},
        "url": f"{hub.api}/git/commits/{sha}",
    }
    return {
        **template("commit"),
        "sha": sha,
        "node_id": f"C_{sha}",
        "url": f"{hub.api}/commits/{sha}",
        "html_url": f"{hub.pages}/commit/{sha}",
        "commit": inner,
        "author": user(hub, one.author.name),
        "committer": user(hub, one.committer.name),
        "parents": [{"sha": parent, "url": f"{hub.api}/commits/{parent}"} for parent in one.parents],
    }


def _named(person: Person) -> Json:
    return {"name": person.name, "email": person.email, "date": person.date}


def ref(hub: Hub, name: str) -> Json:
    sha = hub.refs[name]
    kind = str(hub.git.kind(sha))
    return {
        "ref": name,
        "node_id": f"REF_{name}",
        "url": f"{hub.api}/git/{quote(name)}",
        "object": {"type": kind, "sha": sha, "url": f"{hub.api}/git/{kind}s/{sha}"},
    }


def tree(hub: Hub, sha: str, *, recursive: bool = False) -> Json:
    inside = hub.git.entries(sha, folders=True) if recursive else hub.git.trees[sha].items()
    return {
        "sha": sha,
        "url": f"{hub.api}/git/trees/{sha}",
        "truncated": False,
        "tree": [_line_of_tree(hub, path, one) for path, one in inside],
    }


def _line_of_tree(hub: Hub, path: str, one: Entry) -> Json:
    said = {"path": path, "mode": one.mode, "type": one.kind, "sha": one.sha}
    said["url"] = f"{hub.api}/git/{one.kind}s/{one.sha}"
    return {**said, "size": len(hub.git.blobs[one.sha])} if one.kind == "blob" else said


def git_commit(hub: Hub, sha: str) -> Json:
    """A commit as git has it, without whom GitHub thinks made it."""
    one = hub.git.commits[sha]
    parents = [
        {"sha": parent, "url": f"{hub.api}/git/commits/{parent}", "html_url": f"{hub.pages}/commit/{parent}"}
        for parent in one.parents
    ]
    return {
        **template("git-commit"),
        "sha": sha,
        "node_id": f"C_{sha}",
        "url": f"{hub.api}/git/commits/{sha}",
        "html_url": f"{hub.pages}/commit/{sha}",
        "message": one.message,
        "author": _named(one.author),
        "committer": _named(one.committer),
        "tree": {"sha": one.tree, "url": f"{hub.api}/git/trees/{one.tree}"},
        "parents": parents,
    }


def git_tag(hub: Hub, sha: str) -> Json:
    one = hub.git.tags[sha]
    return {
        "sha": sha,
        "node_id": f"TA_{sha}",
        "url": f"{hub.api}/git/tags/{sha}",
        "tag": one.tag,
        "message": one.message,
        "tagger": _named(one.tagger),
        "object": {"type": one.kind, "sha": one.object, "url": f"{hub.api}/git/{one.kind}s/{one.object}"},
    }


def branch(hub: Hub, name: str) -> Json:
    sha = hub.refs[f"refs/heads/{name}"]
    return {"name": name, "commit": {"sha": sha, "url": f"{hub.api}/commits/{sha}"}, "protected": False}


def whole_branch(hub: Hub, name: str) -> Json:
    whole = commit(hub, hub.refs[f"refs/heads/{name}"])
    return {**template("branch-with-protection"), "name": name, "commit": whole, "protected": False}


def file(hub: Hub, path: str, one: Entry, *, whole: bool = True) -> Json:
    """A file with its content, or a file or a folder as it stands in a list."""
    here = f"{hub.api}/contents/{quote(path)}"
    content = hub.git.blobs.get(one.sha, b"")
    said: Json = {
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": one.sha,
        "size": len(content),
        "type": "dir" if one.kind == "tree" else "file",
        "url": here,
        "html_url": f"{hub.pages}/{one.kind}/{hub.default_branch}/{quote(path)}",
        "git_url": f"{hub.api}/git/{one.kind}s/{one.sha}",
        "download_url": f"https://raw.githubusercontent.com/{hub.full_name}/{hub.default_branch}/{quote(path)}",
    }
    said["_links"] = {"self": here, "git": said["git_url"], "html": said["html_url"]}
    if not whole:
        return said
    # Of a large file GitHub gives the content only raw.
    large = len(content) > LARGE
    text = "" if large else base64.encodebytes(content).decode()
    return {**said, "content": text, "encoding": "none" if large else "base64"}
