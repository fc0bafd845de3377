"""A footnote is referred to, and explained nowhere.

Readers then see ``[^1]`` in the text instead of a small number that leads to a note. Often
its name was written in two ways, or the explanation lacks the colon after it.

Bad: ``Dit staat in de wet.[^1]`` and nowhere a line that begins with ``[^1]:``

Good: the same with ``[^1]: Artikel 6 van de verordening.`` at the end of the page

Mend it: put the explanation on a line of its own that begins with the same name and a colon,
or take the reference away.
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
    message={
        "": Text(
            nl="De voetnoot [^{label}] staat nergens op deze pagina.",
            en="The footnote [^{label}] is nowhere on this page.",
        ),
        "colon": Text(
            nl="Dit wordt geen voetnoot: na [^{label}] ontbreekt de dubbele punt.",
            en="This does not become a footnote: the colon is missing after [^{label}].",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet nu [^{label}] in de tekst. "
            "Zet de noot op een eigen regel die begint met [^{label}]: of haal de verwijzing weg.",
            en="Readers now see [^{label}] in the text. "
            "Put the note on a line of its own that begins with [^{label}]: or take the reference away.",
        ),
        "colon": Text(
            nl="De lezer ziet nu [^{label}] in de tekst. Zet er een dubbele punt achter.",
            en="Readers now see [^{label}] in the text. Put a colon after it.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for references to notes that are not there."""
    notes = notes_of(document, kind)
    for note in notes.undefined():
        other = notes.renamed.get(note.label, "")
        if other in notes.blamed:
            continue  # the name of the explanation is the wrong one
        if note.colon:
            after = document.at(note.place.end, note.place.end)
            fix = Fix(title=f"[^{note.label}]:", edits=(Edit(location=after, replacement=":"),), safe=True)
            yield Problem(location=note.place, variant="colon", parameters={"label": note.label}, fix=fix)
            continue
        better = f"[^{other}]"
        yield Problem(
            location=note.place,
            parameters={"label": note.label, "suggestions": (better,) if other else ()},
            fix=Fix(title=better, edits=(Edit(location=note.place, replacement=better),)) if other else None,
            related=tuple(each.place for each in notes.definitions if each.label == other),
        )
