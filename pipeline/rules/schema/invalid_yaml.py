"""The fields cannot be read, because a sign stands where it does not belong.

Fields are written in YAML: a name, a colon, a space and a value. The message names the place
where the mistake most likely is; until it is mended, the rest of the fields is not checked.

Bad: ``title: DPIA: wat nu?`` (a second colon)

Good: ``title: "DPIA: wat nu?"``

Mend it: follow the hint below the message. When in doubt, put the value between straight
double quotation marks.
"""

from __future__ import annotations

from typing import Final

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

_QUOTE_ALL: Final = Text(
    nl='Zet de hele waarde tussen rechte aanhalingstekens: "…"',
    en='Put the whole value between straight quotation marks: "…"',
)

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="De velden zijn niet te lezen vanaf deze plek.", en="The fields cannot be read from here on."),
        "colon": Text(
            nl="Hier staat een dubbele punt midden in een waarde.",
            en="There is a colon in the middle of a value here.",
        ),
        "no-space": Text(
            nl="Na deze dubbele punt ontbreekt een gewone spatie.",
            en="A plain space is missing after this colon.",
        ),
        "no-colon": Text(
            nl="Op deze regel staat geen naam met een dubbele punt en een spatie.",
            en="This line has no name with a colon and a space.",
        ),
        "no-name": Text(
            nl="Voor deze dubbele punt ontbreekt de naam van het veld.",
            en="The field's name is missing before this colon.",
        ),
        "no-dash-space": Text(nl="Na dit streepje ontbreekt een spatie.", en="A space is missing after this hyphen."),
        "quote": Text(
            nl="Het aanhalingsteken dat hier begint, wordt niet gesloten.",
            en="The quotation mark that starts here is not closed.",
        ),
        "after-quote": Text(
            nl="Het aanhalingsteken sloot de waarde al af, maar er staat nog tekst achter.",
            en="The quotation mark ended the value, but there is more text after it.",
        ),
        "bracket": Text(
            nl="Het haakje dat hier begint, wordt niet gesloten, of er ontbreekt een komma.",
            en="The bracket that starts here is not closed, or a comma is missing.",
        ),
        "after-bracket": Text(
            nl="Het haakje sloot de waarde al af, maar er staat nog iets achter.",
            en="The bracket ended the value, but there is something after it.",
        ),
        "comma": Text(
            nl="Hier ontbreekt een komma tussen twee onderdelen, of een haakje.",
            en="A comma between two items is missing here, or a bracket.",
        ),
        "braces": Text(nl="Deze dubbele accolades zijn niet te lezen.", en="These double braces cannot be read."),
        "indent": Text(
            nl="Deze regel springt anders in dan de regels erboven.",
            en="This line is indented differently from the lines above it.",
        ),
        "indented": Text(
            nl="Deze regel springt verder in dan de regel erboven, die al een waarde heeft.",
            en="This line is indented more than the line above it, which already has a value.",
        ),
        "stray-item": Text(
            nl="Hier begint een lijst, maar het veld erboven heeft al een waarde.",
            en="A list starts here, but the field above it already has a value.",
        ),
        "dash": Text(
            nl="Een waarde mag niet met een streepje beginnen.",
            en="A value may not start with a hyphen.",
        ),
        "bullet": Text(
            nl="Een onderdeel van een lijst begint met een streepje, niet met een sterretje.",
            en="An item of a list starts with a hyphen, not with an asterisk.",
        ),
        "start": Text(
            nl="Een waarde mag niet met “{sign}” beginnen.",
            en="A value may not start with “{sign}”.",
        ),
        "tab": Text(
            nl="Hier staat een tab. Inspringen mag alleen met spaties.",
            en="There is a tab here. Only spaces may indent a line.",
        ),
        "blank": Text(
            nl="Deze regel begint met een vaste spatie in plaats van een gewone.",
            en="This line starts with a non-breaking space instead of a plain one.",
        ),
        "control": Text(
            nl="Hier staat een onzichtbaar teken dat niet is toegestaan.",
            en="There is an invisible character here that is not allowed.",
        ),
        "escape": Text(
            nl="Na de schuine streep \\ staat een teken dat daar niet mag staan.",
            en="The backslash \\ is followed by a sign that may not follow it.",
        ),
        "several": Text(
            nl="Hier begint een tweede blok met velden. Er mag er maar één zijn.",
            en="A second block of fields starts here. There can be only one.",
        ),
        "complex-key": Text(
            nl="De naam voor de dubbele punt is geen gewoon woord.",
            en="The name before the colon is not a plain word.",
        ),
    },
    help={
        "": Text(
            nl="Kijk ook naar de regel erboven. Vergelijk het blok met dat van een ander bestand van dezelfde soort.",
            en="Look at the line above as well. Compare the block with that of another file of the same kind.",
        ),
        "colon": _QUOTE_ALL,
        "no-space": Text(
            nl="Typ achter de dubbele punt een spatie met de spatiebalk.",
            en="Type a space after the colon with the space bar.",
        ),
        "no-colon": Text(
            nl="Is dit een nieuw veld? Zet achter de naam een dubbele punt en een spatie. "
            "Hoort de regel bij de waarde erboven? Laat hem dan inspringen met twee spaties.",
            en="Is it a new field? Put a colon and a space after its name. "
            "Does it belong to the value above? Then indent it by two spaces.",
        ),
        "no-name": Text(nl="Zet de naam van het veld ervoor.", en="Put the field's name before it."),
        "no-dash-space": Text(nl="Zet een spatie tussen het streepje en de tekst.", en="Put a space between the two."),
        "quote": Text(
            nl="Zet aan het eind van de waarde hetzelfde aanhalingsteken.",
            en="Put the same quotation mark at the end of the value.",
        ),
        "after-quote": Text(
            nl='Zet de hele waarde tussen één paar rechte aanhalingstekens ("), en gebruik daarbinnen ‘ en ’.',
            en='Put the whole value between one pair of straight quotation marks ("), and use ‘ and ’ inside.',
        ),
        "bracket": Text(
            nl="Een lijst tussen haakjes ziet er zo uit: [jurist, projectleider]",
            en="A list between brackets looks like this: [jurist, projectleider]",
        ),
        "after-bracket": Text(
            nl='Hoort het haakje bij de tekst? Zet dan de hele waarde tussen rechte aanhalingstekens: "…" '
            "Zo niet, haal dan weg wat erachter staat.",
            en='Is the bracket part of the text? Then put the whole value between straight quotation marks: "…" '
            "If not, take away what follows.",
        ),
        "comma": Text(
            nl="Een lijst tussen haakjes ziet er zo uit: [jurist, projectleider]",
            en="A list between brackets looks like this: [jurist, projectleider]",
        ),
        "braces": Text(
            nl='Vul in wat hier moet staan, of zet de hele waarde tussen rechte aanhalingstekens: "…"',
            en='Fill in what belongs here, or put the whole value between straight quotation marks: "…"',
        ),
        "indent": Text(
            nl="Laat regels die bij elkaar horen evenveel spaties inspringen.",
            en="Indent lines that belong together by the same number of spaces.",
        ),
        "indented": Text(
            nl="Is dit een nieuw veld? Haal dan de spaties ervoor weg. Hoort het bij de waarde erboven? "
            'Zet dan die hele waarde tussen rechte aanhalingstekens: "…"',
            en="Is it a new field? Then take away the spaces before it. Does it belong to the value above? "
            'Then put that whole value between straight quotation marks: "…"',
        ),
        "stray-item": Text(
            nl="Zet boven de lijst de naam van het veld met een dubbele punt, en niets daarachter.",
            en="Put the field's name with a colon above the list, and nothing after it.",
        ),
        "dash": Text(
            nl="Is het een lijst? Begin die dan op de volgende regel. Zo niet, zet dan de waarde tussen rechte "
            'aanhalingstekens: "…"',
            en="Is it a list? Then start it on the next line. If not, put the value between straight quotation "
            'marks: "…"',
        ),
        "bullet": Text(nl="Vervang het sterretje door een streepje.", en="Replace the asterisk by a hyphen."),
        "start": _QUOTE_ALL,
        "tab": Text(nl="Vervang de tab door twee spaties.", en="Replace the tab by two spaces."),
        "blank": Text(
            nl="Haal de spaties aan het begin weg en typ ze opnieuw met de spatiebalk.",
            en="Take the spaces at the start away and type them again with the space bar.",
        ),
        "control": Text(nl="Haal het teken weg.", en="Take the character away."),
        "escape": Text(
            nl="Schrijf twee schuine strepen (\\\\) voor één schuine streep in de tekst.",
            en="Write two backslashes (\\\\) for one backslash in the text.",
        ),
        "several": Text(
            nl="Haal de regel met --- weg, of zet de waarde die zo begint tussen rechte aanhalingstekens.",
            en="Take the line with --- away, or put the value that starts like this between straight quotation marks.",
        ),
        "complex-key": Text(nl="Gebruik een gewoon woord.", en="Use a plain word."),
    },
)
