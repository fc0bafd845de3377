"""A file in the schemas folder is not right itself.

The schemas say what an entry looks like. While one of them has a mistake, nothing can be
checked, so this is the only finding you see.

Bad: ``"requierd": ["title"]``

Good: ``"required": ["title"]``

Mend it: correct the keyword or value at the place that the message names; docs/schemas.md
lists every keyword.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Dit schema klopt niet: {detail}.", en="This schema is not right: {detail}."),
        "json": Text(nl="Dit is geen geldige JSON: {detail}.", en="This is not valid JSON: {detail}."),
        "keyword": Text(nl="“{detail}” is hier geen sleutelwoord.", en="“{detail}” is not a keyword here."),
        "twice": Text(nl="“{detail}” staat hier twee keer.", en="“{detail}” is here twice."),
        "missing": Text(nl="Hier ontbreekt “{detail}”.", en="“{detail}” is missing here."),
        "allowed": Text(nl="“{detail}” kan hier niet staan.", en="“{detail}” cannot stand here."),
        "type": Text(nl="Hier hoort {expected}.", en="This should be {expected}."),
        "form": Text(
            nl="“{detail}” heeft hier niet de goede vorm ({form})",
            en="“{detail}” does not have the right form here ({form})",
        ),
        "ref": Text(nl="“{ref}” verwijst nergens naar, of naar zichzelf.", en="“{ref}” refers to nothing, or itself."),
        "kind-twice": Text(nl="De soort “{kind}” is al beschreven.", en="The kind “{kind}” is already described."),
        "pattern": Text(nl="Dit patroon is niet te lezen: {detail}.", en="This pattern cannot be read: {detail}."),
        "unknown-kind": Text(
            nl="“{field}” verwijst naar de soort “{kind}”, maar die bestaat niet.",
            en="“{field}” refers to the kind “{kind}”, but there is none.",
        ),
        "unknown-field": Text(
            nl="De soort “{kind}” heeft geen veld “{field}”.",
            en="The kind “{kind}” has no field “{field}”.",
        ),
        "no-such-field": Text(
            nl="“{field}” staat niet bij de velden (properties).",
            en="“{field}” is not one of the fields (properties).",
        ),
        "unknown-directive": Text(
            nl="De opdracht “{name}” staat niet in framework.json.",
            en="The directive “{name}” is not in framework.json.",
        ),
    },
    help={
        "": Text(
            nl="Alle sleutelwoorden staan in docs/schemas.md.",
            en="All keywords are listed in docs/schemas.md.",
        ),
        "json": Text(
            nl="Kijk ook naar de regel erboven.",
            en="Look at the line above as well.",
        ),
        "allowed": Text(nl="Kies uit: {allowed}.", en="Choose from: {allowed}."),
        "twice": Text(nl="Haal een van de twee weg.", en="Take one of the two away."),
        "pattern": Text(
            nl="Schrijf het patroon zoals JSON Schema het kent (ECMA-262).",
            en="Write the pattern as JSON Schema knows it (ECMA-262).",
        ),
    },
)
