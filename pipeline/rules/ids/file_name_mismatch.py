"""The name of a file does not go with the id in it.

The site takes the address of a page from its code, and editors find an entry by its file
name. When the two differ, one of them was forgotten when an entry was copied or renamed.

Bad: ``id: urn:nl:ak:ver:avg-13`` in ``avg-14-doe-een-dpia.md``

Good: ``id: urn:nl:ak:ver:avg-13`` in ``avg-13-doe-een-dpia.md``

Mend it: rename the file as the message suggests. Is the entry new and the id wrong? Then
change the id. Never change the id of an entry that is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.model.load import entries_of
from pipeline.rules.ids.codes import better_stem, code_in_stem, is_well_formed, stem_holds
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
            nl="De naam van dit bestand is niet gemaakt zoals de andere namen in deze map ({form}).",
            en="The name of this file is not made as the other names in this folder ({form}).",
        ),
        "code": Text(
            nl="De code hier is “{code}”, maar in de bestandsnaam staat “{other}”.",
            en="The code here is “{code}”, but the file name has “{other}”.",
        ),
    },
    help=Text(
        nl="Anderen vinden de pagina aan haar naam. Geef het bestand de goede naam. Verander de id alleen als de "
        "pagina nieuw is.",
        en="Others find the page by its name. Give the file the right name. Change the id only if the page is new.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Hold the file's name against its kind's form and against the id."""
    if kind.files.layout != "document":
        return
    for entry in entries_of(document, kind):
        problem = _of_id(entry) if kind.identity.where == "field" else _of_name(entry)
        if problem:
            yield problem


def _of_id(entry: Entry) -> Problem | None:
    kind, stem = entry.kind, entry.stem
    if not is_well_formed(entry):
        return None
    other = code_in_stem(kind, stem)
    if other == entry.code or stem_holds(kind, stem, entry.code):
        return None
    better = better_stem(entry)
    return Problem(
        location=entry.location,
        variant="code" if other else "",
        field=kind.identity.field,
        parameters={
            "form": _form(kind),
            "code": entry.code,
            "other": other,
            "suggestions": (f"{better}.md",) if better else (),
        },
    )


def _of_name(entry: Entry) -> Problem | None:
    kind = entry.kind
    has_form = kind.stem_pattern.fullmatch(entry.stem) is not None
    has_code = "{code}" in kind.files.name or kind.code_pattern.fullmatch(entry.code) is not None
    if has_form and has_code:
        return None
    return Problem(location=entry.location, parameters={"form": _form(kind)})


def _form(kind: Kind) -> Text:
    name = f"{kind.files.name}.md".replace("{code}", "code")
    return Text(
        nl=name.replace("{slug}", "woorden").replace("{number}", "nummer"),
        en=name.replace("{slug}", "words").replace("{number}", "number"),
    )
