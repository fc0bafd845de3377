"""The file is larger or more deeply nested than this program reads.

The limits are far above what an entry needs. They keep one odd file, made by accident or
to do harm, from holding up the check of all the others.

Bad: a page with a picture pasted in as text, or fifty lists inside one another

Good: the picture in a file of its own, a plain list

Mend it: take out what does not belong in a text, or spread the text over several entries.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Dit bestand is te groot om na te kijken.",
            en="This file is too large to check.",
        ),
        "bytes": Text(
            nl="Dit bestand is te groot om na te kijken: het telt meer dan {limit} bytes.",
            en="This file is too large to check: it has more than {limit} bytes.",
        ),
        "depth": Text(
            nl="Hier staan te veel lijsten in elkaar: het mogen er hooguit {limit} zijn.",
            en="Too many lists stand inside one another here: there can be {limit} at most.",
        ),
        "values": Text(
            nl="Dit bestand bevat te veel gegevens: het mogen er hooguit {limit} zijn.",
            en="This file holds too many values: there can be {limit} at most.",
        ),
    },
    help={
        "": Text(
            nl="Het bestand wordt nu niet gecontroleerd. Haal eruit wat er niet in hoort, zoals een ingeplakte "
            "afbeelding, of verdeel de tekst over meer bestanden.",
            en="The file is not checked now. Take out what does not belong in it, such as a pasted picture, "
            "or spread the text over several files.",
        ),
        "depth": Text(
            nl="Het bestand wordt nu niet gecontroleerd. Vaak staat er ergens een haakje te veel.",
            en="The file is not checked now. Often there is a bracket too many somewhere.",
        ),
    },
)
