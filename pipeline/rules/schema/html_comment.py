"""A remark between ``<!--`` and ``-->`` stands among the fields.

Such remarks belong in the text. Among the fields they become part of a value, or make the
block unreadable.

Bad: ``<!-- nog aanvullen -->``

Good: ``# nog aanvullen``

Mend it: begin the line with ``#`` instead, or move the remark to the text below.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Hier staat een opmerking tussen <!-- en -->. Dat kan wel in de tekst, maar niet tussen de velden.",
        en="There is a remark between <!-- and --> here. The text may have those, the fields may not.",
    ),
    help=Text(
        nl="Begin de regel met een hekje (#), of zet de opmerking in de tekst onder de velden.",
        en="Begin the line with a number sign (#), or move the remark to the text below the fields.",
    ),
)
