"""A reference names an entry that was replaced or withdrawn.

The old page is kept so that its id is never lost, but it no longer counts. A replaced entry
is a warning, because its successor is known; a withdrawn one is an error. What old pages say
of one another is left alone.

Bad: ``vereiste: [avg-13]``, while ``avg-13`` was replaced by ``avg-14``

Good: ``vereiste: [avg-14]``

Mend it: name the successor, after reading whether it says what you need. Without a successor,
take the reference away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.redirects import GONE, is_successor, name_like, redirected, redirects
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings import Fix
    from pipeline.model.framework import Entry, Framework, Reference


@nearby_rule(
    severity=Severity.WARNING,
    message={
        "": Text(nl="“{key}” is vervangen.", en="“{key}” was replaced."),
        "withdrawn": Text(nl="“{key}” is ingetrokken.", en="“{key}” was withdrawn."),
    },
    help={
        "": Text(
            nl="De lezer komt uit bij een pagina die niet meer geldt. Noem de opvolger.",
            en="Readers arrive at a page that no longer counts. Name its successor.",
        ),
        "withdrawn": Text(
            nl="De lezer komt uit bij een pagina die niet meer geldt. Haal de verwijzing weg of noem een andere.",
            en="Readers arrive at a page that no longer counts. Take the reference away or name another.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at the target of every reference in an entry that counts."""
    for reference in framework.references:
        target = reference.target
        if target is None or target.state not in GONE:
            continue
        if target is not reference.origin and reference.origin.state not in GONE and not is_successor(reference):
            yield _problem(framework, reference, withdrawn=target.state == "withdrawn")


def _problem(framework: Framework, reference: Reference, *, withdrawn: bool) -> Problem:
    ends = redirects(framework).ends(reference.target)
    alive = [entry for entry in ends if entry.state not in GONE and entry is not reference.origin]
    return Problem(
        location=reference.location,
        variant="withdrawn" if withdrawn else "",
        field=reference.field,
        parameters={
            "key": reference.key,
            "suggestions": tuple(name_like(reference, entry) for entry in alive),
        },
        fix=None if withdrawn else _fix(reference, ends, alive, framework),
        severity=Severity.ERROR if withdrawn else None,
    )


def _fix(reference: Reference, ends: Sequence[Entry], alive: Sequence[Entry], framework: Framework) -> Fix | None:
    """Name the successor where there is just one, among the fields.

    What running text says of an entry was written about the old one, and a law that takes the
    place of another has other articles: there people must read before they change the name.
    """
    is_plain = len(ends) == len(alive) == 1 and not reference.locator
    return redirected(reference, alive, framework) if is_plain else None
