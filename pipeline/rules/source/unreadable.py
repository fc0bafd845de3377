"""The file is there, but cannot be opened.

Its rights may forbid it, or it may be a link to a file that is gone. Nothing in it is checked.

Bad: a file that only its owner may read

Good: a file that everyone may read

Mend it: see what the message says about the cause. Most often it helps to put the file in
its place again.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Dit bestand is niet te openen ({detail}).",
        en="This file cannot be opened ({detail}).",
    ),
    help=Text(
        nl="Het bestand wordt nu niet gecontroleerd. Controleer of het bestaat en of anderen het mogen lezen.",
        en="The file is not checked now. See whether it exists and whether others may read it.",
    ),
)
