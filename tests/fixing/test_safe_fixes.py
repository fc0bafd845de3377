"""Every safe fix in the cases of every rule: what it mends is gone, and nothing new comes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest

from pipeline.fixing.choose import compatible
from pipeline.fixing.mend import has_safe_fix, is_consequence, mend
from pipeline.fixing.overlay import Checked, Rechecker
from pipeline.fixing.patch import applied, in_order
from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.rules.run import check_framework
from tests.fixing.support import after, comparable, counts
from tests.rules.test_cases import all_cases, files_of
from tests.support import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings import Edit, Finding
    from tests.fixing.support import Files
    from tests.rules.test_cases import Case

# The fixes that the rule catalogue calls safe, by rule; the cases hold one of each at least.
SAFE = {
    "ids/redirect-chain",
    "ids/withdrawn-target",
    "links/malformed-url",
    "references/stored-inverse",
    "schema/ambiguous-scalar",
    "schema/duplicate-item",
    "schema/wrong-type",
    "source/byte-order-mark",
    "source/crlf",
    "source/invisible-character",
    "source/not-nfc",
    "source/trailing-space",
    "style/term-variant",
    "style/title-full-stop",
}


@dataclass(frozen=True)
class Mendable:
    """A finding in a case that has a safe fix."""

    case: Case
    number: int
    finding: Finding

    def __str__(self) -> str:
        return f"{self.case}: {self.finding.rule} {self.number}"


@cache
def read(case: Case) -> tuple[Files, Checked] | None:
    files, schemas, _ = files_of(case)
    loaded, _ = load_schemas(MemoryTree(schemas))
    if loaded is None:
        return None
    framework = load(MemoryTree(files), loaded)
    return files, Checked(framework, check_framework(framework))


def mendable() -> Iterable[Mendable]:
    for case in all_cases():
        found = read(case)
        for number, finding in enumerate(found[1].findings if found else ()):
            if has_safe_fix(finding):
                yield Mendable(case, number, finding)


def by_rule(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((each.path, each.rule) for each in findings if not is_consequence(each))


@pytest.mark.parametrize("each", list(mendable()), ids=str)
def test_it_mends_its_finding_and_does_no_harm(each: Mendable) -> None:
    found = read(each.case)
    assert found is not None
    files, before = found
    fix = each.finding.problem.fix
    assert fix is not None
    assert compatible([each.finding]), "the edits of one fix leave one another alone"
    edits: dict[str, list[Edit]] = {}
    for edit in in_order(fix.edits):
        edits.setdefault(edit.location.source.path, []).append(edit)
    texts = {path: applied(some[0].location.source.text, some) for path, some in edits.items()}
    has = Rechecker(MemoryTree(files), before.framework)(texts).findings
    key = (each.finding.path, each.finding.rule)
    assert by_rule(has)[key] < by_rule(before.findings)[key]
    assert counts(has) <= counts(before.findings)
    for new in by_rule(has) - by_rule(before.findings):
        # What could not be judged may turn out to be wrong as well: that very value, or heading.
        (edit,) = fix.edits
        places = [other.problem.location for other in has if (other.path, other.rule) == new]
        lines = {place.begin.line for place in places}
        assert lines == {edit.location.begin.line}


@pytest.mark.parametrize("case", [case for case in all_cases() if read(case)], ids=str)
def test_what_is_left_has_no_safe_fix(case: Case) -> None:
    found = read(case)
    assert found is not None
    files, before = found
    result = mend(before, Rechecker(MemoryTree(files), before.framework))
    assert not result.dropped
    assert not [each for each in result.checked.findings if has_safe_fix(each)]
    assert counts(result.checked.findings) <= counts(before.findings)
    anew = check_framework(load(MemoryTree(after(files, result)), before.framework.schemas))
    assert comparable(result.checked.findings) == comparable(anew)


def test_the_catalogue_is_complete() -> None:
    assert {each.finding.rule for each in mendable()} >= SAFE
