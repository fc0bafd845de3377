"""A value is not one of the words that this field takes.

The field has a fixed list of words, so that pages can be found and counted by them. A word
with a typing error makes a page drop out of every list.

Bad: ``levenscyclus: [ontwerpen]``

Good: ``levenscyclus: [ontwerp]``

Mend it: take one of the words that the message names, written in just that way.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import nearest_entry, slug
from pipeline.rules.references.dangling import dangling
from pipeline.rules.references.suggestions import names_for, suggestions_for
from pipeline.rules.rule import violation_rule
from pipeline.rules.schema.edits import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.documents.document import Document, Node
    from pipeline.findings import Parameter
    from pipeline.model.framework import Framework
    from pipeline.rules.schema.violations import Violation

MOST: Final = 20
"""Most words that a message lists."""


@violation_rule(
    "enum",
    "const",
    severity=Severity.ERROR,
    message=Text(
        nl="“{value}” is geen geldige waarde voor “{field}”.",
        en="“{value}” is not a valid value of “{field}”.",
    ),
    help={
        "": Text(nl="Kies uit: {allowed}.", en="Choose from: {allowed}."),
        "one": Text(nl="Hier kan alleen {allowed} staan.", en="Only {allowed} can stand here."),
        "many": Text(
            nl="Dit veld kent {count} waarden, zoals {allowed}.",
            en="This field takes {count} values, such as {allowed}.",
        ),
        "none": Text(
            nl="Er zijn nog geen waarden om uit te kiezen.",
            en="There are no values to choose from yet.",
        ),
    },
)
def of_schema(violation: Violation) -> Iterator[Problem]:
    """Name the allowed values, the nearest first; empty and unquoted values have rules of their own."""
    if violation.is_empty or violation.is_unquoted_text or not violation.is_scalar:
        return
    expected = violation.expected if violation.keyword == "enum" else [violation.expected]
    allowed = [_written(value) for value in expected if value is not None]
    written = violation.node.raw
    yield _problem(
        violation.document,
        violation.node,
        field=violation.field,
        value=written,
        name=violation.name,
        allowed=allowed,
        suggestions=_with_label(written, violation.schema) or nearest_entry(written, {word: word for word in allowed}),
    )


def of_vocabulary(framework: Framework) -> Iterator[Problem]:
    """Look at the fields whose words are the entries of another kind."""
    for reference, node in dangling(framework, vocabulary=True):
        yield _problem(
            reference.origin.document,
            node,
            field=reference.field,
            value=reference.key,
            name=reference.spec.name,
            allowed=names_for(reference, framework),
            suggestions=suggestions_for(reference, framework),
        )


def _with_label(written: str, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the word that people call so: ``Hele organisatie`` is ``organisatiebreed``."""
    labels = {
        slug(label): word
        for word, words in schema.get("x-values", {}).items()
        for label in (words.values() if isinstance(words, dict) else ())
    }
    return (labels[slug(written)],) if slug(written) in labels else ()


def _written(value: Any) -> str:  # noqa: ANN401 - any JSON
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _problem(
    document: Document,
    node: Node,
    *,
    field: str,
    value: str,
    name: str,
    allowed: Iterable[str],
    suggestions: tuple[str, ...],
) -> Problem:
    words = tuple(allowed)
    sizes = {0: "none", 1: "one"}
    parameters: dict[str, Parameter] = {
        "value": value,
        "field": name,
        "allowed": words if len(words) <= MOST else ", ".join(words[:5]),
        "count": len(words),
        "suggestions": suggestions,
    }
    return Problem(
        location=document.place(node),
        variant=sizes.get(len(words), "many" if len(words) > MOST else ""),
        field=field,
        parameters=parameters,
        fix=rewritten(document, node, suggestions[0]) if len(suggestions) == 1 else None,
    )


check = replace(of_schema, nearby=of_vocabulary)
