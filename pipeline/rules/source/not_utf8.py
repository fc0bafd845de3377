"""The file is saved in an encoding that cannot be read.

Every file is read as UTF-8. A file that an old program saved in another encoding shows
wrong letters, such as ``co�rdinatie``, and nothing else in it can be checked.

Bad: a file saved as "Windows-1252" or "ANSI", or as UTF-16 ("Unicode")

Good: the same file saved as "UTF-8"

Mend it: open the file in the program that you wrote it with, choose "Save as" and then the
encoding UTF-8. Letters with accents may need to be typed again.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Dit bestand is niet opgeslagen als UTF-8: vanaf dit teken is het niet te lezen "
        "(byte {offset}, waarde {byte}; vermoedelijke codering: {encoding}).",
        en="This file is not saved as UTF-8: from this character on it cannot be read "
        "(byte {offset}, value {byte}; probable encoding: {encoding}).",
    ),
    help=Text(
        nl="Lezers zien hier verkeerde letters. Sla het bestand opnieuw op en kies als codering UTF-8.",
        en="Readers see wrong letters here. Save the file again and choose UTF-8 as its encoding.",
    ),
)
