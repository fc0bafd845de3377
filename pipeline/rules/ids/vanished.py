"""An id that was once released, or that the base still had, has no entry any more.

Others, outside this repository too, refer to entries by their id. An entry is therefore never
deleted: it gets a status that says it was withdrawn or replaced, and stays as a short page.
Which ids were released stands in the list that each release adds to. With ``--base`` the ids
of that earlier revision count as well; an id that is just the name of a file goes with it.

Bad: the file with ``id: urn:nl:ak:ver:avg-13`` was deleted, or its id was changed

Good: the file stays, with ``status: ingetrokken``

Mend it: put the entry back under its old id and give it the status for withdrawn, or the one
for replaced together with its successor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.codes import code_in_stem, is_well_formed, with_id
from pipeline.rules.ids.lost import lost
from pipeline.rules.ids.redirects import GONE
from pipeline.rules.ids.released import released
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Kind
    from pipeline.rules.ids.lost import Lost


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
        "deleted": Text(
            nl="De pagina met de id “{id}” is verwijderd.",
            en="The entry with the id “{id}” was deleted.",
        ),
        "renamed": Text(
            nl="Deze pagina had de id “{id}”, en heeft nu een andere.",
            en="This entry had the id “{id}”, and has another one now.",
        ),
        "gone": Text(
            nl="De pagina met de id “{id}” is verwijderd.",
            en="The entry with the id “{id}” was deleted.",
        ),
        "joined": Text(
            nl="De pagina met de id “{id}” is verwijderd; haar tekst staat nu bij “{other}”.",
            en="The entry with the id “{id}” was deleted; “{other}” has its text now.",
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
        "deleted": Text(
            nl="Anderen verwijzen er nog naar. Zet de pagina terug en geef haar de status “{withdrawn}”.",
            en="Others still refer to it. Put the entry back and give it the status “{withdrawn}”.",
        ),
        "renamed": Text(
            nl="Anderen verwijzen nog naar de oude id. Zet die terug.",
            en="Others still refer to the old id. Put it back.",
        ),
        "joined": Text(
            nl="Anderen verwijzen er nog naar. Zet de pagina terug met de status “{replaced}”, en noem “{other}” als "
            "opvolger.",
            en="Others still refer to it. Put the entry back with the status “{replaced}”, and name “{other}” as its "
            "successor.",
        ),
        "gone": Text(
            nl="Anderen verwijzen er misschien nog naar. Kijk of dat klopt voordat je de pagina weghaalt.",
            en="Others may still refer to it. See whether they do before you take the entry away.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look for the entry of every id in the ledger, then of every id that the base had."""
    ledger = released(framework)
    yield from _released(framework)
    for each in lost(framework):
        if each.entry.id not in ledger:
            yield _since_base(each)


def _since_base(lost: Lost) -> Problem:
    entry, other = lost.entry, lost.other
    if lost.renamed and other is not None:
        return Problem(
            location=lost.location,
            variant="renamed",
            field=other.kind.identity.field,
            parameters={"id": entry.id, "suggestions": (entry.id,)},
            fix=with_id(other, entry.id),
        )
    states = {state: status for status, state in reversed(list(entry.kind.states.items()))}
    lasting = any(state in states for state in GONE)
    return Problem(
        location=lost.location,
        # Where a kind has no such status, a page can only be deleted.
        variant="gone" if not lasting else "joined" if other else "deleted",
        parameters={
            "id": entry.id,
            "other": other.id if other else "",
            "withdrawn": states.get("withdrawn") or states.get("replaced", ""),
            "replaced": states.get("replaced") or states.get("withdrawn", ""),
        },
        related=(other.location,) if other else (),
        severity=None if lasting else Severity.WARNING,
    )


def _released(framework: Framework) -> Iterator[Problem]:
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
            yield Problem(
                location=where,
                variant="changed",
                parameters={"id": name, "path": entry.path},
                fix=with_id(entry, name),
                related=(entry.location,),
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
