"""A link to a law has the address of a law site instead of a reference.

Addresses of EUR-Lex and wetten.nl change, and an anchor such as ``#d1e3906`` does not show
which article it is. The pipeline makes the address from the identifier of the source and
the article, so that both are always right and always the same.

Bad: ``[artikel 35](https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679#d1e3546)``

Good: ``{kind:code:artikel}``

Mend it: write the reference in braces, with the kind and the code of the source and the
number of the article. Is the source not there yet? Add it first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.codes import is_well_formed
from pipeline.rules.links.address import EXTERNAL
from pipeline.rules.links.articles import article_in_address, article_in_text
from pipeline.rules.links.resolve import leads
from pipeline.rules.rule import nearby_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.framework import Entry, Framework
    from pipeline.rules.links.address import Address
    from pipeline.rules.links.resolve import Lead

_HOSTS = frozenset(
    {
        "eur-lex.europa.eu",
        "www.eur-lex.europa.eu",
        "wetten.overheid.nl",
        "www.wetten.overheid.nl",
        "wetten.nl",
        "www.wetten.nl",
    }
)
_CELEX = lazy_pattern(r"CELEX[:=]?(3[0-9]{4}[A-Z]{1,2}[0-9]{4})", re.IGNORECASE)
_BWB = lazy_pattern(r"BWB[RVW][0-9]{7}", re.IGNORECASE)
_ELI = lazy_pattern(r"/eli/(reg|dir|dec)/([0-9]{4})/([0-9]{1,4})(?:/|$)", re.IGNORECASE)
_OJ = lazy_pattern(r"OJ:[LC]_([0-9]{4})0?([0-9]{4})$", re.IGNORECASE)
_LETTERS = {"reg": "R", "dir": "L", "dec": "D"}


@nearby_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Hier staat het adres van een wet. Gebruik een verwijzing naar de bron.",
        en="This is the address of a law. Use a reference to the source.",
    ),
    help=Text(
        nl="Adressen van wetten veranderen. Schrijf een verwijzing zoals {{soort:code:artikel}}: "
        "dan maken wij de link en klopt het artikel altijd.",
        en="Addresses of laws change. Write a reference such as {{kind:code:article}}: "
        "we then make the link, and the article is always right.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look for addresses of EUR-Lex and wetten.nl."""
    for lead in leads(framework):
        if lead.link.form != "unparsed" and is_law(lead.address):
            reference = _reference(lead, _sources(framework))
            yield Problem(
                location=lead.document.at(lead.link.start, lead.link.end),
                parameters={"suggestions": (reference,) if reference else ()},
            )


def is_law(address: Address) -> bool:
    """Whether an address is of a law; the home page of a law site is not."""
    return address.sort == EXTERNAL and address.host in _HOSTS and bool(address.path.strip("/") or address.query)


def _reference(lead: Lead, sources: Mapping[str, Entry]) -> str:
    """Give the reference that says the same, where the source is in the framework."""
    source = next((sources[number] for number in _numbers(lead.address) if number in sources), None)
    if source is None or not is_well_formed(source):
        return ""
    article = article_in_address(lead.link.target) or article_in_text(lead.link.text)
    return "{" + ":".join(filter(None, (source.kind.name, source.code, article))) + "}"


def _numbers(address: Address) -> Iterator[str]:
    """Give the numbers under which a source may stand for an address: CELEX or BWB."""
    where = f"{address.path}?{address.query}"
    for match in (_CELEX.search(where), _BWB.search(where)):
        if match:
            yield match[match.lastindex or 0].upper()
    eli, journal = _ELI.search(address.path), _OJ.search(address.query)
    if eli:
        yield f"3{eli[2]}{_LETTERS[eli[1].lower()]}{int(eli[3]):04}"
    if journal:
        yield from (f"3{journal[1]}{letter}{journal[2]}" for letter in _LETTERS.values())


# One table serves all addresses of laws; frameworks compare by identity.
@lru_cache(maxsize=4)
def _sources(framework: Framework) -> dict[str, Entry]:
    """Give the entries that stand for a source of law, by their CELEX and BWB numbers."""
    table: dict[str, Entry] = {}
    for kind in framework.kinds.values():
        for entry in framework.index.of_kind(kind.name) if kind.identifiers else ():
            for field in kind.identifiers.values():
                value = entry.fields.get(field)
                if isinstance(value, str):
                    table.setdefault(value.upper(), entry)
    return table
