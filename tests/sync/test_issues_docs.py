"""docs/issues.md shows an issue as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.sync.issues.marker import written
from pipeline.sync.issues.subjects import LEAST
from tests.support import ROOT
from tests.sync.desk import LABELS, drafts_of, rule, world

if TYPE_CHECKING:
    from pipeline.sync.issues.draft import Draft

PAGE = (ROOT / "docs" / "issues.md").read_text("utf-8")
COMMIT = "0f1e2d3c4b5a69788796a5b4c3d2e1f001234567"


def draft() -> Draft:
    """Write the issue of a rule with a wrong reference and nothing under its heading."""
    text = rule("avg-13", title="Doe vooraf een DPIA", see="awb-11").replace("Doe het zo.\n", "")
    framework = world(avg_13=text, awb_01=rule("awb-01", title="Wees zorgvuldig"))
    return drafts_of(framework, COMMIT)[0]


def sample() -> str:
    """Give a whole body, as it is shown."""
    one = draft()
    return f"````markdown\n{written(one.marker(), one.text() or '')}\n````\n"


def test_the_sample_is_what_the_program_writes() -> None:
    assert sample() in PAGE


def test_its_title_and_labels_are_too() -> None:
    labels = ", ".join(f"`{label.name}`" for label in draft().labels)
    assert f"**{draft().title}**" in PAGE
    assert labels in PAGE


def test_the_families_that_count_otherwise_are_named() -> None:
    assert all(f"`{family}`" in PAGE for family in LEAST)


def test_the_labels_of_the_file_are_named() -> None:
    assert all(f"`{name}`" in PAGE for name in LABELS.fixed)
