"""An entry refers to itself.

It says nothing, and on the site the page would list itself among its relations.

Bad: in ``avg-13``: ``zie-ook: [avg-13]``

Good: ``zie-ook: [avg-10]``

Mend it: take the reference away, or name the entry that was meant.
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
    severity=Severity.ERROR,
    message=Text(nl="“{key}” is deze pagina zelf.", en="“{key}” is this page itself."),
    help=Text(
        nl="Haal de verwijzing weg, of noem de pagina die je bedoelt.",
        en="Take the reference away, or name the page that you mean.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Compare each reference's two ends."""
    for reference in framework.references:
        if reference.target is reference.origin:
            yield Problem(location=reference.location, field=reference.field, parameters={"key": reference.key})
