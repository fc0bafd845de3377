"""What the tests of forms and proposals share: the small framework with a form, and filled-in forms."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.fixing.overlay import Rechecker
from pipeline.model.load import load
from pipeline.rules.run import inspected
from pipeline.sync.proposals.draft import Drafter
from pipeline.sync.proposals.forms import forms_of
from tests.support import FIXTURES, ROOT, MemoryTree, _files, schemas_of, small_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.sync.proposals.forms import IssueForm

FORM: dict[str, Any] = {
    "file": "regel",
    "name": "Een regel voorstellen",
    "description": "Stel een regel voor.",
    "title": "Voorstel voor een regel",
    "labels": ["voorstel", "soort: regel"],
    "intro": "Fijn dat je meedenkt.\n\nDank je wel.",
    "questions": [
        {"field": "title", "label": "Titel"},
        {"section": "Regel"},
        {"field": "stap", "label": "Stappen"},
        {"field": "zie-ook", "label": "Zie ook"},
        {"field": "bron", "label": "Bron"},
        {"field": "aantal", "label": "Aantal"},
    ],
    "filled": {"artikel": "1.2"},
    "day": "datum",
}
AGREEMENT = {"label": "Akkoord", "items": ["Dit mag openbaar zijn.", "Dit zijn mijn eigen woorden."]}
ANSWERS = {
    "Titel": "Doe vooraf een DPIA",
    "Regel": "Doe een DPIA voordat je begint.",
    "Stappen": "Ontwerp, Monitoring en beheer",
    "Zie ook": "avg-13",
    "Bron": "https://voorbeeldstad.example/dpia",
    "Aantal": "3",
}


def regel_schema(form: Mapping[str, Any] | None = None, prefixes: tuple[str, ...] = ("avg",)) -> dict[str, Any]:
    """Give the schema of the small framework's rules with a form."""
    schema: dict[str, Any] = json.loads((FIXTURES / "klein" / "schemas" / "regel.schema.json").read_text())
    schema["x-id"]["new"]["prefixes"] = list(prefixes)
    schema["x-form"] = FORM if form is None else form
    return schema


@cache
def schemas() -> Schemas:
    """Give the small framework's schemas with a form for rules."""
    files: dict[str, str | bytes] = {**_files(FIXTURES / "klein" / "schemas")}
    settings = json.loads(files["framework.json"])
    files["framework.json"] = json.dumps({**settings, "forms": AGREEMENT})
    files["regel.schema.json"] = json.dumps(regel_schema())
    return schemas_of(files)


@cache
def framework() -> Framework:
    """Give the small framework with a form for rules."""
    return load(tree(), schemas())


def tree() -> MemoryTree:
    """Give the files of the small framework."""
    return MemoryTree(small_files())


@cache
def form() -> IssueForm:
    """Give its one form."""
    (found,) = forms_of(framework())
    return found


@cache
def own_framework() -> Framework:
    """Give the framework of this repository."""
    files = {f"content/{path}": data for path, data in _files(ROOT / "content").items()}
    found = {path: data for path, data in _files(ROOT / "schemas").items() if "/" not in path}
    return load(MemoryTree(files), schemas_of(found), inspect=inspected, today="2026-01-01")


@cache
def own_drafter() -> tuple[tuple[IssueForm, ...], Drafter, Rechecker, frozenset[str]]:
    """Give what proposals for this repository are made with: forms, drafter, and what is found already."""
    found = own_framework()
    files = MemoryTree({f"content/{path}": data for path, data in _files(ROOT / "content").items()})
    recheck = Rechecker(files, found)
    checked = recheck({})
    known = frozenset(finding.fingerprint for finding in checked.findings)
    return forms_of(found), Drafter(checked, recheck), recheck, known


def body_of(answers: Mapping[str, str] | None = None, *, ticked: bool = True, **others: str) -> str:
    """Write an issue's body as GitHub makes it of a form that is filled in."""
    given = {**ANSWERS, **(answers or {}), **others}
    parts = [f"### {label}\n\n{value or '_No response_'}" for label, value in given.items()]
    boxes = "\n".join(f"- [{'x' if ticked else ' '}] {item}" for item in AGREEMENT["items"])
    return "\n\n".join([*parts, f"### {AGREEMENT['label']}\n\n{boxes}"])
