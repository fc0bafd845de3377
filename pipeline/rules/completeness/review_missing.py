"""An entry counts as final, but does not say who reviewed it.

Readers take what is final for certain. Two people should have looked at it, and for the law a
lawyer as well.

Bad: ``status: vastgesteld`` without ``beoordeeld``

Good: ``status: vastgesteld`` with the role and the day of the review

Mend it: write down the role of the reviewer and the day, or make the entry a draft again.
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
    message=Text(
        nl="Hier ontbreekt wie dit heeft beoordeeld, en wanneer ({fields}).",
        en="This does not say who reviewed it, and when ({fields}).",
    ),
    help=Text(
        nl="De lezer vertrouwt erop dat iemand dit heeft nagekeken. Vul {names} in, of maak er weer een concept van.",
        en="Readers trust that somebody looked this over. Fill in {names}, or make it a draft again.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for the fields that the schema names for this rule."""
    yield from lacking(document, kind, "completeness/review-missing")
