"""References to law: the address of an article and its name in Dutch.

One function a scheme owns the pattern of its addresses:

- EUR-Lex by CELEX number, with the anchors its pages have (``art_35``, ``anx_III``,
  ``rct_29``, ``cpt_IV``);
- wetten.overheid.nl by BWB number, in the form of Juriconnect BWB 1.3.1;
- ECLI: rechtspraak.nl for Dutch judgments, EUR-Lex for those of the EU, the search engine
  of e-Justice for all others.

A locator names a place: ``35.1.a`` is article 35, paragraph 1, point a; ``bijl.III.2``,
``ov.29-44``, ``hfst.IV``, ``titel.II``, ``afd.3.2`` and ``par.3.1`` stand for annexes,
recitals, chapters, titles, divisions and sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.framework import Entry

_STEP = r"[0-9A-Za-z:]+(?:-[0-9A-Za-z:]+)?"
_LOCATOR = re.compile(rf"(?:(ov|bijl|hfst|titel|afd|par)\.|(?=[0-9IVXLC]))({_STEP}(?:\.{_STEP})*)")

# The name of a part for one and for several.
_NAMES: Final = {
    "": ("artikel", "artikelen"),
    "ov": ("overweging", "overwegingen"),
    "bijl": ("bijlage", "bijlagen"),
    "hfst": ("hoofdstuk", "hoofdstukken"),
    "titel": ("titel", "titels"),
    "afd": ("afdeling", "afdelingen"),
    "par": ("paragraaf", "paragrafen"),
}

# Parts whose number has points of its own: "afdeling 3.2" is one number.
_POINTED: Final = {"ov", "hfst", "titel", "afd", "par"}

_EURLEX: Final = "https://eur-lex.europa.eu/legal-content/NL/TXT/"
_ANCHORS: Final = {"": "art", "bijl": "anx", "ov": "rct", "hfst": "cpt"}
# Sectors of CELEX whose pages have these anchors: legislation, also when consolidated.
_ANCHORED: Final = ("0", "3")
_JUDGMENTS: Final = "6"
MADE_FROM: Final = ("celex", "bwb", "ecli")
"""Identifiers that an address is made from, the first one that is there; the others are addresses."""

_JCI: Final = {
    "": "artikel",
    "bijl": "bijlage",
    "hfst": "hoofdstuk",
    "titel": "titeldeel",
    "afd": "afdeling",
    "par": "paragraaf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article as people name it, and its address (empty when there is none)."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A place in a source of law: its part (``""``: an article), its number, what follows."""

    part: str
    number: str
    steps: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The number, or the first one of a range."""
        return self.number.partition("-")[0]


def cite(source: Entry, locator: str = "") -> Citation:
    """Name a place in a source and give its address."""
    name = source.part("group") or source.part("abbreviation")
    name = name if isinstance(name, str) and name else source.title
    words = place_in(source, locator)
    url = law_url(identifiers_of(source), locator, decimal=_decimal(source))
    return Citation(text=f"{name}, {words}" if words else name, url=url)


def place_in(source: Entry, locator: str) -> str:
    """Name a place in a source, without the source: "artikel 35, lid 1"."""
    return locator_words(locator, decimal=_decimal(source), judgment=is_judgment(identifiers_of(source)))


def _decimal(source: Entry) -> bool:
    return source.part("decimal-articles") is True


def identifiers_of(source: Entry) -> dict[str, str]:
    """Give what identifies a source, by scheme."""
    fields = source.fields
    return {scheme: str(fields[name]) for scheme, name in source.kind.identifiers.items() if fields.get(name)}


def is_judgment(identifiers: Mapping[str, str]) -> bool:
    """Whether the source is a judgment, which has no articles."""
    return "ecli" in identifiers or identifiers.get("celex", "").startswith(_JUDGMENTS)


def law_url(identifiers: Mapping[str, str], locator: str = "", *, decimal: bool = False) -> str:
    """Give the address of a place in a source, or of the source; empty when there is none.

    ``decimal`` says that the source numbers its articles with a point: ``1.1`` is then an
    article, not a paragraph of article 1.
    """
    place = parse_locator(locator, decimal=decimal)
    if "celex" in identifiers:
        return eurlex_url(identifiers["celex"], place)
    if "bwb" in identifiers:
        return wetten_url(identifiers["bwb"], place)
    if "ecli" in identifiers:
        return ecli_url(identifiers["ecli"])
    url = identifiers.get("eli") or identifiers.get("url") or ""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


def eurlex_url(celex: str, place: Locator | None = None) -> str:
    """Give an address in EUR-Lex: ``…?uri=CELEX:32016R0679#art_35``."""
    url = f"{_EURLEX}?uri=CELEX:{quote(celex, safe='/()')}"
    if place is None or place.part not in _ANCHORS or not celex.startswith(_ANCHORED):
        return url
    return f"{url}#{_ANCHORS[place.part]}_{place.first}"


def wetten_url(bwb: str, place: Locator | None = None) -> str:
    """Give an address in wetten.overheid.nl: ``…/jci1.3:c:BWBR0005537&artikel=3:2``.

    Below an article, a number is a paragraph (``lid``) and anything else an item (``o``).
    """
    bwb = quote(bwb, safe="")
    if place is None or place.part not in _JCI:
        return f"https://wetten.overheid.nl/{bwb}"
    url = f"https://wetten.overheid.nl/jci1.3:c:{bwb}&{_JCI[place.part]}={place.first}"
    for index, step in enumerate(place.steps if not place.part else ()):
        first = step.partition("-")[0]
        url += f"&lid={first}" if index == 0 and first[0].isdigit() else f"&o={first}"
    return url


def ecli_url(ecli: str) -> str:
    """Give the address of a judgment."""
    country = ecli.split(":")[1] if ecli.count(":") else ""
    ecli = quote(ecli, safe=":")
    if country == "NL":
        return f"https://deeplink.rechtspraak.nl/uitspraak?id={ecli}"
    if country == "EU":
        return f"{_EURLEX}?uri=ecli:{ecli}"
    return f"https://e-justice.europa.eu/ecli/{ecli}"


def parse_locator(locator: str, *, decimal: bool = False) -> Locator | None:
    """Take a locator apart; none for an empty one and for what is no locator."""
    match = _LOCATOR.fullmatch(locator)
    if not match:
        return None
    part, number = match[1] or "", match[2]
    if part in _POINTED:
        return Locator(part=part, number=number)
    first, *steps = number.split(".")
    if decimal and not part and steps and steps[0][0].isdigit():
        first = f"{first}.{steps.pop(0)}"
    return Locator(part=part, number=first, steps=tuple(steps))


def locator_words(locator: str, *, decimal: bool = False, judgment: bool = False) -> str:
    """Say a locator in Dutch: ``35.1.a`` is "artikel 35, lid 1, onder a"."""
    if judgment and locator[:1].isdigit():
        return _numbered(("punt", "punten"), locator)
    place = parse_locator(locator, decimal=decimal)
    if place is None:
        return locator
    words = [_numbered(_NAMES[place.part], place.number)]
    names = ("punt", "punten") if place.part == "bijl" else ("lid", "leden")
    lettered = False
    for index, step in enumerate(place.steps):
        if index == 0 and step[0].isdigit():
            words.append(_numbered(names, step))
        else:
            words.append(_numbered(("onder", "onder"), step) if not lettered else _numbered(("", ""), step))
            lettered = True
    return ", ".join(words)


def _numbered(names: tuple[str, str], number: str) -> str:
    first, _, last = number.partition("-")
    words = f"{names[1]} {first} tot en met {last}" if last else f"{names[0]} {first}"
    return words.strip()
