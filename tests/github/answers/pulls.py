"""Pull requests, and who is asked to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.github import shapes
from tests.github.answering import Answer, RefusedError, answers, invalid, missing
from tests.github.answers.issues import check_body, check_title, in_order, turn
from tests.github.state import Pull

if TYPE_CHECKING:
    from tests.github.answering import Asked


@answers("pulls/list")
def list_pulls(asked: Asked) -> Answer:
    hub, query = asked.hub, asked.call.query
    head, base = query.get("head", ""), query.get("base")
    found = [
        pull
        for pull in hub.issues.values()
        if isinstance(pull, Pull)
        and query.get("state", "open") in {pull.state, "all"}
        # Without an owner GitHub does as if nothing was said.
        and (":" not in head or head == f"{pull.repository.partition('/')[0]}:{pull.head}")
        and base in {None, pull.base}
    ]
    return asked.listed(in_order(found, query), lambda pull: shapes.pull(hub, pull))


@answers("pulls/create")
def create_pull(asked: Asked) -> Answer:
    hub, body = asked.hub, asked.body
    _may_propose(asked)
    check_title("PullRequest", body.get("title") or "")
    check_body("PullRequest", body.get("body"))
    owner, colon, branch = body["head"].rpartition(":")
    repository = f"{owner}/{hub.name}" if colon else hub.full_name
    head, base = (
        hub.git.refs.get(repository, {}).get(f"refs/heads/{branch}"),
        hub.find_ref(f"refs/heads/{body['base']}"),
    )
    for field, sha in (("head", head), ("base", base)):
        if sha is None:
            raise invalid("PullRequest", field, "invalid")
    if any(_is_open(one, repository, branch, body["base"]) for one in hub.issues.values()):
        label = f"{repository.partition('/')[0]}:{branch}"
        raise _custom(f"A pull request already exists for {label}.")
    if head in hub.git.ancestors(str(base)):
        raise _custom(f"No commits between {body['base']} and {branch}")
    made = hub.propose(
        body["title"],
        body.get("body"),
        repository=repository,
        head=branch,
        base=body["base"],
        by=asked.who,
        draft=body.get("draft", False),
    )
    return Answer(201, shapes.pull(hub, made, whole=True))


@answers("pulls/get")
def get_pull(asked: Asked) -> Answer:
    return Answer(200, shapes.pull(asked.hub, pull_of(asked), whole=True))


@answers("pulls/update")
def update_pull(asked: Asked) -> Answer:
    pull, body = pull_of(asked), asked.body or {}
    check_title("PullRequest", body.get("title", pull.title))
    check_body("PullRequest", body.get("body"))
    if body.get("state") == "open" and pull.merged:
        raise invalid("PullRequest", "state", "invalid")
    pull.title, pull.body, pull.base = (
        body.get("title", pull.title),
        body.get("body", pull.body),
        body.get("base", pull.base),
    )
    turn(asked, pull)
    pull.updated = asked.hub.now()
    return Answer(200, shapes.pull(asked.hub, pull, whole=True))


@answers("pulls/list-files")
def list_files(asked: Asked) -> Answer:
    changed = asked.hub.differences(pull_of(asked))
    return asked.listed(changed[:3000], lambda one: shapes.difference(asked.hub, one))


@answers("pulls/list-commits")
def list_commits(asked: Asked) -> Answer:
    return asked.listed(asked.hub.commits_of(pull_of(asked))[:250], lambda sha: shapes.commit(asked.hub, sha))


@answers("repos/list-pull-requests-associated-with-commit")
def list_pulls_of_commit(asked: Asked) -> Answer:
    """The pull requests that brought a commit; of one that is not merged, when it is open and here."""
    hub, sha = asked.hub, asked.parameters["commit_sha"]
    found = [one for one in hub.issues.values() if isinstance(one, Pull) and sha in hub.commits_of(one)]
    return asked.listed(found, lambda pull: shapes.pull(hub, pull))


# ── who is asked to look ──────────────────────────────────────────────────────────────────────────


@answers("pulls/list-requested-reviewers")
def list_reviewers(asked: Asked) -> Answer:
    pull = pull_of(asked)
    users = [shapes.user(asked.hub, login) for login in pull.reviewers]
    return Answer(200, {"users": users, "teams": [shapes.team(asked.hub, name) for name in pull.teams]})


@answers("pulls/request-reviewers")
def request_reviewers(asked: Asked) -> Answer:
    hub, pull, body = asked.hub, pull_of(asked), asked.body or {}
    people, teams = body.get("reviewers", []), body.get("team_reviewers", [])
    if pull.author in people:
        raise RefusedError(422, "Review cannot be requested from pull request author.")
    # The token of a workflow cannot see the teams of an organisation.
    if set(people) - set(hub.people) or set(teams) - set([] if asked.is_app else hub.teams):
        raise RefusedError(
            422,
            "Reviews may only be requested from collaborators. One or more of the users or teams you specified "
            f"is not a collaborator of the {hub.full_name} repository.",
        )
    for login in people:
        hub.event(pull, "review_requested", asked.who, reviewer=login)
    pull.reviewers = list(dict.fromkeys([*pull.reviewers, *people]))
    pull.teams = list(dict.fromkeys([*pull.teams, *teams]))
    return Answer(201, shapes.pull(hub, pull))


@answers("pulls/remove-requested-reviewers")
def remove_reviewers(asked: Asked) -> Answer:
    pull, body = pull_of(asked), asked.body
    pull.reviewers = [one for one in pull.reviewers if one not in body["reviewers"]]
    pull.teams = [one for one in pull.teams if one not in body.get("team_reviewers", [])]
    return Answer(200, shapes.pull(asked.hub, pull))


def pull_of(asked: Asked) -> Pull:
    """Give the pull request that the path names; an issue is none."""
    found = asked.issue
    if not isinstance(found, Pull):
        raise missing()
    return found


def _is_open(one: Any, repository: str, head: str, base: str) -> bool:
    return (
        isinstance(one, Pull)
        and one.state == "open"
        and (one.repository, one.head, one.base) == (repository, head, base)
    )


def _may_propose(asked: Asked) -> None:
    if asked.is_app and not asked.hub.workflows_may_propose:
        raise RefusedError(403, "GitHub Actions is not permitted to create or approve pull requests.")


def _custom(message: str) -> RefusedError:
    why = {"resource": "PullRequest", "code": "custom", "message": message}
    return RefusedError(422, "Validation Failed", why)
