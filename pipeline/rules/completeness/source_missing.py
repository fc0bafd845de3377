"""An entry does not say where it comes from.

Without a source nobody can read it over, and nobody knows whether it still holds.

Bad: an example with ``bron-ontbreekt: true``

Good: an example with the address of the page that describes it

Mend it: look for the source and write it down. Is there none, then leave the entry out.
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
        "": Text(nl="Hier ontbreekt de bron ({fields}).", en="The source is missing here ({fields})."),
        "admitted": Text(
            nl="Hier staat dat de bron ontbreekt ({fields}).",
            en="This says that the source is missing ({fields}).",
        ),
    },
    help=Text(
        nl="Zonder bron kan niemand dit nalezen. Zoek de bron en vul {names} in.",
        en="Without a source nobody can read this over. Look for it and fill in {names}.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for the fields that the schema names for this rule."""
    yield from lacking(document, kind, "completeness/source-missing")
