"""A heading with another text, and the links that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.errors import UserError
from tests.renaming.test_carry import OTHER, RULE, repository, rule_text, schemas
from tests.support import small_files

if TYPE_CHECKING:
    from tests.renaming.support import Files, Repository

HEADINGS = "## Zo doe je dat\n\n## Zo doe je dat\n\n### Één *nadruk*\n\n## Meer #\n"
LINKS = (
    "[a](avg-13-doe-een-dpia.md#zo-doe-je-dat), [b](avg-13-doe-een-dpia.md#zo-doe-je-dat-1),",
    "[c](avg-13-doe-een-dpia.md#meer), [d](avg-13-doe-een-dpia/#zo-doe-je-dat), [e](#regel),",
    "<a href='../avg-13/#zo-doe-je-dat'>f</a>, [g](avg-13-doe-een-dpia.md#zo%2Ddoe-je-dat)",
)


def small() -> Repository:
    text = small_files()[RULE].decode() + "\n" + HEADINGS + "\nZie [hier](#zo-doe-je-dat-1).\n"
    files: Files = {RULE: text.replace("## Zo doe je dat\n\nLees", "Lees"), OTHER: rule_text("awb-01", *LINKS)}
    return repository({path: str(content) for path, content in files.items()})


def test_links_follow_and_so_do_those_to_headings_with_the_same_text() -> None:
    before = small()
    plan = before.plan_heading(RULE, "zo-doe-je-dat", "Zo pak je dat aan")
    after = before.after(plan)
    assert "## Zo pak je dat aan\n\n## Zo doe je dat\n" in after.text(RULE)
    assert "Zie [hier](#zo-doe-je-dat)." in after.text(RULE)
    assert after.text(OTHER) == rule_text(
        "awb-01",
        "[a](avg-13-doe-een-dpia.md#zo-pak-je-dat-aan), [b](avg-13-doe-een-dpia.md#zo-doe-je-dat),",
        "[c](avg-13-doe-een-dpia.md#meer), [d](avg-13-doe-een-dpia/#zo-pak-je-dat-aan), [e](#regel),",
        "<a href='../avg-13/#zo-pak-je-dat-aan'>f</a>, [g](avg-13-doe-een-dpia.md#zo-pak-je-dat-aan)",
    )
    assert after.found() == before.found()
    again = after.after(after.plan_heading(RULE, "zo-pak-je-dat-aan", "Zo doe je dat"))
    assert again.text(RULE) == before.text(RULE)
    assert again.text(OTHER) == before.text(OTHER).replace("%2D", "-")


@pytest.mark.parametrize(
    ("path", "anchor", "words", "why"),
    [
        (RULE, "zo-doe-je-da", "x", "no heading “#zo-doe-je-da”. Did you mean #zo-doe-je-dat"),
        ("content/stappen.yaml", "x", "x", "no page with headings"),
        ("content/regels/niets.md", "x", "x", "no page with headings"),
        (RULE, "meer", "", "cannot become “” by itself"),
        (RULE, "meer", " x", "cannot become"),
        (RULE, "meer", "x\ny", "cannot become"),
        (RULE, "meer", "Veel *meer*", "cannot become"),
        (RULE, "één-nadruk", "x", "cannot become"),
    ],
)
def test_what_is_refused(path: str, anchor: str, words: str, why: str) -> None:
    with pytest.raises(UserError, match=why.replace("*", r"\*")):
        small().plan_heading(path, anchor, words)


def test_what_stands_between_braces_stays() -> None:
    dialect = {"dialect": "python-markdown", "slugs": "python-markdown", "html": True}
    body = ("## Bronnen { data-search-exclude }", "", "## Vast {#vast}", "", "[x](#bronnen) [y](#vast)")
    text = rule_text("awb-01", *body)
    before = repository({OTHER: text}, schemas(markdown=dialect))
    after = before.after(before.plan_heading(OTHER, "bronnen", "Waar dit staat"))
    assert "## Waar dit staat { data-search-exclude }\n" in after.text(OTHER)
    assert "[x](#waar-dit-staat) [y](#vast)" in after.text(OTHER)
    after = before.after(before.plan_heading(OTHER, "vast", "Los"))
    assert "## Los {#vast}\n" in after.text(OTHER)
    assert "[y](#vast)" in after.text(OTHER)
