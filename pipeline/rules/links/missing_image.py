"""The file of an image is not there.

Readers see an empty frame. Capitals count: ``Schema.PNG`` and ``schema.png`` are two files.

Bad: ``![Stappen van het onderzoek](images/stapen.png)``

Good: ``![Stappen van het onderzoek](images/stappen.png)``

Mend it: put the file in the folder, or correct the path to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.resolve import files_of, missing, moved
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework


@nearby_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="De afbeelding “{key}” is er niet.",
        en="There is no image “{key}”.",
    ),
    help=Text(
        nl="De lezer ziet een leeg vak. Zet het bestand in de map of verbeter het pad. Let op hoofdletters.",
        en="Readers see an empty frame. Put the file in the folder or correct the path. Capitals count.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every picture from the repository."""
    files = files_of(framework)
    for lead, search in missing(framework, images=True):
        path, found = lead.address.path, files.find_otherwise(lead) or moved(framework, lead)
        paths = (found,) if found else files.near(path, lead.document.source.path) if search else ()
        near = tuple(dict.fromkeys(files.relative(lead, path) for path in paths))
        yield Problem(
            location=target_place(lead),
            parameters={"key": path, "suggestions": near},
            fix=retarget(lead, near[0]) if len(near) == 1 else None,
        )
