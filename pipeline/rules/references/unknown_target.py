"""A reference names an entry that does not exist.

Most often the entry was renamed, or its code has a typing error. Readers then miss the
relation on both sides: the page that refers and the page that is referred to.

Bad:

    vereiste:
      - avg-99

Good:

    vereiste:
      - avg-13

Mend it: take one of the names that the message suggests, or look up the code at the top
of the entry that you mean. Words from a fixed list (a phase, a theme, a role) are judged by
``schema/not-allowed-value`` instead.
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
    message={
        "": Text(nl="Er is geen {kind} “{key}”.", en="There is no {kind} “{key}”."),
        "kind": Text(
            nl="“{key}” is geen soort waarnaar je kunt verwijzen.",
            en="“{key}” is not a kind that you can refer to.",
        ),
    },
    help=Text(
        nl="De lezer mist nu deze relatie. Gebruik de code van een bestaande pagina.",
        en="Readers now miss this relation. Use the code of an existing page.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every reference without a target that no other rule explains."""
    for reference in framework.references:
        if reference.target is not None or reference.spec.vocabulary:
            continue
        names = reference.spec.to
        if reference.is_mention and names[0] not in framework.kinds:
            yield Problem(location=reference.location, variant="kind", parameters={"key": names[0]})
            continue
        if elsewhere(framework, reference.key, reference.spec.to):
            continue  # references/wrong-kind says more
        kinds = [framework.kinds[name].noun for name in names if name in framework.kinds]
        label = kinds[0] if len(kinds) == 1 else Text(nl="pagina", en="entry")
        yield Problem(
            location=reference.location,
            field=reference.field,
            parameters={
                "kind": label,
                "key": reference.key,
                "suggestions": suggestions_for(reference, framework),
            },
        )


def elsewhere(framework: Framework, key: str, kinds: tuple[str, ...]) -> bool:
    """Whether an entry of another kind goes by this name."""
    found = framework.find(key)
    return found is not None and found.kind.name not in kinds
