"""A file does not begin with the block of fields that its kind needs.

Without the fields between the two lines of hyphens nobody knows what the page is called or
where it belongs, so it can be neither checked nor published.

Bad: a file that begins with ``## Vereiste``.

Good:

    ---
    id: urn:nl:ak:ver:avg-13
    title: Doe vooraf een DPIA
    ---

    ## Vereiste

Mend it: put the block at the very top; copy it from an entry of the same kind, or make a
new file with ``kader new``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.front import what_is_there
from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.text import Location


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Dit bestand begint niet met een blok velden tussen twee regels met ---.",
            en="This file does not begin with a block of fields between two lines of ---.",
        ),
        "empty": Text(
            nl="Het blok tussen de twee regels met --- bevat geen velden.",
            en="The block between the two lines of --- holds no fields.",
        ),
        "late": Text(
            nl="Boven de eerste regel met --- mag niets staan, ook geen lege regel of spatie.",
            en="Nothing may stand above or before the first line of ---, not even an empty line or a space.",
        ),
        "dashes": Text(
            nl="Deze regel moet uit precies drie gewone streepjes bestaan: ---",
            en="This line must consist of just three plain hyphens: ---",
        ),
        "no-opening": Text(
            nl="Boven de velden ontbreekt een regel met drie streepjes: ---",
            en="A line of three hyphens is missing above the fields: ---",
        ),
        "list": Text(nl="Dit bestand bevat geen lijst.", en="This file does not hold a list."),
    },
    help={
        "": Text(
            nl="Zonder die velden kan de pagina niet worden gepubliceerd. Zet bovenaan in elk geval: {fields}.",
            en="Without them the page cannot be published. Put at least these at the top: {fields}.",
        ),
        "late": Text(
            nl="Haal alles weg wat boven of voor de streepjes staat.",
            en="Take away everything above or before the hyphens.",
        ),
        "dashes": Text(
            nl="Typ drie keer het streepje (-) van het toetsenbord, en verder niets.",
            en="Type the hyphen (-) of the keyboard three times, and nothing else.",
        ),
        "no-opening": Text(
            nl="Nu worden de velden als tekst gelezen. Zet boven het eerste veld een regel met alleen drie streepjes.",
            en="The fields are read as text now. Put a line with just three hyphens above the first field.",
        ),
        "list": Text(
            nl="Begin elk onderdeel op een nieuwe regel met een streepje en een spatie.",
            en="Start each entry on a new line with a hyphen and a space.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for front matter, or for the list that a list file is."""
    front = document.front
    if kind.files.layout == "list":
        if front is None or not isinstance(front.value, list):
            yield Problem(location=first_line(document), variant="list", subject="")
        return
    required = tuple(kind.schema.get("required", ()))
    if front is None and required and kind.files.layout == "document":
        location, variant, fix = what_is_there(document.source)
        parameters = {"fields": ", ".join(required)}
        yield Problem(location=location, variant=variant, parameters=parameters, fix=fix, subject="")


def first_line(document: Document) -> Location:
    """Give the place of a document's first line."""
    return document.at(0, len(document.source.line(1)))
