from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Text
from pipeline.sync.proposals import words
from pipeline.sync.proposals.answers import LONGEST_BODY, Problem
from pipeline.sync.proposals.draft import Draft, Kept
from pipeline.sync.proposals.plan import plan
from pipeline.sync.proposals.standing import (
    MARKER,
    MOST,
    Comment,
    Head,
    Issue,
    Matched,
    Pull,
    Standing,
    commit,
    kept,
    matched,
    message_of,
    own_comment,
    own_pull,
    reserved,
)
from tests.sync.filled_in import body_of, form
from tests.sync.test_draft import PATH, TEXT
from tests.sync.test_tame import HOSTILE

if TYPE_CHECKING:
    from pipeline.sync.proposals.plan import Plan

BOT = "github-actions[bot]"
LABELS = ("Voorstel", "soort: regel")
ISSUE = Issue(12, body_of(), "inwoner", "2026-11-26", LABELS)
DRAFT = Draft(form().kind, "urn:klein:regel:avg-51", "Doe vooraf een DPIA", PATH, TEXT)
OURS = Head("a" * 40, message_of(ISSUE, DRAFT), TEXT)
OPEN = Pull(34, "voorstel/12", "open", BOT, "")
REPOSITORY = "gemeente-voorbeeldstad/kader"


# Which issues


def test_an_issue_made_with_the_form_is_read() -> None:
    found = matched([form()], ISSUE)
    assert isinstance(found, Matched)
    assert found.answers is not None


@pytest.mark.parametrize(
    ("issue", "reason"),
    [
        (ISSUE._replace(is_pull=True), "pull request"),
        (ISSUE._replace(is_bot=True), "programma"),
        (ISSUE._replace(author=""), "is weg"),
        (ISSUE._replace(is_open=False), "gesloten"),
        (ISSUE._replace(is_locked=True), "op slot"),
        (ISSUE._replace(labels=("voorstel",)), "labels"),
        (ISSUE._replace(labels=("soort: regel", "voorstellen")), "labels"),
        (ISSUE._replace(body="Er klopt iets niet."), "kopjes"),
        (ISSUE._replace(body=""), "kopjes"),
    ],
)
def test_any_other_issue_is_left_alone(issue: Issue, reason: str) -> None:
    found = matched([form()], issue)
    assert isinstance(found, Text)
    assert reason in found.nl


def test_a_very_long_issue_is_not_read() -> None:
    assert matched([form()], ISSUE._replace(body="x" * (LONGEST_BODY + 1))) == Matched(form(), None)


# What is ours


def test_a_comment_is_ours_by_author_and_first_line() -> None:
    comments = [
        Comment(1, "inwoner", f"{MARKER}\nNep"),
        Comment(2, BOT, f"> {MARKER}\nIets anders"),
        Comment(5, BOT, f"{MARKER}\r\nVan ons, later"),
        Comment(3, BOT, f"{MARKER}\nVan ons"),
    ]
    assert own_comment(comments, BOT) == comments[3]
    assert own_comment(comments[:2], BOT) is None


def test_a_branch_is_ours_while_its_last_commit_is_as_we_made_it() -> None:
    assert kept(ISSUE, OURS) == Kept(PATH, TEXT)
    assert kept(ISSUE, None) is None
    assert kept(ISSUE, OURS._replace(text=TEXT + "Meer.\n")) is None
    assert kept(ISSUE, OURS._replace(text=None)) is None
    assert kept(ISSUE, OURS._replace(message="Verbeter de tekst")) is None
    assert kept(ISSUE, OURS._replace(message=f"{OURS.message}\nCo-authored-by: x")) is None
    assert kept(ISSUE._replace(number=13), OURS) is None


def test_a_message_holds_nothing_of_anybody() -> None:
    hostile = DRAFT._replace(title="[skip ci] @redactie Closes #1\n\nCo-authored-by: x <y@z.example>")
    assert message_of(ISSUE, hostile) == message_of(ISSUE, DRAFT)


def test_the_open_pull_request_counts_first() -> None:
    closed, merged = OPEN._replace(number=40, state="closed"), OPEN._replace(number=30, state="merged")
    other = OPEN._replace(branch="voorstel/1")
    assert own_pull(ISSUE, [closed, OPEN, merged, other]) == OPEN
    assert own_pull(ISSUE, [closed, merged]) == merged
    assert own_pull(ISSUE, [other]) is None


def test_ids_of_other_proposals_are_reserved() -> None:
    body = "<!-- kader:propose urn:klein:regel:avg-51 -->\nTekst"
    pulls = [
        OPEN._replace(branch="voorstel/11", body=body),
        OPEN._replace(branch="voorstel/10", body=body.replace("51", "52"), author="inwoner"),
        OPEN._replace(branch="iets-anders", body=body.replace("51", "53")),
        OPEN._replace(body=body.replace("51", "54")),
        OPEN._replace(branch="voorstel/9", body="Tekst " + body.replace("51", "55")),
    ]
    assert reserved(ISSUE, pulls, BOT) == {"urn:klein:regel:avg-51"}


# Commits


def test_a_commit_is_made_once() -> None:
    first = commit(ISSUE, None, DRAFT)
    assert first is not None
    assert (first.branch, first.path, first.text, first.onto, first.remove) == ("voorstel/12", PATH, TEXT, "", "")
    assert commit(ISSUE, OURS, DRAFT) is None
    changed = commit(ISSUE, OURS, DRAFT._replace(text="anders"))
    assert changed is not None
    assert (changed.onto, changed.remove) == (OURS.sha, "")


def test_a_file_that_got_another_name_leaves_no_copy() -> None:
    changed = commit(ISSUE, OURS, DRAFT._replace(path="content/regels/avg-52-x.md"))
    assert changed is not None
    assert (changed.path, changed.remove) == ("content/regels/avg-52-x.md", PATH)


# The plan


def planned(standing: Standing, made: Draft | tuple[Problem, ...] = DRAFT) -> Plan:
    return plan(ISSUE, standing, lambda _kept, _reserved: made, repository=REPOSITORY, bot=BOT)


def test_all_of_it_for_a_new_proposal() -> None:
    found = planned(Standing())
    assert found.commit == commit(ISSUE, None, DRAFT)
    assert found.pull is not None
    assert (found.pull.branch, found.pull.title) == ("voorstel/12", "Voorstel: Doe vooraf een DPIA (regel)")
    assert "Closes #12\n" in found.pull.body
    assert found.comment(REPOSITORY, 34).startswith(f"{MARKER}\n\nDank je wel")
    assert "[pull request 34](https://redirect.github.com/gemeente-voorbeeldstad/kader/pull/34)" in found.comment(
        REPOSITORY, 34
    )


def test_a_second_time_there_is_nothing_to_do() -> None:
    said = Comment(1, BOT, planned(Standing()).comment(REPOSITORY, 34).replace("\n", "\r\n"))
    found = planned(Standing(comments=(said,), head=OURS, pulls=(OPEN,)))
    assert (found.commit, found.pull, found.number) == (None, None, 34)
    assert found.says_so(found.comment(REPOSITORY, 34))


def test_problems_are_told_and_nothing_else_is_done() -> None:
    found = planned(Standing(), (Problem("Titel", "Dit is nog leeg."), Problem("", "Iets anders.")))
    assert (found.commit, found.pull, found.number) == (None, None, 0)
    text = found.comment(REPOSITORY, 0)
    assert "- **Titel**: Dit is nog leeg.\n- Iets anders." in text
    assert "Edit" in text


def test_problems_after_an_edit_leave_the_proposal_as_it_was() -> None:
    found = planned(Standing(head=OURS, pulls=(OPEN,)), (Problem("Titel", "Dit is nog leeg."),))
    assert found.commit is None
    assert "blijft zoals het was" in found.text


@pytest.mark.parametrize(
    ("standing", "words_"),
    [
        (Standing(head=OURS._replace(message="Van een mens"), pulls=(OPEN,)), "Anderen hebben verder gewerkt"),
        (Standing(head=OURS._replace(message="Van een mens")), "Anderen hebben verder gewerkt"),
        (Standing(pulls=(OPEN._replace(state="closed"),)), "is gesloten"),
        (Standing(head=OURS, pulls=(OPEN._replace(state="merged"),)), "is overgenomen"),
        (Standing(waiting=MOST), "Er wachten er al 10 van jou"),
    ],
)
def test_when_nothing_is_written_but_a_comment(standing: Standing, words_: str) -> None:
    found = planned(standing)
    assert (found.commit, found.pull) == (None, None)
    assert words_ in found.text


def test_a_proposal_that_is_there_does_not_count_as_one_too_many() -> None:
    assert planned(Standing(head=OURS, pulls=(OPEN,), waiting=MOST)).draft is DRAFT


# Words


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Doe vooraf een DPIA", "Doe vooraf een DPIA"),
        ("[skip ci] Doe dit", "skip ci Doe dit"),
        ("Vraag @redactie om #12", "Vraag redactie om 12"),
        ("Closes GH-1 en voorbeeldstad/kader#2", "Closes GH 1 en voorbeeldstad kader 2"),
        ("<b>`x`</b> ![a](b)", "b x b a (b)"),
        ("Fixes https://github.com/a/b/issues/1", "Fixes https github.com a b issues 1"),
    ],
)
def test_a_title_in_which_nothing_works(title: str, expected: str) -> None:
    assert words.pull_title(DRAFT._replace(title=title)) == f"Voorstel: {expected} (regel)"


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_no_title_mentions_or_closes_anything(title: str) -> None:
    made = words.pull_title(DRAFT._replace(title=title))
    assert not re.search(r"[@#\[\]<>`*_/:\\\r\n]|GH-\d", made.removeprefix("Voorstel:"), re.IGNORECASE)
    assert made.isprintable()
    assert len(made) < 256


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(Problem, st.just("Titel"), st.text(max_size=3000)), min_size=1, max_size=60))
def test_a_comment_always_fits(problems: list[Problem]) -> None:
    text = words.refused(problems, REPOSITORY, None)
    assert len(text) < 65_536
    assert text.startswith(MARKER)
