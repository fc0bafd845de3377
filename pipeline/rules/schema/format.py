"""A date, address or e-mail address is not a real one.

Dates decide when something applies, and addresses become links; both must be exact.

Bad: ``datum: 2026-02-30``, ``url: www.voorbeeld.nl``

Good: ``datum: 2026-02-28``, ``url: https://www.voorbeeld.nl``

Mend it: write a date as year-month-day and an address with ``https://``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import violation_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.schema.violations import Violation


_HELPS = {
    "": Text(nl="Controleer wat er staat.", en="Check what is written."),
    "date": Text(
        nl="Schrijf een bestaande dag als jaar-maand-dag, bijvoorbeeld 2026-08-02.",
        en="Write a day that exists as year-month-day, 2026-08-02 for example.",
    ),
    "uri": Text(
        nl="Schrijf het volledige adres, met https:// ervoor en zonder spaties.",
        en="Write the full address, with https:// and without spaces.",
    ),
    "email": Text(nl="Schrijf naam@organisatie.nl.", en="Write name@organisation.nl."),
}
_SORTS = {
    "date": Text(nl="datum", en="date"),
    "uri": Text(nl="webadres", en="web address"),
    "email": Text(nl="e-mailadres", en="e-mail address"),
}


@violation_rule(
    "format",
    severity=Severity.ERROR,
    message=Text(nl="“{value}” is geen geldige waarde: hier hoort een {sort}.", en="“{value}” is not a valid {sort}."),
    help=_HELPS,
)
def check(violation: Violation) -> Iterator[Problem]:
    """Say how a value of this sort is written."""
    if violation.is_empty:
        return
    yield Problem(
        location=violation.location,
        variant=str(violation.expected),
        field=violation.field,
        parameters={
            "value": violation.node.raw,
            "sort": _SORTS.get(violation.expected, Text(nl=violation.expected, en=violation.expected)),
        },
    )
