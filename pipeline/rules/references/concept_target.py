"""An adopted entry leans on one that is still a draft.

Readers take an adopted page for certain; what it rests on should be certain too.

Bad: a requirement with ``status: vastgesteld`` whose source has ``status: concept``.

Good: both adopted, or both drafts.

Mend it: have the other entry adopted first, or keep this one a draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@nearby_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="“{key}” is nog niet vastgesteld, terwijl deze pagina dat wel is.",
        en="“{key}” is not adopted yet, while this page is.",
    ),
    help=Text(
        nl="Laat eerst “{title}” vaststellen, of maak van deze pagina weer een concept.",
        en="Have “{title}” adopted first, or make this page a draft again.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at references from final entries to drafts, once a pair; fixed lists of words do not count."""
    seen: set[tuple[int, int]] = set()
    for reference in framework.references:
        target = reference.target
        if target is None or reference.spec.vocabulary or reference.origin.state != "final":
            continue
        pair = (id(reference.origin), id(target))
        if target.state == "draft" and pair not in seen:
            seen.add(pair)
            yield Problem(
                location=reference.location,
                field=reference.field,
                related=(target.location,),
                parameters={"key": reference.key, "title": target.title},
            )
