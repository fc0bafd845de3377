"""The list of released ids after a release."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.exports.release.ledger import Issued, completed, issued
from pipeline.text import Source
from tests.support import findings, small_framework

HEAD = "urn,since,state,successor\n"
PATH = "content/ids.csv"
DAY = "2026-08-02"
IDS = ("urn:klein:regel:avg-13", "urn:klein:regel:awb-01", "urn:klein:stap:mon", "urn:klein:stap:ont")


def after(text: str, ids: dict[str, Issued], since: str = DAY) -> str:
    return completed(Source(path=PATH, text=text), ids, since).patch.after


def active(*names: str) -> dict[str, Issued]:
    return {name: Issued(name, "actief") for name in names}


def test_the_first_release_lists_every_id() -> None:
    ids = issued(small_framework())
    done = completed(Source(path=PATH, text=HEAD), ids, DAY)
    assert done.patch.after == HEAD + "".join(f"{name},{DAY},actief,\n" for name in ids)
    assert (done.added, done.changed) == (len(ids), 0)
    assert set(ids) <= {entry.id for entry in small_framework().entries}
    assert list(ids) == sorted(ids)


def test_a_check_takes_what_was_written() -> None:
    assert not findings({PATH: after(HEAD, issued(small_framework()))})


def test_new_ids_come_at_the_end_and_nothing_else_moves() -> None:
    text = f"{HEAD}z,0.9,actief,\n"
    assert after(text, active("a", "z")) == f"{text}a,{DAY},actief,\n"


def test_what_is_gone_from_the_framework_stays_on_the_list() -> None:
    text = f"{HEAD}oud,2025-01-01,ingetrokken,\n"
    assert after(text, {}) == text


def test_a_state_that_is_no_longer_so_is_changed_in_its_place() -> None:
    text = f'{HEAD}a,2025-01-01,actief,\n"b",2025-01-01,actief,\nc,2025-01-01,vervangen,d\n'
    now = {
        "a": Issued("a", "ingetrokken"),
        "b": Issued("b", "vervangen", "x|y"),
        "c": Issued("c", "actief"),
    }
    done = completed(Source(path=PATH, text=text), now, DAY)
    assert done.patch.after == f'{HEAD}a,2025-01-01,ingetrokken,\n"b",2025-01-01,vervangen,x|y\nc,2025-01-01,actief,\n'
    assert (done.added, done.changed) == (0, 3)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (HEAD.rstrip("\n"), HEAD),
        (HEAD.replace("\n", "\r\n"), HEAD.replace("\n", "\r\n")),
        (f"\ufeff{HEAD}", f"\ufeff{HEAD}"),
    ],
)
def test_line_ends_and_marks_are_kept(text: str, start: str) -> None:
    ending = "\r\n" if "\r" in text else "\n"
    assert after(text, active("a")) == f"{start}a,{DAY},actief,{ending}"


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_a_second_time_changes_nothing_and_a_later_release_only_adds(one: list[str], other: list[str]) -> None:
    first = after(HEAD, active(*sorted(one)))
    assert after(first, active(*sorted(one)), "2027-01-01") == first
    assert after(first, active(*sorted(other))).startswith(first)


@pytest.mark.parametrize("text", ["", "urn;since;state;successor\n", f"{HEAD}a,b\n", f'{HEAD}"a,b,c,d\n'])
def test_a_list_that_is_not_sound_is_left_alone(text: str) -> None:
    with pytest.raises(UserError, match="not a sound list"):
        after(text, active("a"))
