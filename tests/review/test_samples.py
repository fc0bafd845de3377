"""The sample comments that are kept for people to read are what the program says."""

from __future__ import annotations

import re

import pytest

from pipeline.reports.review.comment import LIMIT
from pipeline.reports.review.fit import size
from tests.review.samples import FOLDER, SAMPLES
from tests.support import ROOT

DOCS = ROOT / "docs" / "review.md"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_files_are_what_is_said(name: str) -> None:
    kept = (FOLDER / f"{name}.md").read_text("utf-8")
    assert kept == SAMPLES[name](), "python -m tests.review.samples writes them anew"
    assert size(kept) <= LIMIT


def test_each_file_is_made() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SAMPLES)


def test_the_manual_leads_to_each_and_shows_some() -> None:
    text = DOCS.read_text("utf-8")
    assert set(re.findall(r"\]\(\.\./tests/review/samples/([\w-]+)\.md\)", text)) == set(SAMPLES)
    shown = dict(re.findall(r"<!-- sample: ([\w-]+) -->\n````markdown\n(.*?)````\n", text, re.DOTALL))
    assert len(shown) >= 2
    for name, words in shown.items():
        assert words == (FOLDER / f"{name}.md").read_text("utf-8"), name
