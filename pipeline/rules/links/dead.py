"""A link leads to a page or a website that is no longer there.

Websites are rebuilt and organisations change their names. The reader gets an error page, or
the front page of the site, and loses the source of what you wrote. This is looked at by
``kader links`` only, which asks the websites themselves. One that wants a password or that
has a bad day is not counted against the link.

Bad: ``[het onderzoek](https://voorbeeld.nl/onderzoek-2019)``, and the site answers with 404

Good: ``[het onderzoek](https://voorbeeld.nl/archief/onderzoek-2019)``

Mend it: look for the new place of the page and use its address. Is there none? Name another
source, or take the link away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.answers import DEAD, LOOKUP, LOST, NAME, host_of, judge
from pipeline.rules.rule import answer_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rules.links.outside import Answered

_SEARCH = Text(
    nl="Wie erop klikt, ziet een foutmelding. Zoek waar de pagina nu staat en neem dat adres over. "
    "Bestaat ze niet meer? Noem dan een andere bron of haal de link weg.",
    en="Whoever follows it sees an error page. Find where the page is now and use that address. "
    "Is it gone? Then name another source, or take the link away.",
)
_TRY = Text(
    nl="Open het adres in je browser. Werkt het daar ook niet? Zoek waar de pagina nu staat, noem een andere bron "
    "of haal de link weg.",
    en="Open the address in your browser. Does it not work there either? Find where the page is now, name another "
    "source, or take the link away.",
)


@answer_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="De pagina “{key}” is er niet. De website geeft code {status}.",
            en="There is no page “{key}”. The website gives code {status}.",
        ),
        "name": Text(
            nl="De link gaat naar de website “{host}”, maar die is niet te vinden.",
            en="The link leads to the website “{host}”, which cannot be found.",
        ),
        "unreachable": Text(
            nl="De link gaat naar de website “{host}”, maar die is niet te bereiken.",
            en="The link leads to the website “{host}”, which cannot be reached.",
        ),
        "silent": Text(
            nl="De website “{host}” geeft geen antwoord op “{key}”.",
            en="The website “{host}” gives no answer to “{key}”.",
        ),
        "certificate": Text(
            nl="De website “{host}” is niet veilig te openen: haar certificaat klopt niet of is verlopen.",
            en="The website “{host}” cannot be opened safely: its certificate is wrong or has expired.",
        ),
        "lost": Text(
            nl="De website stuurt bezoekers van “{key}” door naar een beginpagina.",
            en="The website sends visitors of “{key}” to a front page.",
        ),
        "made": Text(
            nl="Bij “{written}” hoort het adres “{key}”, maar die pagina is er niet. De website geeft code {status}.",
            en="The address of “{written}” is “{key}”, but there is no such page. The website gives code {status}.",
        ),
    },
    help={
        "": _SEARCH,
        "name": _TRY,
        "unreachable": _TRY,
        "silent": _TRY,
        "certificate": Text(
            nl="De browser waarschuwt de lezer voor deze website. Open het adres in je browser. "
            "Zie jij die waarschuwing ook? Meld het aan de website of noem een andere bron.",
            en="The browser warns readers of this website. Open the address in your browser. "
            "Do you see that warning too? Tell the website, or name another source.",
        ),
        "lost": Text(
            nl="De pagina bestaat waarschijnlijk niet meer. Zoek op de website naar wat je bedoelt en neem dat adres "
            "over, of haal de link weg.",
            en="The page is probably gone. Look on the website for what you mean and use that address, "
            "or take the link away.",
        ),
        "made": Text(
            nl="Lezers van elk onderdeel dat hiernaar verwijst, zien een foutmelding. Kijk of dit klopt.",
            en="Readers of each entry that refers to this see an error page. See whether this is right.",
        ),
    },
)
def check(answered: Answered) -> Iterator[Problem]:
    """Look for an answer that means that there is no such page."""
    address, answer = answered.outside.address, answered.answer
    verdict = judge(address, answer)
    if verdict.sort not in {DEAD, LOST}:
        return
    reason = "lost" if verdict.sort == LOST else answer.trouble
    last = answer.hops[-1].address if answer.hops else address
    for spot in answered.outside.spots:
        if spot.made and verdict.sort == LOST:
            continue
        yield Problem(
            location=spot.location,
            variant="made" if spot.made and not reason else NAME if reason == LOOKUP else reason,
            parameters={
                "key": spot.written,
                "host": host_of(last),
                "status": answer.status,
                "written": spot.location.text,
            },
            field=spot.field,
        )
