"""Patches as a unified diff: what git reads, and what a terminal can bear."""

from __future__ import annotations

import io
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Edit
from pipeline.fixing.patch import Patch, in_order
from pipeline.reports import diff
from pipeline.text import UNSHOWABLE, Source

if TYPE_CHECKING:
    from pathlib import Path

HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
LINES = st.lists(st.sampled_from(["a", "b", "\tc", "# d", "", "- é", "𝄞"]), max_size=30).map("\n".join)
TEXTS = st.tuples(LINES, st.sampled_from(["", "\n"])).map("".join)


def written(*patches: Patch, colour: bool = False) -> str:
    stream = io.StringIO()
    diff.write(patches, stream, colour=colour)
    return stream.getvalue()


def patch(text: str, *edits: tuple[int, int, str], path: str = "a.md", target: str = "") -> Patch:
    source = Source(path=path, text=text)
    made = (Edit(location=source.at(start, end), replacement=words) for start, end, words in edits)
    return Patch(source=source, edits=in_order(made), target=target)


@st.composite
def patches(draw: st.DrawFn) -> Patch:
    text = draw(TEXTS)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10, unique=True)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    pairs += [(place, place) for place in places[len(pairs) * 2 :]]
    return patch(text, *((start, end, draw(TEXTS)) for start, end in pairs))


def patched(text: str, shown: str) -> str:
    """Carry out a diff as the format says."""
    old = re.findall(r"[^\n]*\n|[^\n]+", text)
    new: list[str] = []
    at = 0
    lines = shown.splitlines(keepends=True)[2:]
    for number, line in enumerate(lines):
        last = number + 1 < len(lines) and lines[number + 1].startswith("\\")
        content = line[1:].removesuffix("\n") if last else line[1:]
        if match := HUNK.match(line):
            start = int(match[1]) - (match[2] != "0")
            new += old[at:start]
            at = start
            assert len(new) == int(match[3]) - (match[4] != "0")
        elif line[0] in " -":
            assert old[at] == content
            at += 1
        if line[0] in " +":
            new.append(content)
    return "".join(new + old[at:])


@given(each=patches())
def test_whoever_carries_it_out_gets_the_new_text(each: Patch) -> None:
    shown = written(each)
    assert patched(each.source.text, shown) == each.after if shown else each.after == each.source.text


@given(each=patches())
def test_three_lines_around_each_change_and_none_twice(each: Patch) -> None:
    for hunk in re.split(r"^@@.*\n", written(each), flags=re.MULTILINE)[1:]:
        marks = "".join(line[0] for line in hunk.splitlines() if line[0] != "\\")
        assert re.fullmatch(r" {0,3}(?:[-+]+ {0,6})*[-+]+ {0,3}", marks)


def test_git_applies_it(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "map/a.md").write_text("een\ntwee\ndrie\nvier\nvijf\nzes")
    shown = written(
        patch("een\ntwee\ndrie\nvier\nvijf\nzes", (4, 8, "2"), (24, 27, "6\n"), path="map/a.md", target="map/b.md"),
        Patch(source=Source(path="c.md", text=""), edits=patch("", (0, 0, "nieuw\n")).edits, created=True),
    )
    subprocess.run(["git", "apply", "-"], input=shown.encode(), cwd=tmp_path, check=True)  # noqa: S607 - git as found
    assert (tmp_path / "map/b.md").read_text() == "een\n2\ndrie\nvier\nvijf\n6\n"
    assert (tmp_path / "c.md").read_text() == "nieuw\n"
    assert not (tmp_path / "map/a.md").exists()


def test_a_name_alone() -> None:
    assert written(patch("x", target="b.md")).splitlines() == [
        "diff --git a/a.md b/b.md",
        "rename from a.md",
        "rename to b.md",
    ]


def test_what_nobody_sees_is_shown() -> None:
    shown = written(patch("\ufeffa\u00ad\r\nb\x1b[31m\n", (0, 1, ""), (2, 3, ""), (3, 5, "\n")))
    assert r"-\ufeffa\u00ad\r" in shown
    assert "+a\n" in shown
    assert r" b\u001b[31m" in shown


@given(text=st.text(max_size=40), path=st.text(max_size=10))
def test_nothing_steers_a_terminal_or_a_runner(text: str, path: str) -> None:
    shown = written(patch(text + "::error::x\n ::set-env name=a::b\n##[error]y", (0, 0, "x"), path=path))
    assert not UNSHOWABLE.search(shown.replace("\n", "").replace("\t", ""))
    assert not re.search(r"^\s*::\w", shown, re.MULTILINE)
    assert "##[" not in shown


def test_colours_only_when_asked_for() -> None:
    each = patch("a\n", (0, 1, "b"))
    assert "\x1b" not in written(each)
    assert written(each, colour=True).count("\x1b[3") == 3


@pytest.mark.parametrize("lines", [100_000])
def test_a_large_file_takes_no_time(lines: int) -> None:
    text = "a \nb\n" * lines
    edits = ((start + 1, start + 2, "") for start in range(0, len(text), 5))
    assert written(patch(text, *edits)).count("\n-a ") == lines
