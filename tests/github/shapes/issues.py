"""Issues, comments and what happened to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.github.description import template
from tests.github.shapes.common import association, labels, maker, user

if TYPE_CHECKING:
    from tests.github.hub import Hub
    from tests.github.shapes.common import Json
    from tests.github.state import Comment, Event, Issue


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
        "user": maker(hub, one.author),
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
        "user": maker(hub, one.author),
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
