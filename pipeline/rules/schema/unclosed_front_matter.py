"""The block of fields at the top of a file has no end.

The block starts with a line of three hyphens and must end with one. Without the end nobody
can tell fields from text, so nothing else in the file is checked.

Bad:

    ---
    title: Doe vooraf een DPIA

    ## Vereiste

Good:

    ---
    title: Doe vooraf een DPIA
    ---

    ## Vereiste

Mend it: put a line with three hyphens below the last field, at the start of the line.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Het blok met velden dat hier begint, heeft geen einde.",
            en="The block of fields that starts here has no end.",
        ),
        "heading": Text(
            nl="Het blok met velden dat hier begint, heeft geen einde: op regel {line} staat al een kopje.",
            en="The block of fields that starts here has no end: there is a heading already on line {line}.",
        ),
        "almost": Text(
            nl="Hier lijkt het blok met velden te eindigen, maar deze regel bestaat niet uit precies drie streepjes.",
            en="The block of fields seems to end here, but this line does not consist of just three hyphens.",
        ),
        "words": Text(
            nl="Achter de drie streepjes onder de velden staat nog tekst.",
            en="Text follows the three hyphens below the fields.",
        ),
        "early": Text(
            nl="Hier eindigt het blok met velden al, maar daarna komen nog velden (tot regel {line}).",
            en="The block of fields ends here already, but more fields follow (up to line {line}).",
        ),
    },
    help={
        "": Text(
            nl="Zet onder het laatste veld een regel met alleen drie streepjes, zonder spatie ervoor: ---",
            en="Put a line with just three hyphens below the last field, without a space before them: ---",
        ),
        "almost": Text(
            nl="Typ drie keer het streepje (-) van het toetsenbord, aan het begin van de regel: ---",
            en="Type the hyphen (-) of the keyboard three times, at the start of the line: ---",
        ),
        "words": Text(
            nl="Laat de drie streepjes alleen op hun regel staan en begin de tekst op de volgende regel.",
            en="Leave the three hyphens alone on their line and begin the text on the next one.",
        ),
        "early": Text(
            nl="Wat eronder staat, wordt nu als tekst gelezen. Haal deze regel met --- weg.",
            en="What follows is read as text now. Take this line with --- away.",
        ),
    },
)
