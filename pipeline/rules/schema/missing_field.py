"""A field that every entry of this kind needs is not there.

Bad: an entry without ``status``.

Good: ``status: concept``

Mend it: add the field below the others. ``kader new`` shows all fields of a kind with an
explanation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.model.skeleton import opening
from pipeline.rules.rule import violation_rule
from pipeline.rules.schema.edits import with_lines
from pipeline.rules.schema.shapes import schemas_at
from pipeline.rules.schema.unknown_key import meant_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.schema.violations import Violation


@violation_rule(
    "required",
    "dependentRequired",
    "anyOf",
    severity=Severity.ERROR,
    message={
        "": Text(nl="Het veld “{field}” ontbreekt.", en="The field “{field}” is missing."),
        "one-of": Text(nl="Een van deze velden ontbreekt: {fields}.", en="One of these fields is missing: {fields}."),
    },
    help={
        "": Text(
            nl="Voeg een regel toe die begint met “{field}:”.",
            en="Add a line that starts with “{field}:”.",
        ),
        "meaning": Text(
            nl="Voeg een regel toe die begint met “{field}:”. {meaning}",
            en="Add a line that starts with “{field}:”. {meaning}",
        ),
        "one-of": Text(nl="Voeg het veld toe dat past.", en="Add the field that fits."),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Name each missing field, at the first line of what it is missing from."""
    value = violation.node.value
    # A field with a misspelt name is one mistake, and unknown-key tells it.
    misspelt = {near[0] for near in meant_keys(violation).values() if near}
    needed = violation.expected
    if violation.keyword == "anyOf":
        if misspelt.isdisjoint(needed):
            parameters = {"fields": needed}
            yield Problem(
                location=violation.first_line,
                variant="one-of",
                field=violation.field,
                parameters=parameters,
                subject=" ".join(sorted(needed)),
            )
        return
    if violation.keyword == "dependentRequired":
        needed = dict.fromkeys(name for key, names in needed.items() if key in value for name in names)
    for name in needed:
        if name in value or name in misspelt:
            continue
        found = schemas_at(violation.kind.schema, (*violation.path, name))
        meaning = next((schema["description"] for schema in found if "description" in schema), "")
        yield Problem(
            location=violation.first_line,
            variant="meaning" if meaning else "",
            field=f"{violation.field}.{name}".lstrip("."),
            parameters={"field": name, "meaning": meaning},
            fix=with_lines(violation.document, violation.node, opening(name, found[0] if found else {})),
            subject="",
        )
