"""The same field stands twice in one block.

Programs keep just one of the two and drop the other without a word.

Bad:

    rollen:
      - jurist
    rollen:
      - projectleider

Good:

    rollen:
      - jurist
      - projectleider

Mend it: join the two, or take one away.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Het veld “{key}” staat er al, op regel {line}.",
        en="The field “{key}” is already there, on line {line}.",
    ),
    help=Text(
        nl="Een van de twee raakt ongemerkt kwijt. Voeg ze samen of haal er een weg.",
        en="One of the two gets lost unnoticed. Join them or take one away.",
    ),
)
