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
from pipeline.rules.completeness.sections import asked_of, section_of, severity_for
from pipeline.rules.rule import document_rule
from pipeline.rules.text.outline import skips
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
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Compare each heading with the one before it; a section that every page has has a level of its own."""
    for heading, deepest in skips(document):
        section = section_of(kind, heading)
        entry = asked_of(document, kind) if section else None
        level = section.level if section and section.level < heading.level else deepest
        signs, wanted = "#" * heading.level, "#" * level
        line = document.source.text.rfind(signs, 0, heading.start)
        better = f"{wanted}{document.source.text[line + heading.level : heading.end]}"
        edit = Edit(location=document.at(line, line + heading.level), replacement=wanted)
        yield Problem(
            location=document.at(line, heading.end),
            severity=severity_for(entry) if entry else None,
            parameters={"heading": heading.text, "signs": signs, "wanted": wanted, "suggestions": (offered(better),)},
            fix=Fix(title=f"{signs} → {wanted}", edits=(edit,)),
        )
