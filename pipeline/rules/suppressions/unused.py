"""An exemption no longer hides anything.

The mistake that it was for has been mended, or moved. If it stays, it will one day hide a new
mistake that nobody decided about.

Bad: ``<!-- kader: negeer links/broken want die pagina komt in mei -->`` above a link that works

Good: the same text without that comment

Mend it: take the exemption away.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Deze opmerking slaat “{rule}” over, maar daar valt hier niets meer over te slaan.",
            en="This remark leaves out “{rule}”, but there is nothing left to leave out here.",
        ),
        "schema": Text(
            nl="Dit schema zet “{rule}” uit, maar die regel vindt hier niets meer.",
            en="This schema switches “{rule}” off, but that rule no longer finds anything here.",
        ),
    },
    help=Text(
        nl="Laat je haar staan, dan verbergt ze later misschien een nieuwe fout. Haal haar weg.",
        en="If it stays, it may hide a new mistake some day. Take it away.",
    ),
)
