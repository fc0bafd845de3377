"""An address is not written as an address should be.

Browsers guess what was meant, and often guess wrong: a link that looks right on the page
leads nowhere. The usual mistakes are a missing colon or slash, ``https://`` written twice or
not at all, a space, a bracket without its mate, and a full stop that came along.

Bad: ``[de site](http//www.voorbeeld.nl)``

Good: ``[de site](https://www.voorbeeld.nl)``

Mend it: open the page in your browser, copy the address from the bar at the top and put it
between the round brackets. Write ``%20`` where a file's name has a space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.address import MALFORMED, RELATIVE, domain_like
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.resolve import files_of, leads
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.rules.links.resolve import Lead

# Where no doubt is left what was meant; a mistake at the end may also be a bit too much copied.
_SURE = ("start", "twice", "scheme")


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Het adres “{key}” klopt niet.", en="The address “{key}” is not right."),
        "start": Text(
            nl="Het begin van het adres “{key}” klopt niet: dat moet https:// zijn.",
            en="The address “{key}” does not begin as it should: with https://.",
        ),
        "twice": Text(
            nl="In het adres “{key}” staat twee keer http.",
            en="The address “{key}” has http in it twice.",
        ),
        "scheme": Text(
            nl="Voor het adres “{key}” ontbreekt https://.",
            en="The address “{key}” lacks https:// at its beginning.",
        ),
        "mail": Text(
            nl="“{key}” is geen goed e-mailadres voor een link.",
            en="“{key}” is not a good e-mail address for a link.",
        ),
        "host": Text(
            nl="Het adres “{key}” heeft geen goede naam van een website.",
            en="The address “{key}” has no proper name of a website.",
        ),
        "space": Text(
            nl="In het adres “{key}” staat een spatie.",
            en="There is a space in the address “{key}”.",
        ),
        "bracket": Text(
            nl="In het adres “{key}” hoort een haakje niet thuis, of er ontbreekt er een.",
            en="The address “{key}” has a bracket too many or too few.",
        ),
        "unclosed": Text(
            nl="Dit wordt geen link: na het adres “{key}” ontbreekt het haakje “)”.",
            en="This does not become a link: the bracket “)” is missing after the address “{key}”.",
        ),
        "ending": Text(
            nl="Het adres “{key}” eindigt met een leesteken.",
            en="The address “{key}” ends with a punctuation mark.",
        ),
    },
    help={
        "": Text(
            nl="De link werkt zo niet. Kopieer het adres uit de adresbalk van je browser en plak het hier.",
            en="The link does not work like this. Copy the address from your browser's address bar and paste it here.",
        ),
        "mail": Text(
            nl="De link werkt zo niet. Schrijf mailto: en daarna het hele e-mailadres.",
            en="The link does not work like this. Write mailto: and then the whole e-mail address.",
        ),
        "space": Text(
            nl="De link werkt zo niet. Schrijf %20 in plaats van de spatie, "
            "of geef het bestand een naam zonder spaties.",
            en="The link does not work like this. Write %20 for the space, or give the file a name without spaces.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every address that is written wrongly, and at names of websites without file."""
    files = files_of(framework)
    for lead in leads(framework):
        address = lead.address
        if address.sort == MALFORMED and lead.link.form != "bare":
            better = address.better
            if address.variant == "space" and address.path and files.find_otherwise(lead):
                better = lead.link.target.strip().replace(" ", "%20")
            yield _problem(lead, address.variant, better, safe=address.variant in {*_SURE, "space"})
        elif address.sort == RELATIVE and files.find(lead) is None:
            better = domain_like(lead.link.target.strip())
            if better:
                yield _problem(lead, "mail" if better.startswith("mailto:") else "scheme", better, safe=False)


def _problem(lead: Lead, variant: str, better: str, *, safe: bool) -> Problem:
    return Problem(
        location=target_place(lead),
        variant=variant,
        parameters={"key": lead.link.target.strip(), "suggestions": (better,) if better else ()},
        fix=retarget(lead, better, safe=safe) if better else None,
    )
