"""An id that was once released has no entry any more.

Others, outside this repository too, refer to entries by their id. An entry is therefore never
deleted: it gets a status that says it was withdrawn or replaced, and stays as a short page.

Bad: the file with ``id: urn:nl:ak:ver:avg-13`` was deleted, or its id was changed

Good: the file stays, with ``status: ingetrokken``

Mend it: put the entry back under its old id and give it the status for withdrawn, or the one
for replaced together with its successor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.codes import code_in_stem, is_well_formed
from pipeline.rules.ids.released import released
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind


@framework_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="De id “{id}” is ooit uitgegeven, maar er is geen pagina meer met deze id.",
            en="The id “{id}” was once released, but no entry has it any more.",
        ),
        "changed": Text(
            nl="De id “{id}” is ooit uitgegeven, maar in {path} staat nu een andere id.",
            en="The id “{id}” was once released, but {path} has another id now.",
        ),
    },
    help={
        "": Text(
            nl="Anderen verwijzen nog naar deze id. Zet de pagina terug, met de status die zegt dat zij is "
            "ingetrokken of vervangen.",
            en="Others still refer to this id. Put the entry back, with the status for withdrawn or replaced.",
        ),
        "changed": Text(
            nl="Anderen verwijzen nog naar deze id. Geef de pagina haar oude id terug.",
            en="Others still refer to this id. Give the entry its old id back.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look for the entry of every id in the ledger."""
    ids = {entry.id for entry in framework.entries}
    by_name = _by_code_in_name(framework)
    unread = {kind.name for kind in framework.kinds.values() if _is_unread_list(framework, kind)}
    for name, where in released(framework).items():
        if name in ids:
            continue
        kind, code = next(
            ((kind, match["code"]) for kind in framework.kinds.values() if (match := kind.id_pattern.fullmatch(name))),
            (None, ""),
        )
        if kind and kind.name in unread:
            continue  # the file that cannot be read is one mistake, not one for each of its entries
        entry = by_name.get((kind.name, code)) if kind else None
        if entry is None:
            yield Problem(location=where, parameters={"id": name})
        elif is_well_formed(entry):
            related = (entry.location,)
            yield Problem(
                location=where, variant="changed", parameters={"id": name, "path": entry.path}, related=related
            )


def _by_code_in_name(framework: Framework) -> dict[tuple[str, str], Entry]:
    """Give the entries in files of their own by kind and the code in the file's name."""
    return {
        (entry.kind.name, code): entry
        for entry in framework.entries
        if entry.kind.files.layout == "document" and (code := code_in_stem(entry.kind, entry.stem))
    }


def _is_unread_list(framework: Framework, kind: Kind) -> bool:
    document = framework.documents_by_path.get(kind.files.file)
    return document is not None and (document.front is None or not isinstance(document.front.value, list))
