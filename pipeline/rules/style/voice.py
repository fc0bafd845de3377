"""Whether a Dutch sentence is in the passive voice.

That takes a form of *worden* and a participle. Without a dictionary, a participle is known by
its form and its place: last in its clause, or right before the form of *worden* that is last.
"Ouder worden" and "aanbieder worden" are no passives.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]

_FORM = lazy_pattern(r"\b(?:word(?:t|en)?|werd(?:en)?)\b", re.IGNORECASE)
_WORD = lazy_pattern(r"[^\W_]++(?:[-'’][^\W_]++)*+")

PARTICLES: Final = (
    *("aaneen", "aan", "achter", "af", "bekend", "bij", "binnen", "boven", "deel", "dicht", "door", "gelijk", "goed"),
    *("herover", "hoog", "in", "klaar", "kwijt", "los", "mede", "mee", "na", "neer", "onder", "open", "op", "over"),
    *("plaats", "samen", "stil", "stop", "tegen", "teleur", "tentoon", "terecht", "terug", "thuis", "toe", "uiteen"),
    *("uit", "vast", "veilig", "vol", "voorop", "voor", "voort", "vrij", "waar", "weg", "weer"),
)
"""What stands apart from a verb in "stel vast", and before it in "vaststellen" and "vastgesteld"."""

_PARTICLES: Final = "|".join(PARTICLES)
_PARTICIPLE = lazy_pattern(
    rf"(?:her|{_PARTICLES})?ge[^\W_]+(?:[dt]|en|aan|ien)"
    rf"|(?:{_PARTICLES})?(?:be|ver|ont|her|er|mis)[^\W_]{{2,}}(?:[dt]|en|aan)"
    r"|(?:onder|over|door|voor|weer|om|aan)[^\W_]{3,}(?:[dt]|en|aan)|voldaan"
)
# Of that form, and no participle: nouns and adjectives.
_OTHERS: Final = """
aanbieden aandacht aanleveren aanpassen aantallen aanvragen bedrijven beeld beelden begrippen behoud belangen
benieuwd bereid bericht berichten beroepen bestand bestanden bevoegd bewijzen bewust bezwaren erfgoed
ernst gebieden gebouwen gebreken gedachten gedragingen geduld gegevensbestand geheimen geld gelden
geluiden gemeenten gemiddeld gemiddelden genen gerechten gereed gerust geschikt geschillen geslacht
geslachten gesprekken getallen gevallen gevolgen gewend gewicht gewichten gewoonten gezinnen gezond omstreden
onderdelen onderhoud ondertussen onderzoeken ontevreden ontwerpen overeenkomsten overlast verantwoord verband
verbanden verbod verdragen vereisten verkeerd verkouden verleden verliefd vermogen verplicht verschillen
verslagen verstand vertrouwd verzoeken voorbeeld voorbeelden voorraden voorstellen voorwaarden
"""
_NO_PARTICIPLES: Final = frozenset(_OTHERS.split())
_NOUN = lazy_pattern(
    r".*(?:heid|teit|heden|teiten|zicht|zichten|schappen|nissen|beleid|besluit|besluiten|onderwerpen|overleg)"
    r"|(?:be|ver|over|voor|aan|onder)[^\W_]+ingen"
)
_PRESENT = lazy_pattern(r"(?!(?:her|er|ont|ver|toe)kend\b|.*ge).*end|.*(?:gaand|staand)")
# What may stand behind the last word of a clause.
_JOINTS: Final = frozenset(
    {
        *("aan", "af", "als", "behalve", "bij", "binnen", "buiten", "conform", "dan", "dat", "doordat", "door", "en"),
        *("hoe", "in", "indien", "maar", "met", "middels", "mits", "na", "naar", "naast", "nadat", "of", "om", "omdat"),
        *("ondanks", "onder", "op", "over", "per", "sinds", "te", "tegen", "tenzij", "terwijl", "tijdens", "toen"),
        *("tot", "totdat", "tussen", "uit", "vanaf", "vanuit", "vanwege", "van", "via", "volgens", "voor", "voordat"),
        *("waar", "waarbij", "waardoor", "waarin", "waarmee", "waarna", "waarom", "waarop", "waarvoor", "wanneer"),
        *("want", "wat", "welk", "welke", "wie", "zoals", "zodat", "zodra", "zonder", "zowel", "ten", "ter", "die"),
    }
)
# What makes a noun of the next word; "die" and "dit" only where no verb follows.
_ARTICLES: Final = frozenset(
    {
        *("de", "het", "een", "geen", "elk", "elke", "alle", "zijn", "haar", "hun", "je", "jouw", "onze", "ons", "uw"),
        *("meer", "minder", "veel", "weinig", "sommige", "enkele", "bepaalde", "nieuwe", "andere", "te"),
    }
)
_DETERMINERS: Final = _ARTICLES | {
    *("deze", "dit", "die", "welke", "in", "op", "met", "voor", "bij", "per", "tot", "tussen", "uit", "naar", "over"),
    *("onder", "aan", "door", "via", "volgens", "zonder", "als", "tegen", "rond", "zoals", "of"),
}
_MODALS: Final = frozenset(
    {
        *("te", "moet", "moeten", "moest", "kan", "kunnen", "kon", "konden", "mag", "mogen", "zal", "zullen", "zou"),
        *("zouden", "hoeft", "hoeven", "dient", "dienen", "wil", "willen", "gaat", "gaan"),
    }
)
# A verb of the main clause, right behind the last word of another.
_FINITE: Final = _MODALS | {"is", "zijn", "was", "waren", "heeft", "hebben", "wordt", "worden", "werd", "werden"}
# So far back stands a participle, in characters, and so far ahead, in words.
_REACH: Final = 80
_MOST: Final = 40
# No sentence has more than a few forms of the verb.
_FEW: Final = 8
_PAUSE = lazy_pattern(r"[,;:.!?()\[\]“”\"–—…\n]")


def passive(text: str, start: int, end: int) -> tuple[Span, Span] | None:
    """Give the places of the verb and the participle of the first passive in a sentence."""
    for form in islice(_FORM.finditer(text, start, end), _FEW):
        participle = _before(text, start, form.start(), form.end(), end) or _after(text, form.end(), end)
        if participle:
            return form.span(), participle
    return None


def _before(text: str, start: int, at: int, behind: int, end: int) -> Span | None:
    """Look for "gecontroleerd (moet) worden", with the end of the clause behind it."""
    words = list(_WORD.finditer(text, max(start, at - _REACH), at))
    modal = bool(words) and words[-1][0].lower() in _MODALS
    words = words[:-1] if modal else words
    if not words or _PAUSE.search(text, words[-1].end(), at):
        return None
    before = words[-2][0].lower() if len(words) > 1 else ""
    if before in _ARTICLES or not _is_participle(words[-1][0].lower()):
        return None
    after = _following(text, behind, end)
    return words[-1].span() if modal or after is None or after in _JOINTS or after in _FINITE else None


def _after(text: str, at: int, end: int) -> Span | None:
    """Look for "worden (door de gemeente) gecontroleerd": a participle that is last in its clause."""
    before = ""
    for word in _clause(text, at, end):
        small = word[0].lower()
        infinitive = before in _MODALS and small.endswith("en") and "ge" not in small
        if before not in _DETERMINERS and not infinitive and _is_participle(small):
            after = _following(text, word.end(), end)
            if after is None or after in _JOINTS or after in _FINITE:
                return word.span()
        before = small
    return None


def _clause(text: str, at: int, end: int) -> Iterator[re.Match[str]]:
    """Give the words up to the end of the sentence, or to a pause that a new clause follows."""
    last = at
    for word in islice(_WORD.finditer(text, at, end), _MOST):
        pause = _PAUSE.search(text, last, word.start())
        if pause and (pause[0] in ";:.!?" or word[0].lower() in _JOINTS):
            return
        yield word
        last = word.end()


def _following(text: str, at: int, end: int) -> str | None:
    """Give the next word in small letters; nothing where the clause ends here."""
    word = _WORD.search(text, at, end)
    if not word or _PAUSE.search(text, at, word.start()):
        return None
    return word[0].lower()


def _is_participle(word: str) -> bool:
    if word in _NO_PARTICIPLES or not _PARTICIPLE.fullmatch(word):
        return False
    return not _NOUN.fullmatch(word) and not _PRESENT.fullmatch(word)
