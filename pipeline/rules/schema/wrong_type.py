"""A value is of another sort than the field takes: a text where a list belongs, for instance.

Programs that use the field then stop, or read each letter as an item.

Bad: ``rollen: jurist``

Good:

    rollen:
      - jurist

Mend it: write the value in the form that the message asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import violation_rule
from pipeline.rules.schema.edits import as_list, as_single
from pipeline.rules.schema.shapes import expected_types, schemas_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Fix
    from pipeline.rules.schema.violations import Violation


_NAMES: Final = {
    "string": Text(nl="een tekst", en="a text"),
    "array": Text(nl="een lijst", en="a list"),
    "object": Text(nl="een groep velden", en="a group of fields"),
    "integer": Text(nl="een heel getal", en="a whole number"),
    "number": Text(nl="een getal", en="a number"),
    "boolean": Text(nl="true of false", en="true or false"),
    "null": Text(nl="niets", en="nothing"),
}
_SORTS: Final = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}

_HELPS: Final = {
    "": Text(nl="Schrijf de waarde in die vorm.", en="Write the value in that form."),
    "array": Text(
        nl="Zet elk onderdeel op een eigen regel, met een streepje en een spatie ervoor.",
        en="Put each item on a line of its own, with a hyphen and a space before it.",
    ),
    "single": Text(
        nl="Haal de streepjes of haakjes weg en houd één waarde over.",
        en="Take the hyphens or brackets away and keep one value.",
    ),
    "object": Text(
        nl="Schrijf elk veld op een eigen regel: een naam, een dubbele punt, een spatie en de waarde.",
        en="Write each field on a line of its own: a name, a colon, a space and the value.",
    ),
    "boolean": Text(
        nl="Schrijf true (waar) of false (niet waar), zonder aanhalingstekens.",
        en="Write true or false, without quotation marks.",
    ),
    "integer": Text(
        nl="Schrijf alleen cijfers, zonder aanhalingstekens.",
        en="Write just digits, without quotation marks.",
    ),
    "number": Text(
        nl="Schrijf het getal met cijfers en zonder aanhalingstekens.",
        en="Write the number in digits and without quotation marks.",
    ),
}
_IN_LIST: Final = Text(
    nl="In de lijst “{field}” hoort {expected}, maar hier staat {found}.",
    en="The list “{field}” takes {expected}, but this is {found}.",
)


@violation_rule(
    "type",
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Bij “{field}” hoort {expected}, maar hier staat {found}.",
            en="“{field}” takes {expected}, but this is {found}.",
        ),
        **{f"item-{variant}": _IN_LIST for variant in _HELPS},
        "block": Text(
            nl="Hier horen velden te staan, maar dit is {found}.",
            en="Fields belong here, but this is {found}.",
        ),
        "nothing": Text(nl="Hier horen velden te staan.", en="Fields belong here."),
    },
    help={
        **_HELPS,
        **{f"item-{variant}": words for variant, words in _HELPS.items()},
        "block": _HELPS["object"],
        "nothing": Text(nl="Vul ze in, of haal deze regel weg.", en="Fill them in, or take this line away."),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Name what is expected and what is there; empty and unquoted values have their own rules."""
    types = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    if violation.is_empty or violation.is_unquoted_text or _is_no_choice(violation):
        return
    found = _SORTS.get(type(violation.node.value), "null")
    yield Problem(
        location=violation.location if violation.is_scalar else violation.first_line,
        variant=_variant(violation, types, found),
        field=violation.field,
        parameters={
            "field": violation.name,
            "expected": Text(
                nl=" of ".join(_NAMES[each].nl for each in types),
                en=" or ".join(_NAMES[each].en for each in types),
            ),
            "found": _NAMES[found],
        },
        fix=_fix(violation, types, found),
        subject=None if violation.is_scalar else "",
    )


def _variant(violation: Violation, types: list[str], found: str) -> str:
    if not violation.path:
        return "nothing" if found == "null" else "block"
    variant = "single" if found == "array" and "string" in types else types[0] if len(types) == 1 else ""
    return f"item-{variant}" if isinstance(violation.path[-1], int) else variant


def _is_no_choice(violation: Violation) -> bool:
    """Whether not-allowed-value says it: a single value where there is a list of words to choose from."""
    return violation.is_scalar and not violation.schema.keys().isdisjoint({"enum", "const"})


def _fix(violation: Violation, types: list[str], found: str) -> Fix | None:
    if found == "string" and types == ["array"]:
        items = schemas_at(violation.kind.schema, (*violation.path, 0))
        if any("string" in expected_types(schema) for schema in items):
            return as_list(violation.document, violation.node)
    if found == "array" and types == ["string"]:
        return as_single(violation.document, violation.node)
    return None
