"""Reviews of pull requests, and comments on their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.github import shapes
from tests.github.answering import Answer, RefusedError, answers, invalid, missing
from tests.github.answers.issues import check_body
from tests.github.answers.pulls import pull_of
from tests.github.state import Pull, Remark, Review

if TYPE_CHECKING:
    from tests.github.answering import Asked

_STATES: Final = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


@answers("pulls/list-reviews")
def list_reviews(asked: Asked) -> Answer:
    pull = pull_of(asked)
    found = [one for one in pull.reviews if one.state != "PENDING" or one.author == asked.who]
    return asked.listed(found, lambda one: shapes.review(asked.hub, one, pull))


@answers("pulls/create-review")
def create_review(asked: Asked) -> Answer:
    hub, pull, body = asked.hub, pull_of(asked), asked.body or {}
    commit = _commit(asked, pull, body.get("commit_id"))
    made = Review(
        id=hub.new_id(), author=asked.who, body=body.get("body", ""), state="PENDING", commit=commit, submitted=None
    )
    check_body("PullRequestReview", made.body)
    made.remarks = [_remark(asked, pull, commit, one) for one in body.get("comments", [])]
    if "event" in body:
        _submit(asked, pull, made, body["event"])
    elif any(one.state == "PENDING" and one.author == asked.who for one in pull.reviews):
        raise _unprocessable("User can only have one pending review per pull request")
    pull.reviews.append(made)
    return Answer(200, shapes.review(hub, made, pull))


@answers("pulls/get-review")
def get_review(asked: Asked) -> Answer:
    pull, review = _review(asked)
    return Answer(200, shapes.review(asked.hub, review, pull))


@answers("pulls/update-review")
def update_review(asked: Asked) -> Answer:
    pull, review = _review(asked)
    check_body("PullRequestReview", asked.body["body"])
    review.body = asked.body["body"]
    return Answer(200, shapes.review(asked.hub, review, pull))


@answers("pulls/submit-review")
def submit_review(asked: Asked) -> Answer:
    pull, review = _review(asked)
    if review.state != "PENDING":
        raise _unprocessable("Could not submit: the review is not pending")
    review.body = asked.body.get("body", review.body)
    _submit(asked, pull, review, asked.body["event"])
    return Answer(200, shapes.review(asked.hub, review, pull))


@answers("pulls/dismiss-review")
def dismiss_review(asked: Asked) -> Answer:
    pull, review = _review(asked)
    if review.state not in {"APPROVED", "CHANGES_REQUESTED"}:
        raise _unprocessable("Can not dismiss a commented pull request review")
    review.state = "DISMISSED"
    return Answer(200, shapes.review(asked.hub, review, pull))


@answers("pulls/delete-pending-review")
def delete_review(asked: Asked) -> Answer:
    pull, review = _review(asked)
    if review.state != "PENDING":
        raise _unprocessable("Can not delete a non-pending pull request review")
    pull.reviews.remove(review)
    return Answer(200, shapes.review(asked.hub, review, pull))


@answers("pulls/list-comments-for-review")
def list_remarks_of_review(asked: Asked) -> Answer:
    hub = asked.hub
    pull, review = _review(asked)
    return asked.listed(review.remarks, lambda one: shapes.remark(hub, one, review, pull, "review-comment"))


@answers("pulls/list-review-comments")
def list_remarks(asked: Asked) -> Answer:
    pull, hub = pull_of(asked), asked.hub
    pairs = [(review, one) for review in pull.reviews if review.state != "PENDING" for one in review.remarks]
    return asked.listed(pairs, lambda pair: shapes.remark(hub, pair[1], pair[0], pull))


@answers("pulls/create-review-comment")
def create_remark(asked: Asked) -> Answer:
    """A comment on its own is a review with nothing else in it."""
    hub, pull, body = asked.hub, pull_of(asked), asked.body
    commit = _commit(asked, pull, body["commit_id"])
    try:
        made = _remark(asked, pull, commit, body)
    except RefusedError as error:
        raise invalid("PullRequestReviewComment", "pull_request_review_thread.line", "custom", error.message) from error
    now = hub.now()
    review = Review(id=hub.new_id(), author=asked.who, body="", state="COMMENTED", commit=commit, submitted=now)
    review.remarks.append(made)
    pull.reviews.append(review)
    return Answer(201, shapes.remark(hub, made, review, pull))


@answers("pulls/get-review-comment")
def get_remark(asked: Asked) -> Answer:
    pull, review, one = _one_remark(asked)
    return Answer(200, shapes.remark(asked.hub, one, review, pull))


@answers("pulls/update-review-comment")
def update_remark(asked: Asked) -> Answer:
    pull, review, one = _one_remark(asked)
    check_body("PullRequestReviewComment", asked.body["body"], needed=True)
    one.body, one.updated = asked.body["body"], asked.hub.now()
    return Answer(200, shapes.remark(asked.hub, one, review, pull))


@answers("pulls/delete-review-comment")
def delete_remark(asked: Asked) -> Answer:
    _, review, one = _one_remark(asked)
    review.remarks.remove(one)
    return Answer(204)


def _submit(asked: Asked, pull: Pull, review: Review, event: str) -> None:
    if event != "COMMENT" and asked.who == pull.author:
        raise _unprocessable(f"Can not {event.lower().replace('_', ' ')} on your own pull request")
    if event == "APPROVE" and asked.is_app and not asked.hub.workflows_may_propose:
        raise _unprocessable("GitHub Actions is not permitted to approve pull requests.")
    if event != "APPROVE" and not review.body.strip() and not review.remarks:
        raise _unprocessable("Body can't be blank")
    review.state, review.submitted = _STATES[event], asked.hub.now()
    pull.reviewers = [login for login in pull.reviewers if login != asked.who]


def _remark(asked: Asked, pull: Pull, commit: str, given: dict[str, Any]) -> Remark:
    """Make a comment on lines that the pull request shows; anywhere else there is none."""
    check_body("PullRequestReviewComment", given["body"], needed=True)
    changed = next((one for one in asked.hub.differences(pull, commit) if one.path == given["path"]), None)
    if changed is None:
        raise _unprocessable("Path could not be resolved")
    side = given.get("side", "RIGHT")
    places = changed.places()
    hunk = places.get((side, given.get("line", 0)))
    if hunk is None:
        raise _unprocessable("Line could not be resolved")
    start = given.get("start_line")
    if start is not None and not (start < given["line"] and places.get((given.get("start_side", side), start)) == hunk):
        raise _unprocessable(
            "Start line must precede the end line. Start line must be part of the same hunk as the line."
        )
    now = asked.hub.now()
    return Remark(
        id=asked.hub.new_id(),
        author=asked.who,
        body=given["body"],
        path=given["path"],
        commit=commit,
        line=given["line"],
        start=start,
        side=side,
        hunk=str(changed.patch),
        created=now,
        updated=now,
    )


def _commit(asked: Asked, pull: Pull, given: str | None) -> str:
    if given is None:
        return asked.hub.head_of(pull)
    if given not in asked.hub.commits_of(pull):
        raise _unprocessable("Commit is not part of the pull request")
    return given


def _review(asked: Asked) -> tuple[Pull, Review]:
    pull, number = pull_of(asked), asked.number("review_id")
    for review in pull.reviews:
        if review.id == number:
            return pull, review
    raise missing()


def _one_remark(asked: Asked) -> tuple[Pull, Review, Remark]:
    number = asked.number("comment_id")
    for pull in (issue for issue in asked.hub.issues.values() if isinstance(issue, Pull)):
        for review in pull.reviews:
            for one in review.remarks:
                if one.id == number:
                    return pull, review, one
    raise missing()


def _unprocessable(why: str) -> RefusedError:
    return RefusedError(422, "Unprocessable Entity", why)
