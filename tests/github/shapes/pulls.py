"""Pull requests and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.github.description import template
from tests.github.shapes.common import association, labels, maker, repository, team, user

if TYPE_CHECKING:
    from tests.github.hub import Hub
    from tests.github.shapes.common import Json
    from tests.github.state import Pull, Remark, Review


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
        "user": maker(hub, one.author),
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


def review(hub: Hub, one: Review, of: Pull) -> Json:
    where = f"{hub.pages}/pull/{of.number}#pullrequestreview-{one.id}"
    above = f"{hub.api}/pulls/{of.number}"
    said = {
        "id": one.id,
        "node_id": f"PRR_{one.id}",
        "user": maker(hub, one.author),
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
        "user": maker(hub, one.author),
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
