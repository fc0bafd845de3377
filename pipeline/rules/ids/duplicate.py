"""Two entries have the same id.

A reference to that id then means only one of them; readers never find the other. It happens
when an entry is copied to start a new one.

Bad: ``id: urn:nl:ak:ver:avg-13`` in two files

Good: each entry its own id

Mend it: give the newest of the two another id, and rename its file to match. Never change the
id of an entry that is published: others refer to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.codes import code_in_stem, free_code, is_well_formed, numbered, written_id
from pipeline.rules.ids.released import released
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind


@framework_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="De id “{id}” is al in gebruik: zie regel {line} van {path}.",
            en="The id “{id}” is taken already: see line {line} of {path}.",
        ),
        "same-file": Text(
            nl="De id “{id}” is al in gebruik: zie regel {line} van dit bestand.",
            en="The id “{id}” is taken already: see line {line} of this file.",
        ),
        "stem": Text(
            nl="Er is al een bestand met de naam “{id}”: {path}.",
            en="There is a file named “{id}” already: {path}.",
        ),
    },
    help={
        "": Text(
            nl="Wie naar deze id verwijst, komt maar bij een van de twee uit. Geef de nieuwste een andere id.",
            en="Whoever refers to this id reaches only one of the two. Give the newest another id.",
        ),
        "stem": Text(
            nl="Wie hiernaar verwijst, komt maar bij een van de twee uit. Geef de nieuwste een andere naam.",
            en="Whoever refers to it reaches only one of the two. Give the newest another name.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Report every entry whose id an earlier one has."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in framework.entries:
        key = _key(entry)
        other = first.setdefault(key, entry) if key else entry
        if other is not entry:
            yield _problem(framework, entry, other)


def _key(entry: Entry) -> tuple[str, str] | None:
    """Give what must be unique; nothing for what has no id of its own.

    A term with two definitions is `text/term-duplicate`. An id that breaks the form of its
    kind may well be another kind's: it is `ids/malformed` and only held against its own kind.
    """
    kind = entry.kind
    if kind.files.layout == "abbreviations" or kind.identity.where == "path":
        return None
    if kind.identity.where == "field" and not written_id(entry):
        return None
    everywhere = kind.identity.template != "{code}" and (kind.identity.where == "stem" or is_well_formed(entry))
    return ("" if everywhere else kind.name, entry.id)


def _problem(framework: Framework, entry: Entry, other: Entry) -> Problem:
    where = other.location
    code = _lost_code(framework, entry) or free_code(entry, _largest_numbers(framework, entry.kind))
    variant = "stem" if entry.kind.identity.where == "stem" else "same-file" if entry.path == other.path else ""
    return Problem(
        location=entry.location,
        variant=variant,
        field=entry.kind.identity.field if variant != "stem" else "",
        parameters={
            "id": entry.id,
            "path": other.path,
            "line": where.begin.line,
            "suggestions": (entry.kind.identity.id_of(code),) if code else (),
        },
        related=(where,),
    )


def _lost_code(framework: Framework, entry: Entry) -> str:
    """Give the code in the file's name where the id has another one, and no entry has it."""
    kind = entry.kind
    by_file = kind.files.layout == "document" and kind.identity.where == "field"
    code = code_in_stem(kind, entry.stem) if by_file else ""
    owner = framework.index.table(kind.name, "id").get(kind.identity.id_of(code)) if code != entry.code else entry
    return code if owner is None or (owner is entry and code != entry.code) else ""


@lru_cache(maxsize=64)
def _largest_numbers(framework: Framework, kind: Kind) -> Mapping[str, int]:
    """Give the largest number that a code has or ever had, by what stands before it."""
    once = filter(None, map(kind.id_pattern.fullmatch, released(framework)))
    codes = [*(code for name, code, _ in framework.codes if name == kind.name), *(match["code"] for match in once)]
    largest: dict[str, int] = {}
    for before, number in filter(None, map(numbered, codes)):
        largest[before] = max(largest.get(before, 0), number)
    return largest
