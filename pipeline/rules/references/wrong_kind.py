"""A reference names an entry of another kind than the field takes.

The entry exists, but it does not belong in this list; the relation would be laid between
things that have nothing to do with each other.

Bad: ``vereiste: [owp-07]`` (``owp-07`` is a measure)

Good: ``vereiste: [avg-13]``

Mend it: move the reference to the field for that kind, or name the entry that was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.references.suggestions import suggestions_for
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@framework_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="“{key}” is een {found}, maar hier hoort een {expected}.",
        en="“{key}” is a {found}, but a {expected} belongs here.",
    ),
    help=Text(
        nl="Zet deze verwijzing in het veld voor een {found}, of kies een {expected}.",
        en="Move this reference to the field for a {found}, or choose a {expected}.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look whether an entry of another kind goes by a name that was not found."""
    for reference in framework.references:
        if reference.target is not None or reference.spec.vocabulary:
            continue
        names = [name for name in reference.spec.to if name in framework.kinds]
        found = framework.find(reference.key)
        if found is None or found.kind.name in names or not names:
            continue
        nouns = [framework.kinds[name].noun for name in names]
        yield Problem(
            location=reference.location,
            field=reference.field,
            related=(found.location,),
            parameters={
                "key": reference.key,
                "found": found.kind.noun,
                "expected": Text(
                    nl=" of ".join(noun.nl for noun in nouns),
                    en=" or ".join(noun.en for noun in nouns),
                ),
                "suggestions": suggestions_for(reference, framework),
            },
        )
