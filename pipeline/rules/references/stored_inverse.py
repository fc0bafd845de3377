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
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@framework_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="“{key}” hoort niet op deze pagina: deze relatie staat al op de andere kant.",
        en="“{key}” does not belong on this page: the relation is stored on the other side.",
    ),
    help=Text(
        nl="Haal dit veld weg. Vul het veld “{field}” in bij elke {kind} die je hier noemt; "
        "deze pagina toont die dan vanzelf.",
        en="Take this field away. Fill in “{field}” in each {kind} that you name here; "
        "this page then shows it by itself.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look for fields with the name of a derived relation."""
    for entry in framework.entries:
        node = entry.node
        names = entry.kind.inverse_names & entry.fields.keys()
        if node is None or not names:
            continue
        for name in sorted(names):
            below = node.child(name) or node
            kind, spec = entry.kind.inverses[name]
            yield Problem(
                location=entry.document.place_of_key(below),
                field=name,
                parameters={"key": name, "field": spec.path[0], "kind": framework.kinds[kind].noun},
            )
