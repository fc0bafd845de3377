"""An entry has no web address.

Readers cannot go to what it describes, and must look for it themselves.

Bad: an instrument without the address of its page

Good: ``url: https://example.nl/instrument``

Mend it: write down the address of the official page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.completeness.needs import lacking
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.findings import Problem
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.WARNING,
    message={
        "": Text(nl="Hier ontbreekt het webadres ({fields}).", en="The web address is missing here ({fields})."),
        "admitted": Text(
            nl="Hier staat dat het webadres ontbreekt ({fields}).",
            en="This says that the web address is missing ({fields}).",
        ),
    },
    help=Text(
        nl="De lezer moet nu zelf zoeken. Vul {names} in met het adres van de officiële pagina.",
        en="Readers now have to look for it themselves. Fill in {names} with the address of the official page.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for the fields that the schema names for this rule."""
    yield from lacking(document, kind, "completeness/url-missing")
