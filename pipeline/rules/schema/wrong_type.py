"""A value is of another sort than the field takes: a text where a list belongs, for instance.

Programs that use the field then stop, or read each letter as an item.

Bad: ``rollen: jurist``

Good:

    rollen:
      - jurist

Mend it: write the value in the form that the message asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import violation_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.schema.violations import Violation


_NAMES = {
    "string": Text(nl="een tekst", en="a text"),
    "array": Text(nl="een lijst", en="a list"),
    "object": Text(nl="een groep velden", en="a group of fields"),
    "integer": Text(nl="een heel getal", en="a whole number"),
    "number": Text(nl="een getal", en="a number"),
    "boolean": Text(nl="true of false", en="true or false"),
    "null": Text(nl="niets", en="nothing"),
}
_SORTS = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}


@violation_rule(
    "type",
    severity=Severity.ERROR,
    message=Text(
        nl="Bij “{field}” hoort {expected}, maar hier staat {found}.",
        en="“{field}” takes {expected}, but this is {found}.",
    ),
    help={
        "": Text(nl="Schrijf de waarde in die vorm.", en="Write the value in that form."),
        "list": Text(
            nl="Zet elk onderdeel op een eigen regel, met een streepje en een spatie ervoor.",
            en="Put each item on a line of its own, with a hyphen and a space before it.",
        ),
        "single": Text(
            nl="Haal het streepje weg en houd één waarde over.",
            en="Take the hyphen away and keep one value.",
        ),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Name what is expected and what is there; empty and unquoted values have their own rules."""
    if violation.node.value is None or violation.is_unquoted_text:
        return
    types = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    found = _SORTS.get(type(violation.node.value), "null")
    variant = "list" if "array" in types else "single" if found == "array" else ""
    yield Problem(
        location=violation.location,
        variant=variant,
        field=violation.field,
        parameters={
            "field": violation.name,
            "expected": Text(
                nl=" of ".join(_NAMES[each].nl for each in types),
                en=" or ".join(_NAMES[each].en for each in types),
            ),
            "found": _NAMES[found],
        },
    )
