"""The fake: pull requests, reviews, runs and artifacts as GitHub has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests
from github.GithubException import GithubException

from pipeline.errors import UserError
from pipeline.world.github.connection import connect, trouble

if TYPE_CHECKING:
    from github.PullRequest import ReviewComment

    from tests.github.hub import Hub
    from tests.github.state import Pull

TEN = "".join(f"Regel {number}\n" for number in range(1, 11))


def changed(hub: Hub, line: int, fork: str | None = None) -> Pull:
    """Put a pull request there that changes one line of ten."""
    hub.commit({"tekst.md": TEN})
    return hub.pull("Andere regel", {"tekst.md": TEN.replace(f"Regel {line}\n", "Anders\n")}, fork=fork)


def test_a_pull_request_is_an_issue_too(hub: Hub) -> None:
    pull = changed(hub, 5)
    hub.issue("Bron is onbereikbaar")
    repository = connect(hub.environment())
    assert [(one.number, one.pull_request is not None) for one in repository.get_issues()] == [(2, False), (1, True)]
    repository.get_issue(pull.number).create_comment("Dank!")
    assert [one.body for one in pull.comments] == ["Dank!"]


def test_files_come_with_their_patch(hub: Hub) -> None:
    hub.commit({"weg.md": "Weg\n", "oud.md": "Blijft gelijk\n", "beeld.png": b"\0"})
    files = {"weg.md": None, "oud.md": None, "nieuw.md": "Blijft gelijk\n", "beeld.png": b"\0\1", "erbij.md": "Erbij"}
    pull = hub.pull("Van alles", files)
    found = connect(hub.environment()).get_pull(pull.number).get_files()
    assert [(one.filename, one.status, one.patch) for one in found] == [
        ("beeld.png", "modified", None),
        ("erbij.md", "added", "@@ -0,0 +1 @@\n+Erbij\n\\ No newline at end of file"),
        ("nieuw.md", "renamed", None),
        ("weg.md", "removed", "@@ -1 +0,0 @@\n-Weg"),
    ]
    assert found[2].previous_filename == "oud.md"


def test_a_pull_request_is_found_by_its_branch(hub: Hub) -> None:
    pull = changed(hub, 5, fork="voorbeeld-indiener")
    repository = connect(hub.environment())
    assert [one.number for one in repository.get_pulls(head="voorbeeld-indiener:wijziging")] == [pull.number]
    assert list(repository.get_pulls(head=f"{hub.owner}:wijziging")) == []
    found = repository.get_pull(pull.number)
    assert (found.head.repo.full_name, found.base.repo.full_name) == (
        "voorbeeld-indiener/algoritmekader",
        "gemeente-voorbeeldstad/algoritmekader",
    )
    assert (found.changed_files, found.commits, found.additions, found.deletions) == (1, 1, 1, 1)


def test_a_branch_has_one_open_pull_request(hub: Hub) -> None:
    hub.commit({"nieuw.md": "Nieuw\n"}, branch="voorstel/nieuw")
    repository = connect(hub.environment())
    made = repository.create_pull(base="main", head="voorstel/nieuw", title="Nieuw", body="Zie bestand.")
    with pytest.raises(UserError, match=r"already exists for gemeente-voorbeeldstad:voorstel/nieuw"), trouble():
        repository.create_pull(base="main", head="voorstel/nieuw", title="Nieuw", body="Nogmaals.")
    made.edit(state="closed")
    assert repository.create_pull(base="main", head="voorstel/nieuw", title="Nieuw", body="Weer.").number == 2


@pytest.mark.parametrize(("head", "why"), [("er-niet", "PullRequest head invalid"), ("main", "No commits between")])
def test_a_pull_request_needs_something_to_pull(hub: Hub, head: str, why: str) -> None:
    with pytest.raises(UserError, match=why), trouble():
        connect(hub.environment()).create_pull(base="main", head=head, title="Nieuw", body="")


def test_workflows_propose_only_where_they_may(hub: Hub) -> None:
    hub.commit({"nieuw.md": "Nieuw\n"}, branch="voorstel")
    hub.workflows_may_propose = False
    with pytest.raises(UserError, match="Allow GitHub Actions to create"), trouble():
        connect(hub.environment()).create_pull(base="main", head="voorstel", title="Nieuw", body="")
    assert (
        connect(hub.environment("redacteur")).create_pull(base="main", head="voorstel", title="Nieuw", body="").number
    )


def test_reviewers_work_here(hub: Hub) -> None:
    pull = changed(hub, 5, fork="voorbeeld-indiener")
    pull.author = "voorbeeld-indiener"
    found = connect(hub.environment()).get_pull(pull.number)
    found.create_review_request(reviewers=["redacteur"])
    assert pull.reviewers == ["redacteur"]
    for wrong in ("voorbeeld-indiener", "niemand"):
        with pytest.raises(GithubException, match=r"422|may only be requested"):
            found.create_review_request(reviewers=[wrong])


def test_a_review_comments_on_lines_of_the_diff(hub: Hub) -> None:
    pull = changed(hub, 5)
    found = connect(hub.environment()).get_pull(pull.number)
    remark: ReviewComment = {"path": "tekst.md", "line": 6, "start_line": 5, "side": "RIGHT", "body": "Zo"}
    other: ReviewComment = {"path": "tekst.md", "line": 8, "body": "Zo"}
    review = found.create_review(body="Twee voorstellen", event="COMMENT", comments=[remark, other])
    assert (review.state, review.user.login) == ("COMMENTED", "github-actions[bot]")
    assert [(one.path, one.line, one.start_line) for one in found.get_review_comments()] == [
        ("tekst.md", 6, 5),
        ("tekst.md", 8, None),
    ]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"path": "tekst.md", "line": 1, "body": "Zo"}, "Line could not be resolved"),
        ({"path": "tekst.md", "line": 9, "body": "Zo"}, "Line could not be resolved"),
        ({"path": "README.md", "line": 5, "body": "Zo"}, "Path could not be resolved"),
        ({"path": "tekst.md", "line": 5, "start_line": 6, "body": "Zo"}, "Start line"),
    ],
)
def test_a_line_outside_the_diff_takes_the_whole_review_down(hub: Hub, wrong: ReviewComment, why: str) -> None:
    pull = changed(hub, 5)
    good: ReviewComment = {"path": "tekst.md", "line": 5, "body": "Zo"}
    with pytest.raises(UserError, match=why), trouble():
        connect(hub.environment()).get_pull(pull.number).create_review(event="COMMENT", comments=[good, wrong])
    assert pull.reviews == []


def test_a_comment_moves_along_until_its_line_changes(hub: Hub) -> None:
    pull = changed(hub, 5)
    found = connect(hub.environment()).get_pull(pull.number)
    found.create_review(event="COMMENT", comments=[{"path": "tekst.md", "line": 5, "body": "Zo"}])
    lines = TEN.replace("Regel 5\n", "Anders\n")
    hub.commit({"tekst.md": "Vooraf\n" + lines}, branch="wijziging")
    assert [one.line for one in found.get_review_comments()] == [6]
    hub.commit({"tekst.md": lines.replace("Anders", "Weer anders")}, branch="wijziging")
    assert [(one.raw_data["line"], one.original_line) for one in found.get_review_comments()] == [(None, 5)]


def test_runs_of_a_fork_name_no_pull_request(hub: Hub) -> None:
    own = hub.run(changed(hub, 5))
    foreign = hub.run(changed(hub, 6, fork="voorbeeld-indiener"))
    found = {run.id: run for run in connect(hub.environment()).get_workflow_runs()}
    assert [pull.number for pull in found[own.id].pull_requests] == [1]
    assert found[foreign.id].pull_requests == []
    assert found[foreign.id].head_repository.full_name == "voorbeeld-indiener/algoritmekader"
    assert found[foreign.id].path == ".github/workflows/check.yml"


def test_an_artifact_lies_elsewhere(hub: Hub) -> None:
    run = hub.run(changed(hub, 5), artifacts={"review": {"review.json": b"{}"}})
    artifact = connect(hub.environment()).get_workflow_run(run.id).get_artifacts()[0]
    assert (artifact.name, artifact.size_in_bytes) == ("review", len(run.artifacts[0].content))
    token = {"Authorization": f"Bearer {hub.environment()['GITHUB_TOKEN']}"}
    asked = requests.get(artifact.archive_download_url, headers=token, timeout=5)
    assert asked.content == run.artifacts[0].content
    assert asked.history[0].status_code == 302


def test_the_token_stays_with_github(hub: Hub) -> None:
    address = hub.stored("artifacts/1.zip", b"PK")
    requests.get(address, headers={"Authorization": "Bearer geheim"}, timeout=5)
    with pytest.raises(AssertionError, match="the token went to where files are stored"):
        hub.check()
