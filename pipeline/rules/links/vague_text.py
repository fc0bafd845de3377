"""The text of a link does not say where it leads.

People who use a screen reader often go through the links of a page alone: "hier", "hier",
"lees meer" tells them nothing. A bare address is read out letter by letter.

Bad: ``Lees de regels [hier](awb-01-wees-zorgvuldig.md).``

Good: ``Lees [de regels voor een zorgvuldig besluit](awb-01-wees-zorgvuldig.md).``

Mend it: make the words that name the other page the link. Give a bare address a text:
``[naam van de pagina](https://www.voorbeeld.nl/pagina)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.address import EXTERNAL, RELATIVE
from pipeline.rules.links.law_url import is_law
from pipeline.rules.links.own_site import is_own
from pipeline.rules.links.resolve import leads
from pipeline.rules.nearest import slug
from pipeline.rules.rule import nearby_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.rules.links.resolve import Lead

_VAGUE = frozenset(
    {
        *("hier", "klik", "klik-hier", "hier-klikken", "klik-op-hier", "klik-dan-hier", "via-hier", "zie-hier"),
        *("lees-hier", "bekijk-hier", "hier-lezen", "hier-te-vinden", "download-hier", "hier-downloaden"),
        *("lees-meer", "lees-verder", "meer", "meer-lezen", "verder-lezen", "meer-info", "meer-informatie", "info"),
        *("link", "linkje", "de-link", "deze-link", "een-link", "via-deze-link", "klik-op-deze-link", "url"),
        *("deze-pagina", "op-deze-pagina", "deze-webpagina", "deze-website", "op-deze-website", "deze-site"),
        *("op-deze-site", "dit-document", "dit-bestand", "dit-artikel"),
        *("here", "click", "click-here", "go-here", "see-here", "download-here", "read-more", "learn-more", "more"),
        *("more-info", "more-information", "this-link", "this-page", "this-website", "this-site", "this-document"),
        *("this-file", "this-article"),
    }
)
_ADDRESS = lazy_pattern(r"(?:https?://|www\.[^\s/]+/)\S+", re.IGNORECASE)
_NO_LABEL = lazy_pattern(r"\[\s*\]")


@nearby_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="De tekst “{label}” zegt niet waar de link naartoe gaat.",
            en="The text “{label}” does not say where the link leads.",
        ),
        "address": Text(
            nl="Dit adres staat los in de tekst. Geef de link een naam.",
            en="This address stands in the text as it is. Give the link a name.",
        ),
        "empty": Text(
            nl="Deze link heeft geen tekst. Niemand ziet hem.",
            en="This link has no text. Nobody sees it.",
        ),
    },
    help=Text(
        nl="Wie zich laat voorlezen, hoort vaak alleen de links. "
        "Noem in de linktekst de pagina waar de link heen gaat.",
        en="People who listen to a page often hear its links only. Let the text name the page that the link leads to.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at the text of each link that leads somewhere."""
    for lead in leads(framework):
        link = lead.link
        if link.is_image or link.form == "unparsed" or lead.address.sort not in {RELATIVE, EXTERNAL}:
            continue
        variant = _variant(lead)
        if variant is None or (variant == "address" and _is_judged_otherwise(lead, framework)):
            continue
        yield Problem(
            location=lead.document.at(link.start, link.end),
            variant=variant,
            parameters={"label": link.text.strip()},
        )


def _variant(lead: Lead) -> str | None:
    """Give the message that fits; none where the text will do."""
    link = lead.link
    text = link.text.strip()
    if link.form in {"bare", "autolink"} or _ADDRESS.fullmatch(text):
        return "address" if lead.address.sort == EXTERNAL else None
    if slug(text) in _VAGUE:
        return ""
    return "empty" if link.form == "link" and _NO_LABEL.match(lead.document.source.text, link.start) else None


def _is_judged_otherwise(lead: Lead, framework: Framework) -> bool:
    """Whether the address must become something else anyway."""
    override = lead.kind.overrides.get("links/law-url")
    judged = override is None or override.severity != "off"
    return (judged and is_law(lead.address)) or is_own(lead, framework)
