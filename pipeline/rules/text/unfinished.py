"""Words that stand where the real text should still come, in Dutch and English.

Some are placeholders wherever they stand (``TODO``). Others are so only as a whole sentence:
``Toelichting volgt`` is one, "Na de toets volgt een besluit" is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST: Final = 500  # phrases in a text that is written to be slow
_LONGEST: Final = 250  # characters of a sentence that says so little

# Part of a text, and nothing that a text is about.
_NOUN: Final = (
    r"(?:toelichting|tekst|uitleg|omschrijving|beschrijving|inhoud|samenvatting|definities?|voorbeeld(?:en)?|"
    r"bron(?:nen)?|links?|titel|alinea|paragraaf|sectie|stuk(?:je)?|invulling|uitwerking|aanvulling|vertaling|"
    r"afbeelding|figuur|tabel)"
)
_THE: Final = r"(?:(?:de|het|een|deze|dit|meer|verdere|nadere|korte|uitgebreide) ){0,3}"
_ABOUT: Final = r"(?: (?:over|van|voor|bij|op|met) [^,;:]{1,60})?"
_LATER: Final = r"(?: (?:nog|later|binnenkort|straks|z\.?s\.?m\.?|zo snel mogelijk|hier))"
_DONE: Final = r"(?:ingevuld|aangevuld|uitgewerkt|toegevoegd|geschreven|bijgewerkt)(?: worden)?"
_FEW: Final = r"(?:maximaal |hooguit |ongeveer )?(?:één|een|1|enkele|twee|2|drie|3|een paar)"
_LENGTH: Final = r"(?:zin(?:nen)?|alinea(?:['’]s)?|woorden)"

_PLANNED: Final = (
    # Toelichting volgt; voorbeelden komen nog; hier komt de tekst
    rf"{_THE}{_NOUN}{_ABOUT} (?:volgt|volgen){_LATER}{{0,2}}",
    rf"{_THE}{_NOUN}{_ABOUT} komt nog|(?:volgt|volgen){_LATER}|volgt",
    rf"hier kom(?:t|en)(?: (?:nog|straks|later|binnenkort))? {_THE}{_NOUN}{_ABOUT}",
    rf"hier volg(?:t|en) (?:nog|straks|later|binnenkort) {_THE}{_NOUN}{_ABOUT}",
    # De tekst moet nog worden aangevuld; nog in te vullen
    rf"{_THE}{_NOUN}{_ABOUT} (?:wordt|worden|moet|moeten)(?: later| binnenkort)? nog(?: verder)?(?: worden)? {_DONE}",
    r"(?:nog|hier|nader|later)(?: \w+)? (?:in|aan) te vullen|(?:nog|nader|later) (?:uit te werken|toe te voegen)",
    r"nog (?:invullen|aanvullen|uitwerken|toevoegen|schrijven|doen|te doen|te schrijven)|(?:hier|zelf) invullen",
    r"(?:nader|nog) te bepalen|in te vullen|n\.t\.b",
    r"to be (?:determined|added|confirmed|decided|written|completed|done|announced|provided)",
    r"coming soon|placeholder(?: text)?|\.\.\.|…|\?{3,}",
)
_TEMPLATE: Final = (
    # Hier staat de toelichting; hier staat in enkele zinnen uitgelegd wat …
    rf"hier staat(?: straks| later| nog)? (?:tekst|iets|(?:de |een )?(?:korte )?{_NOUN})",
    rf"hier staat [^.]{{0,60}}\bin {_FEW} {_LENGTH}\b[^.]*",
    r"hier staat (?:nog een keer duidelijk|meer beschreven over het voorbeeld|uitleg over wat voor|de titel,)[^.]*",
    r"vul hier [^.]{1,80} in|beschrijf hier (?:kort|in enkele|de specifieke) [^.]*",
)
_WHOLE = lazy_pattern("|".join((*_PLANNED, *_TEMPLATE)), re.IGNORECASE)
# Wherever they stand; a list of things to do is not one.
_ANYWHERE = lazy_pattern(
    r"(?<![\w/@.#-])(?:TODO|FIXME|TBD|TBA|X{3,})(?![\w/@-]|\.\w)"
    r"|(?i:(?:^|(?<=\n))todo(?=:))"
    r"|(?i:lorem ipsum[^.\n]*+)"
    r"|(?i:\b(?:insert|add|enter|type|your) (?:your )?"
    r"(?:text|title|description|content|name|link|summary|definition)(?: goes)? here\b)"
    r"|(?i:\b(?:text|description|content|title|name) goes here\b)"
    r"|(?i:\b(?:tekst|titel|naam|link|omschrijving|toelichting) hier (?:invullen|invoegen|plaatsen|toevoegen)\b)"
)
# After one of these words, a number in Roman figures.
_NUMBERED = lazy_pattern(
    r"(?i:bijlage|titel|hoofdstuk|deel|boek|afdeling|artikel|annex|chapter|title|part|article|paragraaf)\s++$"
)
_IN_BRACKETS = lazy_pattern(r"\[([^\[\]\n]{2,80})\](?![(\[:])|\(([^()\n]{2,80})\)")
_FILL_IN = lazy_pattern(
    r"(?i:vul(?: hier)?(?: [^.]{1,60})? in|(?:[\w-]+ )?invullen|fill in(?: .{1,40})?|insert .{1,40}|todo:? .{1,60})"
)
_SENTENCE = lazy_pattern(r"(?:[^.!?]|[.!?](?!\s|$))+[.!?…]*")
_AROUND: Final = " \t\n*_\"'“”‘’`|>#-–"

# Nearly every text is finished. What may be a placeholder begins with a few letters that are
# looked for in no time; a phrase must also end a sentence, or stand at the beginning of one.
_END: Final = r"[*_]*+(?:[.!)\]\"|]|[ \t]*+(?:\n|\Z))"
_LATER_END: Final = (
    r"(?: (?:nog|later|binnenkort|straks|hier|z\.?s\.?m\b|zo snel mogelijk))*+"
    r"[*_]*+(?:[.!)\]\"|]|[ \t]*+(?:\Z|\n[ \t>]*+(?![a-z])))"
)
_VERBS: Final = rf"(?:uitwerken|toevoegen|schrijven|doen|te bepalen|uit te werken|toe te voegen|{_DONE})"
_WORDS: Final = ("psum", "n.t.b", "laceholder", "odo:")
_SIGNS: Final = (
    *(lazy_pattern(sign) for sign in (r"T(?:ODO|BD|BA)(?!\w)", r"F(?:IXME)", r"X(?:XX)", r"C(?:oming soon)")),
    lazy_pattern(r"here(?<=(?:xt|es|on|nt|me|nk|le|ry) here)"),
)
_PHRASES: Final = (
    lazy_pattern(rf"olg(?:t|en){_LATER_END}"),
    lazy_pattern(rf"og(?: (?:\w+ ){{0,2}}{_VERBS}|(?<=omt nog)){_END}"),
    lazy_pattern(
        r"ier (?:(?<=Hier )(?:staat|kom|volg(?:t|en) (?:nog|straks|later|binnenkort))|plaatsen|in|toevoegen|"
        r"(?<=eschrijf hier )(?:kort|de specifieke) )"
    ),
    lazy_pattern(rf"ul(?<=[vV]ul)(?:len{_END}|(?: hier)? [^.\n]{{0,80}}in(?:\]|[.!]?[ \t]*+(?:\n|\Z)))"),
    lazy_pattern(rf"o be (?:determined|added|confirmed|decided|written|completed|done|announced|provided){_END}"),
)
_BLOCK_EDGE = lazy_pattern(r"\n[ \t>]*+(?:(?=\n)|[#<][^\n]*+(?=\n)|[-*+>|!?]|[0-9]++[.)])|[|]|: ")


def may_be_unfinished(text: str) -> bool:
    """Whether a text may have a placeholder in it."""
    if any(word in text for word in _WORDS) or any(sign.search(text) for sign in _SIGNS):
        return True
    hits = (match for phrase in _PHRASES for match in phrase.finditer(text))
    return any(number == _MOST or _is_likely(text, match) for number, match in enumerate(hits))


def _is_likely(text: str, match: re.Match[str]) -> bool:
    """Whether the lines around a phrase are a placeholder, or have one in them."""
    start, end = max(match.start() - _LONGEST, 0), match.end() + _LONGEST
    for edge in _BLOCK_EDGE.finditer(text, start, end):
        if edge.end() <= match.start():
            start = edge.end()
        elif edge.start() >= match.end() - 1:
            end = edge.start()
            break
    return bool(unfinished(text[start:end]))


def unfinished(text: str) -> list[tuple[int, int]]:
    """Give the spans of placeholders in a text; of those that overlap, the first and longest."""
    spans = [*_sentences(text), *_bracketed(text), *_words(text)]
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or found[-1][1] <= start:
            found.append((start, end))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        start, end = _trimmed(text, *match.span())
        if not _is_whole(text[start:end]):
            # What comes after a label may be one: a term that is still to be settled.
            label = text.rfind(": ", start, end)
            start = _trimmed(text, label + 2, end)[0] if label >= 0 else end
        if start < end and _is_whole(text[start:end]):
            yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _AROUND:
        start += 1
    while start < end and text[end - 1] in _AROUND:
        end -= 1
    return start, end


def _is_whole(sentence: str) -> bool:
    if len(sentence) > _LONGEST:
        return False
    words = " ".join(sentence.split())
    return _WHOLE.fullmatch(words) is not None or _WHOLE.fullmatch(words.rstrip(".!…:")) is not None


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    if "[" not in text and "(" not in text:
        return
    matches = [*_IN_BRACKETS.finditer(text)]
    # A text with several blanks is a model for others to fill in.
    is_model = sum(match[1] is not None for match in matches) > 1
    for match in matches:
        inner = match[1] or match[2]
        if match[1] is not None and is_model:
            continue
        if inner not in {"...", "…", match[2] and "in te vullen"} and (
            _is_whole(inner) or (match[1] and _FILL_IN.fullmatch(inner))
        ):
            yield match.span()


def _words(text: str) -> Iterator[tuple[int, int]]:
    for match in _ANYWHERE.finditer(text):
        if match[0] != "XXX" or not _NUMBERED.search(text[max(match.start() - 20, 0) : match.start()]):
            yield match.span()
