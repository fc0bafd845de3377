"""A value breaks a demand of the schema that has no rule of its own.

The other rules of this family put the common demands into words; this one passes on the
rest, so that nothing stays unsaid.

Bad: a value that the schema's ``not`` forbids.

Good: any other value.

Mend it: look at the description of the field in the schema, which the message quotes.
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
    "",
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="“{field}” voldoet niet aan een eis van het schema ({keyword}).",
            en="“{field}” breaks a demand of the schema ({keyword}).",
        ),
        "whole": Text(
            nl="De velden samen voldoen niet aan een eis van het schema ({keyword}).",
            en="The fields together break a demand of the schema ({keyword}).",
        ),
    },
    help={
        "": Text(nl="Het schema zegt: {meaning}", en="The schema says: {meaning}"),
        "bare": Text(
            nl="Kijk in het schema wat hier mag staan.",
            en="See in the schema what may stand here.",
        ),
        "whole": Text(
            nl="Kijk in het schema welke velden samen mogen.",
            en="See in the schema which fields may go together.",
        ),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Quote the field's description."""
    if violation.is_empty:
        return
    meaning = violation.meaning
    yield Problem(
        location=violation.first_line if violation.node.children else violation.location,
        variant=("" if meaning else "bare") if violation.path else "whole",
        field=violation.field,
        parameters={"field": violation.name, "keyword": violation.keyword, "meaning": meaning},
        subject=violation.keyword if violation.node.children else None,
    )
