"""A pull request from its first check to its last, through the fake GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reports.review.comment import MARKER
from tests.review.desk import BOT
from tests.review.making import RULES, rule_page

if TYPE_CHECKING:
    from tests.review.desk import Desk

PAGE = f"{RULES}/awb-02-luister.md"
WRONG = {PAGE: rule_page("awb-02", "Luister  ", status="koncept", stap="[ontwerp]")}
WORSE = {PAGE: rule_page("awb-02", "Luister", "Zie [dit](weg.md).", stap="[ontwerp]")}
RIGHT = {PAGE: rule_page("awb-02", "Luister", stap="[ontwerp]")}


def test_a_first_run_says_what_is_wrong_and_makes_the_rest_right(desk: Desk) -> None:
    desk.work(WRONG)
    assert desk.post() == 0
    (comment,) = desk.comments
    assert comment.startswith(f"{MARKER}\n### Nog niet klaar: 1 nieuwe fout en 1 nieuwe tip\n")
    assert f"/inwoner/algoritmekader/edit/wijziging/{PAGE}#L4)" in comment
    (suggestion,) = desk.suggestions
    assert suggestion.endswith("```suggestion\ntitle: Luister\n```\n")
    assert desk.pull.labels == ["soort: regel", "onderwerp: ontwerp"]
    assert desk.pull.reviewers == ["redacteur"]
    assert desk.writes == [
        "issues/create-comment",
        "pulls/create-review",
        "pulls/request-reviewers",
        "issues/create-label",
        "issues/create-label",
        "issues/add-labels",
    ]


def test_no_link_opens_a_file_that_the_change_takes_away(desk: Desk) -> None:
    page = f"{RULES}/awb-01-wees-zorgvuldig.md"
    desk.work({page: None})
    desk.post()
    (comment,) = desk.comments
    assert f"`{page}`, regel" in comment
    assert f"edit/wijziging/{page}" not in comment


def test_an_unchanged_run_writes_nothing(desk: Desk) -> None:
    desk.work(WRONG)
    desk.post()
    before = desk.state
    assert desk.post() == 0
    assert desk.writes == []
    assert desk.state == before
    assert desk.log.endswith("Er is niets te doen: alles staat er al.\n")


def test_the_comment_follows_the_work_and_shrinks_when_all_is_solved(desk: Desk) -> None:
    desk.work(WRONG)
    desk.post()
    desk.work(WORSE)
    desk.post()
    (comment,) = desk.comments
    assert "weg.md" in comment
    assert "koncept" not in comment
    assert desk.writes == ["issues/update-comment"]
    desk.work(RIGHT)
    desk.post()
    assert desk.comments == [f"{MARKER}\nAlle problemen in deze wijziging zijn opgelost. Dank je wel\\!\n"]
    desk.post()
    assert desk.writes == []


def test_nothing_wrong_and_nothing_said_needs_no_comment(desk: Desk) -> None:
    desk.work(RIGHT)
    desk.post()
    assert desk.comments == []
    assert desk.pull.labels == ["soort: regel", "onderwerp: ontwerp"]


def test_a_suggestion_is_not_repeated(desk: Desk) -> None:
    desk.work(WRONG)
    desk.post()
    desk.work({PAGE: rule_page("awb-02", "Luister  ", status="koncept", stap="[ontwerp, monitoring-en-beheer]")})
    desk.post()
    assert len(desk.suggestions) == 1


def test_who_was_asked_once_is_not_asked_again(desk: Desk) -> None:
    desk.work(WRONG)
    desk.post()
    desk.pull.reviewers.clear()  # a person took the request away, or the reviewer has looked
    desk.work(WORSE)
    desk.post()
    assert desk.pull.reviewers == []


def test_only_our_own_comment_is_ever_touched(desk: Desk) -> None:
    desk.work(WRONG)
    copied = desk.hub.comment(desk.pull, f"{MARKER}\nZogenaamd van het programma.", by="inwoner")
    other = desk.hub.comment(desk.pull, "Een andere workflow zegt iets.", by=BOT)
    desk.post()
    assert copied.body.endswith("Zogenaamd van het programma.")
    assert other.body == "Een andere workflow zegt iets."
    assert len(desk.comments) == 2


def test_of_two_comments_the_oldest_stays(desk: Desk) -> None:
    desk.work(WRONG)
    desk.post()
    desk.hub.comment(desk.pull, desk.comments[0], by=BOT)
    desk.post()
    assert desk.writes == ["issues/delete-comment"]
    assert len(desk.comments) == 1


def test_labels_of_people_stay(desk: Desk) -> None:
    desk.work(WRONG)
    names = ("hulp gevraagd", "onderwerp: oud", "soort: stap")
    desk.pull.labels = [desk.hub.label(name, description="Van mensen").name for name in names]
    desk.post()
    assert sorted(desk.pull.labels) == ["hulp gevraagd", "onderwerp: ontwerp", "soort: regel"]


def test_a_pull_request_from_a_branch_here_is_treated_alike(desk: Desk) -> None:
    desk.pull = desk.hub.pull("Voorstel", WRONG, by="redacteur")
    desk.work(WRONG)
    desk.post()
    assert "/gemeente-voorbeeldstad/algoritmekader/edit/wijziging/" in desk.comments[0]
    assert desk.pull.reviewers == []  # never the author, and no other is in the file but somebody without rights


def test_in_english(desk: Desk) -> None:
    desk.work(WRONG)
    desk.post(None, "--lang", "en")
    assert "### Not ready yet: 1 new error and 1 new notice" in desk.comments[0]
