"""``kader release ledger``, as a maintainer uses it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from pipeline.cli.main import MISTAKE, run
from tests.cli.releases import AVG, LEDGER, NEW, RULE, change, small_repository, tag
from tests.world.repositories import commit, git, write

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "urn,since,state,successor\n"
FIRST = """\
urn:klein:regel:avg-13,{day},actief,
urn:klein:regel:awb-01,{day},actief,
urn:klein:stap:beh,{day},actief,
urn:klein:stap:ont,{day},actief,
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KADER_LANG", raising=False)
    folder = small_repository(tmp_path / "klein")
    monkeypatch.chdir(folder)
    return folder


def day(folder: Path, revision: str = "HEAD") -> str:
    return git(folder, "show", "--no-patch", "--format=%cs", f"{revision}^{{commit}}")


def test_the_ids_of_a_release_are_added_once(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tag(small, "1.0.0")
    (small / LEDGER).chmod(0o640)
    assert run(["release", "ledger"]) == 0
    assert capsys.readouterr().out == "content/ids.csv: 4 id's van 1.0.0 erbij, 0 gewijzigd.\n"
    first = HEAD + FIRST.format(day=day(small))
    assert (small / LEDGER).read_text() == first
    assert stat.S_IMODE((small / LEDGER).stat().st_mode) == 0o640
    assert run(["check", "--quiet"]) == 0
    assert run(["release", "ledger", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "content/ids.csv: 0 ids of 1.0.0 added, 0 changed.\n"
    assert (small / LEDGER).read_text() == first


def test_what_came_after_the_release_waits_for_the_next(small: Path) -> None:
    tag(small, "1.0.0")
    commit(small, {NEW: RULE.format(title="Luister")})
    assert run(["release", "ledger"]) == 0
    first = (small / LEDGER).read_text()
    assert "awb-02" not in first
    git(small, "commit", "--quiet", "--all", "--message", "Lijst")
    change(small, AVG, "status: concept", "status: ingetrokken")
    tag(small, "2.0.0")
    assert run(["release", "ledger"]) == 0
    withdrawn = first.replace(f"avg-13,{day(small, 'v1.0.0')},actief", f"avg-13,{day(small, 'v1.0.0')},ingetrokken")
    assert (small / LEDGER).read_text() == f"{withdrawn}urn:klein:regel:awb-02,{day(small)},actief,\n"


def test_work_in_the_folder_plays_no_part(small: Path) -> None:
    tag(small, "1.0.0")
    write(small, {NEW: RULE.format(title="Luister"), AVG: None})
    assert run(["release", "ledger", "--version", "v1.0.0"]) == 0
    assert (small / LEDGER).read_text() == HEAD + FIRST.format(day=day(small))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "There is no tag v1.0.0"),
        (["--version", "1.2.0"], "There is no tag v1.2.0"),
        (["--version", "1"], "is not a version"),
    ],
)
@pytest.mark.usefixtures("small")
def test_there_is_no_such_release(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["release", "ledger", "--lang", "en", *arguments]) == MISTAKE
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"), [(None, "There is no content/ids.csv"), ("urn;since\n", "not a sound list")]
)
def test_a_list_that_cannot_be_added_to(
    small: Path, text: str | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tag(small, "1.0.0")
    write(small, {LEDGER: text})
    assert run(["release", "ledger", "--lang", "en"]) == MISTAKE
    assert words in capsys.readouterr().err
    assert (small / LEDGER).exists() == (text is not None)


def test_a_framework_without_a_list(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "schemas/framework.json", '  "ledger": "content/ids.csv",\n', "")
    tag(small, "1.0.0")
    assert run(["release", "ledger", "--lang", "en"]) == MISTAKE
    assert "has no list of released ids" in capsys.readouterr().err
