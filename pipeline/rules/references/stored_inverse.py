"""A relation is written down on the side that is derived.

Each relation is stored once, on the page that says it; the other page shows it by itself.
Written down twice, the two sooner or later contradict each other.

Bad: ``maatregelen: [owp-07]`` in a requirement

Good: ``vereiste: [avg-13]`` in the measure

Mend it: take the field away here and write the relation in the entry that the message names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import nearby_rule
from pipeline.rules.schema.edits import without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Node
    from pipeline.findings import Fix
    from pipeline.model.framework import Entry, Framework


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="“{key}” hoort niet in dit bestand: deze relatie staat aan de andere kant.",
            en="“{key}” does not belong in this file: the relation is stored on the other side.",
        ),
        "same": Text(
            nl="“{key}” hoort niet in dit bestand: deze relatie staat al aan de andere kant.",
            en="“{key}” does not belong in this file: the relation is already stored on the other side.",
        ),
    },
    help={
        "": Text(
            nl="Haal dit veld weg en vul het veld “{field}” in, in elk bestand ({kind}) dat je hier noemt. "
            "De pagina toont de relatie dan vanzelf.",
            en="Take this field away and fill in “{field}” in each file ({kind}) that you name here. "
            "The page then shows the relation by itself.",
        ),
        "same": Text(
            nl="Haal dit veld weg. De pagina toont de relatie vanzelf.",
            en="Take this field away. The page shows the relation by itself.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look for fields with the name of a derived relation."""
    for entry in framework.entries:
        names = entry.kind.inverse_names & entry.fields.keys()
        for name in sorted(names):
            below = entry.node.child(name) if entry.node else None
            if below is not None:
                yield _problem(framework, entry, name, below)


def _problem(framework: Framework, entry: Entry, name: str, below: Node) -> Problem:
    kind, spec = entry.kind.inverses[name]
    fix: Fix | None = None
    if _is_known(framework, entry, name, below):
        fix = without(entry.document, below, below.key_start, safe=True)
    return Problem(
        location=entry.document.place_of_key(below),
        variant="same" if fix else "",
        field=name,
        parameters={"key": name, "field": spec.name, "kind": framework.kinds[kind].noun},
        fix=fix,
    )


def _is_known(framework: Framework, entry: Entry, name: str, below: Node) -> bool:
    """Whether every entry named here says so itself, so that nothing is lost."""
    kind, spec = entry.kind.inverses[name]
    items = below.children if isinstance(below.children, list) else [below]
    origins = {id(reference.origin) for reference in framework.incoming(entry) if reference.spec == spec}
    for item in items:
        tables = (framework.index.table(kind, by) for by in ("id", "code", "stem"))
        named = next((table[item.raw] for table in tables if item.raw in table), None)
        if named is None or id(named) not in origins:
            return False
    return bool(items)
