"""The plan of a release at GitHub: what is done next, and where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.exports.release.versions import Version
from pipeline.sync.release.plan import (
    UPLOADED,
    Attached,
    Discard,
    Draft,
    File,
    Publish,
    Release,
    Remove,
    Upload,
    Wanted,
    marker,
    steps,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.sync.release.plan import Step

VERSION = Version(1, 2, 0)
FILES = tuple(File(name, size, f"sha256:{size}", "text/plain") for name, size in (("a", 1), ("b", 2), ("c", 3)))
NOTES = f"{marker(VERSION)}\nWat er nieuw is.\n"
WANTED = Wanted(VERSION, "Versie 1.2.0", NOTES, FILES)


def attached(file: File, id_: int = 0, **others: str | int) -> Attached:
    return Attached(id_, file.name, file.size, UPLOADED, file.digest)._replace(**others)  # type: ignore[arg-type]


def release(*files: Attached, **others: str | bool | int) -> Release:
    made = Release(id=7, tag="v1.2.0", draft=True, prerelease=False, notes=NOTES, files=files)
    return made._replace(**others)  # type: ignore[arg-type]


ALL = tuple(attached(file, number) for number, file in enumerate(FILES))


def test_first_a_draft() -> None:
    assert steps([], WANTED) == (Draft(WANTED),)


def test_then_every_file_in_order() -> None:
    draft = release()
    assert steps([draft], WANTED) == tuple(Upload(draft, file) for file in FILES)


def test_then_out() -> None:
    draft = release(*ALL)
    assert steps([draft], WANTED) == (Publish(draft, WANTED, latest=True),)


def test_and_then_nothing() -> None:
    assert steps([release(*ALL, draft=False)], WANTED) == ()


def test_files_that_are_right_stay() -> None:
    draft = release(ALL[1])
    assert steps([draft], WANTED) == (Upload(draft, FILES[0]), Upload(draft, FILES[2]))


@pytest.mark.parametrize(
    "wrong", [{"state": "starter", "size": 0, "digest": ""}, {"digest": "sha256:other"}, {"size": 9}]
)
def test_half_a_file_or_another_one_makes_way(wrong: dict[str, str | int]) -> None:
    bad = attached(FILES[0], 4, **wrong)
    draft = release(bad, *ALL[1:])
    assert steps([draft], WANTED) == (Remove(bad), Upload(draft, FILES[0]))


def test_where_github_tells_no_digest_the_size_has_to_do() -> None:
    files = [attached(file, digest="") for file in FILES]
    assert steps([release(*files, draft=False)], WANTED) == ()


def test_of_two_drafts_the_oldest_stays() -> None:
    old, new = release(*ALL, id=3), release(id=9)
    assert steps([new, old], WANTED) == (Discard(new),)
    assert steps([new, release(*ALL, draft=False)], WANTED) == (Discard(new),)


def test_what_others_made_is_left_alone() -> None:
    foreign = release(notes="Mijn concept", id=1)
    other = release(tag="v1.1.0", notes=marker(Version(1, 1, 0)), id=2)
    assert steps([foreign, other], WANTED) == (Draft(WANTED),)
    draft = release(*ALL)
    assert steps([foreign, draft, other], WANTED) == (Publish(draft, WANTED, latest=True),)


def test_what_is_published_never_changes() -> None:
    for files in (ALL[1:], (attached(FILES[0], digest="sha256:other"), *ALL[1:])):
        with pytest.raises(UserError, match=r"published already, with other files: a\."):
            steps([release(*files, draft=False), release()], WANTED)


def test_a_file_that_somebody_added_to_a_draft_is_not_published() -> None:
    extra = Attached(5, "handleiding\x1b.pdf", 8, UPLOADED, "")
    with pytest.raises(UserError, match=r"handleiding\\u001b\.pdf"):
        steps([release(*ALL, extra)], WANTED)
    half = extra._replace(state="starter")
    assert steps([release(*ALL, half)], WANTED) == (Remove(half),)
    assert steps([release(*ALL, extra, draft=False)], WANTED) == ()


def test_a_second_draft_with_a_file_of_somebody_else_stays() -> None:
    extra = Attached(5, "handleiding.pdf", 8, UPLOADED, "")
    draft, twin = release(*ALL, id=3), release(extra, id=9)
    assert steps([draft, twin], WANTED) == (Publish(draft, WANTED, latest=True),)
    assert steps([draft._replace(draft=False), twin], WANTED) == ()


@pytest.mark.parametrize(
    ("tag", "others", "latest"),
    [
        ("v1.3.0", {"draft": False}, False),
        ("v1.3.0", {"draft": True}, True),
        ("v1.3.0", {"draft": False, "prerelease": True}, True),
        ("v1.1.0", {"draft": False}, True),
        ("zomer-2026", {"draft": False}, True),
    ],
)
def test_only_the_highest_version_is_the_latest(tag: str, others: dict[str, bool], latest: bool) -> None:  # noqa: FBT001
    draft = release(*ALL)
    assert steps([draft, release(tag=tag, id=1, **others)], WANTED) == (Publish(draft, WANTED, latest=latest),)


def test_a_candidate_is_never_the_latest() -> None:
    version = Version(1, 2, 0, 1)
    wanted = WANTED._replace(version=version, notes=marker(version))
    draft = release(*ALL, tag="v1.2.0-rc.1", notes=wanted.notes)
    assert steps([draft], wanted) == (Publish(draft, wanted, latest=False),)


class Server:
    """Does what it is told, as GitHub would."""

    def __init__(self, releases: list[Release]) -> None:
        self.releases = releases
        self.writes = 0

    def do(self, step: Step) -> None:
        self.writes += 1
        match step:
            case Draft(wanted):
                number = 1 + max((each.id for each in self.releases), default=0)
                self.releases.append(release(id=number, notes=wanted.notes))
            case Discard(twin):
                self.releases = [each for each in self.releases if each.id != twin.id]
            case Remove(gone):
                self._files(lambda files: tuple(each for each in files if each.id != gone.id))
            case Upload(target, file):
                number = 1 + max((each.id for one in self.releases for each in one.files), default=0)
                self._files(lambda files: (*files, attached(file, number)), target)
            case Publish(target, _, _):
                self.releases = [each._replace(draft=each.draft and each.id != target.id) for each in self.releases]

    def _files(
        self, change: Callable[[tuple[Attached, ...]], tuple[Attached, ...]], only: Release | None = None
    ) -> None:
        self.releases = [
            each._replace(files=change(each.files)) if only is None or each.id == only.id else each
            for each in self.releases
        ]


STATES = st.sampled_from([UPLOADED, "starter"])
SOME_FILES = st.builds(
    lambda file, state, digest: attached(file, state=state, digest=digest),
    st.sampled_from(FILES),
    STATES,
    st.sampled_from(["", "sha256:1", "sha256:2", "sha256:3"]),
)
SOME_DRAFTS = st.builds(
    lambda files, notes: release(*files, notes=notes),
    st.lists(SOME_FILES, max_size=4, unique_by=lambda file: file.name),
    st.sampled_from([NOTES, "Mijn concept"]),
)


@given(st.lists(SOME_DRAFTS, max_size=4))
def test_whatever_was_left_behind_it_ends_with_one_whole_release(drafts: list[Release]) -> None:
    numbered = [
        each._replace(
            id=10 + number, files=tuple(file._replace(id=100 * number + i) for i, file in enumerate(each.files))
        )
        for number, each in enumerate(drafts)
    ]
    server = Server(list(numbered))
    for _ in range(4):
        for step in steps(server.releases, WANTED):
            server.do(step)
    assert steps(server.releases, WANTED) == ()
    (out,) = [each for each in server.releases if not each.draft]
    assert sorted(file.name for file in out.files) == ["a", "b", "c"]
    assert all(file.state == UPLOADED and file.digest in {"", f"sha256:{file.size}"} for file in out.files)
    assert [each for each in server.releases if each.draft] == [each for each in numbered if each.notes != NOTES]
