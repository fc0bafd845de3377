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
        nl="“{field}” is te lang: {size} tekens; er passen er {limit}.",
        en="“{field}” is too long: {size} characters; {limit} fit.",
    ),
    "minLength": Text(
        nl="“{field}” is te kort: {size} tekens; er zijn er minstens {limit} nodig.",
        en="“{field}” is too short: {size} characters; at least {limit} are needed.",
    ),
    "maxItems": Text(
        nl="“{field}” heeft {size} onderdelen; het mogen er hoogstens {limit} zijn.",
        en="“{field}” has {size} items; there may be {limit} at most.",
    ),
    "minItems": Text(
        nl="“{field}” heeft {size} onderdelen; er zijn er minstens {limit} nodig.",
        en="“{field}” has {size} items; at least {limit} are needed.",
    ),
    "maximum": Text(nl="“{field}” mag hoogstens {limit} zijn.", en="“{field}” may be {limit} at most."),
    "minimum": Text(nl="“{field}” moet minstens {limit} zijn.", en="“{field}” must be {limit} at least."),
}


@violation_rule(
    *_MESSAGES,
    severity=Severity.ERROR,
    message={**_MESSAGES, "": Text(nl="“{field}” past niet.", en="“{field}” does not fit.")},
    help=Text(nl="Pas de waarde aan.", en="Change the value."),
)
def check(violation: Violation) -> Iterator[Problem]:
    """Give the size and the limit; nothing at all is `schema/empty-value`'s."""
    if violation.is_empty:
        return
    value = violation.node.value
    yield Problem(
        location=violation.location,
        variant=violation.keyword,
        field=violation.field,
        parameters={
            "field": violation.name,
            "size": len(value) if isinstance(value, (str, list)) else 0,
            "limit": str(violation.expected),
        },
    )
