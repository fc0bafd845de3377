"""Issues, comments and labels."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tests.github import shapes
from tests.github.answering import Answer, RefusedError, answers, invalid, missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.github.answering import Asked
    from tests.github.hub import Hub
    from tests.github.state import Comment, Issue, Label

Kind = TypeVar("Kind", bound="Issue")

LONGEST: Final = 65_536
LONGEST_TITLE: Final = 256
LONGEST_NAME: Final = 50
LONGEST_DESCRIPTION: Final = 100
MOST_LABELS: Final = 100


@answers("issues/list-for-repo")
def list_issues(asked: Asked) -> Answer:
    _need_issues(asked.hub)
    query = asked.call.query
    found = [issue for issue in asked.hub.issues.values() if _is_meant(issue, query)]
    return asked.listed(in_order(found, query), lambda issue: shapes.issue(asked.hub, issue))


@answers("issues/create")
def create_issue(asked: Asked) -> Answer:
    _need_issues(asked.hub)
    body = asked.body
    check_title("Issue", body["title"])
    check_body("Issue", body.get("body"))
    made = asked.hub.issue(str(body["title"]), body.get("body"), by=asked.who)
    made.labels = _labels_of(asked.hub, body.get("labels", []))
    made.assignees = _people_of(asked.hub, body)
    return Answer(201, shapes.issue(asked.hub, made))


@answers("issues/get")
def get_issue(asked: Asked) -> Answer:
    return Answer(200, shapes.issue(asked.hub, asked.issue))


@answers("issues/update")
def update_issue(asked: Asked) -> Answer:
    issue, body = asked.issue, asked.body
    if body.get("title") is not None:
        check_title("Issue", body["title"])
    check_body("Issue", body.get("body"))
    if body.get("title") is not None:
        issue.title = str(body["title"])
    if "body" in body:
        issue.body = body["body"]
    if "labels" in body:
        issue.labels = _labels_of(asked.hub, body["labels"])
    if "assignees" in body:
        issue.assignees = _people_of(asked.hub, body)
    turn(asked, issue)
    issue.updated = asked.hub.now()
    return Answer(200, shapes.issue(asked.hub, issue))


@answers("issues/list-events")
def list_events(asked: Asked) -> Answer:
    return asked.listed(asked.issue.events, lambda event: shapes.event(asked.hub, event))


@answers("issues/add-assignees")
def add_assignees(asked: Asked) -> Answer:
    issue = asked.issue
    issue.assignees += [login for login in _people_of(asked.hub, asked.body) if login not in issue.assignees]
    return Answer(201, shapes.issue(asked.hub, issue))


# ── comments ──────────────────────────────────────────────────────────────────────────────────────


@answers("issues/list-comments")
def list_comments(asked: Asked) -> Answer:
    issue = asked.issue
    since = asked.call.query.get("since", "")
    found = [comment for comment in issue.comments if comment.updated >= since]
    return asked.listed(found, lambda comment: shapes.comment(asked.hub, comment, issue))


@answers("issues/list-comments-for-repo")
def list_all_comments(asked: Asked) -> Answer:
    since = asked.call.query.get("since", "")
    pairs = [(issue, one) for issue in asked.hub.issues.values() for one in issue.comments if one.updated >= since]
    key = attrgetter("updated" if asked.call.query.get("sort") == "updated" else "id")
    pairs.sort(key=lambda pair: key(pair[1]), reverse=asked.call.query.get("direction") == "desc")
    return asked.listed(pairs, lambda pair: shapes.comment(asked.hub, pair[1], pair[0]))


@answers("issues/create-comment")
def create_comment(asked: Asked) -> Answer:
    issue = asked.issue
    check_body("IssueComment", asked.body["body"], needed=True)
    made = asked.hub.comment(issue, asked.body["body"], by=asked.who)
    return Answer(201, shapes.comment(asked.hub, made, issue))


@answers("issues/get-comment")
def get_comment(asked: Asked) -> Answer:
    comment, issue = _comment(asked)
    return Answer(200, shapes.comment(asked.hub, comment, issue))


@answers("issues/update-comment")
def update_comment(asked: Asked) -> Answer:
    comment, issue = _comment(asked)
    check_body("IssueComment", asked.body["body"], needed=True)
    comment.body, comment.updated = asked.body["body"], asked.hub.now()
    return Answer(200, shapes.comment(asked.hub, comment, issue))


@answers("issues/delete-comment")
def delete_comment(asked: Asked) -> Answer:
    comment, issue = _comment(asked)
    issue.comments.remove(comment)
    return Answer(204)


def _comment(asked: Asked) -> tuple[Comment, Issue]:
    number = asked.number("comment_id")
    for issue in asked.hub.issues.values():
        for comment in issue.comments:
            if comment.id == number:
                return comment, issue
    raise missing()


# ── labels ────────────────────────────────────────────────────────────────────────────────────────


@answers("issues/list-labels-for-repo")
def list_labels(asked: Asked) -> Answer:
    return asked.listed(asked.hub.labels, lambda label: shapes.label(asked.hub, label))


@answers("issues/create-label")
def create_label(asked: Asked) -> Answer:
    body = asked.body
    _check_label(body)
    if asked.hub.find_label(body["name"]):
        raise invalid("Label", "name", "already_exists")
    made = asked.hub.label(body["name"], body.get("color", "ededed"), body.get("description"))
    return Answer(201, shapes.label(asked.hub, made))


@answers("issues/get-label")
def get_label(asked: Asked) -> Answer:
    return Answer(200, shapes.label(asked.hub, _label(asked)))


@answers("issues/update-label")
def update_label(asked: Asked) -> Answer:
    label, body = _label(asked), asked.body
    _check_label({"name": body.get("new_name", label.name), **body})
    new = body.get("new_name", label.name)
    other = asked.hub.find_label(new)
    if other is not None and other is not label:
        raise invalid("Label", "name", "already_exists")
    for issue in asked.hub.issues.values():
        issue.labels = [new if name == label.name else name for name in issue.labels]
    label.name = new
    label.color = body.get("color", label.color)
    label.description = body.get("description", label.description)
    return Answer(200, shapes.label(asked.hub, label))


@answers("issues/delete-label")
def delete_label(asked: Asked) -> Answer:
    label = _label(asked)
    asked.hub.labels.remove(label)
    for issue in asked.hub.issues.values():
        issue.labels = [name for name in issue.labels if name != label.name]
    return Answer(204)


@answers("issues/list-labels-on-issue")
def list_labels_of_issue(asked: Asked) -> Answer:
    return asked.listed(shapes.labels(asked.hub, asked.issue), lambda label: label)


@answers("issues/add-labels")
def add_labels(asked: Asked) -> Answer:
    issue = asked.issue
    return _labelled(asked, [*issue.labels, *_labels_of(asked.hub, asked.body.get("labels", []))])


@answers("issues/set-labels")
def set_labels(asked: Asked) -> Answer:
    return _labelled(asked, _labels_of(asked.hub, asked.body.get("labels", [])))


@answers("issues/remove-label")
def remove_label(asked: Asked) -> Answer:
    issue, name = asked.issue, asked.parameters["name"].lower()
    if name not in [one.lower() for one in issue.labels]:
        raise RefusedError(404, "Label does not exist")
    return _labelled(asked, [one for one in issue.labels if one.lower() != name])


@answers("issues/remove-all-labels")
def remove_all_labels(asked: Asked) -> Answer:
    asked.issue.labels = []
    return Answer(204)


def _label(asked: Asked) -> Label:
    found = asked.hub.find_label(asked.parameters["name"])
    if found is None:
        raise missing()
    return found


def _labelled(asked: Asked, names: Sequence[str]) -> Answer:
    issue = asked.issue
    issue.labels = list(dict.fromkeys(names))
    issue.updated = asked.hub.now()
    return Answer(200, shapes.labels(asked.hub, issue))


def _labels_of(hub: Hub, given: Sequence[Any]) -> list[str]:
    """Give names as the repository writes them; a label that was not there is made."""
    names = [one if isinstance(one, str) else one["name"] for one in given]
    for name in names:
        _check_label({"name": name})
    if len(names) > MOST_LABELS:
        raise invalid("Issue", "labels", "invalid")
    return list(dict.fromkeys(hub.label(name).name for name in names))


def _check_label(body: dict[str, Any]) -> None:
    if not body["name"].strip():
        raise invalid("Label", "name", "missing_field")
    if len(body["name"]) > LONGEST_NAME:
        raise invalid("Label", "name", "too_long", f"name is too long (maximum is {LONGEST_NAME} characters)")
    color = body.get("color", "ededed")
    if len(color) != len("ededed") or set(color.lower()) - set("0123456789abcdef"):
        raise invalid("Label", "color", "invalid")
    if len(body.get("description") or "") > LONGEST_DESCRIPTION:
        raise invalid("Label", "description", "too_long")


# ── what issues and pull requests share ───────────────────────────────────────────────────────────


def turn(asked: Asked, issue: Issue) -> None:
    """Close or open again, when the request says so."""
    state, reason = asked.body.get("state", issue.state), asked.body.get("state_reason")
    if state == "closed" and (issue.state == "open" or (reason and reason != issue.reason)):
        asked.hub.close(issue, reason or "completed", by=asked.who)
    elif state == "open" and issue.state == "closed":
        asked.hub.reopen(issue, by=asked.who)


def check_body(resource: str, body: str | None, *, needed: bool = False) -> None:
    if needed and not (body or "").strip():
        raise invalid(resource, "body", "missing_field")
    if len(body or "") > LONGEST:
        raise invalid(resource, "body", "custom", f"body is too long (maximum is {LONGEST} characters)")


def check_title(resource: str, title: object) -> None:
    if not str(title).strip():
        raise invalid(resource, "title", "missing_field")
    if len(str(title)) > LONGEST_TITLE:
        raise invalid(resource, "title", "custom", f"title is too long (maximum is {LONGEST_TITLE} characters)")


def in_order(issues: Sequence[Kind], query: Mapping[str, str]) -> list[Kind]:
    """Sort as a query asks: the newest first, unless it says otherwise."""
    key = attrgetter("updated" if query.get("sort") == "updated" else "created", "number")
    return sorted(issues, key=key, reverse=query.get("direction", "desc") == "desc")


def _is_meant(issue: Issue, query: Mapping[str, str]) -> bool:
    wanted = [name.lower() for name in query.get("labels", "").split(",") if name]
    has = {name.lower() for name in issue.labels}
    return (
        query.get("state", "open") in {issue.state, "all"}
        and has.issuperset(wanted)
        and query.get("creator", issue.author).lower() == issue.author.lower()
        and issue.updated >= query.get("since", "")
    )


def _people_of(hub: Hub, body: dict[str, Any]) -> list[str]:
    """Give who will do it; who does not work here is dropped without a word."""
    return [login for login in body.get("assignees") or [] if login in hub.people]


def _need_issues(hub: Hub) -> None:
    if not hub.has_issues:
        raise RefusedError(410, "Issues has been disabled in this repository.")
