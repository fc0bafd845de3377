"""What a renaming carries along: every form of reference and link, each in its own style."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.errors import UserError
from tests.renaming.support import Repository, lines, moves
from tests.support import FIXTURES, _files, schemas_of, small_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.kinds import Schemas
    from tests.renaming.support import Files

RULE = "content/regels/avg-13-doe-een-dpia.md"
NEW_RULE = "content/regels/avg-63-doe-een-dpia.md"
OTHER = "content/regels/awb-01-wees-zorgvuldig.md"
THEME = "content/themas/privacy.md"
PAGE = "content/map/uitleg.md"
MENU = "nav:\n  - regels/avg-13-doe-een-dpia.md\n  - Uitleg: 'map/uitleg.md'\n  - \"themas/privacy.md\"\n"


def schemas(**changes: Any) -> Schemas:  # noqa: ANN401 - any JSON
    """Give the small schemas with pages by path, themes by file name, lists, a menu and raw HTML."""
    small = _files(FIXTURES / "klein" / "schemas")
    framework = json.loads(small["framework.json"])
    framework |= {
        "directives": [{"name": "lijst_regels", "lists": "regel"}],
        "navigation": [{"file": "mkdocs.yml", "format": "mkdocs", "root": "content"}],
        "ignored": ["content/gaten.yaml"],
        "markdown": {"dialect": "commonmark", "slugs": "github", "html": True},
        "severities": [
            {"rule": rule, "severity": "off", "reason": "Hier gaat het om iets anders."}
            for rule in ("links/own-site", "text/heading-duplicate")
        ],
    }
    rule = json.loads(small["regel.schema.json"])
    rule["properties"]["thema"] = {
        "type": "array",
        "items": {"type": "string", "x-reference": {"to": "thema", "by": "stem"}},
    }
    return schemas_of(
        {
            **small,
            "framework.json": json.dumps(framework | changes),
            "regel.schema.json": json.dumps(rule),
            "thema.schema.json": kind("thema", "content/themas", {"in": "stem", "code": "[a-z]+(?:-[a-z]+)*"}),
            "blad.schema.json": kind("blad", "content", {"in": "path"}, recursive=True),
        }
    )


def kind(name: str, folder: str, identity: Mapping[str, str], *, recursive: bool = False) -> str:
    return json.dumps(
        {
            "x-kind": name,
            "x-labels": {"nl": {"one": name, "many": name}, "en": {"one": name, "many": name}},
            "x-files": {"layout": "document", "folder": folder, "recursive": recursive},
            "x-id": identity,
            "type": "object",
            "properties": {"title": {"type": "string", "x-means": "title"}},
        }
    )


def rule_text(code: str, *body: str, fields: str = "") -> str:
    head = ["---", f"id: urn:klein:regel:{code}", "title: Luister", "status: concept", *fields.splitlines(), "---"]
    return lines([*head, "", "## Regel", "", "Luister goed.", "", *body])


def repository(changes: Mapping[str, str], given: Schemas | None = None) -> Repository:
    files: Files = {
        **small_files(),
        "mkdocs.yml": MENU,
        THEME: "---\ntitle: Privacy\n---\n\n## Wat\n",
        PAGE: "---\ntitle: Uitleg\n---\n\n## Wat\n",
        **changes,
    }
    return Repository(files, given or schemas())


def assert_carried(before: Repository, old: str, new: str, changed: Mapping[str, tuple[str, str]]) -> None:
    """Rename there and back: just these files differ in between, and just so."""
    plan = before.plan(old, new)
    after = before.after(plan)
    assert after.found() == before.found(moves(plan))
    target = {patch.path: patch.new_path for patch in plan.patches}
    assert {path: (before.text(path), after.text(target[path])) for path in target} == changed
    back = {patch.new_path: patch.path for patch in plan.patches if patch.new_path != patch.path}
    again = after.after(after.plan(new, old))
    assert again.bytes() == before.bytes(), back


def test_an_id_with_all_that_names_it() -> None:
    fields = (
        "zie-ook:\n  - avg-13   # eerst\n  - ref: 'avg-13'\n    waarom: gelijk\n  - \"urn:klein:regel:avg-13\"\n"
        "  - urn:klein:regel:avg-13\nstap: [ontwerp]"
    )
    body = (
        "Zie {regel:avg-13} en {regel:avg-13:35}. Lees [avg-13](avg-13-doe-een-dpia.md),",
        '[hoe dat gaat](./avg-13-doe-een-dpia.md#zo-doe-je-dat), [titel](<avg-13-doe-een-dpia.md> "avg-13").',
        "",
        "[anders][ref] en ![avg-13](../plaat-avg-13.png). `avg-13` en avg-130 en xavg-13.",
        "",
        "[ref]: ../regels/avg-13-doe-een-dpia.md 'Titel'",
    )
    new = (
        "Zie {regel:avg-63} en {regel:avg-63:35}. Lees [avg-63](avg-63-doe-een-dpia.md),",
        '[hoe dat gaat](./avg-63-doe-een-dpia.md#zo-doe-je-dat), [titel](<avg-63-doe-een-dpia.md> "avg-13").',
        "",
        "[anders][ref] en ![avg-13](../plaat-avg-13.png). `avg-13` en avg-130 en xavg-13.",
        "",
        "[ref]: ../regels/avg-63-doe-een-dpia.md 'Titel'",
    )
    path = "content/regels/awb-02-luister.md"
    own = small_files()[RULE].decode()
    gaps = "gaten:\n  - items: [urn:klein:regel:avg-13, avg-13]\n    van: ak@1:urn:klein:regel:avg-13\n"
    before = repository(
        {
            path: rule_text("awb-02", *body, fields=fields),
            "content/plaat-avg-13.png": "x",
            "content/gaten.yaml": gaps,
            "README.md": "Zie [de regel](content/regels/avg-13-doe-een-dpia.md).\n",
        }
    )
    assert_carried(
        before,
        "avg-13",
        "avg-63",
        {
            path: (before.text(path), rule_text("awb-02", *new, fields=fields.replace("avg-13", "avg-63"))),
            RULE: (own, own.replace("regel:avg-13", "regel:avg-63")),
            "mkdocs.yml": (MENU, MENU.replace("avg-13", "avg-63")),
            "content/gaten.yaml": (gaps, gaps.replace("[urn:klein:regel:avg-13", "[urn:klein:regel:avg-63")),
            "README.md": (
                "Zie [de regel](content/regels/avg-13-doe-een-dpia.md).\n",
                "Zie [de regel](content/regels/avg-63-doe-een-dpia.md).\n",
            ),
        },
    )


def test_where_the_old_name_stays_is_told() -> None:
    before = repository({OTHER: rule_text("awb-01", "Zie avg-13 en `avg-13`, niet avg-130 of x-avg-13.")})
    left = before.plan("avg-13", "avg-63").left
    assert [(place.source.path, place.begin.line, place.text) for place in left] == [(OTHER, 11, "avg-13")] * 2


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("[x](avg-13-doe-een-dpia.md)", "[x](avg-13-nieuw.md)"),
        ("[x](../regels/avg-13-doe-een-dpia.md?a=1#regel)", "[x](../regels/avg-13-nieuw.md?a=1#regel)"),
        ("[x](avg-13-doe%2Deen-dpia.md)", "[x](avg-13-nieuw.md)"),
        ("[x](avg-13-doe-een-dpia)", "[x](avg-13-nieuw)"),
        ("[x](avg-13-doe-een-dpia/)", "[x](avg-13-nieuw/)"),
        ("<a href='../avg-13-doe-een-dpia/'>x</a>", "<a href='../avg-13-nieuw/'>x</a>"),
        (
            "[x](https://klein.example/kader/regels/avg-13-doe-een-dpia/)",
            "[x](https://klein.example/kader/regels/avg-13-nieuw/)",
        ),
        (
            "[x](https://github.com/voorbeeldstad/kader/blob/main/content/regels/avg-13-doe-een-dpia.md)",
            "[x](https://github.com/voorbeeldstad/kader/blob/main/content/regels/avg-13-nieuw.md)",
        ),
        # By its code a page keeps its address, and so do pages that only look alike.
        ("[x](https://klein.example/kader/regels/avg-13/)", None),
        ("[x](https://ander.example/avg-13-doe-een-dpia.md)", None),
        ("`[x](avg-13-doe-een-dpia.md)`", None),
    ],
)
def test_a_file_name_in_every_form_of_link(written: str, changed: str | None) -> None:
    before = repository({OTHER: rule_text("awb-01", written), "mkdocs.yml": "nav: []\n"})
    plan = before.plan("avg-13-doe-een-dpia", "avg-13-nieuw")
    after = before.after(plan)
    assert after.text(OTHER) == rule_text("awb-01", changed or written)
    assert after.found() == before.found(moves(plan))
    if "%2D" not in written:
        assert after.after(after.plan("avg-13-nieuw", "avg-13-doe-een-dpia")).bytes() == before.bytes()


def test_a_link_from_the_top_is_carried_along_though_it_is_not_right() -> None:
    files: Files = {**small_files(), OTHER: rule_text("awb-01", "[x](/content/regels/avg-13-doe-een-dpia.md)")}
    before = Repository(files)
    plan = before.plan("avg-13-doe-een-dpia", "avg-13-nieuw")
    after = before.after(plan)
    assert "(/content/regels/avg-13-nieuw.md)" in after.text(OTHER)
    assert after.found() == before.found(moves(plan)) != {}


@pytest.mark.parametrize("end", ["", "/", "/index.html", "/#regel"])
def test_an_address_with_the_code(end: str) -> None:
    before = repository({OTHER: rule_text("awb-01", f"[x](https://klein.example/kader/regels/avg-13{end})")})
    after = before.after(before.plan("avg-13", "avg-63"))
    assert f"(https://klein.example/kader/regels/avg-63{end})" in after.text(OTHER)


def test_references_by_file_name() -> None:
    before = repository(
        {
            OTHER: rule_text("awb-01", "<!-- lijst_regels thema/privacy -->", fields="thema:\n- privacy\n- 'privacy'"),
            RULE: rule_text("avg-13", "<!-- lijst_regels  thema/privacy  stap/ontwerp -->"),
        }
    )
    assert_carried(
        before,
        "privacy",
        "eigen-gegevens",
        {
            OTHER: (before.text(OTHER), before.text(OTHER).replace("privacy", "eigen-gegevens")),
            RULE: (before.text(RULE), before.text(RULE).replace("privacy", "eigen-gegevens")),
            THEME: (before.text(THEME), before.text(THEME)),
            "mkdocs.yml": (before.text("mkdocs.yml"), before.text("mkdocs.yml").replace("privacy", "eigen-gegevens")),
        },
    )


def test_an_entry_of_a_list() -> None:
    steps = small_files()["content/stappen.yaml"].decode()
    before = repository(
        {OTHER: rule_text("awb-01", "Zie {stap:ont} en [x](https://klein.example/kader/stappen/ont/).")}
    )
    assert_carried(
        before,
        "urn:klein:stap:ont",
        "urn:klein:stap:een",
        {
            "content/stappen.yaml": (steps, steps.replace("stap:ont", "stap:een")),
            OTHER: (
                before.text(OTHER),
                rule_text("awb-01", "Zie {stap:een} en [x](https://klein.example/kader/stappen/een/)."),
            ),
        },
    )


def test_another_folder() -> None:
    page = lines(
        [
            *("---", "title: Uitleg", "---", "", "## Wat", "", "[regel](../regels/awb-01-wees-zorgvuldig.md#regel),"),
            "[zelf](uitleg.md), [kop](#wat), ![plaat](plaat.png), [elders](https://klein.example/kader/map/uitleg/),",
            "<a href='../../regels/awb-01-wees-zorgvuldig/'>raw</a>",
        ]
    )
    before = repository(
        {
            PAGE: page,
            "content/map/plaat.png": "x",
            OTHER: rule_text("awb-01", "[x](../map/uitleg.md#wat)"),
            "README.md": "[x](content/map/uitleg.md)\n",
        }
    )
    moved = (
        page.replace("(../regels/", "(../../regels/")
        .replace("(uitleg.md)", "(meer.md)")
        .replace("(plaat.png)", "(../../map/plaat.png)")
        .replace("kader/map/uitleg/", "kader/diep/map/meer/")
        .replace("'../../regels/", "'../../../regels/")
    )
    menu = before.text("mkdocs.yml")
    assert_carried(
        before,
        PAGE,
        "content/diep/map/meer.md",
        {
            PAGE: (page, moved),
            OTHER: (before.text(OTHER), rule_text("awb-01", "[x](../diep/map/meer.md#wat)")),
            "README.md": ("[x](content/map/uitleg.md)\n", "[x](content/diep/map/meer.md)\n"),
            "mkdocs.yml": (menu, menu.replace("map/uitleg", "diep/map/meer")),
        },
    )


def test_a_text_with_a_picture_that_leads_to_an_entry() -> None:
    written = "[![avg-13](plaat/avg-13.png)](avg-13-doe-een-dpia.md)"
    before = repository({OTHER: rule_text("awb-01", written), "content/regels/plaat/avg-13.png": "x"})
    after = before.after(before.plan("avg-13", "avg-63"))
    assert "[![avg-63](plaat/avg-13.png)](avg-63-doe-een-dpia.md)" in after.text(OTHER)


def test_bytes_that_nobody_sees_stay() -> None:
    text = "\ufeff" + rule_text("awb-01", "Zie {regel:avg-13}.\t\u00a0𝄞").replace("\n", "\r\n").rstrip("\r\n")
    before = Repository({**small_files(), OTHER: text})
    after = before.after(before.plan("avg-13", "avg-63"))
    assert after.text(OTHER) == text.replace("avg-13", "avg-63")


def test_the_wrong_id_in_a_good_file_name() -> None:
    """References go by the file's name there; the file then gets the name that its id asks for."""
    files: Files = {
        **small_files(),
        "content/regels/avg-14-x.md": rule_text("avg-15"),
        OTHER: rule_text("awb-01", "{regel:avg-14}"),
    }
    before = Repository(files)
    assert "ids/file-name-mismatch" in {each.rule for each in before.checked.findings}
    after = before.after(before.plan("content/regels/avg-14-x.md", "content/regels/avg-15-x.md"))
    assert "{regel:avg-15}" in after.text(OTHER)
    assert "ids/file-name-mismatch" not in {each.rule for each in after.checked.findings}


# Replaced ids


def test_successors_in_the_ledger_follow_and_released_ids_stay() -> None:
    old = rule_text("awb-02", fields="opgevolgd-door: [urn:klein:regel:avg-13]").replace("concept", "verouderd")
    ledger = "urn,since,state,successor\nurn:klein:regel:awb-02,2026-01-01,vervangen,urn:klein:regel:avg-13\n"
    before = repository({"content/regels/awb-02-x.md": old, "content/ids.csv": ledger})
    after = before.after(before.plan("avg-13", "avg-63"))
    assert after.text("content/ids.csv") == ledger.replace("avg-13", "avg-63")
    assert "[urn:klein:regel:avg-63]" in after.text("content/regels/awb-02-x.md")
    with pytest.raises(UserError, match="was released: others refer to it"):
        before.plan("awb-02", "awb-72")
    with pytest.raises(UserError, match="taken already"):
        before.plan("avg-13", "awb-02")
    assert before.plan("awb-02-x", "awb-02-y").patches, "the name of its file may change"


def test_a_replaced_page_stays_and_names_its_successor() -> None:
    ledger = "urn,since,state,successor\nurn:klein:regel:avg-13,2026-01-01,actief,\n"
    before = repository(
        {OTHER: rule_text("awb-01", "{regel:avg-13}", fields="zie-ook: [avg-13]"), "content/ids.csv": ledger}
    )
    plan = before.plan("avg-13", "avg-63", replace=True)
    after = before.after(plan)
    old, new = after.text(RULE), after.text(NEW_RULE)
    assert new == before.text(RULE).replace("regel:avg-13", "regel:avg-63")
    assert old == before.text(RULE).replace("status: concept", "status: verouderd").replace(
        "zie-ook:\n  - awb-01\n", "zie-ook:\n  - awb-01\nopgevolgd-door:\n  - urn:klein:regel:avg-63\n"
    )
    assert after.text(OTHER) == before.text(OTHER).replace("avg-13", "avg-63")
    assert after.text("content/ids.csv") == ledger, "the release writes in it"
    assert after.found() == before.found()
    assert after.text("mkdocs.yml") == MENU.replace("avg-13", "avg-63")
    with pytest.raises(UserError, match="cannot be replaced by itself"):
        after.plan("avg-13", "avg-64", replace=True)


@pytest.mark.parametrize(("old", "new"), [("avg-13", "avg-13-anders"), ("ont", "een"), ("privacy", "eigen")])
def test_what_cannot_be_replaced(old: str, new: str) -> None:
    with pytest.raises(UserError, match="cannot be replaced by itself"):
        repository({}).plan(old, new, replace=True)


def test_a_released_id_is_never_used_again() -> None:
    ledger = "urn,since,state,successor\nurn:klein:regel:avg-63,2026-01-01,ingetrokken,\n"
    before = Repository({**small_files(), "content/ids.csv": ledger})
    with pytest.raises(UserError, match="never used a second time"):
        before.plan("avg-13", "avg-63")
