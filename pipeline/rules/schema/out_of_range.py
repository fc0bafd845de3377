"""A value is too long, too short, too large or too small.

Bad: a title of 120 characters where 80 fit.

Good: ``title: Doe vooraf een DPIA``

Mend it: make the value fit the limit that the message names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import violation_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.schema.violations import Violation


_MESSAGES = {
    "maxLength": Text(
        nl="“{field}” is te lang: {size} tekens, terwijl er {limit} passen.",
        en="“{field}” is too long: {size} characters, where {limit} fit.",
    ),
    "minLength": Text(
        nl="“{field}” heeft te weinig tekens: {size}, terwijl er minstens {limit} nodig zijn.",
        en="“{field}” has too few characters: {size}, where at least {limit} are needed.",
    ),
    "maxItems": Text(
        nl="“{field}” heeft te veel onderdelen: {size}, terwijl er hoogstens {limit} mogen zijn.",
        en="“{field}” has too many items: {size}, where there may be {limit} at most.",
    ),
    "minItems": Text(
        nl="“{field}” heeft te weinig onderdelen: {size}, terwijl er minstens {limit} nodig zijn.",
        en="“{field}” has too few items: {size}, where at least {limit} are needed.",
    ),
    "maximum": Text(
        nl="“{field}” is te groot: {value}, terwijl het hoogstens {limit} mag zijn.",
        en="“{field}” is too large: {value}, where it may be {limit} at most.",
    ),
    "minimum": Text(
        nl="“{field}” is te klein: {value}, terwijl het minstens {limit} moet zijn.",
        en="“{field}” is too small: {value}, where it must be {limit} at least.",
    ),
    "exclusiveMaximum": Text(
        nl="“{field}” is te groot: {value}, terwijl het minder dan {limit} moet zijn.",
        en="“{field}” is too large: {value}, where it must be less than {limit}.",
    ),
    "exclusiveMinimum": Text(
        nl="“{field}” is te klein: {value}, terwijl het meer dan {limit} moet zijn.",
        en="“{field}” is too small: {value}, where it must be more than {limit}.",
    ),
}
_HELPS = {
    "": Text(nl="Pas de waarde aan.", en="Change the value."),
    "maxLength": Text(nl="Maak de tekst korter.", en="Make the text shorter."),
    "minLength": Text(nl="Vul de tekst aan.", en="Make the text longer."),
    "maxItems": Text(nl="Haal onderdelen weg die gemist kunnen worden.", en="Take away items that can be missed."),
    "minItems": Text(nl="Vul de lijst aan.", en="Add to the list."),
}


@violation_rule(
    *_MESSAGES,
    severity=Severity.ERROR,
    message={**_MESSAGES, "": Text(nl="“{field}” past niet.", en="“{field}” does not fit.")},
    help=_HELPS,
)
def check(violation: Violation) -> Iterator[Problem]:
    """Give the size and the limit; nothing at all is `schema/empty-value`'s."""
    if violation.is_empty:
        return
    value = violation.node.value
    yield Problem(
        location=violation.location if violation.is_scalar else violation.document.place_of_key(violation.node),
        variant=violation.keyword,
        field=violation.field,
        parameters={
            "field": violation.name,
            "value": violation.node.raw,
            "size": len(value) if isinstance(value, (str, list)) else 0,
            "limit": str(violation.expected),
        },
    )
