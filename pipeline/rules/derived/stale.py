"""A file that is made from the entries differs from what they say now.

Somebody changed an entry and did not make the file anew. Whoever uses the file works with what
used to be so.

Bad: a table that does not list a measure under the norm that the measure names

Good: the table as the command makes it today

Mend it: run the command that the message names, and add the file to your change. Never edit the
file by hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.coverage.doubt import is_misread
from pipeline.rules.derived.table import id_by_file, ids_in, read_table, words_used
from pipeline.rules.rule import framework_rule
from pipeline.rules.schema.violations import gate
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.demands import Derived
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.derived.table import Table
    from pipeline.text import Location

MOST: Final = 5
"""Most ids or words that a message names."""


@framework_rule(
    severity=Severity.WARNING,
    message={
        "lacks": Text(nl="Bij “{word}” ontbreekt: {lacks}.", en="“{word}” lacks: {lacks}."),
        "extra": Text(nl="Bij “{word}” hoort niet meer: {extra}.", en="“{word}” should no longer have: {extra}."),
        "both": Text(
            nl="Bij “{word}” ontbreekt: {lacks}, en hoort niet meer: {extra}.",
            en="“{word}” lacks: {lacks}, and should no longer have: {extra}.",
        ),
        "columns": Text(
            nl="In deze tabel ontbreekt een kolom voor: {lacks}.", en="This table has no column for: {lacks}."
        ),
        "gone": Text(
            nl="Deze tabel heeft een kolom voor iets wat er niet meer is: {extra}.",
            en="This table has a column for what is no longer there: {extra}.",
        ),
        "words": Text(nl="In deze tabel ontbreekt een regel voor: {lacks}.", en="This table has no row for: {lacks}."),
        "missing": Text(nl="Dit bestand ontbreekt.", en="This file is missing."),
        "": Text(
            nl="Deze tabel is niet te lezen. Op de eerste regel hoort “{column}” te staan.",
            en="This table cannot be read. Its first line should have “{column}”.",
        ),
    },
    help=Text(
        nl="Een programma maakt dit bestand uit de pagina's, en het loopt nu achter. Maak het opnieuw met: {command}",
        en="A program makes this file from the entries, and it has fallen behind. Make it anew with: {command}",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Hold each derived file against the entries."""
    for derived in framework.settings.demands.derived:
        document = framework.extras.get(derived.file)
        if document is None:
            yield _problem(derived, Source(path=derived.file, text="").at(0), "missing")
        elif document.readable:
            table = read_table(document.source)
            if table is None or derived.row not in table.columns:
                yield _problem(derived, document.source.at(0), "", column=derived.row)
            else:
                yield from _differences(framework, derived, table)


def _differences(framework: Framework, derived: Derived, table: Table) -> Iterator[Problem]:
    kind = framework.kinds[derived.of]
    entries = {id_by_file(entry): entry for entry in framework.index.of_kind(kind.name)}
    unsure = _unsure(entries, kind, derived.field)
    used = words_used(framework, derived)
    own = {name for name in table.columns if name in entries or kind.id_pattern.fullmatch(name)}
    left = dict(used)
    told: set[str] = set()
    for row in table.rows:
        listed, anywhere = ids_in(
            row, derived, own, lambda word: word in entries or bool(kind.id_pattern.fullmatch(word))
        )
        key = (row.cells.get(derived.group, ""), row.cells.get(derived.row, ""))
        left.pop(key, None)
        wanted = used.get(key, set())
        lacks, extra = wanted - listed - unsure, anywhere - wanted - unsure
        told |= lacks | extra
        if lacks or extra:
            variant = "both" if lacks and extra else "lacks" if lacks else "extra"
            yield _problem(derived, row.location, variant, word=key[1], lacks=_some(lacks), extra=_some(extra))
    if new := {word for (_group, word), names in left.items() if names - unsure}:
        yield _problem(derived, table.header, "words", lacks=_some(new))
    # A column that is missing or too much is told where a row lacks or has it; else here.
    if own and (without := entries.keys() - own - told - unsure):
        yield _problem(derived, table.header, "columns", lacks=_some(without))
    if gone := own - entries.keys() - told:
        yield _problem(derived, table.header, "gone", extra=_some(gone))


def _unsure(entries: Mapping[str, Entry], kind: Kind, field: str) -> set[str]:
    """Give the entries with a mistake in them: what they would say nobody knows, and the mistake is told."""
    is_right = gate(replace(kind, schema={"properties": {field: kind.properties[field]}}))
    unsure: set[str] = set()
    for name, entry in entries.items():
        if field not in entry.fields:
            wrong = entry.node is None or is_misread(entry, field)
        else:
            wrong = entry.fields[field] is not None and not is_right(entry.fields)
        if wrong:
            unsure.add(name)
    return unsure


def _some(words: set[str]) -> str:
    shown = ", ".join(sorted(words)[:MOST])
    return f"{shown}, …" if len(words) > MOST else shown


def _problem(derived: Derived, location: Location, variant: str, **parameters: str) -> Problem:
    return Problem(
        location=location,
        variant=variant,
        field=variant,
        parameters={"command": derived.command, **parameters},
    )
