"""Two headings under the same heading are called the same.

In the table of contents readers cannot tell them apart, and a link can lead to the first of
them only. Usually one of the two was copied, or belongs one level deeper.

Bad: ``## Aanbieder`` twice on one page

Good: ``### Aanbieder`` below ``## Sinds 2025``, and once more below ``## Sinds 2026``

Mend it: give one of them another name, put the two parts together, or place each below a
heading of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.outline import sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Heading
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="Het kopje “{heading}” staat al op regel {line}.",
        en="The heading “{heading}” is on line {line} already.",
    ),
    help=Text(
        nl="In de inhoudsopgave zijn ze niet uit elkaar te houden. Geef een van de twee een andere naam, "
        "voeg ze samen, of zet ze elk onder een eigen kopje.",
        en="They cannot be told apart in the table of contents. Give one of them another name, "
        "put the two together, or place each below a heading of its own.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Compare the headings below each heading."""
    first: dict[tuple[Heading | None, str], Heading] = {}
    for parent, heading in sections(document):
        name = " ".join(heading.text.casefold().split())
        before = first.setdefault((parent, name), heading) if name else heading
        if before is not heading and before.level == heading.level:
            there = document.at(before.start, before.end)
            yield Problem(
                location=document.at(heading.start, heading.end),
                parameters={"heading": heading.text, "line": there.begin.line},
                related=(there,),
            )
