"""A comparison for the tests of reports: two revisions of the small framework."""

from __future__ import annotations

import io

from pipeline.cli.lookups import lookups
from pipeline.compare.changes import CoverageChange
from pipeline.compare.differences import changes_between
from pipeline.reports.changes.comparison import Comparison, Side
from pipeline.reports.changes.registry import writer
from tests.support import small_files, small_framework, small_schemas

DPIA = "content/regels/avg-13-doe-een-dpia.md"
CARE = "content/regels/awb-01-wees-zorgvuldig.md"
LISTEN = "content/regels/awb-02-luister.md"
HEAR = "content/regels/awb-02-hoor.md"
WRITE = "content/regels/awb-03-schrijf.md"

OLD = """\
---
id: urn:klein:regel:awb-02
title: Luister naar mensen
status: concept
zie-ook: [avg-13, awb-01]
---

## Regel

Je moet luisteren naar wie het aangaat. Doe dat binnen 6 weken.

## Zo doe je dat

Vraag door tot je het begrijpt.
"""
NEW = (
    OLD.replace("Je moet", "Je mag")
    .replace("6 weken.", "zes weken, of eerder.")
    .replace("[avg-13, awb-01]", "[awb-01, avg-13]\nstap: [ontwerp]")
    .replace("## Zo doe je dat", "## Zo pak je het aan")
)


def comparison(language: str = "nl") -> Comparison:
    """Compare: an entry withdrawn, one renamed and changed, one new, one written otherwise."""
    care = (
        small_files()[CARE]
        .decode()
        .replace("status: concept", "status: verouderd\nopgevolgd-door: [urn:klein:regel:awb-03]")
    )
    steps = small_files()["content/stappen.yaml"].decode().replace("title: Ontwerp", "title: 'Ontwerp'")
    new = OLD.replace("awb-02", "awb-03").replace("Luister naar mensen", "Schrijf helder").split("## Regel")[0]
    before = small_framework({LISTEN: OLD})
    after = small_framework({HEAR: NEW, CARE: care, WRITE: new, "content/stappen.yaml": steps})
    changes = changes_between(before, after, lookups())
    return Comparison(
        changes=changes._replace(coverage=(CoverageChange("K1", (2, 3), (3, 3)),)),
        schemas=small_schemas(),
        base=Side("0123456789abcdef0123456789abcdef01234567", "1.0.0", "v1.0.0"),
        language=language,
    )


def written(name: str, told: Comparison, *, width: int = 60, colour: bool = False) -> str:
    """Tell what a report looks like in a format."""
    stream = io.StringIO()
    writer(name)(told, stream, width=width, colour=colour)
    return stream.getvalue()
