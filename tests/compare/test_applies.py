"""When something applies in fewer situations than before."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.compare.applies import narrows
from pipeline.compare.changes import Weight
from pipeline.compare.differences import changes_between
from pipeline.model.demands import Guidance
from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.world.files import WorkingTree
from tests.support import ROOT, MemoryTree

GUIDANCE = Guidance(applies="geldt", always="altijd", unknown="onbekend", levels={})
AI = {"soort": ["ai"]}
RISK = {"soort": ["ai"], "risico": ["hoog", "verboden"]}
HIGH = {"soort": ["ai"], "risico": ["hoog"]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("altijd", "altijd", False),
        ("altijd", [AI], True),
        (None, [AI], True),
        ([AI], "altijd", False),
        ([AI], None, False),
        ([AI], [RISK], True),
        ([RISK], [AI], False),
        ([RISK], [HIGH], True),
        ([HIGH], [RISK], False),
        ([AI, HIGH], [AI], False),
        ([AI, {"soort": ["algoritme"]}], [AI], True),
        ([AI], [], True),
        ([], [AI], False),
        ([{"soort": "ai"}], [AI], False),
    ],
)
def test_narrower(old: Any, new: Any, expected: bool) -> None:  # noqa: ANN401, FBT001 - values of a field
    fields = [{} if value is None else {"geldt": value} for value in (old, new)]
    assert narrows(fields[0], fields[1], GUIDANCE) is expected


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("[ja]\n    hoog-privacyrisico: [ja]", "[ja]", Weight.MEANING),
        ("[ja]", "[ja]\n    impactvol: [ja]", Weight.BREAKING),
    ],
)
def test_a_requirement_that_no_longer_applies_somewhere_is_breaking(old: str, new: str, weight: Weight) -> None:
    schemas, _ = load_schemas(WorkingTree(ROOT / "schemas"))
    assert schemas is not None
    text = "---\nid: urn:nl:ak:ver:avg-99\nvan-toepassing:\n  - persoonsgegevens: {cases}\n---\n"
    before, after = (
        load(MemoryTree({"content/vereisten/avg-99-x.md": text.format(cases=cases)}), schemas) for cases in (old, new)
    )
    [entry] = changes_between(before, after).entries
    assert entry.weight is weight
    assert {field.field.split(".")[0] for field in entry.fields} == {"van-toepassing"}
