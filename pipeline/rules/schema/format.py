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
from pipeline.rules.links.address import mended_beginning
from pipeline.rules.rule import violation_rule
from pipeline.rules.schema.edits import rewritten
from pipeline.rules.schema.formats import is_date, is_uri
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.schema.violations import Violation

_DAY = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The Netherlands write the day first, with hyphens, slashes or dots.
_DUTCH_DAY = lazy_pattern(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR_FIRST = lazy_pattern(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")

_MESSAGES = {
    "": Text(
        nl="“{value}” heeft niet de vorm die hier hoort ({sort}).",
        en="“{value}” does not have the form that belongs here ({sort}).",
    ),
    "date": Text(nl="“{value}” is geen datum.", en="“{value}” is not a date."),
    "no-such-day": Text(nl="De dag “{value}” bestaat niet.", en="There is no such day as “{value}”."),
    "uri": Text(nl="“{value}” is geen volledig webadres.", en="“{value}” is not a full web address."),
    "email": Text(nl="“{value}” is geen e-mailadres.", en="“{value}” is not an e-mail address."),
}
_HELPS = {
    "": Text(nl="Controleer wat er staat.", en="Check what is written."),
    "date": Text(
        nl="Schrijf jaar-maand-dag, bijvoorbeeld 2026-08-02.",
        en="Write year-month-day, 2026-08-02 for example.",
    ),
    "no-such-day": Text(
        nl="Controleer de dag en de maand. De volgorde is jaar-maand-dag.",
        en="Check the day and the month. The order is year-month-day.",
    ),
    "uri": Text(
        nl="Schrijf het hele adres, met https:// ervoor en zonder spaties.",
        en="Write the whole address, with https:// and without spaces.",
    ),
    "email": Text(nl="Schrijf het als naam@organisatie.nl.", en="Write it as name@organisation.nl."),
}


@violation_rule("format", severity=Severity.ERROR, message=_MESSAGES, help=_HELPS)
def check(violation: Violation) -> Iterator[Problem]:
    """Say how a value of this sort is written."""
    if violation.is_empty:
        return
    written, sort = violation.node.raw, str(violation.expected)
    guess = _guess(sort, written)
    yield Problem(
        location=violation.location,
        variant="no-such-day" if sort == "date" and _DAY.fullmatch(written) else sort,
        field=violation.field,
        parameters={"value": written, "sort": sort, "suggestions": (guess,) if guess else ()},
        fix=rewritten(violation.document, violation.node, guess) if guess else None,
    )


def _guess(sort: str, written: str) -> str:
    """Give what was most likely meant, or nothing."""
    if sort == "date":
        dutch, other = _DUTCH_DAY.fullmatch(written), _YEAR_FIRST.fullmatch(written)
        parts = (dutch[3], dutch[2], dutch[1]) if dutch else other.groups() if other else ()
        day = "-".join(part.zfill(2) for part in parts)
        return day if is_date(day) else ""
    if sort == "uri":
        better = mended_beginning(written.strip())
        if better:
            return better if is_uri(better) else ""
        bare = written.strip().partition("://")[2] if "://" in written else written.strip().removeprefix("//")
        address = f"https://{bare}"
        return address if is_uri(address) and written.lower().startswith(("www.", "//", "http")) else ""
    return ""
