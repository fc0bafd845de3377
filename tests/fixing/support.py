"""Mending in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.fixing.mend import is_consequence, mend
from pipeline.fixing.overlay import Checked, Rechecker
from pipeline.model.load import load
from pipeline.rules.run import check_framework
from tests.support import MemoryTree, small_schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.findings import Finding
    from pipeline.fixing.mend import Mended
    from pipeline.model.kinds import Schemas

    Files = Mapping[str, str | bytes | OSError]


def checked(files: Files, schemas: Schemas | None = None) -> Checked:
    framework = load(MemoryTree(files), schemas or small_schemas())
    return Checked(framework, check_framework(framework))


def mended(files: Files, schemas: Schemas | None = None) -> Mended:
    before = checked(files, schemas)
    return mend(before, Rechecker(MemoryTree(files), before.framework))


def after(files: Files, result: Mended) -> Files:
    return {**files, **{patch.path: patch.after.encode() for patch in result.patches}}


def counts(findings: Iterable[Finding]) -> Counter[tuple[str, Severity]]:
    """Count by file what is as bad as each severity, or worse."""
    judged = [each for each in findings if not is_consequence(each)]
    return Counter((each.path, level) for each in judged for level in Severity if each.severity >= level)


def comparable(findings: Iterable[Finding]) -> list[tuple[object, ...]]:
    return [(each.rule, each.severity, *each.order, each.fingerprint) for each in findings]
