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

from pipeline.rules.rule import violation_rule

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
        "one-of": Text(nl="Een van deze velden is nodig: {fields}.", en="One of these fields is needed: {fields}."),
    },
    help={
        "": Text(nl="Voeg toe: “{field}: …”. {meaning}", en="Add: “{field}: …”. {meaning}"),
        "one-of": Text(nl="Voeg het veld toe dat past.", en="Add the field that fits."),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Name each missing field, at the first line of what it is missing from."""
    node = violation.node
    if violation.keyword == "anyOf":
        yield Problem(
            location=violation.first_line,
            variant="one-of",
            field=violation.field,
            parameters={"fields": violation.expected},
        )
        return
    needed = violation.expected
    if violation.keyword == "dependentRequired":
        needed = [name for key, names in needed.items() if key in node.value for name in names]
    for name in needed:
        if name in node.value:
            continue
        meaning = violation.schema.get("properties", {}).get(name, {}).get("description", "")
        path = f"{violation.field}.{name}".lstrip(".")
        yield Problem(location=violation.first_line, field=path, parameters={"field": name, "meaning": meaning})
