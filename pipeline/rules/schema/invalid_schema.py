"""A file in the schemas folder is not right itself.

The schemas say what an entry looks like. While one of them cannot be used, no entry can be
checked, so such findings are the only ones you see.

Bad: ``"requierd": ["title"]``

Good: ``"required": ["title"]``

Mend it: correct the keyword or value at the place that the message names; docs/schemas.md
lists every keyword.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import nearest
from pipeline.rules.rule import parser_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Parameter
    from pipeline.model.framework import Framework

_flaw = parser_rule(
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
        "form-layout": Text(
            nl="De soort “{kind}” kan geen formulier hebben: haar items staan samen in één bestand.",
            en="The kind “{kind}” cannot have a form: its entries stand in one file together.",
        ),
        "form-field": Text(
            nl="Een formulier kan niet naar “{field}” vragen: dat is geen tekst, getal of lijst van teksten.",
            en="A form cannot ask for “{field}”: it is no text, number or list of texts.",
        ),
        "form-section": Text(
            nl="“{section}” staat niet bij de koppen (x-sections).",
            en="“{section}” is not one of the headings (x-sections).",
        ),
        "form-label": Text(
            nl="“{label}” is geen goede naam voor een vraag: hij is leeg of komt twee keer voor.",
            en="“{label}” is no good name for a question: it is empty, or there are two.",
        ),
        "form-prefix": Text(
            nl="Het formulier vraagt niet naar “{field}”, of dat veld verwijst nergens naar.",
            en="The form does not ask for “{field}”, or that field refers to nothing.",
        ),
        "form-lacks": Text(
            nl="“{field}” is verplicht, maar het formulier vraagt er niet naar en vult het niet in.",
            en="“{field}” is required, but the form neither asks for it nor fills it in.",
        ),
        "unknown-rule": Text(
            nl="Er is geen regel “{detail}” om de ernst van te veranderen.",
            en="There is no rule “{detail}” to change the severity of.",
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
        "unknown-rule": Text(
            nl="Alle regels staan in de uitvoer van “kader rules”.",
            en="“kader rules” lists every rule.",
        ),
        "pattern": Text(
            nl="Schrijf het patroon zoals JSON Schema het kent (ECMA-262).",
            en="Write the pattern as JSON Schema knows it (ECMA-262).",
        ),
    },
)


def unknown_rules(framework: Framework) -> Iterator[Problem]:
    """Look for severities of rules that do not exist: the schemas do not know the rules."""
    from pipeline.rules.registry import rules  # noqa: PLC0415 - the registry imports this module

    for override in framework.schemas.overrides:
        if override.rule not in rules():
            parameters: dict[str, Parameter] = {"detail": override.rule, "suggestions": nearest(override.rule, rules())}
            yield Problem(location=override.location, variant="unknown-rule", field="severities", parameters=parameters)


check = replace(_flaw, framework=unknown_rules)
