"""GitHub's issues in memory: a plan is carried out by what it says, without a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.reports.report import Report
from pipeline.rules.run import check_framework
from pipeline.sync.issues.actions import Change, Create, Issue, MakeLabel
from pipeline.sync.issues.compose import drafts
from pipeline.sync.issues.places import Places
from pipeline.sync.issues.plan import plan
from pipeline.sync.issues.scene import Scene
from pipeline.sync.issues.subjects import subjects
from pipeline.sync.issues.whereabouts import Whereabouts
from pipeline.sync.read_labels import read_labels
from pipeline.text import Source
from tests.support import ROOT, small_framework

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.framework import Framework
    from pipeline.sync.issues.actions import Plan, Step
    from pipeline.sync.issues.draft import Draft
    from pipeline.sync.labels import Label

LABELS = read_labels(Source(path="labels.yml", text=(ROOT / ".github/labels.yml").read_text("utf-8")))
REPOSITORY = "gemeente-voorbeeldstad/kader"
COMMIT = "c" * 40
FINE = {"content/regels/avg-13-doe-een-dpia.md": None, "content/regels/awb-01-wees-zorgvuldig.md": None}
"""Takes the entries of the small framework away, so that a test has its own alone."""


def rule(code: str, *, title: str = "", see: str = "", status: str = "concept", then: str = "", name: str = "") -> str:
    """Write a rule of the small framework; each word of ``see`` is a reference."""
    lines = [f"id: urn:klein:regel:{name or code}", f"title: {title or f'Doe {code}'}", f"status: {status}"]
    lines += ["zie-ook:", *(f"  - {word}" for word in see.split())] if see else []
    lines += ["opgevolgd-door:", f"  - urn:klein:regel:{then}"] if then else []
    front = "\n".join(lines)
    return f"---\n{front}\n---\n\n## Regel\n\nDoe het zo.\n"


def world(ledger: str = "", steps: str | None = None, /, **rules: str) -> Framework:
    """Load a small framework of these rules; ``avg_13`` is the file ``avg-13-a.md``."""
    files = {f"content/regels/{name.replace('_', '-')}-a.md": text for name, text in rules.items()}
    if steps is not None:
        files["content/stappen.yaml"] = steps
    return small_framework({**FINE, **files, "content/ids.csv": f"urn,since,state,successor\n{ledger}"})


def scene_of(framework: Framework, commit: str = COMMIT) -> Scene:
    report = Report(findings=check_framework(framework))
    return Scene(framework, report, Places(REPOSITORY, commit, "main"), LABELS)


def drafts_of(framework: Framework, commit: str = COMMIT) -> tuple[Draft, ...]:
    scene = scene_of(framework, commit)
    return drafts(subjects(framework, scene.report.findings), scene)


@dataclass
class Desk:
    """The issues, labels and comments of a repository."""

    issues: dict[int, Issue] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    remarks: dict[int, list[str]] = field(default_factory=dict)

    def plan(
        self,
        framework: Framework,
        *,
        most: int = 20,
        commit: str = COMMIT,
        moved: Mapping[str, str] | None = None,
    ) -> Plan:
        scene, made = scene_of(framework, commit), drafts_of(framework, commit)
        there = tuple(self.issues.values()), tuple(self.labels.values())
        return plan(made, *there, Whereabouts(framework, moved), scene, most=most)

    def sync(self, framework: Framework, *, most: int = 20, commit: str = COMMIT) -> list[str]:
        """Plan and do it; tell what was done."""
        made = self.plan(framework, most=most, commit=commit)
        for step in made.steps:
            self.do(step)
        return [told(step) for step in made.steps if not isinstance(step, MakeLabel)]

    def do(self, step: Step) -> None:
        if isinstance(step, MakeLabel):
            self.labels[step.label.name.casefold()] = step.label
        elif isinstance(step, Create):
            self.add(step.title, step.body, step.labels)
        else:
            self.change(step)

    def add(self, title: str, body: str, labels: tuple[str, ...]) -> Issue:
        number = len(self.issues) + 1
        self.issues[number] = Issue(number, title, body, labels=labels)
        return self.issues[number]

    def change(self, step: Change) -> None:
        issue = self.issues[step.number]
        remarks = self.remarks.setdefault(step.number, [])
        if step.comment and not (step.look and any(each.startswith(step.comment.sign) for each in remarks)):
            remarks.append(step.comment.body)
        self.issues[step.number] = issue._replace(
            title=issue.title if step.title is None else step.title,
            body=issue.body if step.body is None else step.body,
            open=issue.open if step.open is None else step.open,
            reason=issue.reason if step.open is None else step.reason,
            labels=tuple(name for name in issue.labels if name not in step.remove) + step.add,
            comments=len(remarks),
        )

    # What people do.

    def edit(self, number: int, body: str) -> None:
        self.issues[number] = self.issues[number]._replace(body=body)

    def close(self, number: int, reason: str = "not_planned") -> None:
        self.issues[number] = self.issues[number]._replace(open=False, reason=reason)

    def reopen(self, number: int) -> None:
        self.issues[number] = self.issues[number]._replace(open=True, reason="")

    def label(self, number: int, *names: str) -> None:
        self.issues[number] = self.issues[number]._replace(labels=names)

    def open(self) -> dict[int, str]:
        return {number: issue.title for number, issue in self.issues.items() if issue.open}


def told(step: Step) -> str:
    if isinstance(step, Create):
        return f"new {step.name}"
    assert isinstance(step, Change)
    return f"{step.why} #{step.number}"
