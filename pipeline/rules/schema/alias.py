"""The fields use a shortcut of YAML that people do not see through.

Anchors (``&naam``), aliases (``*naam``), merge keys (``<<``) and tags (``!soort``) make a value
mean something that does not stand there. They can also blow up a small file.

Bad: ``rollen: *dezelfde``

Good: ``rollen: [jurist]``

Mend it: write the value out. A value that should really start with ``&``, ``*`` or ``!`` goes
between quotation marks.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="“{name}” is een verkorte schrijfwijze.", en="“{name}” is a shortcut."),
        "anchor": Text(nl="“&{name}” geeft een waarde een bijnaam.", en="“&{name}” gives a value a nickname."),
        "alias": Text(nl="“*{name}” herhaalt een waarde van elders.", en="“*{name}” repeats a value from elsewhere."),
        "merge": Text(nl="“<<” voegt velden van elders in.", en="“<<” merges fields from elsewhere."),
        "tag": Text(nl="“{name}” verandert wat de waarde betekent.", en="“{name}” changes what the value means."),
    },
    help=Text(
        nl="Schrijf de waarde voluit. Moet de waarde echt zo beginnen? Zet haar dan tussen aanhalingstekens.",
        en="Write the value out. Should it really begin like this? Put it between quotation marks.",
    ),
)
