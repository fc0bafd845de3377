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
        "bare-examples": Text(nl="Bijvoorbeeld: {examples}.", en="For example: {examples}."),
        "bare": Text(nl="De vorm is “{pattern}”.", en="The form is “{pattern}”."),
    },
)
def check(violation: Violation) -> Iterator[Problem]:
    """Say what the form is, in the schema's own words where it has them."""
    if violation.is_empty:
        return
    examples = [str(example) for example in violation.schema.get("examples", ())]
    meaning = violation.meaning
    variants = {(True, True): "examples", (True, False): "", (False, True): "bare-examples", (False, False): "bare"}
    yield Problem(
        location=violation.location,
        variant=variants[bool(meaning), bool(examples)],
        field=violation.field,
        parameters={
            "value": violation.node.raw,
            "field": violation.name,
            "meaning": meaning,
            "examples": tuple(examples),
            "pattern": violation.expected,
        },
    )
