"""The file of answers: its age, its damage, and several processes at once."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UserError
from pipeline.rules.links.answers import Answer, Hop
from pipeline.world.kept import File, Kept, read_kept, write_kept
from tests.support import ROOT

NOW = datetime(2026, 8, 2, 12, tzinfo=UTC)
A = "https://voorbeeld.nl/a"
B = "https://voorbeeld.nl/b"


def kept(status: int = 200, *, trouble: str = "", ago: timedelta = timedelta()) -> Kept:
    return Kept(answer=Answer(status=status, trouble=trouble), asked=NOW - ago)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("given_answer", "most", "fresh"),
    [
        (kept(ago=6 * DAY), 7 * DAY, True),
        (kept(ago=7 * DAY), 7 * DAY, False),
        (kept(ago=7 * DAY), 30 * DAY, True),
        (kept(), timedelta(), False),
        (kept(404, ago=DAY / 2), 7 * DAY, True),
        (kept(404, ago=DAY), 7 * DAY, False),
        (kept(410, ago=DAY), 30 * DAY, False),
        (kept(503, ago=timedelta(hours=3)), 7 * DAY, True),
        (kept(503, ago=timedelta(hours=4)), 7 * DAY, False),
        (kept(0, trouble="name", ago=timedelta(hours=4)), 7 * DAY, False),
        (kept(ago=-DAY), 7 * DAY, False),
    ],
)
def test_how_long_an_answer_counts(given_answer: Kept, most: timedelta, *, fresh: bool) -> None:
    assert given_answer.is_fresh(NOW, most) == fresh


addresses = st.text(max_size=20).map(lambda text: f"https://voorbeeld.nl/{text}")
hops = st.lists(st.builds(Hop, status=st.integers(0, 999), address=addresses), max_size=3).map(tuple)
# What is not named is left at its default: an answer has a status or a trouble.
answers = st.builds(lambda status, hops: Answer(status=status, hops=hops), st.integers(0, 999), hops) | st.builds(
    lambda trouble: Answer(trouble=trouble), st.text(min_size=1, max_size=9)
)
moments = st.integers(0, 30 * 24 * 3600).map(lambda seconds: NOW - timedelta(seconds=seconds))


@given(st.dictionaries(addresses, st.builds(Kept, answer=answers, asked=moments), max_size=5))
def test_what_is_written_is_read(given_answers: dict[str, Kept]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "links.json"
        write_kept(path, given_answers, NOW)
        assert read_kept(path) == File(answers=given_answers)


def test_the_same_answers_are_the_same_bytes(tmp_path: Path) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=2)))
    write_kept(tmp_path / "one", {A: kept(), B: kept(404)}, NOW)
    write_kept(tmp_path / "two", {B: kept(404), A: Kept(answer=Answer(status=200), asked=elsewhere)}, NOW)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_no_file_yet(tmp_path: Path) -> None:
    assert read_kept(tmp_path / "none" / "links.json") == File(answers={})


START = '{"made-by": "kader links", "version": 1, '


@pytest.mark.parametrize(
    "content",
    [
        START,
        START + "}",
        START + '"answers": []}',
        START + '"answers": {"https://a.nl/": {}}}',
        START + '"answers": {"https://a.nl/": {"asked": "2026-08-02T12:00:00+00:00", "status": "200"}}}',
        START + '"answers": {"https://a.nl/": {"asked": "2026-08-02T12:00:00", "status": 200}}}',
        START + '"answers": {"https://a.nl/": {"asked": "gisteren", "status": 200}}}',
        START + '"answers": {"https://a.nl/": {"asked": "2026-08-02T12:00:00Z", "status": true}}}',
        START + '"answers": {"https://a.nl/": {"asked": "2026-08-02T12:00:00Z", "status": 1, "hops": [1]}}}',
        START + '"answers": {"https://a.nl/": {"asked": "2026-08-02T12:00:00Z", "status": 1, "hops": [[1, "x:"]]}}}',
        START + '"answers": {"javascript:": {"asked": "2026-08-02T12:00:00Z", "status": 200}}}',
        START.replace("1", "2") + '"answers": {}}',
        START + '"answers": ' + "[" * 100_000,
    ],
    ids=range(13),
)
def test_a_damaged_file_is_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / "links.json"
    path.write_text(content)
    assert read_kept(path) == File(answers={}, damaged=True)
    write_kept(path, {A: kept()}, NOW)
    assert read_kept(path) == File(answers={A: kept()})


@pytest.mark.parametrize("content", ["# Lees mij", "[]", '{"made-by": "iets anders"}', "\ufeff{"])
def test_a_file_of_somebody_else_stays_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(content)
    assert read_kept(path) == File(answers={}, foreign=True)
    write_kept(path, {A: kept()}, NOW)
    assert path.read_text() == content


@given(st.binary(max_size=200))
def test_no_file_is_too_odd(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "links.json"
        for content in (data, START.encode() + data):
            path.write_bytes(content)
            assert read_kept(path).answers == {}


def test_the_newest_answer_stays_and_very_old_ones_go(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    write_kept(path, {A: kept(404, ago=DAY), B: kept(ago=DAY), "https://oud.nl/": kept(ago=89 * DAY)}, NOW - DAY)
    write_kept(path, {A: kept(), B: kept(404, ago=2 * DAY)}, NOW + 2 * DAY)
    assert read_kept(path) == File(answers={A: kept(), B: kept(ago=DAY)})


def test_several_processes_write_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from pipeline.rules.links.answers import Answer\n"
        "from pipeline.world.kept import Kept, write_kept\n"
        "now = datetime(2026, 8, 2, 12, tzinfo=UTC)\n"
        "for number in range(40):\n"
        "    address = f'https://voorbeeld.nl/{sys.argv[1]}/{number}'\n"
        "    write_kept(Path(sys.argv[2]), {address: Kept(answer=Answer(status=200), asked=now)}, now)\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", script, str(number), str(path)], cwd=ROOT) for number in range(3)
    ]
    while any(process.poll() is None for process in processes):
        file = read_kept(path)
        assert not file.damaged
        assert not file.foreign
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert json.loads(path.read_text())["version"] == 1
    assert [each.name for each in tmp_path.iterdir()] == ["links.json"]


def test_a_place_that_cannot_be_written_is_the_user_s_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError):
        write_kept(tmp_path / "file" / "links.json", {A: kept()}, NOW)
