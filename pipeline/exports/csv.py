"""Tables for analysts: one for each kind, and one with all relations.

UTF-8, commas, CRLF and quotes as RFC 4180 has them. `pipeline.exports.plain.cell` tells how
lists and nested values are written.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from pipeline.exports.artifact import Artifact
from pipeline.exports.plain import cell, markdown_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.exports.artifact import Context
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
RELATIONS = ("van", "van_soort", "veld", "naar", "naar_soort", "locator")


def export(framework: Framework, _context: Context) -> Iterator[Artifact]:
    """Make ``csv/<kind>.csv`` for each kind and ``csv/relaties.csv``."""
    for kind in framework.kinds.values():
        entries = framework.index.of_kind(kind.name)
        yield _table(kind.name, _columns(kind), (_row(kind, entry) for entry in entries))
    yield _table("relaties", RELATIONS, _relations(framework))


def _table(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Artifact:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return Artifact(name=f"csv/{name}.csv", media_type=MEDIA_TYPE, content=stream.getvalue().encode())


def _columns(kind: Kind) -> list[str]:
    own = [name for name in kind.properties if name != kind.identity.field]
    return ["id", "code", *own, *(["tekst"] if kind.files.layout == "document" else [])]


def _row(kind: Kind, entry: Entry) -> list[Any]:
    own = [entry.fields.get(name) for name in kind.properties if name != kind.identity.field]
    return [entry.id, entry.code, *own, *([markdown_of(entry)] if kind.files.layout == "document" else [])]


def _relations(framework: Framework) -> Iterator[tuple[str, ...]]:
    for reference in framework.references:
        target = reference.target
        if target is not None:
            origin = reference.origin
            name = reference.spec.name or "tekst"
            yield (origin.id, origin.kind.name, name, target.id, target.kind.name, reference.locator)
