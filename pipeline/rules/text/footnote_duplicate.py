"""A footnote is explained twice.

The site shows just one of the two, and readers cannot know that there was another. Usually
a note was copied and its name was not changed.

Bad: two lines that begin with ``[^1]:``

Good: ``[^1]:`` and ``[^2]:``, each with its own reference in the text

Mend it: give each note a name of its own, and use that in the text too.
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
        nl="De voetnoot [^{label}] staat al op regel {line}.",
        en="The footnote [^{label}] is explained on line {line} already.",
    ),
    help=Text(
        nl="De lezer krijgt maar een van de twee noten te zien. Geef elke noot een eigen naam of nummer.",
        en="Readers get to see just one of the two notes. Give each note a name or number of its own.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for names of notes that come back."""
    notes = notes_of(document, kind)
    for note, before in notes.repeated():
        label = notes.copied.get(note.place.start, "")
        better = f"[^{label}]"
        yield Problem(
            location=note.place,
            parameters={
                "label": note.label,
                "line": before.place.begin.line,
                "suggestions": (better,) if label else (),
            },
            fix=Fix(title=better, edits=(Edit(location=note.place, replacement=better),)) if label else None,
            related=(before.place,),
        )
