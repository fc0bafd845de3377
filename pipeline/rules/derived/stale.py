"""A file that is made from the entries differs from what they say now.

Somebody changed an entry and did not make the file anew. Whoever uses the file works with what
used to be so.

Bad: a table that does not list a measure under the norm that the measure names

Good: the table as the command makes it today

Mend it: run the command that the message names, and add the file to your change. Never edit the
file by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.derived.table import ids_in, read_table, use_of, words_used
from pipeline.rules.rule import framework_rule
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.documents.document import Document
    from pipeline.model.demands import Derived
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.derived.table import Table, Use
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
        uses = [use_of(entry, derived) for entry in framework.index.of_kind(derived.of)]
        yield from against(derived, framework.kinds[derived.of], framework.extras.get(derived.file), uses)


def against(derived: Derived, kind: Kind, document: Document | None, uses: Sequence[Use]) -> Iterator[Problem]:
    """Hold a derived file, where it is there, against what all entries of a kind say."""
    if document is None:
        yield _problem(derived, Source(path=derived.file, text="").at(0), "missing")
    elif document.readable:
        table = read_table(document.source)
        if table is None or derived.row not in table.columns:
            yield _problem(derived, document.source.at(0), "", column=derived.row)
        else:
            yield from _differences(derived, kind, table, uses)


def _differences(derived: Derived, kind: Kind, table: Table, uses: Sequence[Use]) -> Iterator[Problem]:
    # Of two with the same name, the last one counts.
    names = {use.name: use.unsure for use in uses}
    unsure = {name for name, is_unsure in names.items() if is_unsure}
    used = words_used(uses)
    own = {name for name in table.columns if name in names or kind.id_pattern.fullmatch(name)}
    left = dict(used)
    told: set[str] = set()
    for row in table.rows:
        listed, anywhere = ids_in(
            row, derived, own, lambda word: word in names or bool(kind.id_pattern.fullmatch(word))
        )
        key = (row.cells.get(derived.group, ""), row.cells.get(derived.row, ""))
        left.pop(key, None)
        wanted = used.get(key, set())
        lacks, extra = wanted - listed - unsure, anywhere - wanted - unsure
        told |= lacks | extra
        if lacks or extra:
            variant = "both" if lacks and extra else "lacks" if lacks else "extra"
            yield _problem(derived, row.location, variant, word=key[1], lacks=_some(lacks), extra=_some(extra))
    if new := {word for (_group, word), users in left.items() if users - unsure}:
        yield _problem(derived, table.header, "words", lacks=_some(new))
    # A column that is missing or too much is told where a row lacks or has it; else here.
    if own and (without := names.keys() - own - told - unsure):
        yield _problem(derived, table.header, "columns", lacks=_some(without))
    if gone := own - names.keys() - told:
        yield _problem(derived, table.header, "gone", extra=_some(gone))


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
