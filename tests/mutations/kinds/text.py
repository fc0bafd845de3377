"""Mistakes in running text: what does not become, or does not mean, what its author wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutations.seed import HERE, Change, Seed, mutation

if TYPE_CHECKING:
    from tests.mutations.page import Page


@mutation("text/term-duplicate")
def a_term_explained_twice_in_a_list(page: Page) -> Seed | None:
    """A second ``*[term]: …`` for the same term."""
    kinds = [each for each in page.material.schemas.kinds.values() if each.files.layout == "abbreviations"]
    if not kinds:
        return None
    path = kinds[0].files.file
    text = page.material.files[path].decode()
    found = page.choose(list(re.finditer(r"^\*\[([^\]\n]+)\]: (.*)$", text, re.MULTILINE)))
    if found is None or text.count(f"*[{found[1]}]:") > 1 or found[1].startswith("verwerkers"):
        return None  # the last is a wrong form of a term, too
    lead = "" if text.endswith("\n") else "\n"
    line = (text + lead).count("\n") + 1
    data = f"{text}{lead}*[{found[1]}]: Iets anders.\n".encode()
    return Seed(files={path: data}, place=(path, line, 3))


@mutation("text/term-duplicate")
def a_term_explained_twice(page: Page) -> Seed | None:
    """Another entry explains the same term."""
    field = page.means("term")
    others = [
        entry
        for entry in page.material.framework.index.of_kind(page.kind.name)
        if entry.path < page.path and re.fullmatch(r"[\w -]+", entry.part("term") or "")
    ]
    other = page.choose(others)
    if field is None or other is None or not page.is_document:
        return None
    change = Change(field.value.start, field.value.end, HERE + other.part("term"))
    return Seed(changes=(change,), uses=frozenset({other.path}))


def _dialect(page: Page) -> str:
    return page.kind.markdown.dialect


def _below(page: Page, text: str, *, mended: str | None = None, glued: bool = False) -> Seed | None:
    """Put something below a paragraph, after an empty line or right below it."""
    # Not above a list, which would go on with one that is put there.
    apart = re.compile(r"\n\n(?!\s*(?:[-*+]|\d+[.)])\s)")
    paragraph = page.choose(page.paragraphs, lambda each: apart.match(page.text, each.end) and each.text.strip())
    if paragraph is None:
        return None
    place = paragraph.end + 1
    lead = "" if glued else "\n"
    fixed = None if mended is None else f"{lead}{mended}\n"
    return Seed(changes=(Change(place, place, f"{lead}{text}\n"),), mended=fixed)


def _instead(page: Page, text: str, *, mended: str | None = None, suggests: str = "") -> Seed | None:
    """Write something else for some words; ``{}`` stands for the words."""
    phrase = page.choose(page.phrases)
    if phrase is None:
        return None
    fixed = None if mended is None else mended.replace("{}", phrase.text)
    change = Change(phrase.start, phrase.end, text.replace("{}", phrase.text))
    return Seed(changes=(change,), mended=fixed, suggests=suggests)


LIST = "text/list-not-rendered"


@mutation(LIST)
def a_list_right_below_a_paragraph(page: Page) -> Seed | None:
    """No empty line above the list."""
    if _dialect(page) == "commonmark":
        return None
    return _below(page, f"{HERE}- eerst dit\n- dan dat", mended="\n- eerst dit\n- dan dat", glued=True)


@mutation(LIST)
def a_numbered_list_right_below_a_paragraph(page: Page) -> Seed | None:
    """No empty line above a list with numbers."""
    if _dialect(page) == "commonmark":
        return None
    return _below(page, f"{HERE}1. eerst dit\n2. dan dat", mended="\n1. eerst dit\n2. dan dat", glued=True)


@mutation(LIST)
def hyphens_without_spaces(page: Page) -> Seed | None:
    """``-eerst dit``."""
    return _below(page, f"{HERE}-eerst dit\n-dan dat", mended="- eerst dit\n- dan dat")


@mutation(LIST)
def bullets_of_a_word_processor(page: Page) -> Seed | None:
    """``• eerst dit``."""
    return _below(page, f"{HERE}• eerst dit\n• dan dat", mended="- eerst dit\n- dan dat")


@mutation(LIST)
def numbers_without_spaces(page: Page) -> Seed | None:
    """``1.eerst dit``."""
    return _below(page, f"{HERE}1.eerst dit\n2.dan dat", mended="1. eerst dit\n2. dan dat")


@mutation(LIST)
def a_list_within_a_list_that_is_not_moved_in_enough(page: Page) -> Seed | None:
    """Two spaces where four are needed."""
    if _dialect(page) == "commonmark":
        return None
    return _below(page, f"- eerst dit\n  {HERE}- en dat\n- dan dat")


TABLE = "text/table-not-rendered"
ROW = "| Jurist | toetst |"


@mutation(TABLE)
def a_table_without_its_row_of_hyphens(page: Page) -> Seed | None:
    """Rows with upright lines, and no ``|---|---|``."""
    return _below(page, f"{HERE}| Rol | Taak |\n{ROW}\n| Ontwikkelaar | bouwt |")


@mutation(TABLE)
def a_table_right_below_a_paragraph(page: Page) -> Seed | None:
    """No empty line above the table."""
    if _dialect(page) == "commonmark":
        return None  # there, it becomes a table all the same
    return _below(page, f"{HERE}| Rol | Taak |\n|---|---|\n{ROW}", glued=True)


@mutation(TABLE)
def a_row_of_hyphens_with_a_cell_too_few(page: Page) -> Seed | None:
    """``|---|`` below two columns."""
    return _below(page, f"| Rol | Taak |\n{HERE}|---|\n{ROW}")


@mutation("text/table-columns")
def a_row_with_a_cell_too_many(page: Page) -> Seed | None:
    """Three cells in a table of two columns."""
    return _below(page, f"| Rol | Taak |\n|---|---|\n{ROW}\n| Ontwikkelaar | bouwt | {HERE}test |")


@mutation("text/table-columns")
def a_row_with_a_cell_too_few(page: Page) -> Seed | None:
    """One cell in a table of two columns."""
    return _below(page, f"| Rol | Taak |\n|---|---|\n{ROW}\n{HERE}| Ontwikkelaar |")


@mutation("text/table-columns")
def words_right_below_a_table(page: Page) -> Seed | None:
    """No empty line below the table."""
    return _below(page, f"| Rol | Taak |\n|---|---|\n{ROW}\n{HERE}Meer over rollen.")


HEADING = "text/heading-not-rendered"


def _heading(page: Page, form: str, *, restores: bool = True) -> Seed | None:
    heading = page.choose(page.headings, lambda each: re.fullmatch(r"[A-Z][a-z ]+", each.text))
    if heading is None or f"#{heading.text.lower().replace(' ', '-')}" in page.material.texts.decode(
        "utf-8", "replace"
    ):
        return None
    start = page.line_of(heading.start)
    signs = page.text[start : heading.start].strip()
    above = page.text[:start].rstrip("\n").rpartition("\n")[2]
    if re.match(r"\s|[-*+|>!?]|[0-9]+[.)]", above):
        return None  # it may belong to a list or a box
    return Seed(changes=(Change(start, heading.end, form.format(signs=signs, text=heading.text)),), restores=restores)


@mutation(HEADING)
def a_heading_without_a_space(page: Page) -> Seed | None:
    """``##Toelichting``."""
    return _heading(page, f"{HERE}{{signs}}{{text}}")


@mutation(HEADING)
def a_heading_moved_in(page: Page) -> Seed | None:
    """Four spaces before ``## Toelichting``."""
    return _heading(page, f"    {HERE}{{signs}} {{text}}")


@mutation(HEADING)
def a_heading_with_too_many_signs(page: Page) -> Seed | None:
    """``#######``."""
    return _below(page, f"{HERE}####### Bijzonderheden")


EMPHASIS = "text/emphasis-not-rendered"


@mutation(EMPHASIS)
def a_space_after_the_first_stars(page: Page) -> Seed | None:
    """``** woord**``."""
    return _instead(page, f"{HERE}** {{}}**", mended="**{}**")


@mutation(EMPHASIS)
def a_space_before_the_last_stars(page: Page) -> Seed | None:
    """``**woord **``."""
    return _instead(page, f"{HERE}**{{}} **", mended="**{}**")


@mutation(EMPHASIS)
def stars_without_their_mates(page: Page) -> Seed | None:
    """``**woord``."""
    return _instead(page, f"{HERE}**{{}}")


@mutation(EMPHASIS)
def a_star_too_few_at_the_end(page: Page) -> Seed | None:
    """``**woord*``."""
    return _instead(page, f"{HERE}**{{}}*")


LINK = "text/link-not-rendered"
ADDRESS = "https://www.voorbeeld.nl/regels"


@mutation(LINK)
def a_space_between_the_brackets_of_a_link(page: Page) -> Seed | None:
    """``[tekst] (https://…)``."""
    return _instead(page, f"{HERE}[{{}}] ({ADDRESS})", mended=f"[{{}}]({ADDRESS})")


@mutation(LINK)
def the_brackets_of_a_link_the_wrong_way_round(page: Page) -> Seed | None:
    """``(tekst)[https://…]``."""
    return _instead(page, f"{HERE}({{}})[{ADDRESS}]", mended=f"[{{}}]({ADDRESS})")


@mutation(LINK)
def a_link_without_its_second_bracket(page: Page) -> Seed | None:
    """``[tekst(https://…)``."""
    return _instead(page, f"{HERE}[{{}}({ADDRESS})", mended=f"[{{}}]({ADDRESS})")


@mutation(LINK)
def a_link_without_its_first_bracket(page: Page) -> Seed | None:
    """``tekst](https://…)``."""
    return _instead(page, f"{{}}{HERE}]({ADDRESS})")


@mutation(LINK)
def a_short_name_that_is_not_explained(page: Page) -> Seed | None:
    """``[tekst][wet]`` and no ``[wet]: https://…``."""
    return _instead(page, f"[{{}}][{HERE}wet-die-er-niet-is]") if "]: " not in page.text else None


BOX = "text/admonition-not-rendered"


@mutation(BOX)
def a_box_with_curved_quotation_marks(page: Page) -> Seed | None:
    """``!!! note “Let op”``."""
    return _below(page, f"{HERE}!!! note “Let op”\n\n    Meer hierover.") if _dialect(page) != "commonmark" else None


@mutation(BOX)
def a_box_with_a_sign_too_few(page: Page) -> Seed | None:
    """``!! note "Let op"``."""
    if _dialect(page) == "commonmark":
        return None
    return _below(page, f'{HERE}!! note "Let op"\n\n    Meer hierover.')


@mutation(BOX)
def a_box_where_there_are_none(page: Page) -> Seed | None:
    """A box of another site's dialect."""
    return _below(page, f'{HERE}!!! note "Let op"\n\n    Meer hierover.') if _dialect(page) == "commonmark" else None


@mutation("text/admonition-empty")
def a_box_with_nothing_in_it(page: Page) -> Seed | None:
    """``!!! note "Let op"`` and no text."""
    heading = page.choose(page.headings)
    if heading is None or _dialect(page) == "commonmark":
        return None
    start = page.line_of(heading.start)
    return Seed(changes=(Change(start, start, f'\n{HERE}!!! note "Let op"\n\n'),))


@mutation("text/admonition-empty")
def a_box_whose_text_is_not_moved_in(page: Page) -> Seed | None:
    """The text of a box stands at the margin."""
    if _dialect(page) == "commonmark":
        return None
    return _below(page, f'!!! note "Let op"\n{HERE}Meer hierover.')


@mutation("text/footnote-undefined")
def a_note_that_is_nowhere(page: Page) -> Seed | None:
    """``[^1]`` and no ``[^1]:``."""
    return _instead(page, f"{{}}{HERE}[^zoek]") if "[^" not in page.text else None


@mutation("text/footnote-undefined")
def a_note_without_its_colon(page: Page) -> Seed | None:
    """``[^1] De wet`` for ``[^1]: De wet``."""
    if "[^" in page.text:
        return None
    paragraph = page.choose(page.paragraphs, lambda each: page.text[each.end : each.end + 2] == "\n\n")
    if paragraph is None:
        return None
    changes = (
        Change(paragraph.end, paragraph.end, "[^wet]"),
        Change(paragraph.end + 1, paragraph.end + 1, f"\n{HERE}[^wet] De wet.\n"),
    )
    return Seed(changes=changes)


@mutation("text/footnote-unused")
def a_note_that_nothing_refers_to(page: Page) -> Seed | None:
    """``[^1]:`` and no ``[^1]``."""
    return _below(page, f"{HERE}[^los]: De wet.") if "[^" not in page.text else None


@mutation("text/footnote-duplicate")
def a_note_explained_twice(page: Page) -> Seed | None:
    """Two lines that begin with ``[^1]:``."""
    if "[^" in page.text:
        return None
    paragraph = page.choose(page.paragraphs, lambda each: page.text[each.end : each.end + 2] == "\n\n")
    if paragraph is None:
        return None
    changes = (
        Change(paragraph.end, paragraph.end, "[^1]"),
        Change(paragraph.end + 1, paragraph.end + 1, f"\n[^1]: De wet.\n\n{HERE}[^1]: Het besluit.\n"),
    )
    return Seed(changes=changes)


@mutation("text/heading-duplicate")
def a_heading_twice(page: Page) -> Seed | None:
    """A heading that stands on the page already."""
    heading = page.choose(page.headings[1:], lambda each: re.fullmatch(r"[A-Z][a-z ]+", each.text))
    if heading is None or not page.paragraphs:
        return None
    signs = page.text[page.line_of(heading.start) : heading.start].strip()
    last = page.paragraphs[-1]
    if last.start < heading.end or page.text[last.end :].strip():
        return None
    text = f"\n\n{signs} {HERE}{heading.text}\n\nMeer hierover.\n"
    return Seed(changes=(Change(last.end, len(page.text), text), Change(heading.start, heading.end, heading.text)))


@mutation("text/heading-skipped")
def a_heading_two_levels_deeper(page: Page) -> Seed | None:
    """``####`` right below ``##``."""
    heading = page.choose(page.headings, lambda each: page.text[page.line_of(each.start) :].startswith("## "))
    if heading is None:
        return None
    end = page.line_after(heading.end)
    text = "\n{} Bijzonderheden\n\nMeer hierover.\n\n"
    return Seed(changes=(Change(end, end, text.format(f"{HERE}####")),), mended=text.format("###"))


PLACEHOLDER = "text/placeholder"


def _placeholder(name: str, text: str) -> None:
    @mutation(PLACEHOLDER, name, f"``{text}``")
    def make(page: Page) -> Seed | None:
        before, mark, after = text.partition("|")
        return _below(page, f"{before}{HERE}{after}" if mark else f"{HERE}{text}")


for _name, _text in (
    ("a to-do", "TODO"),
    ("a to-do in a sentence", "Hier komt de uitleg, |TODO."),
    ("a text that is still to come", "Toelichting volgt."),
    ("a text to be filled in", "[Nog invullen]"),
    ("the words of a printer", "Lorem ipsum dolor sit amet."),
    ("three crosses", "XXX"),
):
    _placeholder(_name, _text)


@mutation(PLACEHOLDER)
def a_summary_that_is_still_to_come(page: Page) -> Seed | None:
    """``toelichting: Toelichting volgt``."""
    field = page.means("summary")
    if field is None or not field.is_plain:
        return None
    return Seed(changes=(Change(field.value.start, field.value.end, f"{HERE}Toelichting volgt"),))


@mutation("text/raw-html")
def bold_words_in_html(page: Page) -> Seed | None:
    """``<b>woord</b>`` where no HTML may be."""
    return _instead(page, f"{HERE}<b>{{}}</b>") if not page.kind.markdown.html else None


@mutation("text/raw-html")
def a_line_break_in_html(page: Page) -> Seed | None:
    """``<br>`` where no HTML may be."""
    return _instead(page, f"{{}}{HERE}<br>") if not page.kind.markdown.html else None
