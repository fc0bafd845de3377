"""A value is not one of the words that this field takes.

The field has a fixed list of words, so that pages can be found and counted by them. A word
with a typing error makes a page drop out of every list.

Bad: ``levenscyclus: [ontwerpen]``

Good: ``levenscyclus: [ontwerp]``

Mend it: take one of the words that the message names, written in just that way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import nearest
from pipeline.rules.references.suggestions import names_for, suggestions_for
from pipeline.rules.rule import violation_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.rules.schema.violations import Violation


@violation_rule(
    "enum",
    "const",
    severity=Severity.ERROR,
    message=Text(
        nl="“{value}” is geen geldige waarde voor “{field}”.",
        en="“{value}” is not a valid value of “{field}”.",
    ),
    help=Text(nl="Kies uit: {allowed}.", en="Choose from: {allowed}."),
)
def of_schema(violation: Violation) -> Iterator[Problem]:
    """Name the allowed values, the nearest first; empty values have a rule of their own."""
    if violation.is_empty:
        return
    expected = violation.expected if violation.keyword == "enum" else [violation.expected]
    allowed = [str(value) for value in expected if value is not None]
    written = violation.node.raw or str(violation.node.value)
    yield Problem(
        location=violation.location,
        field=violation.field,
        parameters={
            "value": written,
            "field": violation.name,
            "allowed": ", ".join(allowed),
            "suggestions": nearest(written, allowed),
        },
    )


def of_vocabulary(framework: Framework) -> Iterator[Problem]:
    """Look at the fields whose words are the entries of another kind."""
    for reference in framework.references:
        if reference.target is not None or not reference.spec.vocabulary:
            continue
        yield Problem(
            location=reference.location,
            field=reference.field,
            parameters={
                "value": reference.key,
                "field": reference.spec.name,
                "allowed": ", ".join(names_for(reference, framework)),
                "suggestions": suggestions_for(reference, framework),
            },
        )


check = replace(of_schema, framework=of_vocabulary)
