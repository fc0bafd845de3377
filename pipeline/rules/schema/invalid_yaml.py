"""The fields cannot be read, because a sign stands where it does not belong.

Fields are written in YAML: a name, a colon, a space and a value. The message names the place
where reading stopped; the mistake is there or just above it.

Bad: ``title: DPIA: wat nu?`` (a second colon)

Good: ``title: "DPIA: wat nu?"``

Mend it: follow the hint in the message. When in doubt, put the value between double quotes.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Deze gegevens zijn niet te lezen vanaf deze plek.", en="The fields cannot be read from here on."),
        "colon": Text(
            nl="Hier staat een tweede dubbele punt in een waarde.",
            en="There is a second colon in a value here.",
        ),
        "above": Text(
            nl="Deze regel past niet bij de regel erboven.",
            en="This line does not go with the line above it.",
        ),
        "quote": Text(
            nl="Het aanhalingsteken dat hier begint, wordt nergens gesloten.",
            en="The quotation mark that starts here is never closed.",
        ),
        "bracket": Text(
            nl="Het haakje van deze lijst wordt niet gesloten, of er ontbreekt een komma.",
            en="The bracket of this list is not closed, or a comma is missing.",
        ),
        "indent": Text(
            nl="Deze regel springt anders in dan de regels erboven.",
            en="This line is indented differently from the lines above it.",
        ),
        "tab": Text(
            nl="Hier staat een tab. Inspringen mag alleen met spaties.",
            en="There is a tab here. Only spaces may indent a line.",
        ),
        "no-colon": Text(nl="Hier ontbreekt een dubbele punt na de naam.", en="A colon is missing after this name."),
        "character": Text(
            nl="Een waarde mag niet met dit teken beginnen, of het teken is niet toegestaan.",
            en="A value may not start with this sign, or the sign is not allowed.",
        ),
        "escape": Text(
            nl="Na de schuine streep \\ staat een teken dat daar niet mag staan.",
            en="The backslash is followed by a sign that may not follow it.",
        ),
        "several": Text(
            nl="Hier begint een tweede blok gegevens. Er mag er maar één zijn.",
            en="A second block of fields starts here. There can be only one.",
        ),
        "complex-key": Text(
            nl="De naam voor de dubbele punt is zelf een lijst. Gebruik een gewoon woord.",
            en="The name before the colon is a list itself. Use a plain word.",
        ),
    },
    help={
        "": Text(
            nl="Zolang dit niet klopt, wordt de rest van het bestand niet gecontroleerd. "
            "Kijk ook naar de regel erboven.",
            en="Until this is mended, the rest of the file is not checked. Look at the line above as well.",
        ),
        "colon": Text(
            nl="Zet de hele waarde tussen dubbele aanhalingstekens.",
            en="Put the whole value between double quotation marks.",
        ),
        "above": Text(
            nl="Controleer of op de regel erboven een dubbele punt en een spatie staan, en of deze regel "
            "niet te ver inspringt.",
            en="See whether the line above has a colon and a space, and whether this line is indented too far.",
        ),
        "quote": Text(nl="Zet aan het eind van de waarde hetzelfde teken.", en="Put the same mark at the value's end."),
        "indent": Text(
            nl="Laat regels die bij elkaar horen evenveel spaties inspringen.",
            en="Indent lines that belong together by the same number of spaces.",
        ),
        "tab": Text(nl="Vervang de tab door twee spaties.", en="Replace the tab by two spaces."),
        "character": Text(
            nl="Zet de waarde tussen dubbele aanhalingstekens.",
            en="Put the value between double quotation marks.",
        ),
    },
)
