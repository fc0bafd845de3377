r"""A link runs a program instead of opening a page.

Addresses that begin with ``javascript:`` or ``data:`` can do anything in the reader's browser,
so sites block them. A small picture written as ``data:image/png`` is fine.

Bad: ``[open de vragenlijst](javascript:openen())``

Good: ``[open de vragenlijst](vragenlijst.md)``

Mend it: link to a page. What needs a program belongs in the site, not in a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.address import UNSAFE, read_address
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Een link mag niet met “{scheme}” beginnen.",
        en="A link may not begin with “{scheme}”.",
    ),
    help=Text(
        nl="Zo'n adres voert een programma uit in de browser van de lezer. Verwijs naar een pagina.",
        en="Such an address runs a program in the reader's browser. Link to a page.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Look for addresses that are programs."""
    for link in document.body.links if document.body else ():
        if read_address(link).sort == UNSAFE:
            scheme = "".join(link.target.partition(":")[0].split())
            yield Problem(
                location=document.at(link.target_start, link.target_end),
                parameters={"scheme": f"{scheme.lower()}:"},
            )
