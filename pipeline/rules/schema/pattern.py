"""A value is not written in the form that this field needs.

Codes such as a CELEX number or an article have a fixed form, because links are made of them.

Bad: ``celex: 2016/679``

Good: ``celex: 32016R0679``

Mend it: write the value in the form of the examples that the message gives.
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
    "pattern",
    severity=Severity.ERROR,
    message=Text(
        nl="“{value}” heeft niet de vorm die bij “{field}” hoort.",
        en="“{value}” does not have the form that “{field}” needs.",
    ),
    help={
        "": Text(nl="{meaning}", en="{meaning}"),
        "examples": Text(nl="{meaning} Bijvoorbeeld: {examples}.", en="{meaning} For example: {examples}."),
        "bare": Text(nl="De vorm is: {pattern}.", en="The form is: {pattern}."),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Say what the form is, in the schema's own words where it has them."""
    if violation.is_empty:
        return
    examples = [str(example) for example in violation.schema.get("examples", ())]
    meaning = violation.schema.get("description", "")
    yield Problem(
        location=violation.location,
        variant="examples" if examples else "" if meaning else "bare",
        field=violation.field,
        parameters={
            "value": violation.node.raw,
            "field": violation.name,
            "meaning": meaning,
            "examples": ", ".join(examples),
            "pattern": violation.expected,
        },
    )
