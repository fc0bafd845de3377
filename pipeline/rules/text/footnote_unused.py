"""A footnote is explained, and nothing refers to it.

The note then does not appear at all, or at the end of the page without a place it belongs
to. Often its name was written in two ways, or the sentence that had it is gone.

Bad: ``[^2]: Zie ook de toelichting.`` on a page without ``[^2]`` in its text

Good: the same on a page with ``De termijn is een jaar.[^2]``

Mend it: put the name of the note, in its brackets, after the sentence that it explains, or
take the note away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.notes import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Nergens op deze pagina staat een verwijzing naar de voetnoot [^{label}].",
        en="Nothing on this page refers to the footnote [^{label}].",
    ),
    help=Text(
        nl="De lezer krijgt de noot niet te zien, of weet niet waar die bij hoort. "
        "Zet [^{label}] achter de zin die de noot uitlegt, of haal de noot weg.",
        en="Readers do not get to see the note, or cannot tell what it belongs to. "
        "Put [^{label}] after the sentence that the note explains, or take the note away.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for notes without a reference."""
    notes = notes_of(document, kind)
    meant = {other: label for label, other in notes.renamed.items()}
    for note in notes.unused():
        if note.label in meant and note.label not in notes.blamed:
            continue  # the reference to it has the wrong name
        better = f"[^{meant[note.label]}]" if note.label in meant else ""
        yield Problem(
            location=note.place,
            parameters={"label": note.label, "suggestions": (better,) if better else ()},
            fix=Fix(title=better, edits=(Edit(location=note.place, replacement=better),)) if better else None,
            related=tuple(each.place for each in notes.references if each.label == meant.get(note.label)),
        )
