"""Reviews for tests: of real changes in the small framework, checked as `kader review` does."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.cli.lookups import lookups
from pipeline.compare.differences import changes_between
from pipeline.compare.findings import compare_findings
from pipeline.compare.moves import moves_of
from pipeline.findings import Outcome
from pipeline.model.load import load
from pipeline.reports.review.around import around_of
from pipeline.reports.review.collect import collect
from pipeline.rules.registry import rules
from pipeline.rules.run import check_framework
from pipeline.sync.labels import theme_key, themes_of
from tests.support import FIXTURES, MemoryTree, schemas_of, small_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.reports.review.around import Around
    from pipeline.reports.review.values import Review

HERE = "voorbeeldstad/kader"
FORK = "inwoner/kader"
BRANCH = "mijn-wijziging"
RUN = "https://redirect.github.com/voorbeeldstad/kader/actions/runs/42"
SHA = "5a" * 20
RULES = "content/regels"


@cache
def schemas() -> Schemas:
    """Give the schemas of the small framework, with themes and a measure of what is covered."""
    return schemas_of(schema_files())


@cache
def schema_files() -> Mapping[str, str]:
    """Give them as files."""
    folder = FIXTURES / "klein" / "schemas"
    files = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    framework, rule = (json.loads(files[name]) for name in ("framework.json", "regel.schema.json"))
    framework["coverage"] = [
        {
            "name": "S1",
            "label": {"nl": "In elke stap geldt minstens één regel.", "en": "In each step at least one rule holds."},
            "of": "stap",
            "needs": [{"relations": ["regels"], "text": {"nl": "een regel", "en": "a rule"}}],
        }
    ]
    rule["properties"]["stap"]["x-means"] = "theme"
    return {**files, "framework.json": json.dumps(framework), "regel.schema.json": json.dumps(rule)}


def framework(changes: Mapping[str, str | None] | None = None) -> Framework:
    """Load the small framework with files added, replaced or (``None``) taken away."""
    files: dict[str, str | bytes] = {**small_files()}
    for path, content in (changes or {}).items():
        if content is None:
            files.pop(path)
        else:
            files[path] = content
    return load(MemoryTree(files), schemas())


def review_of(now: Mapping[str, str | None], before: Mapping[str, str | None] | None = None) -> Review:
    """Review a change of the small framework; what ``now`` leaves alone is as ``before`` has it."""
    before = before or {}
    base = framework(before)
    work = replace(framework({**before, **now}), base=base)
    found = compare_findings(
        check_framework(base),
        check_framework(work),
        homes=moves_of(work).homes,
        worsening={name for name, rule in rules().items() if rule.worsens_when_new},
    )
    outcome = Outcome(
        findings=found.findings,
        files=len(work.documents),
        entries=len(work.entries),
        base="ba" * 20,
        solved=found.solved,
    )
    changes = changes_between(base, work, lookups())
    ids = {each.id for each in changes.entries}
    themes = (theme for entry in work.entries if entry.id in ids for theme in themes_of(work, entry))
    return collect(outcome, work, changes, head=SHA, themes={theme_key(work, theme) for theme in themes})


def around(
    language: str = "nl", *, checker: tuple[str, ...] = (), finished: bool = True, linked: bool = True
) -> Around:
    """Give what the second step knows of the pull request."""
    known = _known(language)
    if not linked:
        return known
    return replace(known, repository=FORK, branch=BRANCH, run=RUN, checker=checker, finished=finished)


@cache
def _known(language: str) -> Around:
    return around_of(schemas(), language)


def rule_page(code: str, title: str = "Luister goed", body: str = "Luister goed naar hen.", **fields: str) -> str:
    """Write a page of the small framework; ``fields`` replace or add lines at its top."""
    lines = {"id": f"urn:klein:regel:{code}", "title": title, "status": "concept", **fields}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in lines.items()) + f"---\n\n## Regel\n\n{body}\n"
