"""Whatever is found and whatever people do: the issues come right, and then nothing is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sync.issues.draft import MOST
from pipeline.sync.issues.marker import END, Marker, Sort, Topic, parts_of, written
from tests.support import small_framework
from tests.sync.desk import FINE, Desk, drafts_of, rule, told, world

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.model.framework import Framework
    from pipeline.sync.issues.actions import Issue, Step

CODES = ("avg-01", "avg-02", "avg-03", "avg-04")


def state_of(code: str, other: str) -> st.SearchStrategy[str]:
    """Draw what becomes of a rule; nothing: it is not there."""
    return st.sampled_from(
        [
            "",
            rule(code),
            rule(code, see="avg-99"),
            rule(code, title="Doe iets anders", see="avg-99"),
            rule(code, see="avg-98 avg-99"),
            rule(code, see="avg-99", name="avg-77"),
            rule(code, status="ingetrokken"),
            rule(code, status="verouderd", then=other),
            rule(code, status="verouderd", then=other, see="avg-99"),
            rule(code).replace("status", "stat"),
        ],
    )


STATES = st.tuples(*(state_of(code, CODES[index - 1]) for index, code in enumerate(CODES)))


@cache
def made(texts: tuple[str, ...]) -> Framework:
    found = {code.replace("-", "_"): text for code, text in zip(CODES, texts, strict=True) if text}
    return world(**found)


ACTIONS: Mapping[str, Callable[[Desk, Issue], object]] = {
    "decline": lambda desk, one: desk.close(one.number, "not_planned"),
    "close": lambda desk, one: desk.close(one.number, "completed"),
    "reopen": lambda desk, one: desk.reopen(one.number),
    "tick": lambda desk, one: desk.edit(one.number, one.body.replace("- [ ]", "- [x]", 1)),
    "write above": lambda desk, one: desk.edit(one.number, f"Let op\r\n{one.body}"),
    "write below": lambda desk, one: desk.edit(one.number, f"{one.body}\r\nVan mij"),
    "take our last line": lambda desk, one: desk.edit(one.number, one.body.replace(END, "")),
    "take all": lambda desk, one: desk.edit(one.number, ""),
    "label": lambda desk, one: desk.label(one.number, one.labels[0], "van mensen"),
    "double": lambda desk, one: desk.add(one.title, one.body, one.labels),
}
"""What a person may do with an issue."""

HISTORY = st.lists(
    st.tuples(STATES, st.integers(0, 3), st.lists(st.tuples(st.integers(0, 9), st.sampled_from(list(ACTIONS))))),
    max_size=4,
)


@settings(max_examples=50, deadline=None)
@given(HISTORY)
def test_runs_come_to_rest(history: list[tuple[tuple[str, ...], int, list[tuple[int, str]]]]) -> None:
    desk = Desk()
    for texts, most, actions in history:
        framework = made(texts)
        desk.sync(framework, most=most)
        assert desk.plan(framework, most=0).steps == (), "a second run writes nothing"
        for _ in CODES:
            desk.sync(framework, most=2)
        assert desk.plan(framework).steps == ()
        assert desk.plan(framework).waiting == 0
        check(desk, framework)
        for choice, action in actions:
            if desk.issues:
                ACTIONS[action](desk, desk.issues[1 + choice % len(desk.issues)])


def check(desk: Desk, framework: Framework) -> None:
    """Each topic has one issue that is open or declined; every other one of ours is closed."""
    wanted = {draft.topic for draft in drafts_of(framework)}
    found = {number: parts.marker.topic for number, one in desk.issues.items() if (parts := parts_of(one.body))}
    alive = [topic for number, topic in found.items() if desk.issues[number].open]
    assert len(alive) == len(set(alive))
    assert set(alive) <= wanted
    assert all(topic in found.values() for topic in wanted)


@settings(deadline=None)
@given(st.text(), st.text(max_size=50))
def test_the_text_of_people_is_kept_whatever_it_is(below: str, above: str) -> None:
    above = above.replace("\n", " ")
    desk = Desk()
    desk.sync(made(("", rule("avg-02", see="avg-99"), "", "")))
    desk.edit(1, f"{above}\n{desk.issues[1].body}\n{below}")
    desk.sync(made(("", rule("avg-02", see="avg-98 avg-99"), "", "")))
    body = desk.issues[1].body
    assert "**2 fouten**" in body
    assert body.startswith(f"{above}\n<!-- kader:issue ")
    assert body.endswith(f"{END}\n{below}")
    assert desk.plan(made(("", rule("avg-02", see="avg-98 avg-99"), "", ""))).steps == ()


NAMES = st.text(st.characters())
"""With halves of surrogate pairs, as names of files that are no UTF-8 have."""
TOPICS = st.builds(Topic, st.sampled_from(Sort), NAMES.filter(bool))


@given(TOPICS, NAMES, st.integers(1, 999), st.text(), st.text())
def test_a_marker_holds_any_name_on_one_line(topic: Topic, path: str, number: int, ours: str, rest: str) -> None:
    marker = Marker(topic, "0a", "0b", number, path, "c" * 40)
    assert marker.line.isascii()
    assert marker.line.count("-->") == 1
    assert "--" not in marker.line[len("<!--") : -len("-->")]
    parts = parts_of(written(marker, ours.replace("<", "")) + "\n" + rest)
    assert parts is not None
    assert (parts.marker, parts.after) == (marker, "\n" + rest)


@pytest.mark.parametrize("path", ["content/regels/x\udcff.md", "content/regels/😀.md"])
def test_a_file_may_have_any_name(path: str) -> None:
    desk = Desk()
    broken = small_framework({**FINE, path: "---\nid: [\n---\n"})
    assert [step.partition(" ")[0] for step in desk.sync(broken)] == ["new"]
    assert desk.sync(broken) == []
    (issue,) = desk.issues.values()
    assert issue.title.encode()
    assert issue.body.encode()


@pytest.mark.parametrize("body", ["<!-- kader:issue file=%FF -->", "<!-- kader:issue file=a round=%C3 -->"])
def test_a_marker_that_is_no_text_is_none_of_ours(body: str) -> None:
    assert parts_of(body) is None


@given(st.text())
def test_any_body_can_be_taken_apart(body: str) -> None:
    parts_of(body)
    assert parts_of(f"<!-- kader:issue {body} -->") is None or "=" in body


@settings(deadline=None)
@given(st.integers(0, 70_000))
def test_a_body_always_fits(taken: int) -> None:
    (draft,) = drafts_of(made(("", rule("avg-02", see="avg-97 avg-98 avg-99"), "", "")))
    text = draft.text(taken)
    assert text is None or taken + len(written(draft.marker(), text)) <= MOST


def test_a_run_that_stops_anywhere_is_completed_by_the_next() -> None:
    before = (rule("avg-01", see="avg-99"), rule("avg-02", see="avg-99"), rule("avg-03", see="avg-99"), "")
    after = (rule("avg-01", see="avg-98"), rule("avg-02"), "", rule("avg-04", see="avg-99"))
    whole = Desk()
    whole.sync(made(before))
    whole.sync(made(after))
    steps = len(whole_plan(before, after))
    assert steps == 4
    for stop in range(steps):
        desk = Desk()
        desk.sync(made(before))
        for step in whole_plan(before, after)[:stop]:
            desk.do(step)
        desk.sync(made(after))
        assert desk == whole


def whole_plan(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Step, ...]:
    desk = Desk()
    desk.sync(made(before))
    return desk.plan(made(after)).steps


def test_new_issues_do_not_depend_on_the_order_of_what_is_there() -> None:
    desk = Desk()
    desk.sync(made((rule("avg-01", see="avg-99"), rule("avg-02", see="avg-99"), "", "")))
    desk.issues = dict(reversed(desk.issues.items()))
    framework = made(("", rule("avg-02"), rule("avg-03", see="avg-99"), ""))
    assert list(map(told, desk.plan(framework).steps)) == ["vanished #1", "solved #2", "new regel avg-03"]
