"""A cache is of use or it is silent."""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Text
from pipeline.findings import Edit, Finding, Fix, Outcome, Problem, Severity
from pipeline.text import Source
from pipeline.world.cache import cache_folder, open_cache
from tests.support import ROOT

if TYPE_CHECKING:
    from pipeline.world.cache import Cache

SOURCE = Source(path="a.md", text="abc")
PROBLEM = Problem(
    location=SOURCE.at(0, 1),
    parameters={"n": 1, "s": ("a", "b"), "t": Text(nl="een", en="one")},
    fix=Fix(title="x", edits=(Edit(location=SOURCE.at(1), replacement="y"),)),
)
OUTCOME = Outcome(findings=(Finding(rule="r", severity=Severity.ERROR, problem=PROBLEM),), files=1, entries=2)


def opened(folder: Path) -> Cache:
    cache = open_cache(folder, "x")
    assert cache is not None
    return cache


def test_gives_back_what_was_kept(tmp_path: Path) -> None:
    opened(tmp_path / "c").keep({"a": OUTCOME, "b": (1, {"x": b"y"}, frozenset({"z"}))})
    cache = opened(tmp_path / "c")
    again = cache.get("a")
    assert isinstance(again, Outcome)
    assert again.findings[0].problem.parameters == PROBLEM.parameters
    assert again.findings[0].severity is Severity.ERROR
    assert again.findings[0].problem.location.text == "a"
    assert cache.get("b") == (1, {"x": b"y"}, frozenset({"z"}))
    assert cache.get("c") is None


def test_of_some_sources_only_the_path_is_kept(tmp_path: Path) -> None:
    other = Source(path="b.md", text="def")
    cache = opened(tmp_path / "c")
    cache.keep({"a": [SOURCE.at(0), other.at(0)], "b": SOURCE.at(0)}, without_text={"a": [SOURCE]})
    first, second = cache.get("a")
    assert (first.source.path, first.source.text) == ("a.md", "")
    assert (second.source.path, second.source.text) == ("b.md", "def")
    assert cache.get("b").source.text == "abc"


def test_only_the_user_can_look_into_it(tmp_path: Path) -> None:
    opened(tmp_path / "c").keep({"a": 1})
    assert (tmp_path / "c").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "c" / "x.sqlite").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_in_is_not_used(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    folder.chmod(mode)
    assert open_cache(folder, "x") is None
    assert list(folder.iterdir()) == []


def test_a_file_that_others_can_write_is_not_used(tmp_path: Path) -> None:
    opened(tmp_path / "c").keep({"a": 1})
    (tmp_path / "c" / "x.sqlite").chmod(0o666)
    assert open_cache(tmp_path / "c", "x") is None


def test_a_link_to_another_place_is_not_followed(tmp_path: Path) -> None:
    opened(tmp_path / "real").keep({"a": 1})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert open_cache(tmp_path / "link", "x") is None
    (tmp_path / "c").mkdir(mode=0o700)
    (tmp_path / "c" / "x.sqlite").symlink_to(tmp_path / "real" / "x.sqlite")
    assert open_cache(tmp_path / "c", "x") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_someone_else_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)
    assert open_cache(folder, "x") is None


def test_where_no_folder_can_be_made_there_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_cache(tmp_path / "file" / "c", "x") is None


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("echo broken into > /dev/null; exit 7",)


class ByName:
    """Asks for something that is no plain value, by the name of a module that holds plain values."""

    def __init__(self, name: str) -> None:
        self.name = name

    def content(self) -> bytes:
        return f"cpipeline.findings\n{self.name}\n.".encode()


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps(Evil()),
        b"cos\nsystem\n.",
        b"cbuiltins\neval\n.",
        ByName("hashlib").content(),
        ByName("sorted_and_stamped").content(),
        ByName("hashlib.sha256").content(),
        ByName("Counter").content(),
        b"",
        b"\x80",
    ],
)
def test_nothing_but_plain_values_comes_out(tmp_path: Path, content: bytes) -> None:
    cache = opened(tmp_path / "c")
    cache.keep({"good": 1})
    with sqlite3.connect(tmp_path / "c" / "x.sqlite") as table:
        row = ("evil", hashlib.sha256(content).digest() + content)
        table.execute("INSERT INTO kept VALUES (?, ?)", row)
    assert cache.several(["evil", "good"]) == {"good": 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "c"
    opened(folder).keep({f"k{number}": OUTCOME for number in range(20)})
    path = folder / "x.sqlite"
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    for place in data.draw(st.lists(st.integers(0, max(0, len(content) - 1)), max_size=20)):
        content[place : place + 1] = data.draw(st.binary(min_size=1, max_size=1))
    path.write_bytes(content)
    cache = open_cache(folder, "x")
    assert cache is not None
    found = cache.several(f"k{number}" for number in range(20))
    assert {repr(value) for value in found.values()} <= {repr(OUTCOME)}
    cache.keep({"new": 1})
    cache.forget_all_but(["new"])
    (folder / "x.sqlite").unlink(missing_ok=True)


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    opened(folder).keep({"a": OUTCOME})
    (folder / "x.sqlite").write_bytes(b"no table at all" * 1000)
    cache = opened(folder)
    assert cache.get("a") is None
    cache.keep({"a": 2})
    assert opened(folder).get("a") == 2


def test_while_another_process_writes_nothing_is_kept_and_nothing_breaks(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    opened(folder).keep({"a": 1})
    other = sqlite3.connect(folder / "x.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache = open_cache(folder, "x")
    assert cache is None or cache.get("a") is None
    if cache:
        cache.keep({"a": 2})
    other.execute("ROLLBACK")
    other.close()
    assert opened(folder).get("a") == 1


def test_several_processes_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline.world.cache import open_cache\n"
        "for n in range(30):\n"
        "    cache = open_cache(Path(sys.argv[1]), 'x')\n"
        "    if cache:\n"
        "        cache.keep({f'{sys.argv[2]}-{n}': (sys.argv[2], n)})\n"
        "        assert all(key == f'{who}-{m}' for key, (who, m) in cache.several("
        "[f'{who}-{n}' for who in '123']).items())\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "c"), who], cwd=ROOT) for who in "123"]
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert opened(tmp_path / "c").get("1-0") in {("1", 0), None}


def test_what_is_out_of_use_is_dropped_in_time(tmp_path: Path) -> None:
    cache = opened(tmp_path / "c")
    cache.keep({str(number): number for number in range(10)})
    cache.forget_all_but(["1", "2", "3", "4", "5"])
    assert cache.get("9") == 9
    cache.forget_all_but(["1", "2"])
    assert cache.get("9") is None
    assert cache.get("2") == 2


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"KADER_CACHE": "/a/b", "XDG_CACHE_HOME": "/x"}, Path("/a/b")),
        ({"XDG_CACHE_HOME": "/x"}, Path("/x/kader")),
        ({}, Path("~/.cache/kader").expanduser()),
    ],
)
def test_where_it_is(environment: dict[str, str], folder: Path) -> None:
    assert cache_folder(environment) == folder
