"""One page names another, and the other does not name it back.

This matters only in a framework that stores a relation on both pages: there the two lists
must say the same.

Bad: ``b`` stands in the list of ``a``, but ``a`` not in the list of ``b``.

Good: each stands in the other's list.

Mend it: add the way back, or take the reference away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.model.framework import names_of
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@nearby_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="“{key}” noemt deze pagina niet terug in het veld “{mirror}”.",
        en="“{key}” does not name this page back in the field “{mirror}”.",
    ),
    help=Text(
        nl="Zet “{own}” in het veld “{mirror}” van {path}, of haal deze verwijzing weg.",
        en="Put “{own}” in the field “{mirror}” of {path}, or take this reference away.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Compare the two sides of relations that are stored twice."""
    for reference in framework.references:
        target, mirror = reference.target, reference.spec.mirror
        if target is None or not mirror:
            continue
        if any(each.target is reference.origin and each.path[:1] == (mirror,) for each in framework.outgoing(target)):
            continue
        if target.node is None or not target.document.readable:
            continue  # what a broken file says is not known
        back = target.kind.reference_in(mirror)
        yield Problem(
            location=reference.location,
            field=reference.field,
            related=(target.location,),
            parameters={
                "key": reference.key,
                "mirror": mirror,
                "own": next(names_of(reference.origin, back.by if back else "id"), reference.origin.id),
                "path": target.path,
            },
        )
