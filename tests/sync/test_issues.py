"""Which issues there are, run after run."""

from __future__ import annotations

import pytest

from pipeline.sync.issues.actions import Create
from pipeline.sync.issues.marker import END, parts_of
from tests.sync.desk import COMMIT, REPOSITORY, Desk, drafts_of, rule, told, world

BROKEN = rule("avg-01", see="avg-99")
SOUND = rule("avg-01")


def desk(**rules: str) -> Desk:
    """Give a desk after a first run."""
    one = Desk()
    one.sync(world(**rules))
    return one


# What gets an issue


def test_an_issue_for_each_entry_with_something_wrong() -> None:
    one = Desk()
    done = one.sync(world(avg_01=BROKEN, avg_02=rule("avg-02"), avg_03=rule("avg-03", see="avg-98 avg-99")))
    assert done == ["new regel avg-03", "new regel avg-01"]  # the worst first
    assert one.open() == {1: "Regel avg-03: Doe avg-03", 2: "Regel avg-01: Doe avg-01"}
    assert one.issues[1].labels == ("kader: bevindingen", "ernst: fout", "soort: regel")
    assert one.labels["ernst: fout"].color == "b60205"


def test_a_file_without_entries_has_an_issue_too() -> None:
    one = Desk()
    assert one.sync(world("urn:klein:regel:avg-01,2026-01-01,weg,\n", avg_01=SOUND)) == ["new bestand content/ids.csv"]
    assert one.open() == {1: "Bestand content/ids.csv"}
    assert one.issues[1].labels == ("kader: bevindingen", "ernst: fout")
    assert one.sync(world(avg_01=SOUND)) == ["solved #1"]


def test_how_a_sentence_reads_is_no_issue() -> None:
    long = rule("avg-01").replace("Doe het zo.", "Doe het zo." + " En zo." * 40)
    framework = world(avg_01=long)
    assert Desk().sync(framework) == ["new regel avg-01"]  # the section is too long: completeness
    assert "completeness/section-length" in drafts_of(framework)[0].items[0].text
    assert Desk().sync(world(avg_01=rule("avg-01").replace("zo.", "zo.  "))) == []  # spaces at the end: a notice


# Nothing twice


def test_a_second_run_does_nothing() -> None:
    one = desk(avg_01=BROKEN)
    made = one.plan(world(avg_01=BROKEN))
    assert (made.steps, made.kept) == ((), 1)


def test_what_moves_to_another_line_is_no_news() -> None:
    one = desk(avg_01=BROKEN)
    lower = BROKEN.replace("title:", "datum: '2026-01-01'\ntitle:")
    assert one.sync(world(avg_01=lower), commit="d" * 40) == []


def test_line_ends_of_github_are_no_news() -> None:
    one = desk(avg_01=BROKEN)
    before = parts_of(one.issues[1].body)
    one.edit(1, one.issues[1].body.replace("\n", "\r\n"))
    assert one.sync(world(avg_01=BROKEN)) == []
    assert parts_of(one.issues[1].body) == before


# What people do


def test_what_people_write_stays() -> None:
    one = desk(avg_01=BROKEN)
    one.edit(1, f"Let op!\r\n\r\n{one.issues[1].body}\r\n\r\nIk kijk er maandag naar.  ")
    assert one.sync(world(avg_01=rule("avg-01", see="avg-98 avg-99"))) == ["changed #1"]
    body = one.issues[1].body
    assert body.startswith("Let op!\r\n\r\n<!-- kader:issue entry=urn:klein:regel:avg-01 ")
    assert body.endswith(f"{END}\r\n\r\nIk kijk er maandag naar.  ")
    assert "**2 fouten**" in body
    assert "**1 fout**" not in body


def test_a_ticked_box_stays_ticked_and_makes_no_run_write() -> None:
    one = desk(avg_01=rule("avg-01", see="avg-98 avg-99"))
    body = one.issues[1].body
    start = body.index("- [ ] ", body.index("avg-98"))
    one.edit(1, body[:start] + body[start:].replace("- [ ] ", "- [x] ", 1))
    assert one.sync(world(avg_01=rule("avg-01", see="avg-98 avg-99"))) == []
    assert one.sync(world(avg_01=rule("avg-01", see="avg-97 avg-98 avg-99"))) == ["changed #1"]
    ticked = [line for line in one.issues[1].body.splitlines() if line.startswith("- [x] ")]
    assert len(ticked) == 1
    assert "`avg-99`" in ticked[0]


def test_an_edit_in_our_part_stays_until_we_have_news() -> None:
    one = desk(avg_01=BROKEN)
    one.edit(1, one.issues[1].body.replace("Wat is er te doen?", "Te doen"))
    assert one.sync(world(avg_01=BROKEN)) == []
    assert one.sync(world(avg_01=rule("avg-01", see="avg-97"))) == ["changed #1"]
    assert "Wat is er te doen?" in one.issues[1].body


def test_without_our_last_line_nothing_is_lost() -> None:
    one = desk(avg_01=BROKEN)
    one.edit(1, one.issues[1].body.replace(END, "Van ons"))
    one.sync(world(avg_01=rule("avg-01", see="avg-97")))
    assert one.issues[1].body.count(END) == 1
    assert one.issues[1].body.endswith("Van ons")


def test_labels_of_people_are_left_alone_and_ours_are_kept_right() -> None:
    one = desk(avg_01=BROKEN)
    one.label(1, "kader: bevindingen", "help wanted", "soort: iets", "Ernst: Fout")
    assert one.sync(world(avg_01=BROKEN)) == ["labels #1"]
    assert one.issues[1].labels == ("kader: bevindingen", "help wanted", "Ernst: Fout", "soort: regel")


def test_a_title_of_people_stays_until_we_have_news() -> None:
    one = desk(avg_01=BROKEN)
    one.issues[1] = one.issues[1]._replace(title="Anders")
    assert one.sync(world(avg_01=BROKEN)) == []
    one.sync(world(avg_01=rule("avg-01", see="avg-97")))
    assert one.open() == {1: "Regel avg-01: Doe avg-01"}


def test_an_issue_without_our_marker_is_not_ours() -> None:
    one = Desk()
    one.add("Regel avg-01", "Hier klopt iets niet.", ("kader: bevindingen",))
    assert one.sync(world(avg_01=SOUND)) == []
    assert one.sync(world(avg_01=BROKEN)) == ["new regel avg-01"]


# Solved, and back again


def test_what_is_solved_closes_with_one_comment() -> None:
    one = desk(avg_01=BROKEN)
    assert one.sync(world(avg_01=SOUND)) == ["solved #1"]
    assert (one.issues[1].open, one.issues[1].reason) == (False, "completed")
    (remark,) = one.remarks[1]
    assert f"/{REPOSITORY}/commit/{COMMIT}" in remark
    assert one.sync(world(avg_01=SOUND)) == []


def test_what_comes_back_opens_again_and_can_be_solved_again() -> None:
    one = desk(avg_01=BROKEN)
    one.sync(world(avg_01=SOUND))
    assert one.sync(world(avg_01=BROKEN)) == ["relapsed #1"]
    assert one.open()
    assert one.sync(world(avg_01=BROKEN)) == []
    assert one.sync(world(avg_01=SOUND)) == ["solved #1"]
    assert len(one.remarks[1]) == 2


def test_a_run_that_stopped_after_the_comment_does_not_comment_again() -> None:
    one = desk(avg_01=BROKEN)
    one.sync(world(avg_01=SOUND))
    one.reopen(1)
    assert one.sync(world(avg_01=SOUND)) == ["solved #1"]
    assert len(one.remarks[1]) == 1


def test_what_nobody_wants_stays_closed_until_something_else_is_found() -> None:
    one = desk(avg_01=BROKEN)
    one.close(1, "not_planned")
    made = one.plan(world(avg_01=BROKEN))
    assert (made.steps, made.declined) == ((), 1)
    assert one.sync(world(avg_01=rule("avg-01", title="Doe iets anders", see="avg-99"))) == []
    assert one.sync(world(avg_01=rule("avg-01", see="avg-97"))) == ["relapsed #1"]


def test_an_issue_that_is_closed_while_it_is_not_solved_opens_again() -> None:
    one = desk(avg_01=BROKEN)
    one.close(1, "completed")
    assert one.sync(world(avg_01=BROKEN)) == ["relapsed #1"]


# Other names


def test_the_issue_of_a_replaced_entry_goes_to_its_successor() -> None:
    one = desk(avg_01=BROKEN)
    old = rule("avg-01", status="verouderd", then="avg-02")
    assert one.sync(world(avg_01=old, avg_02=rule("avg-02", see="avg-99"))) == ["moved #1"]
    parts = parts_of(one.issues[1].body)
    assert parts is not None
    assert parts.marker.topic.name == "urn:klein:regel:avg-02"
    assert one.open() == {1: "Regel avg-02: Doe avg-02"}
    assert one.sync(world(avg_01=old, avg_02=rule("avg-02", see="avg-99"))) == []


def test_a_replaced_entry_whose_successor_is_sound_is_done() -> None:
    one = desk(avg_01=BROKEN)
    assert one.sync(world(avg_01=rule("avg-01", status="verouderd", then="avg-02"), avg_02=rule("avg-02"))) == [
        "replaced #1"
    ]
    assert "is vervangen door `urn:klein:regel:avg-02`" in one.remarks[1][0]


def test_a_successor_with_its_own_issue_keeps_that() -> None:
    one = desk(avg_01=BROKEN, avg_02=rule("avg-02", see="avg-99"))
    old = rule("avg-01", status="verouderd", then="avg-02")
    assert one.sync(world(avg_01=old, avg_02=rule("avg-02", see="avg-99"))) == ["double #1"]
    assert one.open() == {2: "Regel avg-02: Doe avg-02"}
    assert "#2" in one.remarks[1][0]


def test_the_list_of_released_ids_knows_successors_too() -> None:
    one = desk(avg_01=BROKEN)
    gone = "urn:klein:regel:avg-01,2026-01-01,vervangen,urn:klein:regel:avg-02\n"
    assert one.sync(world(gone, avg_02=rule("avg-02", see="avg-99"))) == ["moved #1", "new bestand content/ids.csv"]


def test_an_earlier_revision_may_know_another_name() -> None:
    one = desk(avg_01=BROKEN)
    made = one.plan(
        world(avg_02=rule("avg-02", see="avg-99")), moved={"urn:klein:regel:avg-01": "urn:klein:regel:avg-02"}
    )
    assert list(map(told, made.steps)) == ["moved #1"]


def test_another_id_in_the_same_file_is_the_same_entry() -> None:
    one = desk(avg_01=BROKEN)
    assert one.sync(world(avg_01=rule("avg-01", see="avg-99", name="avg-07"))) == ["moved #1"]


def test_a_withdrawn_entry_needs_nothing_any_more() -> None:
    one = desk(avg_01=BROKEN)
    assert one.sync(world(avg_01=rule("avg-01", status="ingetrokken"))) == ["withdrawn #1"]
    assert one.issues[1].reason == "not_planned"
    assert "is ingetrokken" in one.remarks[1][0]
    # When it comes back, its issue does too, though nobody found anything else.
    assert one.sync(world(avg_01=BROKEN)) == ["relapsed #1"]


def test_an_entry_that_is_gone_needs_nothing_any_more() -> None:
    one = desk(avg_01=BROKEN)
    assert one.sync(world(avg_02=rule("avg-02"))) == ["vanished #1"]


def test_what_a_broken_file_hides_is_not_gone() -> None:
    steps = "- id: urn:klein:stap:ont\n  title: ''\n  slug: ontwerp\n"
    one = Desk()
    assert one.sync(world("", steps)) == ["new stap ont"]
    assert one.sync(world("", steps + "- [")) == ["new bestand content/stappen.yaml"]
    assert one.sync(world("", steps)) == ["solved #2"]
    assert list(one.open()) == [1]


# Two of the same


def test_of_two_about_the_same_the_newer_closes() -> None:
    one = desk(avg_01=BROKEN)
    one.add(one.issues[1].title, one.issues[1].body, one.issues[1].labels)
    assert one.sync(world(avg_01=BROKEN)) == ["double #2"]
    assert "#1" in one.remarks[2][0]
    assert one.sync(world(avg_01=BROKEN)) == []
    one.reopen(2)
    one.sync(world(avg_01=BROKEN))
    assert len(one.remarks[2]) == 1


# Not all at once

MANY = {f"avg_{number:02}": rule(f"avg-{number:02}", see="avg-99") for number in range(1, 6)}


def test_new_issues_come_in_portions_and_one_issue_says_what_waits() -> None:
    one = Desk()
    framework = world(**MANY)
    assert one.sync(framework, most=2) == ["new regel avg-01", "new regel avg-02", "new wachtlijst"]
    assert "Er wachten **3 onderdelen** op een issue." in one.issues[3].body
    assert "- `regel avg-03`: 1 fout" in one.issues[3].body
    assert one.sync(framework, most=0) == []
    assert one.sync(framework, most=2) == ["new regel avg-03", "new regel avg-04", "changed #3"]
    assert one.sync(framework, most=2) == ["solved #3", "new regel avg-05"]
    assert "Er wacht niets meer" in one.remarks[3][0]
    assert one.sync(framework, most=2) == []


def test_a_list_of_what_waits_may_be_declined() -> None:
    one = Desk()
    one.sync(world(**MANY), most=2)
    one.close(3, "not_planned")
    assert one.sync(world(**MANY), most=1) == ["new regel avg-03"]


# Strange words


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Vraag @iedereen om #12", "Vraag @ iedereen om # 12"),
        ("Zie GH-3 en kader/kader#4", "Zie GH- 3 en kader/kader# 4"),
        ("Zie gh-3", "Zie gh- 3"),
        ("Ga naar https://kwaad.example", "Ga naar https: //kwaad.example"),
        ("Doe `dit`", "Doe 'dit'"),
        ("achter\u202estevoren", "achter\\u202estevoren"),
    ],
)
def test_a_title_calls_nobody_and_leads_nowhere(title: str, shown: str) -> None:
    (draft,) = drafts_of(world(avg_01=rule("avg-01", title=f"'{title}'", see="avg-99")))
    assert draft.title == f"Regel avg-01: {shown}"


def test_words_of_contributors_are_code_in_the_text() -> None:
    hostile = "--> <img src=x> @iedereen #1 ``` " + END
    framework = world(avg_01=rule("avg-01", title=f"'{hostile}'", see="'<!--kader:end-->@x'"))
    (draft,) = drafts_of(framework)
    text = draft.text() or ""
    assert "- Titel: ````--> <img src=x> @iedereen #1 ``` <!-- kader:end -->````" in text
    assert text.count("\n" + END) == 0
    one = Desk()
    one.sync(framework)
    parts = parts_of(one.issues[1].body)
    assert parts is not None
    assert parts.ours == text


def test_more_than_fits_is_cut_at_a_whole_item() -> None:
    see = " ".join(f"zzz-{number}-{'x' * 150}" for number in range(400))
    (draft,) = drafts_of(world(avg_01=rule("avg-01", see=see)))
    text = draft.text() or ""
    assert 60_000 < len(text) < 65_536
    assert "Hier is geen plek voor de andere" in text
    assert text.endswith("`kader rules NAAM`.")
    little = draft.text(taken=60_000) or ""
    assert len(little) < 5_536
    assert draft.text(taken=65_000) is None


def test_people_who_filled_the_whole_body_are_left_alone() -> None:
    one = desk(avg_01=BROKEN)
    one.edit(1, f"{one.issues[1].body}\n{'x' * 62_000}")
    before = one.issues[1].body
    one.sync(world(avg_01=rule("avg-01", see="avg-97")))
    assert len(one.issues[1].body) <= 65_536
    one.edit(1, f"{before}{'x' * 2_500}")
    assert one.sync(world(avg_01=rule("avg-01", see="avg-96"))) == []


def test_steps_are_plain_values() -> None:
    made = Desk().plan(world(avg_01=BROKEN))
    assert isinstance(made.steps[-1], Create)
    assert made == Desk().plan(world(avg_01=BROKEN))
