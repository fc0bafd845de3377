"""The plan: once carried out, in whole or in part, it leads to the same end and leaves others alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pipeline.reports.review.comment import MARKER
from pipeline.sync.labels import Difference
from pipeline.sync.review.plan import Ask, Erase, Remark, Sort, Standing, Suggest, Wanted, Write, plan
from pipeline.sync.review.suggest import MOST, Suggestion

if TYPE_CHECKING:
    from pipeline.sync.review.plan import Action

BOT = "github-actions[bot]"
NOTHING = Difference()
NEWS = f"{MARKER}\n### Nog niet klaar\n"
SOLVED = f"{MARKER}\nAlles is opgelost.\n"


def suggestion(number: int) -> Suggestion:
    return Suggestion(f"{number:016x}", "a.md", number, number, "")


def carried_out(now: Standing, actions: tuple[Action, ...]) -> Standing:
    """Do what a plan says."""
    remarks = {each.id: each for each in now.remarks}
    suggested, asked = set(now.suggested), set(now.asked)
    for action in actions:
        match action:
            case Write(body, 0):
                remarks[1000] = Remark(1000, BOT, body)
            case Write(body, number):
                remarks[number] = remarks[number]._replace(body=body)
            case Erase(number):
                del remarks[number]
            case Suggest(suggestions):
                suggested |= {each.key for each in suggestions}
            case Ask(people):
                asked |= set(people)
            case Sort():
                raise AssertionError("labels are planned elsewhere")
    return Standing(tuple(remarks.values()), frozenset(suggested), frozenset(asked))


BODIES = st.sampled_from([NEWS, SOLVED, MARKER, f"Zie boven\n{MARKER}", "Dank!", "", NEWS.replace("\n", "\r\n")])
REMARKS = st.lists(st.tuples(st.sampled_from([BOT, "inwoner", "redacteur"]), BODIES), max_size=5).map(
    lambda pairs: tuple(Remark(number, *pair) for number, pair in enumerate(pairs, 1))
)
PEOPLE = st.sets(st.sampled_from(["redacteur", "Jurist", "inwoner"]))
NUMBERS = st.sets(st.integers(0, 30))
WANTED = st.builds(
    lambda news, numbers, people: Wanted(
        news=news,
        solved=SOLVED,
        suggestions=tuple(map(suggestion, sorted(numbers))),
        reviewers=tuple(sorted(people)),
        author="inwoner",
    ),
    st.sampled_from([NEWS, ""]),
    NUMBERS,
    PEOPLE,
)
STANDING = st.builds(
    lambda remarks, numbers, people: Standing(
        remarks, frozenset(suggestion(number).key for number in numbers), frozenset(people)
    ),
    REMARKS,
    NUMBERS,
    PEOPLE,
)


@given(STANDING, WANTED, st.data())
def test_a_plan_carried_out_in_part_is_completed_by_the_next(
    now: Standing, wanted: Wanted, data: st.DataObject
) -> None:
    actions = plan(now, wanted, NOTHING, bot=BOT)
    done = carried_out(now, actions)
    assert plan(done, wanted, NOTHING, bot=BOT) == ()
    part = carried_out(now, actions[: data.draw(st.integers(0, len(actions)))])
    assert carried_out(part, plan(part, wanted, NOTHING, bot=BOT)) == done


@given(STANDING, WANTED)
def test_what_others_said_stays(now: Standing, wanted: Wanted) -> None:
    done = carried_out(now, plan(now, wanted, NOTHING, bot=BOT))
    assert [each for each in done.remarks if each.author != BOT] == [each for each in now.remarks if each.author != BOT]
    ours = [each for each in done.remarks if each.author == BOT and each.body.startswith(MARKER)]
    assert len(ours) <= 1
    assert not wanted.news or len(ours) == 1
    assert len(done.suggested) <= max(MOST, len(now.suggested))
    assert "inwoner" not in done.asked - now.asked


def test_line_ends_that_github_changes_are_no_change() -> None:
    kept = Remark(1, BOT, NEWS.replace("\n", "\r\n").rstrip())
    assert plan(Standing((kept,)), Wanted(NEWS, SOLVED), NOTHING, bot=BOT) == ()


def test_the_most_useful_comes_first() -> None:
    labels = Difference(add=("soort: regel",))
    wanted = Wanted(NEWS, SOLVED, (suggestion(1),), ("redacteur",), "inwoner")
    assert plan(Standing(), wanted, labels, bot=BOT) == (
        Write(NEWS),
        Suggest((suggestion(1),)),
        Ask(("redacteur",)),
        Sort(labels),
    )
