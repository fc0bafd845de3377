"""A field has a name that this kind does not know.

What stands under an unknown name is read by nobody: it is neither checked nor published.

Bad: ``bronnen:`` where the field is called ``sources``

Good: ``sources:``

Mend it: take the name that the message suggests. If it is really a new field, a maintainer
adds it to the schema first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.model.patterns import compiled
from pipeline.rules.nearest import nearest, slug
from pipeline.rules.rule import violation_rule
from pipeline.rules.schema.breaches import fits
from pipeline.rules.schema.edits import renamed
from pipeline.rules.schema.shapes import schemas_at
from pipeline.rules.words import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from pipeline.rules.schema.violations import Violation

MOST: Final = 30
"""Most unknown names for which a nearest one is looked up."""

LISTED: Final = 12
"""Most fields that a message lists."""


@violation_rule(
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    severity=Severity.ERROR,
    message={
        "": Text(nl="“{key}” is geen veld van {a_kind}.", en="“{key}” is not a field of {a_kind}."),
        "below": Text(nl="“{key}” is geen veld van “{around}”.", en="“{key}” is not a field of “{around}”."),
    },
    help={
        "": Text(
            nl="Wat hier staat, wordt nergens gebruikt. Kies een bestaand veld: {fields}.",
            en="What stands here is used nowhere. Choose an existing field: {fields}.",
        ),
        "bare": Text(
            nl="Wat hier staat, wordt nergens gebruikt. Haal het weg.",
            en="What stands here is used nowhere. Take it away.",
        ),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Name each key that the schema does not have; stored inverses have a rule of their own."""
    value = violation.node.value
    absent = [name for name in _known(violation) or () if name not in value]
    fields = tuple(absent) if len(absent) <= LISTED else f"{', '.join(absent[:LISTED])}, …"
    for key, near in meant_keys(violation).items():
        if not violation.path and key in violation.kind.inverse_names:
            continue
        below = violation.node.child(key) or violation.node
        yield Problem(
            location=violation.document.place_of_key(below),
            variant="below" if violation.path else "" if absent else "bare",
            field=f"{violation.field}.{key}".lstrip("."),
            parameters={
                "key": key,
                "around": violation.name,
                "a_kind": one_of([violation.kind.noun]),
                "fields": fields,
                "suggestions": near,
            },
            fix=renamed(violation.document, below, near[0]) if len(near) == 1 else None,
        )


def meant_keys(violation: Violation) -> dict[str, tuple[str, ...]]:
    """Give each unknown key of the object that is judged, with the fields it may have meant."""
    value = violation.node.value
    if violation.keyword == "propertyNames":
        return {str(violation.expected): ()}
    known = _known(violation)
    if known is None or not isinstance(value, dict):
        return {}
    patterns = [compiled(pattern) for pattern in violation.schema.get("patternProperties", ())]
    unknown = [key for key in value if key not in known and not any(each.search(key) for each in patterns)]
    absent = {name: below for name, below in known.items() if name not in value and isinstance(below, dict)}
    return {
        key: _meant(violation, key, value[key], absent) if number < MOST else () for number, key in enumerate(unknown)
    }


def _known(violation: Violation) -> dict[str, Any] | None:
    """Give the fields that the object may have; none where it may have any."""
    around = schemas_at(violation.kind.schema, violation.path)
    if any(schema.get("unevaluatedProperties", True) is False for schema in (violation.schema, *around)):
        return {name: below for each in around for name, below in each.get("properties", {}).items()}
    for schema in (violation.schema, *around):
        if schema.get("additionalProperties", True) is False:
            return dict(schema.get("properties", {}))
    return None


def _meant(violation: Violation, key: str, value: Any, absent: Mapping[str, Any]) -> tuple[str, ...]:  # noqa: ANN401
    """Give fields with a name or label like the key's, or else the one that its group of fields fits."""
    labels = {slug(words): name for name, schema in absent.items() for words in schema.get("x-label", {}).values()}
    if near := nearest(key, absent):
        return near
    if label := labels.get(slug(key)):
        return (label,)
    if not isinstance(value, dict) or not value:
        return ()
    fitting = [
        name
        for name, schema in absent.items()
        if schema.get("type") == "object" and fits(violation.kind, schema, value)
    ]
    return tuple(fitting) if len(fitting) == 1 else ()
