"""Texts that are harder to read than they need to be, in our own style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.mutations.seed import HERE, Change, Seed, mutation

if TYPE_CHECKING:
    from tests.mutations.page import Field, Page

_LONG: Final = (
    "Vraag aan iedereen die iets over het algoritme weet of ook maar iets over het gebruik ervan kan vertellen "
    "wat hij daarvan vindt en schrijf dat dan op in een kort verslag"
)


def _style(page: Page) -> bool:
    """Whether the material asks for plain words at all."""
    return page.material.name == "own"


def _title(page: Page) -> Field | None:
    field = page.means("title")
    told = field is not None and field.is_plain and page.is_document and _style(page)
    return field if told and "term" not in page.kind.means else None


def _instead(field: Field | None, text: str, *, mended: str | None = None) -> Seed | None:
    if field is None:
        return None
    fixed = None if mended is None else mended.replace("{}", field.value.text)
    change = Change(field.value.start, field.value.end, text.replace("{}", field.value.text))
    return Seed(changes=(change,), mended=fixed)


@mutation("style/title-full-stop")
def a_full_stop_at_the_end_of_a_title(page: Page) -> Seed | None:
    """``title: Doe een DPIA.``"""  # noqa: D400 - the full stop is the mistake
    field = page.means("title")
    if field is None or not field.is_plain or field.value.text.endswith((".", "?")):
        return None
    end = field.value.end
    return Seed(changes=(Change(end, end, f"{HERE}."),), restores=True)


@mutation("style/title-length")
def a_title_that_is_too_long(page: Page) -> Seed | None:
    """A title of more than 80 characters."""
    return _instead(_title(page), f"{HERE}{{}}{' en nog veel meer' * 5}")


@mutation("style/title-length")
def a_title_of_titles(page: Page) -> Seed | None:
    """``title: "Inkoop: eisen: stel ze vooraf"``."""
    field = _title(page)
    words = field.value.text.split(" ") if field else []
    if field is None or len(words) < 4 or '"' in field.value.text:
        return None
    text = f'"{HERE}{words[0]} {words[1]}: {words[2]}: {" ".join(words[3:])}"'
    return Seed(changes=(Change(field.value.start, field.value.end, text),))


@mutation("style/title-imperative")
def a_title_that_does_not_say_what_to_do(page: Page) -> Seed | None:
    """``title: Overzicht van algoritmes`` for a measure."""
    if page.kind.name != "maatregel":
        return None
    return _instead(_title(page), f"{HERE}Overzicht van de algoritmes die je gebruikt")


def _summary(page: Page) -> Field | None:
    field = page.means("summary")
    return field if field is not None and field.is_plain and _style(page) and field.value.text.endswith(".") else None


@mutation("style/summary-length")
def a_summary_that_is_too_short(page: Page) -> Seed | None:
    """A summary of three words."""
    return _instead(_summary(page), f"{HERE}Over dit onderwerp.")


@mutation("style/summary-length")
def a_summary_that_is_too_long(page: Page) -> Seed | None:
    """A summary of more than forty words."""
    return _instead(_summary(page), f"{HERE}{' '.join(['Maak een lijst van wat je al hebt gedaan.'] * 5)}")


@mutation("style/summary-length")
def a_summary_without_a_full_stop(page: Page) -> Seed | None:
    """The full stop at the end is missing."""
    field = _summary(page)
    if field is None:
        return None
    return Seed(
        changes=(Change(field.value.start, field.value.end, f"{field.value.text[:-2]}{HERE}{field.value.text[-2]}"),)
    )


def _between(page: Page, text: str) -> Seed | None:
    """Put a paragraph between two others."""
    paragraph = page.choose(page.paragraphs, lambda each: page.text[each.end : each.end + 2] == "\n\n")
    if paragraph is None or not _style(page):
        return None
    place = paragraph.end + 1
    return Seed(changes=(Change(place, place, f"\n{text}\n"),))


@mutation("style/sentence-length")
def a_sentence_that_is_too_long(page: Page) -> Seed | None:
    """A sentence of more than 25 words."""
    return _between(page, f"{HERE}{_LONG}.")


@mutation("style/paragraph-length")
def a_paragraph_of_many_sentences(page: Page) -> Seed | None:
    """Six sentences in one paragraph."""
    return _between(page, f"{HERE}Maak een lijst. Kijk die na. Vul hem aan. Bewaar hem goed. Deel hem. Werk hem bij.")


@mutation("style/paragraph-length")
def a_list_of_many_items(page: Page) -> Seed | None:
    """Nine items in one list."""
    items = "\n".join(f"- punt {word};" for word in ["twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"])
    return _between(page, f"Denk aan:\n\n- {HERE}punt een;\n{items}")


@mutation("style/passive")
def sentences_that_do_not_say_who_acts(page: Page) -> Seed | None:
    """Four sentences with ``worden``."""
    text = f"De lijst {HERE}wordt gemaakt. De data worden bewaard. De fout wordt gemeld. De eis wordt gesteld."
    others = re.findall(r"\b(?:word|wordt|worden|werd|werden)\b", page.text[page.body :])
    return _between(page, text) if not others else None


def _word(page: Page, text: str, suggests: str, kind: str = "") -> Seed | None:
    """Write a word for some words of the text."""
    phrase = page.choose(page.phrases)
    if phrase is None or not _style(page) or (kind and page.kind.name != kind):
        return None
    return Seed(changes=(Change(phrase.start, phrase.end, text),), suggests=suggests)


def _plain(word: str, better: str) -> None:
    @mutation("style/plain-words", f"{word} for {better}", f"``{word}``, where ``{better}`` says the same.")
    def make(page: Page) -> Seed | None:
        return _word(page, f"{HERE}{word} een toets", better)


for _hard, _easy in (("middels", "met"), ("conform", "volgens"), ("teneinde", "om"), ("door middel van", "met")):
    _plain(_hard, _easy)


def _variant(word: str, better: str) -> None:
    @mutation("style/term-variant", f"{word} for {better}", f"``{word}``, which we write as ``{better}``.")
    def make(page: Page) -> Seed | None:
        phrase = page.choose(page.phrases)
        if phrase is None or (not _style(page) and word != "algoritme's"):
            return None
        return Seed(changes=(Change(phrase.start, phrase.end, f"{HERE}{word}"),), mended=better)


for _other, _right in (
    ("algoritme's", "algoritmes"),
    ("hoog risico AI systeem", "hoog-risico-AI-systeem"),
    ("AI systemen", "AI-systemen"),
    ("verwerkersverantwoordelijke", "verwerkingsverantwoordelijke"),
):
    _variant(_other, _right)


@mutation("style/date-in-prose")
def a_date_of_law_in_a_text(page: Page) -> Seed | None:
    """``vanaf 2 augustus 2026`` in a sentence."""
    if page.kind.name not in {"vereiste", "maatregel"}:
        return None
    return _between(page, f"De plicht uit de AI-verordening geldt vanaf {HERE}2 augustus 2026.")


@mutation("style/must-without-law")
def an_advice_that_sounds_like_a_duty(page: Page) -> Seed | None:
    """``Je moet elke maand meten`` in a measure."""
    return _between(page, f"Je {HERE}moet elke maand meten.") if page.kind.name == "maatregel" else None
