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
from pipeline.rules.references.dangling import dangling, dangling_mentions, elsewhere
from pipeline.rules.references.suggestions import suggestions_for
from pipeline.rules.rule import nearby_rule
from pipeline.rules.words import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@nearby_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="“{key}” is {found}, maar hier hoort {expected}.",
        en="“{key}” is {found}, but {expected} belongs here.",
    ),
    help={
        "": Text(
            nl="Zet deze verwijzing in het veld voor {found}, of kies {expected}.",
            en="Move this reference to the field for {found}, or choose {expected}.",
        ),
        "mention": Text(
            nl="Schrijf {{{name}:{key}}}, of kies {expected}.",
            en="Write {{{name}:{key}}}, or choose {expected}.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look whether an entry of another kind goes by a name that was not found."""
    written = [reference for reference, _ in dangling(framework, vocabulary=False)]
    for reference in (*written, *dangling_mentions(framework)):
        nouns = [framework.kinds[name].noun for name in reference.spec.to if name in framework.kinds]
        found = elsewhere(framework, reference) if nouns else None
        if found is None:
            continue
        yield Problem(
            location=reference.location,
            variant="mention" if reference.is_mention else "",
            field=reference.field,
            related=(found.location,),
            parameters={
                "key": reference.key,
                "name": found.kind.name,
                "found": one_of([found.kind.noun]),
                "expected": one_of(nouns),
                "suggestions": suggestions_for(reference, framework),
            },
        )
