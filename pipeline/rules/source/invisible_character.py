"""The file holds characters that nobody can see.

They come along when text is copied from a website, a PDF or a word processor. Searching for a
word with a soft hyphen in it finds nothing, and a link with a zero-width space in it is
broken. Characters that turn the direction of reading make a text look different from
what it says; those are errors. One finding is given for each such character in a file. Where
they are needed, in an emoji or in a script such as Arabic or Hindi, joiners are left alone.

Bad: ``artikel⟨U+00A0⟩35``

Good: ``artikel 35``

Mend it: take the character away and type an ordinary space if words now stick together. Often
typing the word and the spaces around it again is enough.
"""

from __future__ import annotations

import string
import unicodedata
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind

NAMES: Final = {
    "\u00a0": Text(nl="vaste spatie", en="no-break space"),
    "\u2007": Text(nl="vaste spatie ter breedte van een cijfer", en="figure space"),
    "\u202f": Text(nl="smalle vaste spatie", en="narrow no-break space"),
    "\u00ad": Text(nl="zacht afbreekstreepje", en="soft hyphen"),
    "\u200b": Text(nl="spatie zonder breedte", en="zero-width space"),
    "\u200c": Text(nl="scheidingsteken zonder breedte", en="zero-width non-joiner"),
    "\u200d": Text(nl="verbindingsteken zonder breedte", en="zero-width joiner"),
    "\u2060": Text(nl="woordverbinder zonder breedte", en="word joiner"),
    "\ufeff": Text(nl="bytevolgordeteken", en="byte order mark"),
    "\u2028": Text(nl="regelscheidingsteken", en="line separator"),
    "\u2029": Text(nl="alineascheidingsteken", en="paragraph separator"),
}
"""Characters with a name that people may know; the others are named after their sort."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPACES = "\u00a0\u2007\u202f"
_NOTHING = "\u00ad\u200b-\u200d\u2060-\u2064\ufeff"
_OTHERS = "\u2028\u2029\u180e\u206a-\u206f\ufff9-\ufffb\u115f\u1160\u3164\uffa0\U000e0001-\U000e007f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
INVISIBLE = lazy_pattern(f"[{_BIDI}{_SPACES}{_NOTHING}{_OTHERS}{_CONTROLS}]")
_SORTS = (
    ("bidi", lazy_pattern(f"[{_BIDI}]"), Text(nl="omkering van de leesrichting", en="bidirectional control")),
    ("space", lazy_pattern(f"[{_SPACES}]"), Text(nl="vaste spatie", en="no-break space")),
    ("nothing", lazy_pattern(f"[{_NOTHING}]"), Text(nl="teken zonder breedte", en="zero-width character")),
    ("", lazy_pattern("[\U000e0001-\U000e007f]"), Text(nl="onzichtbare letter", en="tag character")),
    ("", INVISIBLE, Text(nl="stuurteken", en="control character")),
)
_JOINERS: Final = "\u200c\u200d"
_TAGS: Final = ("\U000e0020", "\U000e007f")
# The flags of England, Scotland and Wales: a black flag, letters nobody sees, and an end.
_FLAG = lazy_pattern("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f")
# Scripts whose letters change shape beside one another: Hebrew up to the extensions of Indic.
_JOINING_SCRIPTS: Final = ("\u0590", "\u1cff")
_NEAR: Final = 100
"""As far as is looked from a character to the ends of its line."""
_OPENING = lazy_pattern(rf"(?:[ \t>{_SPACES}{_NOTHING}+*_=#~`|:-]|[0-9]{{1,9}}[.)])*+")
_TAIL = lazy_pattern(rf"[ \t{_SPACES}{_NOTHING}]*(?=[\r\n]|\Z)")
_BLANK: Final = f" \t{_SPACES}"
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff"
_SPACE = lazy_pattern(f"[ {_SPACES}]")
_PUNCTUATION: Final = frozenset(string.punctuation)
_MARKS: Final = frozenset("*_~`")


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="Hier staat een onzichtbaar teken: {name} ({code}, {times} in dit bestand).",
        en="There is an invisible character here: {name} ({code}, {times} in this file).",
    ),
    help={
        "": Text(
            nl="Programma's kunnen over dit teken struikelen. Haal het weg.",
            en="Programs may stumble over this character. Take it away.",
        ),
        "bidi": Text(
            nl="De lezer ziet daardoor iets anders dan er staat. Haal het teken weg en lees de zin daarna goed na.",
            en="Readers see something else than what it says. Take the character away and reread the sentence.",
        ),
        "space": Text(
            nl="Het lijkt een gewone spatie, maar zoeken en afbreken gaan er mis. Typ een gewone spatie.",
            en="It looks like an ordinary space, but searches and line breaks go wrong. Type an ordinary space.",
        ),
        "nothing": Text(
            nl="Wie naar dit woord zoekt, vindt het niet, en in een link werkt het niet. Haal het teken weg.",
            en="Searches do not find this word, and a link with it does not work. Take the character away.",
        ),
    },
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Gather the invisible characters that have no business here, each sort once."""
    text = document.source.text
    told = {flaw.problem.location.start for flaw in document.flaws}
    places: dict[str, list[int]] = {}
    for match in INVISIBLE.finditer(text):
        place = match.start()
        if place not in told and not (place == 0 and match[0] == "\ufeff") and not _belongs(text, place):
            places.setdefault(match[0], []).append(place)
    for char, found in places.items():
        yield _problem(document, char, found)


def _problem(document: Document, char: str, found: list[int]) -> Problem:
    variant, name = next((variant, name) for variant, chars, name in _SORTS if chars.match(char))
    code, count = f"U+{ord(char):04X}", len(found)
    fix = None
    if variant in {"space", "nothing"}:
        other = " " if variant == "space" else ""
        edits = tuple(Edit(location=document.at(place, place + 1), replacement=other) for place in found)
        safe = not any(_holds_apart(document.source.text, place) for place in found)
        fix = Fix(title=f"{code} → “{other}”", edits=edits, safe=safe)
    return Problem(
        location=document.at(found[0], found[0] + 1),
        variant=variant,
        parameters={
            "name": NAMES.get(char, name),
            "code": code,
            "times": Text(nl=f"{count} keer", en="once" if count == 1 else f"{count} times"),
        },
        fix=fix,
        severity=Severity.ERROR if variant == "bidi" else None,
        subject=code,
    )


def _holds_apart(text: str, place: int) -> bool:
    """Whether the text may become something else without the character at ``place``.

    At the beginning of a line, spaces make a block of code, and a sign before a space makes a
    list or a heading; at its end, two spaces break the line. Signs that come to stand side by
    side may make letters bold, or end a block of code.
    """
    least = max(0, place - _NEAR)
    start = max(text.rfind("\n", least, place), text.rfind("\r", least, place)) + 1
    if (start or not least) and _OPENING.fullmatch(text, start, place):
        return True
    line = text[start or least : place]
    before = line.rstrip(_UNSEEN)[-1:]
    after = text[place + 1 : place + _NEAR].lstrip(_UNSEEN)[:1]
    if {before, after} & _MARKS and not _SPACE.match(text, place):
        return True
    if tail := _TAIL.match(text, place, place + _NEAR):
        words = line.rstrip(_UNSEEN + _BLANK)
        return before == " " or words.endswith(("\\", ">")) or len(_SPACE.findall(tail[0])) > 1
    return before in _PUNCTUATION and after in _PUNCTUATION


def _belongs(text: str, place: int) -> bool:
    """Whether an emoji or a script needs the character at ``place``."""
    char = text[place]
    if _TAGS[0] <= char <= _TAGS[1]:
        start = text.rfind("\U0001f3f4", max(0, place - 32), place)
        flag = _FLAG.match(text, start) if start >= 0 else None
        return flag is not None and place < flag.end()
    if char not in _JOINERS or place in {0, len(text) - 1}:
        return False
    before, after = text[place - 1], text[place + 1]
    if _JOINING_SCRIPTS[0] <= before <= _JOINING_SCRIPTS[1] and unicodedata.category(before)[0] in "LM":
        return True
    return char == "\u200d" and _is_emoji(after) and (_is_emoji(before) or before == "\ufe0f")


def _is_emoji(char: str) -> bool:
    # By category, and by block for emoji newer than this Python: there is no property for it.
    return unicodedata.category(char) in {"So", "Sk", "Sm"} or "\U0001f000" <= char <= "\U0001faff"
