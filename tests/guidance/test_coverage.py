"""What our own framework covers, and that its use cases come out as they should."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.guidance.coverage import figures
from pipeline.guidance.scenarios import unmet
from pipeline.model.load import load
from pipeline.rules.coverage.gaps import is_open
from pipeline.rules.run import check_framework
from pipeline.world.files import WorkingTree
from tests.support import ROOT, MemoryTree, schemas_of

if TYPE_CHECKING:
    from pipeline.findings import Finding
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas

GAPS = "content/dekking.yaml"


@cache
def schemas() -> Schemas:
    folder = ROOT / "schemas"
    return schemas_of({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()})


@cache
def files() -> dict[str, str | bytes | OSError]:
    tree = WorkingTree(ROOT)
    return {path: tree.read(path) for path in tree.list() if path.startswith("content/")}


def framework(changes: dict[str, str] | None = None) -> Framework:
    return load(MemoryTree({**files(), **(changes or {})}), schemas(), today="2026-11-26")


def text(path: str) -> str:
    content = files()[path]
    assert isinstance(content, bytes)
    return content.decode()


def gaps_in(found: tuple[Finding, ...]) -> dict[str, str]:
    return {finding.fingerprint: finding.entry for finding in found if finding.rule == "coverage/gap"}


def test_every_gap_is_accepted() -> None:
    whole = framework()
    for figure in figures(whole):
        for gap in figure.gaps:
            assert not any(is_open(whole, gap, lack) for lack in gap.lacks or (None,)), (gap.entry.id, figure.measure)


def test_the_figures_add_up() -> None:
    table = {figure.measure.name: figure for figure in figures(framework())}
    assert [*table] == [f"K{number}" for number in range(1, 13)]
    assert all(0 <= figure.covered <= figure.total and figure.total for figure in table.values())
    assert table["K7"].total == len(framework().index.of_kind("norm"))


def test_every_use_case_gets_the_answer_it_expects() -> None:
    whole = framework()
    scenarios = whole.index.of_kind("use-case")
    assert scenarios
    for entry in scenarios:
        assert not [(each.reference.key, each.found) for each in unmet(whole, entry)], entry.title


def test_a_gap_stays_the_same_finding_when_others_close() -> None:
    """Accept all but two rules' gaps, then close one of the gaps that are open."""
    accepted = text(GAPS)
    start, end = accepted.index("  - regel: K9"), accepted.index("  - regel: K10")
    opened = {GAPS: accepted[:start] + accepted[end:]}
    before = gaps_in(check_framework(framework(opened)))
    assert len(before) == 3
    # An importer that is named in five more places lacks nothing any more.
    front = (
        "---\nid: urn:nl:ak:bsl:{0}\ntitle: Een besluit\ntoelichting: Kort.\nstatus: concept\nbesluit: Ja.\n"
        'datum: "2026-01-01"\nrol: importeur\nherkomst: [x]\n---\n'
    )
    more = {f"content/besluiten/{number}-een-besluit.md": front.format(number) for number in range(80, 85)}
    after = gaps_in(check_framework(framework({**opened, **more})))
    assert set(after) < set(before)
    assert set(before.values()) - set(after.values()) == {"urn:nl:ak:rol:aia-importeur"}
