"""An invisible mark stands before the first character of the file.

Some Windows programs put it there when they save a file. Other programs then do not
see that the file begins with ``---``, and read no fields at all.

Bad: ``⟨U+FEFF⟩---``

Good: ``---``

Mend it: save the file as "UTF-8" instead of "UTF-8 with BOM".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind

MARK: Final = "\ufeff"


@document_rule(
    severity=Severity.NOTICE,
    message=Text(
        nl="Het bestand begint met een onzichtbaar teken (U+FEFF).",
        en="The file begins with an invisible character (U+FEFF).",
    ),
    help=Text(
        nl="Sommige programma's lezen het bestand daardoor verkeerd. Sla het op als “UTF-8”, zonder “BOM”.",
        en="It makes some programs misread the file. Save it as “UTF-8”, without “BOM”.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Look at the first character."""
    text = document.source.text
    if text.startswith(MARK):
        where = document.at(0, len(text) - len(text.lstrip(MARK)))
        fix = Fix(title="U+FEFF → “”", edits=(Edit(location=where, replacement=""),), safe=True)
        yield Problem(location=where, fix=fix)
