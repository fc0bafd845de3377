"""The two names of a renaming, in all their forms, and what is refused."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.errors import UserError
from pipeline.renaming.target import renaming
from tests.renaming.support import Repository
from tests.renaming.test_carry import OTHER, PAGE, RULE, THEME, repository, rule_text
from tests.support import small_files

STEPS = "content/stappen.yaml"


@cache
def before() -> Repository:
    return repository({"content/regels/awb-02-luister.md": rule_text("awb-02")})


@pytest.mark.parametrize(
    ("old", "new", "path", "id"),
    [
        ("avg-13", "avg-63", "content/regels/avg-63-doe-een-dpia.md", "urn:klein:regel:avg-63"),
        (" avg-13 ", "urn:klein:regel:avg-63", "content/regels/avg-63-doe-een-dpia.md", "urn:klein:regel:avg-63"),
        ("urn:klein:regel:avg-13", "avg-63", "content/regels/avg-63-doe-een-dpia.md", "urn:klein:regel:avg-63"),
        ("avg-13-doe-een-dpia", "avg-63", "content/regels/avg-63-doe-een-dpia.md", "urn:klein:regel:avg-63"),
        ("avg-13", "avg-13-anders", "content/regels/avg-13-anders.md", "urn:klein:regel:avg-13"),
        ("avg-13", "avg-63-anders.md", "content/regels/avg-63-anders.md", "urn:klein:regel:avg-63"),
        (RULE, "content/regels/avg-13-anders.md", "content/regels/avg-13-anders.md", "urn:klein:regel:avg-13"),
        (f"./{RULE}", "./content/regels/avg-63-x.md", "content/regels/avg-63-x.md", "urn:klein:regel:avg-63"),
        ("privacy", "eigen-gegevens", "content/themas/eigen-gegevens.md", "eigen-gegevens"),
        (THEME, "content/themas/eigen.md", "content/themas/eigen.md", "eigen"),
        ("map/uitleg", "map/meer", "content/map/meer.md", "map/meer"),
        (PAGE, "content/meer.md", "content/meer.md", "meer"),
        ("uitleg", "meer", "content/meer.md", "meer"),
        ("ont", "een", STEPS, "urn:klein:stap:een"),
        ("urn:klein:stap:ont", "urn:klein:stap:een", STEPS, "urn:klein:stap:een"),
    ],
)
def test_names(old: str, new: str, path: str, id: str) -> None:  # noqa: A002 - as it is called
    target = renaming(before().checked.framework, old, new)
    assert (target.path, target.id) == (path, id)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("avg-31", "avg-63", r"no entry “avg-31”. Did you mean avg-13"),
        ("content/regels/niets.md", "x.md", "no entry"),
        (STEPS, "content/stap.yaml", "no entry"),
        ("avg-13", "avg-13", "has that name already"),
        (RULE, RULE, "has that name already"),
        ("avg-13", "63", "no proper name here. Choose one such as avg-13"),
        ("avg-13", "AVG-63", "no proper name here"),
        ("avg-13", "dpia.md", "no proper name here. Choose one such as content/regels/avg-13-doe-een-dpia.md"),
        ("avg-13", "content/themas/avg-13-x.md", "no proper name here"),
        ("avg-13", "../avg-13-x.md", "no proper name here"),
        ("avg-13", "content/regels/diep/avg-13-x.md", "no proper name here"),
        ("avg-13", "content/regels/avg-13-x.txt", "no proper name here"),
        ("avg-13", "awb-01", "taken already, by content/regels/awb-01"),
        ("avg-13", "content/regels/awb-01-nieuw.md", "taken already"),
        ("avg-13-doe-een-dpia", "avg-13-Doe een dpia", "just letters, digits and hyphens"),
        ("avg-13", "avg-13-%2e", "just letters, digits and hyphens"),
        ("avg-13", "avg-13-\u202ex", "just letters, digits and hyphens"),
        (PAGE, "content/.verborgen.md", "just letters, digits and hyphens"),
        (PAGE, "content/map/../../buiten.md", "no proper name here"),
        (PAGE, "content/themas/uitleg.md", "no place for this kind"),
        (PAGE, "content/map/index.md", "the page of a whole folder"),
        (THEME, "content/themas/privacy-2.md", "no proper name here"),
        ("ont", "beh", "taken already"),
        ("ont", "content/stappen/ont.md", "no proper name here"),
        ("ont", "ontwerp", "no proper name here"),
    ],
)
def test_what_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        before().plan(old, new)


def test_a_name_of_several_entries() -> None:
    again = repository({"content/map/avg-13.md": "---\ntitle: x\n---\n", "content/avg-13.md": "---\ntitle: x\n---\n"})
    with pytest.raises(UserError, match=f"it may be content/avg-13.md, {RULE} or content/map/avg-13.md") as refused:
        again.plan("avg-13", "avg-63")
    assert "Noem het bestand of de id" in refused.value.text.nl
    assert again.plan("urn:klein:regel:avg-13", "avg-63").patches
    assert again.plan("content/avg-13.md", "content/avg-14.md").patches


def test_a_name_that_differs_in_capitals() -> None:
    again = repository({"content/map/Meer.md": "---\ntitle: x\n---\n"})
    with pytest.raises(UserError, match=r"content/map/Meer\.md exists already"):
        again.plan(PAGE, "content/map/meer.md")
    after = again.after(again.plan("content/map/Meer.md", "content/map/meer.md"))
    assert "content/map/meer.md" in after.files
    assert "content/map/Meer.md" not in after.files


def test_an_id_that_is_not_right() -> None:
    again = Repository({**small_files(), "content/regels/awb-02-x.md": rule_text("awb-2")})
    with pytest.raises(UserError, match="is not right yet"):
        again.plan("content/regels/awb-02-x.md", "awb-03")
    with pytest.raises(UserError, match="is not right yet"):
        again.plan("content/regels/awb-02-x.md", "content/regels/awb-03-x.md")
    assert again.plan("content/regels/awb-02-x.md", "content/regels/awb-02-y.md").patches


def test_the_second_of_two_with_one_id_gets_another() -> None:
    copy = "content/regels/avg-13-kopie.md"
    again = Repository({**small_files(), copy: rule_text("avg-13"), OTHER: rule_text("awb-01", "{regel:avg-13}")})
    assert "ids/duplicate" in {each.rule for each in again.checked.findings}
    after = again.after(again.plan(copy, "avg-63"))
    assert "ids/duplicate" not in {each.rule for each in after.checked.findings}
    assert "{regel:avg-13}" in after.text(OTHER), "that means the first"
    assert "avg-63" in after.text("content/regels/avg-63-kopie.md")


# Files that cannot be read


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("---\nid: urn:klein:regel:awb-02\nzie-ook: [avg-13\n---\n", "awb-02-luister.md:3"),
        ("---\nid: urn:klein:regel:awb-02\n---\n\n[x](avg-13-doe-een-dpia.md) \udcff", "awb-02-luister.md:5"),
        ("---\nid: urn:klein:regel:awb-02\nzie-ook: [awb-01]\nzie-ook: [avg-13]\n---\n", "awb-02-luister.md:4"),
        ("---\nid: urn:klein:regel:awb-02\na: &x avg-13\n---\n", "awb-02-luister.md:3"),
        (PermissionError(13, "Permission denied"), "awb-02-luister.md cannot"),
    ],
)
def test_a_file_that_may_name_it_and_cannot_be_read(content: str | OSError, place: str) -> None:
    data = content.encode(errors="surrogateescape") if isinstance(content, str) else content
    again = Repository({**small_files(), "content/regels/awb-02-luister.md": data})
    with pytest.raises(UserError, match=place):
        again.plan("avg-13", "avg-63")


@pytest.mark.parametrize(
    "content",
    [
        "---\nid: urn:klein:regel:awb-02\nzie-ook: [awb-01\n---\n",
        "---\nid: urn:klein:regel:awb-02\nstatus: concept\nstatus: concept\n---\n\nZie avg-13.\n",
    ],
)
def test_a_broken_file_that_has_nothing_to_do_with_it(content: str) -> None:
    again = Repository({**small_files(), "content/regels/awb-02-luister.md": content})
    plan = again.plan("avg-13", "avg-63")
    assert "content/regels/awb-02-luister.md" not in {patch.path for patch in plan.patches}


def test_a_menu_that_cannot_be_read() -> None:
    again = repository({"mkdocs.yml": "nav:\n  - regels/avg-13-doe-een-dpia.md\n  - [\n"})
    with pytest.raises(UserError, match=r"mkdocs\.yml:2 cannot be read"):
        again.plan("avg-13", "avg-63")


def test_what_would_break_something_is_refused() -> None:
    """A list directive that a page must have chooses by its own name; another field does so by chance."""
    text = rule_text("awb-01", "[een andere tekst][avg-13]", "", "[avg-13]: avg-13-doe-een-dpia.md")
    again = repository({OTHER: text})
    after = again.after(again.plan("avg-13", "avg-63"))
    assert "[een andere tekst][avg-13]" in after.text(OTHER)
    text = rule_text("awb-01", "[avg-13]", "", "[avg-13]: avg-13-doe-een-dpia.md")
    with pytest.raises(UserError, match="the check finds something new: links/label-mismatch"):
        repository({OTHER: text}).plan("avg-13", "avg-63")
