"""A check that remembers says what one that does not would say."""

from __future__ import annotations

import random
import re
import shutil
from typing import TYPE_CHECKING

import pytest

import pipeline
from pipeline.cli import check as command
from pipeline.cli import checking
from pipeline.cli.main import run
from tests.support import CORPUS, FIXTURES, ROOT, needs_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = "content/regels/awb-01-wees-zorgvuldig.md"
LINKS = (
    "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n---\n\n## Regel\n\nLees [dit](awb-99.md) en "
    "[dat](awb-01-wees-zorgvuldig.md#nee).\n\n## Regel\n\n##Kop\n"
)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FIXTURES / "klein", tmp_path / "klein")
    monkeypatch.chdir(tmp_path / "klein")
    monkeypatch.setenv("KADER_CACHE", str(tmp_path / "cache"))
    (tmp_path / "klein" / "content/regels/awb-02-luister.md").write_text(LINKS)
    return tmp_path / "klein"


@pytest.fixture
def whole_checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the checks of the whole framework."""
    made: list[str] = []
    real = checking.checked

    def counted(*arguments: object, **options: object) -> object:
        made.append("check")
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "checked", counted)
    return made


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def give(*arguments: str) -> str:
        run(["check", "--format", "json", *arguments])
        return capsys.readouterr().out

    return give


def test_nothing_changed(small: Path, whole_checks: list[str], printed: Callable[..., str]) -> None:
    first = printed()
    assert '"rule": "links/broken"' in first
    assert printed() == first == printed("--no-cache")
    assert whole_checks == ["check", "check"]
    assert small.exists()


@pytest.mark.usefixtures("small")
def test_the_language_and_the_form_are_chosen_afterwards(
    whole_checks: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for language, word in (("nl", "fout"), ("en", "error")):
        assert run(["check", "--lang", language]) == 1
        assert word in capsys.readouterr().out
    assert whole_checks == ["check"]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a sentence more": lambda root: append(root / PAGE, "\nEn nog een zin.\n"),
    "a sentence before a broken link": lambda root: replace(root, "Lees [dit]", "Eerst dit.\n\nDaarna: lees [dit]"),
    "another title": lambda root: replace(root, "title: Luister", "title: Luister goed"),
    "a title that is too long": lambda root: replace(root, "title: Luister", "title: " + "Luister " * 20),
    "another heading": lambda root: append(root / PAGE, "\n## Nee\n\nJa.\n"),
    "another link": lambda root: replace(root, "awb-99.md", "awb-98.md"),
    "a heading that nothing leads to": lambda root: replace(root, "##Kop", "## Kop"),
    "a heading that a link leads to": lambda root: append(root / PAGE, "\n## Nee\n"),
    "a title that a reference may have meant": lambda root: replace(root, "title: Luister", "title: Zorgvuldigheid"),
    "a reference less": lambda root: replace(root, "  - ontwerp\n", "", PAGE),
    "a reference to nothing": lambda root: replace(root, "  - ontwerp\n", "  - ontwerpen\n", PAGE),
    "another status": lambda root: replace(root, "status: concept", "status: definitief"),
    "another id": lambda root: replace(root, "awb-02\n", "awb-22\n"),
    "a field more": lambda root: replace(root, "status:", "verwijst-naar: [awb-01]\nstatus:"),
    "an unknown field": lambda root: replace(root, "status:", "onbekend: iets\nstatus:"),
    "a remark among the fields": lambda root: replace(root, "status:", "# een opmerking\nstatus:"),
    "a reference written wrongly": lambda root: append(root / PAGE, "\nZie {regel;awb-01} en (regel:awb-02).\n"),
    "a new file": lambda root: shutil.copy(root / PAGE, root / "content/regels/awb-09-nieuw.md"),
    "a file less": lambda root: (root / PAGE).unlink(),
    "a file with another name": lambda root: (root / PAGE).rename(root / "content/regels/awb-01-anders.md"),
    "a list": lambda root: append(root / "content/stappen.yaml", "\n- id: x\n"),
    "a schema": lambda root: replace(root, '"maxLength": 80', '"maxLength": 5', "schemas/regel.schema.json"),
    "a settings file": lambda root: replace(root, '"content"', '"contents"', "schemas/framework.json"),
    "the ledger": lambda root: append(root / "content/ids.csv", "urn:klein:regel:awb-77,0.1,actief,\n"),
    "an unreadable file": lambda root: (root / PAGE).write_bytes(b"\xff\xfe"),
    "a broken block of fields": lambda root: replace(root, "status: concept\n---", "status: concept"),
    "a suppression": lambda root: replace(
        root, "Lees [dit]", "<!-- kader: negeer links/broken want zo -->\nLees [dit]"
    ),
    "a suppression of no use": lambda root: append(root / PAGE, "\n<!-- kader: negeer links/broken want zo -->\nJa.\n"),
    "a comment": lambda root: append(root / PAGE, "\n<!-- nog doen -->\n"),
    "a broken link mended": lambda root: replace(root, "awb-99.md", "awb-01-wees-zorgvuldig.md"),
    "a broken link taken away": lambda root: replace(root, "[dit](awb-99.md)", "dit"),
    "a link to a page": lambda root: append(root / PAGE, "\n[Luister](awb-02-luister.md)\n"),
    "a link to a heading": lambda root: append(root / PAGE, "\n[De regel](awb-02-luister.md#regel)\n"),
    "a link to no heading": lambda root: append(root / PAGE, "\n[De regel](awb-02-luister.md#nergens)\n"),
    "a link to the web": lambda root: append(root / PAGE, "\n[Een site](https://voorbeeld.nl/)\n"),
    "a link that says nothing": lambda root: append(root / PAGE, "\n[hier](https://voorbeeld.nl/) https://b.nl/\n"),
    "an address that is not right": lambda root: append(root / PAGE, "\n[Een site](htps://voorbeeld.nl/)\n"),
    "a link that names another page": lambda root: append(root / PAGE, "\n[awb-02](awb-01-wees-zorgvuldig.md)\n"),
    "a mention": lambda root: append(root / PAGE, "\nZie {regel:awb-02}.\n"),
    "a mention of itself": lambda root: append(root / PAGE, "\nZie {regel:awb-01}.\n"),
    "a mention of nothing": lambda root: append(root / PAGE, "\nZie {regel:awb-77}.\n"),
    "a file that is no entry": lambda root: (root / "plaat.png").write_bytes(b"x"),
}


UNFELT = {
    *("a sentence more", "a file that is no entry", "a settings file", "a remark among the fields"),
    *("another title", "a title that a reference may have meant", "a reference less"),
    *("a comment", "a link to a page", "a link to a heading", "a link to the web", "a mention"),
}
WHOLE = {"a file that is no entry", "a list", "a schema", "a settings file", "the ledger"}
"""Changes after which everything is asked."""


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def replace(root: Path, old: str, new: str, name: str = "content/regels/awb-02-luister.md") -> None:
    text = (root / name).read_text()
    assert old in text
    (root / name).write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_change_is_seen(small: Path, whole_checks: list[str], printed: Callable[..., str], change: str) -> None:
    first = printed()
    CHANGES[change](small)
    whole_checks.clear()
    second = printed()
    assert bool(whole_checks) is (change in WHOLE)
    assert second == printed("--no-cache")
    assert second == printed()
    if change not in UNFELT:
        assert second != first


def test_one_quick_change_after_another(small: Path, whole_checks: list[str], printed: Callable[..., str]) -> None:
    printed()
    CHANGES["a sentence before a broken link"](small)
    assert '"line": 11' in printed()
    CHANGES["another title"](small)
    assert '"line": 11' in printed()
    CHANGES["a sentence more"](small)
    printed()
    assert whole_checks == ["check"]
    assert printed() == printed("--no-cache")


def test_a_suppression_that_comes_and_goes(small: Path, whole_checks: list[str], printed: Callable[..., str]) -> None:
    first = printed()
    text = (small / "content/regels/awb-02-luister.md").read_text()
    CHANGES["a suppression"](small)
    assert printed() != first
    CHANGES["another title"](small)
    hidden = printed()
    assert '"key": "awb-99.md"' in first
    assert '"key": "awb-99.md"' not in hidden
    assert hidden == printed("--no-cache")
    (small / "content/regels/awb-02-luister.md").write_text(text)
    assert printed() == first
    assert whole_checks == ["check", "check"]


def test_a_heading_that_a_new_link_leads_to(small: Path, whole_checks: list[str], printed: Callable[..., str]) -> None:
    printed()
    replace(small, "##Kop", "## Kop")
    append(small / PAGE, "\n[De kop](awb-02-luister.md#kop)\n")
    printed()
    append(small / PAGE, "\n[Nog eens](awb-02-luister.md#kop)\n")
    printed()
    replace(small, "## Kop", "## Top")
    assert "#kop" in printed()
    assert whole_checks == ["check"]
    assert printed() == printed("--no-cache")


def test_another_day_is_another_outcome(small: Path, whole_checks: list[str], printed: Callable[..., str]) -> None:
    settings = small / "schemas" / "framework.json"
    need = '"needs": [{ "rule": "completeness/review-overdue", "fields": ["datum"], "within": 30 }],'
    settings.write_text(settings.read_text("utf-8").replace('"ledger"', f'{need}\n  "ledger"'))
    page = small / PAGE
    page.write_text(page.read_text("utf-8").replace("status: concept", 'status: concept\ndatum: "2026-08-01"'))
    assert "review-overdue" not in printed()  # outside a repository, nobody says what day it is
    assert "review-overdue" in printed("--today", "2027-08-02")
    assert "review-overdue" in printed("--today", "2027-08-02")
    assert "review-overdue" not in printed("--today", "2026-08-02")
    assert len(whole_checks) == 3


def test_a_change_that_is_taken_back(small: Path, printed: Callable[..., str]) -> None:
    first = printed()
    text = (small / PAGE).read_text()
    append(small / PAGE, "\n[weg](weg.md)\n")
    assert printed() != first
    (small / PAGE).write_text(text)
    assert printed() == first


def test_a_menu_is_read_again(small: Path, whole_checks: list[str], printed: Callable[..., str]) -> None:
    menu = '"navigation": [{ "file": "mkdocs.yml", "format": "mkdocs", "root": "content" }],'
    replace(small, '"ledger"', f'{menu}\n  "ledger"', "schemas/framework.json")
    for text in ("nav:\n  - regels/awb-03.md\n", "nav:\n  - regels/awb-04.md\n", "nav: [\n", "nav: []\n"):
        (small / "mkdocs.yml").write_text(text)
        assert printed() == printed("--no-cache"), text
    assert whole_checks == ["check"] * 5


def test_flawed_schemas_are_looked_at_each_time(small: Path, printed: Callable[..., str]) -> None:
    printed()
    replace(small, '"to": "regel" }', '"to": "regle" }', "schemas/regel.schema.json")
    assert "schema/invalid-schema" in printed()
    shutil.copy(small / PAGE, small / "content/regels/awb-09-nieuw.md")
    assert "schema/invalid-schema" in printed()


def test_the_same_schemas_elsewhere_are_others(small: Path, tmp_path: Path, printed: Callable[..., str]) -> None:
    off = '"severities": [{ "rule": "links/absolute-path", "severity": "off", "reason": "Zo is het." }],'
    replace(small, '"ledger"', f'{off}\n  "ledger"', "schemas/framework.json")
    shutil.copytree(small / "schemas", tmp_path / "elsewhere")
    assert "suppressions/unused" in printed()
    elsewhere = printed("--schemas", str(tmp_path / "elsewhere"))
    assert "suppressions/unused" not in elsewhere
    assert elsewhere == printed("--no-cache", "--schemas", str(tmp_path / "elsewhere"))


def test_another_version_of_the_program_remembers_nothing(
    small: Path, whole_checks: list[str], printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = printed()
    monkeypatch.setattr(pipeline, "__version__", "99.9.9")
    assert printed() == first
    assert whole_checks == ["check", "check"]
    assert small.exists()


def test_a_program_changed_by_its_makers_remembers_nothing(
    small: Path, tmp_path: Path, whole_checks: list[str], printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("a = 1\n")
    monkeypatch.setattr(pipeline, "__file__", str(package / "__init__.py"))
    printed()
    (package / "__init__.py").write_text("a = 2\n")
    printed()
    printed()
    assert whole_checks == ["check", "check"]
    assert small.exists()


@pytest.mark.usefixtures("small")
def test_a_cache_that_cannot_be_used_changes_nothing(
    tmp_path: Path, printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = printed()
    for content in (b"", b"x" * 10_000):
        for path in (tmp_path / "cache").iterdir():
            path.write_bytes(content)
        assert printed() == first
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KADER_CACHE", str(tmp_path / "file"))
    assert printed() == first


SCRAPS = [
    "Een zin erbij.\n",
    "\n\n",
    "* ",
    "[a](b.md)",
    "## Kop\n\n",
    "`",
    "<!-- x -->",
    "{regel:awb-01}",
    "{maatregel;owp-01}",
    "\t",
    "é😀",
    "**",
]
FIELDS = ["hide: [toc]\n", "onbekend: iets\n", "title: Nog een titel\n", "# een opmerking\n", "- los\n"]


def change_somewhere(root: Path, chance: random.Random) -> None:
    """Change a random page in a random way: its fields, its headings, its links, its text, or the file itself."""
    page = chance.choice([path for path in sorted(root.rglob("*.md")) if path.stat().st_size])
    text = page.read_text()
    end = max(text.find("\n---", 3) + 1, 0)
    places = {
        "fields": [match.start() for match in re.finditer(r"^[\w-]+:", text[:end], re.MULTILINE)],
        "title": [
            match.end() for match in re.finditer(r"^(?:title|term|toelichting|samenvatting): ", text, re.MULTILINE)
        ],
        "heading": [match.end() for match in re.finditer(r"^#+ ", text, re.MULTILINE)],
        "link": [match.end() for match in re.finditer(r"\]\(", text)],
        "text": [chance.randint(end, len(text))],
    }
    what = chance.choice([*(name for name, found in places.items() if found), "title", "file"])
    if what == "file":
        if chance.random() < 0.5:
            page.unlink()
        (page.parent / f"{page.stem}-kopie.md").write_text(text)
        return
    place = chance.choice(places[what] or [0])
    scrap = chance.choice({"fields": FIELDS, "text": SCRAPS}.get(what, ["Nieuw ", "avg-13", "Risico's en "]))
    page.write_text(text[:place] + scrap + text[place + chance.choice([0, 0, 2]) :])


@needs_corpus
@pytest.mark.parametrize("seed", range(4))
def test_any_change_gives_what_a_check_from_scratch_gives(
    seed: int, tmp_path: Path, printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KADER_CACHE", str(tmp_path / "cache"))
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    root = tmp_path / "corpus"
    shutil.copytree(CORPUS, root)
    where = ["--root", str(root), "--schemas", str(ROOT / "schemas" / "profiles" / "minbzk")]
    printed(*where)
    for _ in range(6):
        change_somewhere(root, chance)
        assert printed(*where) == printed("--no-cache", *where)


@pytest.mark.parametrize("seed", range(3))
def test_any_change_of_our_own_content_gives_what_a_check_from_scratch_gives(
    seed: int, tmp_path: Path, printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KADER_CACHE", str(tmp_path / "cache"))
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    for folder in ("content", "schemas"):
        shutil.copytree(ROOT / folder, tmp_path / "own" / folder)
    where = ["--root", str(tmp_path / "own")]
    printed(*where)
    for _ in range(6):
        change_somewhere(tmp_path / "own" / "content", chance)
        assert printed(*where) == printed("--no-cache", *where)
