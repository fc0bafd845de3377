"""The commands as a person uses them: what they print, and the exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from pipeline import __version__
from pipeline.cli import main as cli
from pipeline.cli.main import BUG, FINDINGS, INTERRUPTED, MISTAKE, run
from tests.support import CORPUS, FIXTURES, ROOT, needs_corpus

BROKEN = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: koncept\n---\n\n## Regel\n\nLuister heel goed.\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the small framework and work in it."""
    shutil.copytree(FIXTURES / "klein", tmp_path / "klein")
    monkeypatch.chdir(tmp_path / "klein")
    monkeypatch.delenv("KADER_LANG", raising=False)
    return tmp_path / "klein"


@pytest.fixture
def broken(small: Path) -> Path:
    (small / "content/regels/awb-02-luister.md").write_text(BROKEN)
    return small


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"kader {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], *([name, "--help"] for name in cli.COMMANDS)])
def test_help_names_what_there_is(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 0
    assert "Usage: kader" in capsys.readouterr().out


def test_as_a_module() -> None:
    command = [sys.executable, "-m", "pipeline", "--version"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.startswith("kader ")


@pytest.mark.usefixtures("small")
def test_check_without_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    assert "Geen bevindingen" in capsys.readouterr().out


def test_check_works_from_a_folder_below(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small / "content" / "regels")
    assert run(["check"]) == 0
    assert "Geen bevindingen" in capsys.readouterr().out


@pytest.mark.usefixtures("small")
def test_quiet_says_nothing_when_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "“koncept” is geen geldige waarde"), ("en", "“koncept” is not a valid value")]
)
@pytest.mark.usefixtures("broken")
def test_check_with_an_error(capsys: pytest.CaptureFixture[str], language: str, words: str) -> None:
    assert run(["check", "--lang", language]) == FINDINGS
    out = capsys.readouterr().out
    assert words in out
    assert "content/regels/awb-02-luister.md" in out
    assert "\x1b" not in out


@pytest.mark.usefixtures("broken")
def test_colour_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--color", "always"]) == FINDINGS
    assert "\x1b[" in capsys.readouterr().out


@pytest.mark.usefixtures("broken")
def test_check_as_json_satisfies_its_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json"]) == FINDINGS
    report = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "pipeline/reports/findings.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    (finding,) = report["findings"]
    assert (finding["rule"], finding["line"], finding["column"]) == ("schema/not-allowed-value", 4, 9)
    assert finding["parameters"]["suggestions"] == ["concept"]


@pytest.mark.parametrize("form", ["github", "lines", "sarif"])
@pytest.mark.usefixtures("broken")
def test_check_in_other_forms(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert run(["check", "--format", form]) == FINDINGS
    assert "awb-02-luister.md" in capsys.readouterr().out


def test_a_flawed_schema_is_a_finding_with_its_line(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = small / "schemas" / "stap.schema.json"
    path.write_text(path.read_text().replace('"required"', '"requierd"'))
    assert run(["check", "--format", "json"]) == FINDINGS
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["rule"], finding["path"], finding["line"]) == (
        "schema/invalid-schema",
        "schemas/stap.schema.json",
        10,
    )
    assert run(["stats"]) == MISTAKE
    assert "schemas/stap.schema.json:10" in capsys.readouterr().err


def test_build_writes_every_export(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build"]) == 0
    out = capsys.readouterr().out
    assert "dist/" in out
    assert "dist/site/index.html" in out
    for name in ("algoritmekader.json", "csv/regel.csv", "csv/relaties.csv", "site/regels/avg-13/index.html"):
        assert (small / "dist" / name).is_file()


def test_build_twice_gives_the_same_bytes(small: Path) -> None:
    assert run(["build", "--output", "one", "--quiet"]) == 0
    assert run(["build", "--output", "two", "--quiet"]) == 0
    one, two = (
        {path.relative_to(small / name): path.read_bytes() for path in (small / name).rglob("*") if path.is_file()}
        for name in ("one", "two")
    )
    assert one == two


def test_build_only_what_is_asked(small: Path) -> None:
    assert run(["build", "--only", "csv"]) == 0
    assert sorted(path.name for path in (small / "dist").iterdir() if path.name[0] != ".") == ["csv"]
    assert run(["build", "--only", "pdf"]) == MISTAKE


def test_build_with_errors_leaves_the_old_output(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (broken / "dist").mkdir()
    assert run(["build"]) == FINDINGS
    assert "Er is niets geschreven" in capsys.readouterr().out
    assert list((broken / "dist").iterdir()) == []


@pytest.mark.parametrize("name", ["avg-13", "urn:klein:regel:avg-13", "content/regels/avg-13-doe-een-dpia.md"])
@pytest.mark.usefixtures("small")
def test_show_gives_both_directions(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["show", name]) == 0
    out = capsys.readouterr().out
    assert "Doe vooraf een DPIA" in out
    assert "awb-01  Wees zorgvuldig" in out


@pytest.mark.usefixtures("small")
def test_show_of_a_target_names_who_refers_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "ont"]) == 0
    out = capsys.readouterr().out
    assert "Regels in deze stap" in out
    assert "avg-13  Doe vooraf een DPIA" in out


@pytest.mark.usefixtures("small")
def test_show_of_what_is_not_there_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "avg-31"]) == MISTAKE
    assert "Bedoel je avg-13" in capsys.readouterr().err


@pytest.mark.usefixtures("small")
def test_rules_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules"]) == 0
    assert "links/broken" in capsys.readouterr().out
    assert run(["rules", "unknown-target"]) == 0
    assert "references/unknown-target" in capsys.readouterr().out
    assert run(["rules", "unknwon-target"]) == MISTAKE
    assert "unknown-target" in capsys.readouterr().err


def test_rules_need_no_framework(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules"]) == 0


@pytest.mark.usefixtures("small")
def test_schema_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "regel"]) == 0
    out = capsys.readouterr().out
    assert '"x-' not in out
    jsonschema.Draft202012Validator.check_schema(json.loads(out))
    assert run(["schema", "regle"]) == MISTAKE
    assert "Bedoel je regel" in capsys.readouterr().err


@pytest.mark.usefixtures("small")
def test_stats(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats"]) == 0
    out = capsys.readouterr().out
    assert "2 concept" in out
    assert "regel.stap" in out
    assert "Dekking\n" not in out  # this framework measures nothing


def test_stats_tells_what_is_covered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "--root", str(ROOT), "--lang", "en"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.partition("Coverage\n")[2].splitlines()]
    shown = {line[0]: line[1].split("/") for line in lines if line and line[0].startswith("K")}
    assert len(shown) == 12
    assert shown["K7"][0] == shown["K7"][1]


@pytest.mark.parametrize(("today", "late"), [("2026-08-02", False), ("2027-08-02", True), ("now", True)])
def test_deadlines_are_held_against_the_day_that_is_given(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, today: str, *, late: bool
) -> None:
    path = small / "schemas" / "framework.json"
    settings = json.loads(path.read_text("utf-8"))
    needs = [{"rule": "completeness/review-overdue", "fields": ["datum"], "within": 30}]
    path.write_text(json.dumps({**settings, "needs": needs}))
    page = small / "content/regels/awb-01-wees-zorgvuldig.md"
    page.write_text(page.read_text("utf-8").replace("status: concept", 'status: concept\ndatum: "2026-08-01"'))
    assert run(["check", "--today", today]) == 0
    assert ("completeness/review-overdue" in capsys.readouterr().out) is late
    monkeypatch.setenv("KADER_TODAY", today)
    assert run(["check"]) == 0
    assert ("completeness/review-overdue" in capsys.readouterr().out) is late
    assert run(["check", "--today", "morgen"]) == MISTAKE


def test_new_takes_the_next_free_code(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "regel", "Bewaar niet te lang: 'één' jaar", "--prefix", "avg"]) == 0
    path = small / "content/regels/avg-51-bewaar-niet-te-lang-een-jaar.md"
    text = path.read_text("utf-8")
    front = yaml.safe_load(text.split("---")[1])
    assert front["id"] == "urn:klein:regel:avg-51"
    assert front["title"] == "Bewaar niet te lang: 'één' jaar"
    assert front["status"] == "concept"
    assert "# Hoe ver is deze regel?" in text
    assert "## Regel" in text
    assert "avg-51" in capsys.readouterr().out
    assert run(["check"]) == 0
    assert run(["new", "regel", "Nog een", "--prefix", "avg"]) == 0
    assert (small / "content/regels/avg-52-nog-een.md").exists()


def test_new_never_gives_a_released_code_again(small: Path) -> None:
    (small / "content/ids.csv").write_text("urn,since,state,successor\nurn:klein:regel:avg-60,1.0.0,actief,\n")
    assert run(["new", "regel", "Iets nieuws", "--prefix", "avg"]) == 0
    assert (small / "content/regels/avg-61-iets-nieuws.md").exists()


def test_new_in_a_list_keeps_what_was_there(small: Path) -> None:
    path = small / "content/stappen.yaml"
    path.write_text(path.read_text() + "# blijft staan")
    assert run(["new", "stap", "Eis"]) == 0
    text = path.read_text()
    assert "# blijft staan\n" in text
    assert yaml.safe_load(text)[-1] == {"id": "urn:klein:stap:eis", "title": "Eis", "slug": None}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "regel", "Titel"], "--prefix avg"),
        (["new", "regel", "Titel", "--prefix", "xyz"], "begint niet met"),
        (["new", "regel", "  ", "--prefix", "avg"], "Geef een titel"),
        (["new", "reegel", "Titel"], "Bedoel je regel"),
        (["check", "--root", "nergens"], "bestaat niet"),
        (["check", "--schemas", "nergens"], "framework.json"),
        (["chekc"], "chekc"),
        (["check", "--format", "pdf"], "pdf"),
    ],
)
@pytest.mark.usefixtures("small")
def test_a_mistake_is_one_sentence_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert run(arguments) == MISTAKE
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.usefixtures("small")
def test_a_bug_is_a_traceback_and_code_3(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.cli.stats.read_framework", fail)
    assert run(["stats"]) == BUG
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "this is a bug" in err


@pytest.mark.usefixtures("small")
def test_ctrl_c_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.cli.stats.read_framework", stop)
    assert run(["stats"]) == INTERRUPTED
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert run(["completion", shell]) == 0
    assert "kader" in capsys.readouterr().out


def test_completion_offers_commands() -> None:
    environment = {**os.environ, "_KADER_COMPLETE": "bash_complete", "COMP_WORDS": "kader ch", "COMP_CWORD": "1"}
    command = [sys.executable, "-m", "pipeline"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "check" in done.stdout


@pytest.mark.usefixtures("small")
def test_a_reader_that_goes_away_is_no_bug() -> None:
    command = [sys.executable, "-m", "pipeline", "rules"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", [["rules"], ["check"], ["stats"]])
def test_a_full_disk_is_no_bug(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "pipeline", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == MISTAKE
    assert b"de schijf is vol" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.usefixtures("small")
def test_a_place_that_cannot_be_written_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("in the way")
    assert run(["build", "--output", "file/dist"]) == MISTAKE
    assert "Schrijven naar file/dist lukt niet" in capsys.readouterr().err


@pytest.mark.parametrize("width", ["40", "60"])
@pytest.mark.usefixtures("broken")
def test_nothing_is_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for arguments in (["check"], ["rules", "broken"], ["show", "avg-13"]):
        run(arguments)
        lines = capsys.readouterr().out.splitlines()
        assert all(len(line) <= int(width) or " " not in line.strip() for line in lines), lines


@needs_corpus
def test_the_real_framework_is_judged_unchanged(capsys: pytest.CaptureFixture[str]) -> None:
    profile = ROOT / "schemas" / "profiles" / "minbzk"
    assert run(["check", "--root", str(CORPUS), "--schemas", str(profile), "--format", "json"]) == FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert report["summary"]["files"] == 254
    assert report["summary"]["errors"] > 30


def test_our_own_content_has_no_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--root", str(ROOT), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
