"""Renaming in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.cli.rename import other_documents
from pipeline.fixing.overlay import Checked, Rechecker
from pipeline.model.load import load
from pipeline.renaming.heading import planned_heading
from pipeline.renaming.plan import planned
from pipeline.renaming.target import renaming
from pipeline.rules.run import check_framework, inspected
from tests.support import MemoryTree, small_schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.findings import Finding, Severity
    from pipeline.model.kinds import Schemas
    from pipeline.renaming.plan import Plan

    Files = Mapping[str, str | bytes | OSError]


class Repository:
    """Files in memory, read and checked."""

    def __init__(self, files: Files, schemas: Schemas | None = None, checked: Checked | None = None) -> None:
        self.files = dict(files)
        self.tree = MemoryTree(self.files)
        if checked is None:
            framework = load(self.tree, schemas or small_schemas(), inspect=inspected)
            checked = Checked(framework, check_framework(framework))
        self.checked = checked
        self.recheck = Rechecker(self.tree, checked.framework)
        self.others = list(other_documents(checked.framework, self.tree))

    def plan(self, old: str, new: str, *, replace: bool = False) -> Plan:
        target = renaming(self.checked.framework, old, new)
        return planned(self.checked, self.recheck, target, self.others, replace=replace)

    def plan_heading(self, path: str, anchor: str, words: str) -> Plan:
        return planned_heading(self.checked, self.recheck, self.others, path=path, anchor=anchor, words=words)

    def after(self, plan: Plan) -> Repository:
        """Carry out a plan."""
        changes: dict[str, str | None] = dict.fromkeys(each.path for each in plan.patches)  # gone, or anew below
        changes |= {each.new_path: each.after for each in plan.patches}
        files = {path: content for path, content in self.files.items() if path not in changes}
        files |= {path: text for path, text in changes.items() if text is not None}
        return Repository(files, checked=self.recheck(changes))

    def text(self, path: str) -> str:
        content = self.files[path]
        assert not isinstance(content, OSError)
        return content if isinstance(content, str) else content.decode()

    def bytes(self) -> Mapping[str, bytes]:
        return {
            path: content.encode() if isinstance(content, str) else content
            for path, content in self.files.items()
            if not isinstance(content, OSError)
        }

    def found(self, moved: Mapping[str, str] | None = None) -> Counter[tuple[str, Severity, str, int]]:
        """Count the findings, with paths as they are after a renaming."""
        return Counter(_key(each, moved or {}) for each in self.checked.findings)


def _key(finding: Finding, moved: Mapping[str, str]) -> tuple[str, Severity, str, int]:
    line = finding.problem.location.begin.line
    return finding.rule, finding.severity, moved.get(finding.path, finding.path), line


def moves(plan: Plan) -> Mapping[str, str]:
    return {each.path: each.new_path for each in plan.patches if each.path != each.new_path}


def lines(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts)
