"""First words that tell, in Dutch, what to do: "Maak", "Stel", "Controleer".

A list, for a verb cannot be told from a noun by its form. Schemas add to it (``titles.verbs``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.rules.style.voice import PARTICLES
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_VERBS: Final = """
accepteer actualiseer adviseer agendeer analyseer anonimiseer archiveer automatiseer baseer beantwoord bedenk
begeleid begin begrens begrijp begroot behandel behartig beheer beheers behoed behoud bekijk bekostig bel beleg
belicht beloon bemens bemiddel benader benadruk benchmark benoem benut beoordeel bepaal beperk beproef bereid bereik
bereken bericht bescherm beschouw beschrijf beslis besluit bespaar bespoedig bespreek besteed bestel bestempel
bestrijd bestudeer betaal betracht betrek beveilig bevestig bevorder bevraag bewaak bewaar bewerk bewijs bezie
bezoek bezorg beëindig bied bind blijf blokkeer borg bouw breid breng budgetteer bundel categoriseer check
classificeer codeer combineer communiceer configureer consulteer controleer corrigeer creëer dateer deel definieer
dek delegeer denk detecteer dien digitaliseer documenteer doe doorbreek doorgrond doorloop draag draai duid dwing
eis elimineer erken escaleer evalueer experimenteer expliciteer exporteer faciliteer faseer filter financier fixeer
focus formaliseer formuleer ga garandeer gebruik geef geloof genereer grijp groepeer gun haal handel handhaaf
hanteer hecht help herbeoordeel herbereken herformuleer hergebruik herhaal herijk herinner herken herleid hernoem
heroverweeg herschrijf herstel hertrain herzie honoreer hoor houd huur identificeer ijk illustreer implementeer
importeer indexeer informeer initieer innoveer inspecteer inspireer installeer instrueer integreer intensiveer
interpreteer interview introduceer inventariseer investeer isoleer kalibreer keer ken keur kies kijk koester koop
koppel krijg kwantificeer laad laat label leef leer lees leg leid let lever licht limiteer log loop los luister maak
mandateer markeer maskeer match maximaliseer meet meld meng mijd minimaliseer mitigeer mobiliseer modelleer monitor
motiveer neem neutraliseer nodig noem normaliseer noteer nummer observeer oefen omschrijf onderbouw onderhandel
onderhoud onderken onderscheid onderschrijf ondersteun onderteken onderverdeel onderzoek ontdek ontgrendel onthoud
ontkoppel ontleen ontmoedig ontraad ontsluit ontvang ontwerp ontwikkel ontzie oordeel oormerk operationaliseer
optimaliseer orden organiseer overhandig overleg overtuig overweeg pak parkeer participeer pas patch peil plaats
plan pleeg positioneer praat presenteer prioriteer probeer produceer profiteer programmeer promoot protocolleer
pseudonimiseer publiceer raadpleeg raam rapporteer reageer realiseer rechtvaardig reconstrueer redeneer redigeer
reduceer reflecteer regel registreer reguleer reken repareer reserveer respecteer reviseer richt roep ruim saneer
schaal schakel schat scheid schep scherp schets schort schrap schrijf schuif screen segmenteer selecteer signaleer
simuleer sla sluit sorteer spaar span specificeer speel splits spoor spreek spreid sta stabiliseer standaardiseer
stap start steek stel stem steun stimuleer stop streef structureer stuur subsidieer synchroniseer teken tel test
toets toon traceer train transformeer tref trek typeer uniformeer update upgrade vaar valideer vang varieer vat
verander veranker verantwoord verbeter verbied verbind verbreed verdedig verdeel verdiep verduidelijk vereenvoudig
verenig verfijn vergelijk vergewis vergroot verhelder verhelp verhinder verhoog verifieer verken verklaar verklein
verkoop verkort verkrijg verlaag verlang verleen verleng verlicht vermeld vermenigvuldig vermijd verminder vernietig
vernieuw verplaats verplicht verricht verrijk verruim verschaf verscherp versimpel versleutel versnel verspil
verspreid versterk verstevig verstrek vertaal vertegenwoordig vertel vertrouw vervang vervul verwacht verwelkom
verwerf verwerk verwijder verwijs verwoord verzamel verzeker verzend verzoek verzorg vind visualiseer voed voeg voer
voldoe volg voltooi voorkom voorspel voorzie vorder vorm vraag vrijwaar vul waak waarborg waardeer waarschuw wacht
weeg wees weet weiger wek wend werf werk wijk wijs wijzig win wissel zeg zend zet zie zit zoek zorg zuiver
"""
# Also nouns; "van" or "naar" behind them shows which: "Onderzoek naar data".
_NOUNS: Final = frozenset(
    {
        *("begin", "beheer", "behoud", "bericht", "besluit", "bewijs", "bezoek", "bouw", "check", "deel", "filter"),
        *("gebruik", "handel", "hergebruik", "herstel", "interview", "koop", "label", "log", "loop", "monitor"),
        *("onderhoud", "onderscheid", "onderzoek", "ontwerp", "overleg", "plan", "regel", "start", "stem", "stop"),
        *("teken", "test", "toets", "toon", "update", "upgrade", "verkoop", "verzoek", "vorm", "vraag", "waarborg"),
        *("werk",),
    }
)
_BEHIND_NOUN: Final = frozenset({"van", "naar"})
_NO_NOUN: Final = frozenset({"tevoren", "meet"})
# Also adjectives: "Verantwoord gebruik" against "Verantwoord je keuzes".
_ADJECTIVES: Final = frozenset({"verantwoord", "zuiver", "licht"})
_BEHIND_VERB: Final = frozenset(
    {"de", "het", "een", "je", "elk", "elke", "alle", "aan", "hoe", "waarom", "welke", "wat"}
)
_WORDS = lazy_pattern(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BEFORE: Final = " \"'“‘\u00a0\u200b\u2060\ufeff"
_LONG_VOWEL = lazy_pattern(r"(.*)(aa|ee|oo|uu)([^\W\d_aeiou])")
_SHORT_VOWEL = lazy_pattern(r".*[^aeiou][aeiou]([^\W\d_aeiouwx])")
_ODD: Final = {"doen": "doe", "gaan": "ga", "staan": "sta", "slaan": "sla", "zien": "zie"}


def is_imperative(title: str, verbs: Collection[str]) -> bool:
    """Whether a title starts with a verb that tells what to do; ``verbs`` are more such words."""
    words = _WORDS.findall(title.lower())
    if not words or not title.lower().lstrip(_BEFORE).startswith(words[0]):
        return False
    first, behind, third = (*words, "", "", "")[:3]
    if first in verbs:
        return True
    if first in _ADJECTIVES:
        return behind in _BEHIND_VERB
    is_noun = first in _NOUNS and (not behind or (behind in _BEHIND_NOUN and third not in _NO_NOUN))
    is_noun = is_noun and not (first == "vraag" and behind == "naar")
    return first in _known() and not is_noun


def imperative_in(title: str) -> str:
    """Give the imperative of the infinitive that a title is built on, or nothing.

    "Het beoordelen van data" gives "Beoordeel", "Beleid vaststellen" gives "Stel … vast".
    """
    for word in _WORDS.findall(title.lower()):
        found = _infinitives().get(word)
        if found:
            return found.capitalize()
        for particle in PARTICLES:
            found = _infinitives().get(word.removeprefix(particle)) if word.startswith(particle) else None
            if found:
                return f"{found.capitalize()} … {particle}"
    return ""


@cache
def _known() -> frozenset[str]:
    return frozenset(_VERBS.split())


@cache
def _infinitives() -> Mapping[str, str]:
    """Give verbs by what their infinitive may be; some of those do not exist and never match."""
    found: dict[str, str] = {}
    for verb in sorted(_known()):
        for infinitive in _infinitives_of(verb):
            found.setdefault(infinitive, verb)
    return found | _ODD


def _infinitives_of(verb: str) -> list[str]:
    long = _LONG_VOWEL.fullmatch(verb)
    if long:
        before, vowel, last = long[1], long[2][0], long[3]
        return [f"{before}{vowel}{each}en" for each in (last, {"f": "v", "s": "z"}.get(last, last))]
    short = _SHORT_VOWEL.fullmatch(verb)
    stems = [verb, verb + short[1]] if short else [verb]
    stems += [stem[:-1] + {"f": "v", "s": "z"}[stem[-1]] for stem in (verb,) if stem[-1] in "fs"]
    return [f"{stem}en" for stem in stems]
