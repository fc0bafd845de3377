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
of the entry that you mean. With ``--base`` it is known what an entry that was renamed is
called now. Words from a fixed list (a phase, a theme, a role) are judged by
``schema/not-allowed-value`` instead.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.model.framework import names_meant, names_of
from pipeline.rules.nearest import nearest
from pipeline.rules.references.dangling import by_another_name, dangling, dangling_mentions, elsewhere
from pipeline.rules.references.suggestions import renamed, suggestions_for
from pipeline.rules.rule import nearby_rule
from pipeline.rules.schema.edits import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Node
    from pipeline.model.framework import Framework, Reference


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Er is geen {kind} “{key}”.", en="There is no {kind} “{key}”."),
        "name": Text(
            nl="“{key}” bestaat, maar heet in dit veld “{name}”.",
            en="“{key}” exists, but this field calls it “{name}”.",
        ),
        "kind": Text(
            nl="“{key}” is geen soort waarnaar je kunt verwijzen.",
            en="“{key}” is not a kind that you can refer to.",
        ),
    },
    help={
        "": Text(
            nl="De lezer mist nu deze verwijzing. Gebruik de naam van iets dat bestaat.",
            en="Readers now miss this reference. Use the name of something that exists.",
        ),
        "name": Text(
            nl="Schrijf de naam zoals dit veld die kent.",
            en="Write the name as this field knows it.",
        ),
        "kind": Text(
            nl="Voor de dubbele punt staat een soort: {kinds}. Is het geen verwijzing? Zet er dan `…` omheen.",
            en="A kind stands before the colon: {kinds}. Is it no reference? Then put it between `…`.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every reference without a target that no other rule explains."""
    for reference, node in dangling(framework, vocabulary=False):
        if not elsewhere(framework, reference):  # else references/wrong-kind says more
            yield _problem(framework, reference, node)
    for reference in dangling_mentions(framework):
        if reference.spec.to[0] not in framework.kinds:
            yield _unknown_kind(framework, reference)
        elif not elsewhere(framework, reference):
            yield _problem(framework, reference, None)


def _problem(framework: Framework, reference: Reference, node: Node | None) -> Problem:
    nouns = [framework.kinds[name].noun for name in reference.spec.to if name in framework.kinds]
    entry = by_another_name(framework, reference)
    name = next(chain(names_meant(entry, reference.spec.by), names_of(entry, reference.spec.by)), "") if entry else ""
    known = (name,) if name else renamed(reference, framework)
    near = suggestions_for(reference, framework) if known is None else known
    return Problem(
        location=reference.location,
        variant="name" if name else "",
        field=reference.field,
        parameters={
            "kind": nouns[0] if len(nouns) == 1 else Text(nl="pagina", en="entry"),
            "key": reference.key,
            "name": name,
            "suggestions": near,
        },
        fix=_fix(reference, node, near[0]) if len(near) == 1 else None,
    )


def _unknown_kind(framework: Framework, reference: Reference) -> Problem:
    written = reference.spec.to[0]
    kinds = tuple(framework.kinds)
    near = nearest(written, kinds)
    return Problem(
        location=reference.location,
        variant="kind",
        parameters={"key": written, "kinds": kinds, "suggestions": near},
    )


def _fix(reference: Reference, node: Node | None, name: str) -> Fix:
    if node is not None:
        return rewritten(reference.origin.document, node, name)
    start = reference.start + len("{:") + len(reference.spec.to[0])
    place = reference.origin.document.at(start, start + len(reference.key))
    return Fix(title=f"{reference.key} → {name}", edits=(Edit(location=place, replacement=name),))
