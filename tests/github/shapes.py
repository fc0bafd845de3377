"""How GitHub writes what the fake remembers.

`template` gives the many addresses that a schema demands and nobody here follows; they lead nowhere.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from tests.github.description import template
from tests.github.state import Pull

if TYPE_CHECKING:
    from tests.github.diffs import Difference
    from tests.github.git_store import Entry, Person
    from tests.github.hub import Hub
    from tests.github.state import Artifact, Asset, Comment, Event, Issue, Label, Release, Remark, Review, Run

Json = dict[str, Any]

LARGE: Final = 1_000_000


def user(hub: Hub, login: str) -> Json:
    """A person, or an app when the login ends in ``[bot]``."""
    return {
        **template("simple-user"),
        "login": login,
        "id": hub.number_of(login),
        "url": f"{hub.url}/users/{quote(login)}",
        "html_url": f"https://github.com/{login.removesuffix('[bot]')}",
        "type": "Bot" if login.endswith("[bot]") else "User",
    }


def repository(hub: Hub, schema: str, full_name: str | None = None) -> Json:
    """The repository, or the fork of someone else."""
    owner, _, name = (full_name or hub.full_name).partition("/")
    said = {
        **template(schema),
        "id": hub.number_of(f"{owner}/{name}"),
        "name": name,
        "full_name": f"{owner}/{name}",
        "owner": user(hub, owner),
        "fork": owner != hub.owner,
        "url": f"{hub.url}/repos/{owner}/{name}",
        "html_url": f"https://github.com/{owner}/{name}",
    }
    if schema != "minimal-repository":
        said.update(default_branch=hub.default_branch, has_issues=hub.has_issues)
    return said


def label(hub: Hub, one: Label) -> Json:
    return {
        "id": one.id,
        "node_id": f"LA_{one.id}",
        "url": f"{hub.api}/labels/{quote(one.name)}",
        "name": one.name,
        "color": one.color,
        "description": one.description,
        "default": False,
    }


def labels(hub: Hub, issue: Issue) -> list[Json]:
    known = (hub.find_label(name) for name in issue.labels)
    return [label(hub, one) for one in known if one]


def issue(hub: Hub, one: Issue) -> Json:
    """An issue; of a pull request only what it shares with issues, and where the rest is."""
    said = {
        **template("issue"),
        "id": one.id,
        "node_id": f"I_{one.id}",
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "state": one.state,
        "state_reason": one.reason,
        "locked": False,
        "user": user(hub, one.author),
        "labels": labels(hub, one),
        "assignees": [user(hub, login) for login in one.assignees],
        "assignee": user(hub, one.assignees[0]) if one.assignees else None,
        "milestone": None,
        "comments": len(one.comments),
        "author_association": association(hub, one.author),
        "created_at": one.created,
        "updated_at": one.updated,
        "closed_at": one.closed,
        "closed_by": user(hub, one.closed_by) if one.closed_by else None,
        "url": f"{hub.api}/issues/{one.number}",
        "repository_url": hub.api,
        "labels_url": f"{hub.api}/issues/{one.number}/labels{{/name}}",
        "comments_url": f"{hub.api}/issues/{one.number}/comments",
        "events_url": f"{hub.api}/issues/{one.number}/events",
        "html_url": f"{hub.pages}/{hub.room_of(one)}/{one.number}",
    }
    if hub.room_of(one) == "pull":
        said["pull_request"] = {
            "url": f"{hub.api}/pulls/{one.number}",
            "html_url": f"{hub.pages}/pull/{one.number}",
            "diff_url": f"{hub.pages}/pull/{one.number}.diff",
            "patch_url": f"{hub.pages}/pull/{one.number}.patch",
            "merged_at": None,
        }
    return said


def comment(hub: Hub, one: Comment, below: Issue) -> Json:
    return {
        **template("issue-comment"),
        "id": one.id,
        "node_id": f"IC_{one.id}",
        "body": one.body,
        "user": user(hub, one.author),
        "author_association": association(hub, one.author),
        "created_at": one.created,
        "updated_at": one.updated,
        "url": f"{hub.api}/issues/comments/{one.id}",
        "issue_url": f"{hub.api}/issues/{below.number}",
        "html_url": f"{hub.pages}/{hub.room_of(below)}/{below.number}#issuecomment-{one.id}",
    }


def event(hub: Hub, one: Event) -> Json:
    said = {
        "id": one.id,
        "node_id": f"EV_{one.id}",
        "url": f"{hub.api}/issues/events/{one.id}",
        "actor": user(hub, one.actor),
        "event": one.event,
        "commit_id": None,
        "commit_url": None,
        "created_at": one.created,
        "performed_via_github_app": None,
    }
    if one.label:
        said["label"] = {"name": one.label, "color": "ededed"}
    if one.reviewer:
        said |= {"review_requester": user(hub, one.actor), "requested_reviewer": user(hub, one.reviewer)}
    return said


def association(hub: Hub, login: str) -> str:
    return "MEMBER" if login in hub.people else "NONE"


# ── pull requests ─────────────────────────────────────────────────────────────────────────────────


def pull(hub: Hub, one: Pull, *, whole: bool = False) -> Json:
    """A pull request as in a list; or the ``whole`` of one, with its counts."""
    here = f"{hub.api}/pulls/{one.number}"
    said = {
        **template("pull-request" if whole else "pull-request-simple"),
        "id": one.id,
        "node_id": f"PR_{one.id}",
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "state": one.state,
        "locked": False,
        "draft": one.draft,
        "user": user(hub, one.author),
        "labels": labels(hub, one),
        "assignees": [user(hub, login) for login in one.assignees],
        "requested_reviewers": [user(hub, login) for login in one.reviewers],
        "requested_teams": [team(hub, name) for name in one.teams],
        "author_association": association(hub, one.author),
        "created_at": one.created,
        "updated_at": one.updated,
        "closed_at": one.closed,
        "merged_at": one.closed if one.merged else None,
        "merge_commit_sha": one.merged,
        "head": side(hub, one.repository, one.head, hub.head_of(one)),
        "base": side(hub, hub.full_name, one.base, hub.base_of(one)),
        "url": here,
        "html_url": f"{hub.pages}/pull/{one.number}",
        "issue_url": f"{hub.api}/issues/{one.number}",
        "comments_url": f"{hub.api}/issues/{one.number}/comments",
        "commits_url": f"{here}/commits",
        "review_comments_url": f"{here}/comments",
        "review_comment_url": f"{hub.api}/pulls/comments{{/number}}",
        "_links": {name: {"href": here} for name in template("pull-request-simple")["_links"]},
    }
    return said | _counts(hub, one) if whole else said


def _counts(hub: Hub, one: Pull) -> Json:
    changed = hub.differences(one)
    return {
        "merged": one.merged is not None,
        "mergeable": True,
        "mergeable_state": "clean",
        "maintainer_can_modify": False,
        "comments": len(one.comments),
        "review_comments": sum(len(review.remarks) for review in one.reviews),
        "commits": len(hub.commits_of(one)),
        "additions": sum(each.added for each in changed),
        "deletions": sum(each.removed for each in changed),
        "changed_files": len(changed),
    }


def side(hub: Hub, full_name: str, branch: str, sha: str) -> Json:
    """The head or the base of a pull request."""
    owner = full_name.partition("/")[0]
    repo = repository(hub, "repository", full_name)
    return {"label": f"{owner}:{branch}", "ref": branch, "sha": sha, "user": user(hub, owner), "repo": repo}


def team(hub: Hub, name: str) -> Json:
    return {**template("team"), "id": hub.number_of(name), "name": name, "slug": name}


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


# ── reviews ───────────────────────────────────────────────────────────────────────────────────────


def review(hub: Hub, one: Review, of: Pull) -> Json:
    where = f"{hub.pages}/pull/{of.number}#pullrequestreview-{one.id}"
    above = f"{hub.api}/pulls/{of.number}"
    said = {
        "id": one.id,
        "node_id": f"PRR_{one.id}",
        "user": user(hub, one.author),
        "body": one.body,
        "state": one.state,
        "commit_id": one.commit,
        "html_url": where,
        "pull_request_url": above,
        "_links": {"html": {"href": where}, "pull_request": {"href": above}},
        "author_association": association(hub, one.author),
    }
    if one.submitted:
        said["submitted_at"] = one.submitted
    return said


def remark(hub: Hub, one: Remark, within: Review, of: Pull, schema: str = "pull-request-review-comment") -> Json:
    """A comment on lines; GitHub moves it along, and calls it outdated when its line changed."""
    where = f"{hub.pages}/pull/{of.number}#discussion_r{one.id}"
    here, above = f"{hub.api}/pulls/comments/{one.id}", f"{hub.api}/pulls/{of.number}"
    line, start = hub.line_of(of, one), hub.line_of(of, one, start=True)
    said = {
        **template(schema),
        "id": one.id,
        "node_id": f"PRRC_{one.id}",
        "body": one.body,
        "path": one.path,
        "user": user(hub, one.author),
        "commit_id": hub.head_of(of) if line else one.commit,
        "original_commit_id": one.commit,
        "pull_request_review_id": within.id,
        "diff_hunk": one.hunk,
        "side": one.side,
        "line": line,
        "original_line": one.line,
        "start_line": start,
        "original_start_line": one.start,
        "start_side": one.side if one.start else None,
        "position": 1 if line else None,
        "original_position": 1,
        "created_at": one.created,
        "updated_at": one.updated,
        "author_association": association(hub, one.author),
        "url": here,
        "html_url": where,
        "pull_request_url": above,
        "_links": {"self": {"href": here}, "html": {"href": where}, "pull_request": {"href": above}},
    }
    if one.answers:
        said["in_reply_to_id"] = one.answers
    return said


# ── runs ──────────────────────────────────────────────────────────────────────────────────────────


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


# ── git ───────────────────────────────────────────────────────────────────────────────────────────


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


# ── releases ──────────────────────────────────────────────────────────────────────────────────────


def release(hub: Hub, one: Release) -> Json:
    here = f"{hub.api}/releases/{one.id}"
    return {
        **template("release"),
        "id": one.id,
        "node_id": f"RE_{one.id}",
        "tag_name": one.tag,
        "target_commitish": one.target,
        "name": one.name,
        "body": one.body,
        "draft": one.draft,
        "prerelease": one.prerelease,
        "immutable": False,
        "author": user(hub, one.author),
        "created_at": one.created,
        "published_at": one.published,
        "assets": [asset(hub, each, one) for each in one.assets],
        "url": here,
        "html_url": f"{hub.pages}/releases/tag/{f'untagged-{one.id}' if one.draft else quote(one.tag)}",
        "assets_url": f"{here}/assets",
        "upload_url": f"{here}/assets{{?name,label}}",
    }


def asset(hub: Hub, one: Asset, of: Release) -> Json:
    ready = one.state == "uploaded"
    return {
        "id": one.id,
        "node_id": f"RA_{one.id}",
        "name": one.name,
        "label": one.label,
        "state": one.state,
        "content_type": one.content_type,
        "size": len(one.content),
        "digest": f"sha256:{hashlib.sha256(one.content).hexdigest()}" if ready else None,
        "download_count": 0,
        "uploader": user(hub, one.uploader),
        "created_at": one.created,
        "updated_at": one.created,
        "url": f"{hub.api}/releases/assets/{one.id}",
        "browser_download_url": f"{hub.pages}/releases/download/{quote(of.tag)}/{quote(one.name)}",
    }
