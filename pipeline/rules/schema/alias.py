"""The fields use a shortcut of YAML that people do not see through.

Anchors (``&naam``), aliases (``*naam``), merge keys (``<<``) and tags (``!soort``) make a value
mean something that does not stand there. They can also blow up a small file.

Bad: ``rollen: *dezelfde``

Good: ``rollen: [jurist]``

Mend it: write the value out. A value that should really start with ``&``, ``*`` or ``!`` goes
between straight quotation marks.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="“{name}” heeft hier een bijzondere betekenis.",
            en="“{name}” has a meaning of its own here.",
        ),
        "anchor": Text(
            nl="“&{name}” is hier geen tekst: het geeft de waarde een bijnaam.",
            en="“&{name}” is no text here: it gives the value a nickname.",
        ),
        "alias": Text(
            nl="“*{name}” is hier geen tekst: het haalt een waarde van een andere plek op.",
            en="“*{name}” is no text here: it fetches a value from elsewhere.",
        ),
        "merge": Text(
            nl="“<<” is hier geen veld: het haalt velden van een andere plek op.",
            en="“<<” is no field: it fetches fields from elsewhere.",
        ),
        "tag": Text(
            nl="“{name}” is hier geen tekst: het verandert hoe de waarde wordt gelezen.",
            en="“{name}” is no text here: it changes how the value is read.",
        ),
    },
    help=Text(
        nl="Schrijf de waarde voluit. Moet de tekst echt zo beginnen? "
        'Zet dan de hele waarde tussen rechte aanhalingstekens (").',
        en="Write the value out. Should the text really begin like this? "
        'Then put the whole value between straight quotation marks (").',
    ),
)
