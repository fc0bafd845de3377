"""Mistakes in a file as a whole: its bytes, its line ends, characters that nobody sees."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from tests.mutations.seed import HERE, Change, Seed, mutation

if TYPE_CHECKING:
    from tests.mutations.page import Page, Span

_INVISIBLE: Final = {
    "a zero-width space in a word": "\u200b",
    "a zero-width joiner in a word": "\u200d",
    "a word joiner in a word": "\u2060",
    "a soft hyphen in a word": "\u00ad",
    "a byte order mark in the middle": "\ufeff",
}
_BLANK: Final = {"a no-break space": "\u00a0", "a narrow no-break space": "\u202f", "a figure space": "\u2007"}
_STEERING: Final = {
    "a right-to-left override": "\u202e",
    "a left-to-right mark": "\u200e",
    "an isolate that is not closed": "\u2067",
    "a line separator": "\u2028",
    "a backspace": "\x08",
    "an invisible letter": "\U000e0061",
}
_RULE: Final = "source/invisible-character"


@mutation("source/byte-order-mark")
def a_byte_order_mark(page: Page) -> Seed:
    """Saved as “UTF-8 with BOM”."""
    start = page.text.index(page.text[:1])
    return Seed(changes=(Change(start, start, f"{HERE}\ufeff"),), restores=True)


@mutation("source/crlf")
def line_ends_of_windows(page: Page) -> Seed:
    """Every line ends in CR and LF."""
    data = page.text.replace("\n", "\r\n").encode()
    return Seed(files={page.path: data}, place=("", 1, page.text.index("\n") + 1), breaks="file")


@mutation("source/crlf")
def line_ends_of_windows_in_part(page: Page) -> Seed | None:
    """A pasted paragraph ends its lines in CR and LF, the rest in LF."""
    paragraph = page.choose(page.paragraphs, lambda each: "\n" in each.text)
    if paragraph is None:
        return None
    text = paragraph.text.replace("\n", "\r\n").replace("\r", f"{HERE}\r", 1)
    return Seed(changes=(Change(paragraph.start, paragraph.end, text),), restores=True)


def _stored_apart(page: Page, spans: tuple[Span, ...]) -> Seed | None:
    for span in spans:
        for place, letter in enumerate(span.text, start=span.start):
            if not unicodedata.is_normalized("NFD", letter):
                word = max(page.text.rfind(blank, 0, place) for blank in " \n\t") + 1
                apart = HERE + page.text[word:place] + unicodedata.normalize("NFD", letter)
                return Seed(changes=(Change(word, place + 1, apart),), restores=True)
    return None


@mutation("source/not-nfc")
def an_accent_apart_from_its_letter(page: Page) -> Seed | None:
    """Text copied from macOS: ``ë`` in two characters."""
    return _stored_apart(page, page.prose)


@mutation("source/not-nfc")
def an_accent_apart_in_a_field(page: Page) -> Seed | None:
    """The same in the value of a field."""
    return _stored_apart(page, tuple(each.value for each in page.fields if each.is_plain))


@mutation("source/trailing-space")
def a_space_after_a_value(page: Page) -> Seed | None:
    """A space at the end of a field's line."""
    field = page.choose(page.fields, lambda each: each.value.text)
    return Seed(changes=(Change(field.value.end, field.value.end, f"{HERE} "),), restores=True) if field else None


@mutation("source/trailing-space")
def a_tab_after_a_line(page: Page) -> Seed | None:
    """A tab at the end of a line of text."""
    line = page.choose(page.prose)
    return Seed(changes=(Change(line.end, line.end, f"{HERE}\t"),), restores=True) if line else None


@mutation("source/trailing-space")
def spaces_on_an_empty_line(page: Page) -> Seed | None:
    """Spaces on a line without words."""
    line = page.choose(page.paragraphs, lambda each: page.text[each.end : each.end + 2] == "\n\n")
    return Seed(changes=(Change(line.end + 1, line.end + 1, f"{HERE}   "),), restores=True) if line else None


def _conflict(span: Span | None, ours: str, base: str = "") -> Seed | None:
    if span is None:
        return None
    text = f"{HERE}<<<<<<< HEAD\n{span.text}\n{base}=======\n{ours}\n>>>>>>> main"
    return Seed(changes=(Change(span.start, span.end, text),))


def _line(page: Page) -> Span | None:
    """Give a line without brackets, which may go on on the next."""
    return page.choose(page.prose, lambda each: not {"[", "]", "{", "}"} & set(each.text))


@mutation("source/merge-conflict-marker")
def a_conflict_in_the_text(page: Page) -> Seed | None:
    """Two versions of a line of text."""
    return _conflict(_line(page), "Deze regel werd ook gewijzigd.")


@mutation("source/merge-conflict-marker")
def a_conflict_with_the_common_version(page: Page) -> Seed | None:
    """A conflict as git writes it with ``diff3``."""
    return _conflict(_line(page), "Een andere versie.", "||||||| 1a2b3c4\nDe oude versie.\n")


@mutation("source/merge-conflict-marker")
def a_conflict_in_the_fields(page: Page) -> Seed | None:
    """Two versions of a field."""
    field = page.choose(page.fields, lambda each: each.is_plain and each.end == page.line_after(each.value.end))
    if field is None or page.is_list:
        return None
    line = page.text[field.line : field.value.end]
    text = f"{HERE}<<<<<<< HEAD\n{line}\n=======\n{line} anders\n>>>>>>> main"
    return Seed(changes=(Change(field.line, field.value.end, text),), breaks="fields")


def _half(page: Page, marker: str) -> Seed | None:
    paragraph = page.choose(page.paragraphs, lambda each: page.text[each.end : each.end + 2] == "\n\n")
    if paragraph is None:
        return None
    return Seed(changes=(Change(paragraph.end + 1, paragraph.end + 1, f"\n{HERE}{marker}\n"),))


@mutation("source/merge-conflict-marker")
def the_beginning_of_a_conflict(page: Page) -> Seed | None:
    """The line ``<<<<<<< HEAD`` alone."""
    return _half(page, "<<<<<<< HEAD")


@mutation("source/merge-conflict-marker")
def the_middle_of_a_conflict(page: Page) -> Seed | None:
    """The line ``=======`` alone, between empty lines."""
    return _half(page, "=======")


@mutation("source/merge-conflict-marker")
def the_end_of_a_conflict(page: Page) -> Seed | None:
    """The line ``>>>>>>> main`` alone."""
    return _half(page, ">>>>>>> main")


@mutation("source/merge-conflict-marker")
def the_end_of_a_conflict_in_the_fields(page: Page) -> Seed | None:
    """The line ``>>>>>>> main`` among the fields."""
    field = page.choose(page.fields[1:])
    if field is None or page.is_list:
        return None
    return Seed(changes=(Change(field.line, field.line, f"{HERE}>>>>>>> main\n"),), breaks="fields")


def _in_word(name: str, char: str) -> None:
    @mutation(_RULE, name, f"U+{ord(char):04X} between two letters of a word.")
    def make(page: Page) -> Seed | None:
        phrase = page.choose(page.phrases)
        if phrase is None:
            return None
        place = phrase.start + 1
        restores = char in "\u200b\u200d\u2060\u00ad\ufeff"
        return Seed(changes=(Change(place, place, HERE + char),), restores=restores)


def _for_space(name: str, char: str) -> None:
    @mutation(_RULE, name, f"U+{ord(char):04X} for a space.")
    def make(page: Page) -> Seed | None:
        phrase = page.choose(page.phrases)
        if phrase is None:
            return None
        place = phrase.start + phrase.text.index(" ")
        return Seed(changes=(Change(place, place + 1, HERE + char),), restores=True)


for _name, _char in (_INVISIBLE | _STEERING).items():
    _in_word(_name, _char)
for _name, _char in _BLANK.items():
    _for_space(_name, _char)


@mutation(_RULE)
def a_no_break_space_in_a_field(page: Page) -> Seed | None:
    """A title pasted from a website, with U+00A0 for a space."""
    field = page.choose(page.fields, lambda each: each.is_plain and " " in each.value.text)
    if field is None:
        return None
    place = field.value.start + field.value.text.index(" ")
    return Seed(changes=(Change(place, place + 1, f"{HERE}\u00a0"),), restores=True)


@mutation(_RULE)
def a_zero_width_space_in_a_reference(page: Page) -> Seed | None:
    """A code pasted from a website, with U+200B after it."""
    field = page.choose(page.fields, lambda each: page.kind.reference_in(each.name.text) and page.items(each))
    item = page.choose(page.items(field), lambda each: ":" not in each.word.text) if field else None
    if item is None:
        return None
    return Seed(changes=(Change(item.word.end, item.word.end, f"{HERE}\u200b"),), restores=True)


@mutation(_RULE)
def a_no_break_space_after_a_colon(page: Page) -> Seed | None:
    """``status: concept`` with U+00A0 after the space, before the value."""
    field = page.choose(page.fields, lambda each: each.is_plain and not each.value.text[0].isdigit())
    if field is None:
        return None
    return Seed(changes=(Change(field.value.start, field.value.start, f"{HERE}\u00a0"),))


@mutation("source/not-utf8")
def letters_of_windows(page: Page) -> Seed | None:
    """Saved as Windows-1252, so that ``é`` is one byte."""
    try:
        data = page.text.encode("cp1252")
    except UnicodeEncodeError:
        return None
    place = next((at for at, letter in enumerate(page.text) if ord(letter) > 127), -1)
    if place < 0:
        return None
    line, column = page.text.count("\n", 0, place) + 1, place - page.line_of(place) + 1
    return Seed(files={page.path: data}, place=("", line, column), breaks="file")


@mutation("source/not-utf8")
def a_quotation_mark_of_windows(page: Page) -> Seed | None:
    """One byte 0x93 among UTF-8: pasted by a program that does not know better."""
    phrase = page.choose(page.phrases)
    if phrase is None:
        return None
    data = page.text[: phrase.start].encode() + b"\x93" + page.text[phrase.start :].encode()
    line, column = page.text.count("\n", 0, phrase.start) + 1, phrase.start - page.line_of(phrase.start) + 1
    return Seed(files={page.path: data}, place=("", line, column), breaks="file")


@mutation("source/not-utf8")
def saved_as_unicode(page: Page) -> Seed:
    """Saved as UTF-16, which Windows calls “Unicode”."""
    return Seed(files={page.path: page.text.encode("utf-16")}, place=("", 1, 1), breaks="file")


@mutation("source/too-large")
def a_picture_pasted_as_text(page: Page) -> Seed | None:
    """More than a mebibyte in one file."""
    if page.is_list:
        return None
    data = f"{page.text}\n![Foto](data:image/png;base64,{'A' * 1_100_000})\n".encode()
    return Seed(files={page.path: data}, place=("", 1, 1), breaks="file")


@mutation("source/too-large")
def brackets_within_brackets(page: Page) -> Seed | None:
    """Sixty lists inside one another."""
    field = page.choose(page.fields_of("array"))
    if field is None or page.is_list:
        return None
    # The first list is one level deep, as the fields around it are.
    text = f"{'[' * 49}{HERE}{'[' * 11}{']' * 60}"
    return Seed(changes=(Change(field.name.end, field.end, f": {text}\n"),), breaks="fields")


@mutation("source/case-collision")
def the_same_name_with_capitals(page: Page) -> Seed | None:
    """A second file whose name differs in capitals only."""
    if page.material.name == "own":
        first, second = "content/ids.csv", "content/Ids.csv"
        path, place = (second, first) if first < second else (first, second)
        # The capital sorts first, so that the other is the second.
        return Seed(files={second: b""}, place=(max(first, second), 1, 1)) if path != place else None
    picture = page.choose([each for each in page.material.files if each.endswith(".png")])
    if picture is None:
        return None
    other = picture.removesuffix(".png") + ".PNG"
    return Seed(files={other: b""}, place=(max(picture, other), 1, 1))


def _new_entry(page: Page) -> tuple[str, bytes] | None:
    """Give a new code and a file for it, made from an entry with a code in its name."""
    identity = page.kind.identity
    if not (page.is_document and identity.prefixes and identity.where == "field"):
        return None
    field = page.field(identity.field)
    entry = page.material.framework.entries_by_path[page.path][0]
    if field is None or entry.code not in page.stem:
        return None
    code = f"{entry.code.rpartition('-')[0]}-{page.random.randrange(80, 98)}"
    if code in page.material.named(page.kind.name):
        return None
    stem = page.stem.replace(entry.code, code)
    return stem, page.text.replace(entry.id, identity.id_of(code)).encode()


def _elsewhere(page: Page, folder: str, ending: str, *, suggested: bool) -> Seed | None:
    new = _new_entry(page)
    if new is None:
        return None
    stem, data = new
    path = f"{folder}/{stem}{ending}"
    if page.material.schemas.claim(path) is not None:
        return None
    prefix = stem.partition("-")[0]
    takers = [kind for kind in page.material.schemas.kinds.values() if prefix in kind.identity.prefixes]
    suggests = f"{page.kind.files.folder}/{stem}.md" if suggested and len(takers) == 1 else ""
    return Seed(files={path: data}, place=(path, 1, 1), suggests=suggests)


@mutation("source/unclaimed-file")
def a_new_entry_in_a_misspelt_folder(page: Page) -> Seed | None:
    """``maatregel`` for ``maatregelen``."""
    return _elsewhere(page, page.kind.files.folder[:-2], ".md", suggested=True)


@mutation("source/unclaimed-file")
def a_new_entry_in_a_folder_too_deep(page: Page) -> Seed | None:
    """In a folder of its own, below the right one."""
    return _elsewhere(page, f"{page.kind.files.folder}/nieuw", ".md", suggested=True)


@mutation("source/unclaimed-file")
def a_new_entry_beside_the_folders(page: Page) -> Seed | None:
    """In the framework's own folder."""
    top = page.path.partition("/")[0]
    return _elsewhere(page, f"{top}/nieuw", ".md", suggested=True)


@mutation("source/unclaimed-file")
def a_new_entry_with_capitals_in_its_ending(page: Page) -> Seed | None:
    """``.MD`` for ``.md``."""
    return _elsewhere(page, page.kind.files.folder, ".MD", suggested=True)


@mutation("source/unclaimed-file")
def a_new_entry_saved_as_text(page: Page) -> Seed | None:
    """``.md.txt``, as Windows' notepad saves."""
    return _elsewhere(page, page.kind.files.folder, ".md.txt", suggested=True)


@mutation("source/unclaimed-file")
def a_new_entry_with_another_ending(page: Page) -> Seed | None:
    """``.markdown`` for ``.md``."""
    return _elsewhere(page, page.kind.files.folder, ".markdown", suggested=True)


@mutation("source/unclaimed-file")
def a_list_under_another_name(page: Page) -> Seed | None:
    """``rol.yaml`` beside ``rollen.yaml``."""
    if not page.is_list:
        return None
    folder, _, name = page.path.rpartition("/")
    path = f"{folder}/{name.removesuffix('.yaml')[:-1]}.yaml"
    return Seed(files={path: page.text.encode()}, place=(path, 1, 1), suggests=page.path)
