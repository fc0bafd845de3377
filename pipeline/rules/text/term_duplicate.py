"""A term has two definitions.

The site shows just one of them, and readers cannot know which. Where the two differ, the
framework contradicts itself.

Bad: two entries that explain "geharmoniseerde norm"

Good: one entry for each term

Mend it: keep the better definition and take the other away. If two meanings are really
needed, give each its own term.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Node
    from pipeline.model.framework import Entry, Framework


@framework_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Het begrip “{term}” is al uitgelegd op regel {line} van {path}.",
            en="The term “{term}” is already explained on line {line} of {path}.",
        ),
        "same-file": Text(
            nl="Het begrip “{term}” is al uitgelegd op regel {line}.",
            en="The term “{term}” is already explained on line {line}.",
        ),
    },
    help=Text(
        nl="De lezer ziet maar een van de twee. Houd de beste uitleg en haal de andere weg.",
        en="Readers see only one of the two. Keep the better explanation and take the other away.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Compare the terms of each kind that has them; capitals count, as in abbreviations."""
    seen: dict[tuple[str, str], tuple[Entry, Node]] = {}
    for entry in framework.entries:
        node = _term(entry)
        if node is None:
            continue
        first, there = seen.setdefault((entry.kind.name, " ".join(node.value.split())), (entry, node))
        if first is entry:
            continue
        place = first.document.place(there)
        yield Problem(
            location=entry.document.place(node),
            variant="same-file" if first.path == entry.path else "",
            field=entry.kind.means["term"],
            related=(place,),
            parameters={"term": node.value, "line": place.begin.line, "path": first.path},
        )


def _term(entry: Entry) -> Node | None:
    name = entry.kind.means.get("term")
    node = entry.node.child(name) if entry.node is not None and name else None
    return node if node is not None and isinstance(node.value, str) and node.value else None
