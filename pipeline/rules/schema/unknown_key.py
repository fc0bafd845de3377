"""A field has a name that this kind does not know.

What stands under an unknown name is read by nobody: it is neither checked nor published.

Bad: ``bronnen:`` where the field is called ``sources``

Good: ``sources:``

Mend it: take the name that the message suggests. If it is really a new field, a maintainer
adds it to the schema first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import nearest
from pipeline.rules.rule import violation_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.schema.violations import Violation


@violation_rule(
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    severity=Severity.ERROR,
    message=Text(
        nl="“{key}” is geen veld van een {kind}.",
        en="“{key}” is not a field of a {kind}.",
    ),
    help=Text(
        nl="Wat hier staat, wordt nergens gebruikt. Kies een bestaand veld: {fields}.",
        en="What stands here is used nowhere. Choose an existing field: {fields}.",
    ),
)
def check(violation: Violation) -> Iterator[Problem]:
    """Name each key that the schema does not have; stored inverses have a rule of their own."""
    known = violation.schema.get("properties", {})
    node = violation.node
    missing = [name for name in violation.schema.get("required", ()) if name not in node.value]
    for key in node.value:
        if key in known or (not violation.path and key in violation.kind.inverse_names):
            continue
        below = node.child(key) or node
        near = nearest(key, [name for name in known if name not in node.value])
        yield Problem(
            location=violation.document.place_of_key(below),
            field=f"{violation.field}.{key}".lstrip("."),
            parameters={
                "key": key,
                "kind": violation.kind.noun,
                "fields": ", ".join(known),
                "suggestions": near or tuple(missing[:1] if len(missing) == 1 else ()),
            },
        )
