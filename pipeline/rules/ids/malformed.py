"""An id is not made as the ids of its kind are made.

Others refer to an entry by its id, and programs read the kind and the code from it. Each kind
has a fixed beginning and a form for the code after it.

Bad: ``id: avg-13``

Good: ``id: urn:nl:ak:ver:avg-13``

Mend it: take the id that the message suggests, or look how the other entries in the folder
write theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.model.load import entries_of
from pipeline.rules.ids.codes import code_in_stem, is_well_formed, written_id
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="De code “{code}” aan het eind van deze id heeft niet de vorm die hier hoort.",
            en="The code “{code}” at the end of this id does not have the form that belongs here.",
        ),
        "start": Text(
            nl="De id “{id}” begint niet met “{start}”.",
            en="The id “{id}” does not begin with “{start}”.",
        ),
    },
    help=Text(
        nl="Anderen vinden de pagina aan deze id. Maak hem zoals de id's van de andere pagina's in deze map.",
        en="Others find the page by this id. Make it as the ids of the other pages in this folder are made.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Hold each id against the form of its kind."""
    for entry in entries_of(document, kind):
        if entry.node is not None and written_id(entry) and not is_well_formed(entry):
            yield _problem(entry)


def _problem(entry: Entry) -> Problem:
    identity = entry.kind.identity
    written = written_id(entry)
    start, _, end = identity.template.partition("{code}")
    began = written.startswith(start)
    return Problem(
        location=entry.location,
        variant="" if began else "start",
        field=identity.field,
        parameters={
            "id": written,
            "start": start,
            "code": written.removeprefix(start).removesuffix(end),
            "suggestions": tuple(identity.id_of(code) for code in _codes_meant(entry)),
        },
    )


def _codes_meant(entry: Entry) -> Iterator[str]:
    """Give the code that the id may have meant, or else the one in the file name."""
    kind = entry.kind
    last = re.split(r"[:;]", written_id(entry).strip())[-1].lower().replace("_", "-").replace(" ", "-")
    if kind.code_pattern.fullmatch(last):
        yield last
    elif kind.files.layout == "document" and (code := code_in_stem(kind, entry.stem)):
        yield code
