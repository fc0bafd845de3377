"""There is nothing below a heading.

Readers see a heading and no answer. A comment that is left from a template is no text: the
site does not show it.

Bad: ``## Risico`` at the end of a page

Good: ``## Risico`` with a paragraph below it

Mend it: write what belongs below the heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.completeness.sections import (
    asked_of,
    holds_text,
    is_disturbed,
    lacks_list,
    parts_of,
    place_of,
    severity_for,
)
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.WARNING,
    message={
        "": Text(nl="Onder het kopje “{heading}” staat geen tekst.", en="There is no text below “{heading}”."),
        "body": Text(nl="Op deze pagina staat geen tekst.", en="There is no text on this page."),
    },
    help={
        "": Text(
            nl="De lezer vindt hier nu geen antwoord. Schrijf de tekst die bij dit kopje hoort.",
            en="Readers find no answer here now. Write the text that belongs below this heading.",
        ),
        "body": Text(
            nl="De lezer vindt hier nu geen antwoord. Schrijf de tekst onder de tweede regel met drie streepjes.",
            en="Readers find no answer here now. Write the text below the second line with three hyphens.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look below each heading that the kind knows."""
    entry = asked_of(document, kind)
    if entry is None:
        return
    parts = parts_of(document, kind).values()
    for part in parts:
        if holds_text(document, kind, part) or lacks_list(document, kind, part):
            continue  # references/directive tells which list belongs there
        if (part.heading is not None or part.section.required) and not is_disturbed(document, part):
            yield Problem(
                location=place_of(document, part, entry),
                variant="" if part.heading is not None else "body",
                severity=severity_for(entry),
                parameters={"heading": part.heading.text if part.heading is not None else ""},
            )
