"""Versions, and which release one follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.exports.release.base import Tag, base_of, last_of
from pipeline.exports.release.versions import FIRST, Level, Version, asked_version, version_in, version_of_tag

NUMBERS = st.integers(0, 10**9 - 1)
VERSIONS = st.builds(Version, NUMBERS, NUMBERS, NUMBERS, st.none() | NUMBERS)
HERE, BEFORE, ELSEWHERE = "a" * 40, "b" * 40, "c" * 40


@given(VERSIONS)
def test_what_is_written_is_read_back(version: Version) -> None:
    assert version_in(str(version)) == version
    assert version_of_tag(version.tag) == version
    assert asked_version(f" {version.tag}") == version


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-beta", "1.0.0-rc1", "1.0.0\n2", "\u0661.0.0", "vv1.0.0", "1.0.0+x"],
)
def test_what_is_no_version(text: str) -> None:
    assert version_in(text) is None
    with pytest.raises(UserError, match=r"1\.4\.0"):
        asked_version(text)


def test_the_sentence_shows_what_steers_a_terminal() -> None:
    with pytest.raises(UserError) as caught:
        asked_version("1.0\x1b[2J")
    assert "\x1b" not in caught.value.text.nl


def test_a_version_comes_after_its_candidates() -> None:
    written = ["0.9.9", "1.0.0-rc.1", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0-rc.0"]
    versions = [asked_version(text) for text in written]
    backwards = versions[::-1]
    assert sorted(backwards, key=lambda each: each.order) == versions


@given(VERSIONS, st.sampled_from(Level))
def test_the_next_version_is_higher_and_final(version: Version, level: Level) -> None:
    following = version.next(level)
    assert following.order > version.order
    assert following.is_final


def test_which_number_goes_up() -> None:
    version = Version(1, 2, 3)
    assert [str(version.next(level)) for level in (Level.PATCH, Level.MINOR, Level.MAJOR)] == [
        "1.2.4",
        "1.3.0",
        "2.0.0",
    ]


def tags(**places: str) -> list[Tag]:
    """Give tags by their names, with underscores for dots; what is elsewhere did not lead here."""
    found = [
        Tag(asked_version(name.replace("_rc_", "-rc.").replace("_", ".")), commit, commit != ELSEWHERE)
        for name, commit in places.items()
    ]
    return sorted(found, key=lambda tag: tag.version.order)


def follows(version: str, **places: str) -> str:
    base = base_of(tags(**places), asked_version(version), HERE)
    return str(base.version) if base else ""


def test_the_first_release_follows_none() -> None:
    assert follows("1.0.0") == ""
    assert follows("1.0.0", v1_0_0=HERE) == ""
    assert str(FIRST) == "1.0.0"


def test_a_release_follows_the_newest_before_it() -> None:
    assert follows("1.3.0", v1_1_0=BEFORE, v1_2_0=BEFORE) == "1.2.0"


def test_a_candidate_is_followed_by_its_release_but_not_its_base() -> None:
    places = {"v1_2_0": BEFORE, "v1_3_0_rc_1": BEFORE}
    assert follows("1.3.0-rc.2", **places) == "1.2.0"
    assert follows("1.3.0", **places) == "1.2.0"
    assert last_of(tags(v1_3_0_rc_1=BEFORE)) is None


def test_what_was_released_elsewhere_or_later_changes_nothing() -> None:
    assert follows("1.2.0", v1_1_0=BEFORE, v1_2_0=HERE, v1_3_0=ELSEWHERE) == "1.1.0"
    assert follows("1.2.0", v1_1_0=BEFORE, v1_2_0=HERE, v1_2_1=HERE) == "1.1.0"
    assert follows("1.1.1", v1_1_0=BEFORE, v2_0_0=ELSEWHERE) == "1.1.0"


@pytest.mark.parametrize(
    ("version", "places", "words"),
    [
        ("1.2.0", {"v1_2_0": BEFORE}, "kies een hogere"),
        ("1.2.0", {"v1_2_0": ELSEWHERE}, "git checkout v1.2.0"),
        ("1.1.9", {"v1_2_0": BEFORE}, "kan niet volgen op 1.2.0"),
        ("1.1.9", {"v1_2_0": HERE}, "kan niet volgen op 1.2.0"),
        ("1.2.0-rc.3", {"v1_2_0": BEFORE}, "kan niet volgen op 1.2.0"),
        ("1.2.0-rc.3", {"v1_2_0_rc_4": BEFORE}, "kan niet volgen op 1.2.0-rc.4"),
    ],
)
def test_a_version_that_cannot_follow(version: str, places: dict[str, str], words: str) -> None:
    with pytest.raises(UserError) as caught:
        follows(version, **places)
    assert words in caught.value.text.nl
