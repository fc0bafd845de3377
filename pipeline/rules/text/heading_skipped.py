"""A heading is more than one level deeper than the heading before it.

People who listen to a page go from heading to heading; with a level left out, they wonder
what they missed. The table of contents comes out crooked as well.

Bad: ``#### Termijnen`` right below ``## Toelichting``

Good: ``### Termijnen`` right below ``## Toelichting``

Mend it: take one or more ``#`` signs away, or put the heading that is missing above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.outline import sections
from pipeline.rules.text.reading import offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Het kopje “{heading}” slaat een niveau over: het heeft {signs}, en {wanted} is genoeg.",
            en="The heading “{heading}” skips a level: it has {signs}, and {wanted} is enough.",
        ),
    },
    help=Text(
        nl="Wie zich laat voorlezen, denkt dat er een kopje ontbreekt. "
        "Haal # weg tot {wanted} overblijft, of zet het kopje dat ontbreekt erboven.",
        en="People who listen to the page think that a heading is missing. "
        "Take # away until {wanted} is left, or put the missing heading above it.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Compare each heading with the one before it; the title of the page is above the first."""
    level = 1
    for _, heading in sections(document):
        if heading.level > level + 1:
            signs, wanted = "#" * heading.level, "#" * (level + 1)
            line = document.source.text.rfind(signs, 0, heading.start)
            place = document.at(line, heading.end)
            better = f"{wanted}{document.source.text[line + heading.level : heading.end]}"
            fix = Fix(
                title=f"{signs} → {wanted}",
                edits=(Edit(location=document.at(line, line + heading.level), replacement=wanted),),
            )
            yield Problem(
                location=place,
                parameters={
                    "heading": heading.text,
                    "signs": signs,
                    "wanted": wanted,
                    "suggestions": (offered(better),),
                },
                fix=fix,
            )
        level = heading.level
