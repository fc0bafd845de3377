"""A link leads to a page that has moved for good.

The link still works, because the website forwards visitors to the new address. Such
forwarding is often the first thing to go when a site is tidied up. This is looked at by
``kader links`` only, which asks the websites themselves. What is forwarded for the time
being is left alone.

Bad: ``[het register](http://register.voorbeeld.nl/)``, and the site answers with 301

Good: ``[het register](https://voorbeeld.nl/register/)``

Mend it: open the new address that the message shows. Is it the page that you mean? Then use
that address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.answers import MOVED, judge
from pipeline.rules.rule import answer_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.links.outside import Answered


@answer_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="De pagina “{key}” is voorgoed verhuisd.",
            en="The page “{key}” has moved for good.",
        ),
        "secure": Text(
            nl="Het adres “{key}” begint met http, maar de website gebruikt https.",
            en="The address “{key}” begins with http, but the website uses https.",
        ),
    },
    help={
        "": Text(
            nl="De link werkt nog, maar hoelang is niet zeker. Open het nieuwe adres. Is het de pagina die je bedoelt? "
            "Neem dat adres dan over.",
            en="The link still works, but for how long is not certain. Open the new address. "
            "Is it the page that you mean? Then use that address.",
        ),
        "secure": Text(
            nl="Met https kan niemand onderweg meelezen of iets veranderen. Zet https voor het adres.",
            en="With https nobody can read along or change something on the way. Begin the address with https.",
        ),
    },
)
def check(answered: Answered) -> Iterator[Problem]:
    """Look for an answer that gives a new address for good."""
    address = answered.outside.address
    verdict = judge(address, answered.answer)
    if verdict.sort != MOVED:
        return
    secure = verdict.address == address.replace("http:", "https:", 1)
    for spot in answered.outside.spots:
        if spot.made:
            continue
        new = spot.rewritten(verdict.address)
        yield Problem(
            location=spot.location,
            variant="secure" if secure else "",
            parameters={"key": spot.written, "suggestions": (new,)},
            field=spot.field,
            fix=spot.retargeted(new),
        )
