"""``kader review`` in a real repository: what it writes, prints and leaves with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pipeline.cli.main import FINDINGS, MISTAKE, run
from pipeline.exports.site.preview import PAGE
from pipeline.reports.review.read import read
from tests.review.making import RULES, rule_page, schema_files
from tests.support import small_files
from tests.world.repositories import commit, git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

NEW = f"{RULES}/awb-02-luister.md"
AVG = f"{RULES}/avg-13-doe-een-dpia.md"
RIGHT = {NEW: rule_page("awb-02", stap="[ontwerp]")}
WRONG = {NEW: rule_page("awb-02", "<b>Luister</b>", "Zie [dit](weg.md).", stap="[ontwerp]")}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the small framework, and work on a branch of it."""
    files: dict[str, str | bytes] = {**small_files()}
    files |= {f"schemas/{name}": text for name, text in schema_files().items()}
    folder = repository(tmp_path / "kader", files)
    git(folder, "checkout", "--quiet", "-b", "werk")
    monkeypatch.chdir(folder)
    for name in ("KADER_LANG", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return folder


def test_a_new_error_is_the_only_thing_that_fails(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(work, WRONG)
    assert run(["review", "--base", "main"]) == FINDINGS
    assert "weg.md" in capsys.readouterr().out
    review = read((work / "review.json").read_bytes())
    assert (review.new.errors, review.kinds, review.themes) == (1, ("regel",), ("ontwerp",))
    assert review.head == git(work, "rev-parse", "HEAD")
    assert review.base == git(work, "rev-parse", "main")
    git(work, "checkout", "--quiet", "-b", "verder")
    assert run(["review", "--base", "werk"]) == 0  # the error is old now


def test_themes_of_what_is_gone_count(work: Path) -> None:
    commit(work, {AVG: None})
    run(["review", "--base", "main"])
    assert read((work / "review.json").read_bytes()).themes == ("ontwerp",)


def test_it_compares_with_where_the_work_began(work: Path) -> None:
    commit(work, RIGHT)
    git(work, "checkout", "--quiet", "main")
    commit(work, {f"{RULES}/awb-09-later.md": rule_page("awb-09", body="[x](weg.md)")})
    git(work, "checkout", "--quiet", "werk")
    assert run(["review", "--base", "main"]) == 0


def test_the_same_work_gives_the_same_bytes(work: Path) -> None:
    commit(work, WRONG)
    run(["review", "--base", "main", "--out", "a.json"])
    run(["review", "--base", "main", "--out", "onder/b.json", "--preview", "voorbeeld"])
    assert (work / "a.json").read_bytes() == (work / "onder" / "b.json").read_bytes()
    assert not list(work.rglob(".kader-*[!t]"))  # nothing is left beside them


def test_in_a_workflow_the_findings_become_annotations(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "".join(f"[{number}](weg-{number}.md)\n" for number in range(15))
    commit(work, {NEW: rule_page("awb-02", body=body)})
    summary = work / "summary.md"
    summary.touch()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(["review", "--base", "main", "--out", "review/review.json"])
    out = capsys.readouterr().out
    assert out.count("::error ") == 10
    assert "Nog 5 fouten" in out
    text = summary.read_text("utf-8")
    assert text.startswith("### Nog niet klaar: 15 nieuwe fouten")
    assert text.count("- **Fout** in") == 15


def test_the_format_can_be_chosen(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(work, WRONG)
    run(["review", "--base", "main", "--format", "github"])
    assert "::error file=content/regels/awb-02-luister.md,line=10," in capsys.readouterr().out


def test_the_preview_begins_with_what_changed(work: Path) -> None:
    commit(work, {**WRONG, AVG: None})
    run(["review", "--base", "main", "--preview", "review/site"])
    page = (work / "review" / "site" / PAGE).read_text("utf-8")
    assert 'href="regels/awb-02/index.html"' in page
    assert "&lt;b&gt;Luister&lt;/b&gt;" in page
    assert "<b>" not in page
    assert page.index("Nieuw") < page.index("Verwijderd") < page.index("Doe vooraf een DPIA")
    assert (work / "review" / "site" / "regels" / "awb-02" / "index.html").is_file()
    assert (work / "review" / "site" / "index.html").is_file()


def test_a_preview_without_changes_says_so(work: Path) -> None:
    assert run(["review", "--base", "main", "--preview", "site"]) == 0
    assert "verandert niets" in (work / "site" / PAGE).read_text("utf-8")


def test_schemas_that_are_not_right_are_the_new_error(work: Path) -> None:
    write(work, {"schemas/regel.schema.json": "{"})
    assert run(["review", "--base", "main", "--preview", "site", "--summary", "s.md"]) == FINDINGS
    review = json.loads((work / "review.json").read_text("utf-8"))
    assert [each["rule"] for each in review["findings"]] == ["schema/invalid-schema"]
    assert not (work / "site").exists()
    assert "schema/invalid-schema" in (work / "s.md").read_text("utf-8")


def test_a_framework_in_a_folder_of_its_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, str | bytes] = {f"kader/{path}": text for path, text in small_files().items()}
    files |= {f"kader/schemas/{name}": text for name, text in schema_files().items()}
    folder = repository(tmp_path / "alles", files)
    monkeypatch.chdir(folder / "kader")
    write(folder, {f"kader/{path}": text for path, text in WRONG.items()})
    assert run(["review", "--base", "main"]) == FINDINGS
    review = read((folder / "kader" / "review.json").read_bytes())
    assert (review.root, review.findings[0].path) == ("kader/", NEW)


def test_a_base_is_needed(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review"]) == MISTAKE
    assert "Noem met --base" in capsys.readouterr().err
    assert not (work / "review.json").exists()


@pytest.mark.parametrize("event", [None, "", "[]", "{", "[" * 100_000])
def test_posting_needs_an_event(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], event: str | None
) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "voorbeeldstad/kader")
    monkeypatch.setenv("GITHUB_TOKEN", "geheim")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(work / "event.json"))
    if event is not None:
        (work / "event.json").write_text(event)
    assert run(["review", "post"]) == MISTAKE
    assert "In GITHUB_EVENT_PATH staat geen gebeurtenis" in capsys.readouterr().err
