"""Mistakes in fields that can be read: names, forms and values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.mutations.seed import HERE, Also, Change, Seed, mutation
from tests.mutations.words import TYPOS, is_meant
from tests.mutations.words_of import choices

if TYPE_CHECKING:
    from tests.mutations.page import Field, Page
    from tests.mutations.words import Typo

UNKNOWN = "schema/unknown-key"
NOT_ALLOWED = "schema/not-allowed-value"
MISSING = "schema/missing-field"
TYPE = "schema/wrong-type"
FORMAT = "schema/format"
PATTERN = "schema/pattern"
AMBIGUOUS = "schema/ambiguous-scalar"
EMPTY = "schema/empty-value"
DOUBLE = "schema/duplicate-item"

# Words that people write for one another, where a field may be called one of them.
_SYNONYMS: Final = {"title": "titel", "toelichting": "beschrijving", "status": "state", "rollen": "roles"}


def _rename(page: Page, field: Field, name: str, *, guessed: bool) -> Seed:
    change = Change(field.name.start, field.name.end, HERE + name)
    # What stands under a name that nobody knows is not judged.
    kept = Change(field.name.end, field.end, page.text[field.name.end : field.end])
    return Seed(changes=(change, kept), suggests=field.name.text if guessed else "", restores=guessed)


def _is_open(page: Page) -> bool:
    """Whether the kind takes any field, so that none is unknown."""
    return page.kind.schema.get("additionalProperties", True) is not False


def _misspelt_field(name: str, typo: Typo) -> None:
    @mutation(UNKNOWN, f"{name} in the name of a field", "A typing error before a colon.")
    def make(page: Page) -> Seed | None:
        field = page.choose(page.fields, lambda each: len(each.name.text) > 3)
        if field is None or _is_open(page):
            return None
        written = typo(field.name.text, page.random)
        absent = [each for each in page.kind.properties if page.field(each) is None]
        others = [*absent, field.name.text]
        if field.name.text == page.kind.identity.field or written in page.kind.inverse_names:
            return None
        return _rename(page, field, written, guessed=True) if is_meant(written, field.name.text, others) else None


for _name, _typo in TYPOS.items():
    _misspelt_field(_name, _typo)


@mutation(UNKNOWN)
def a_capital_in_the_name_of_a_field(page: Page) -> Seed | None:
    """``Title:`` for ``title:``."""
    field = page.choose(page.fields, lambda each: each.name.text[0].islower() and len(each.name.text) > 3)
    if field is None or _is_open(page) or field.name.text == page.kind.identity.field:
        return None
    return _rename(page, field, field.name.text.capitalize(), guessed=True)


@mutation(UNKNOWN)
def an_underscore_in_the_name_of_a_field(page: Page) -> Seed | None:
    """``van_toepassing:`` for ``van-toepassing:``."""
    field = page.choose(page.fields, lambda each: "-" in each.name.text)
    if field is None or _is_open(page):
        return None
    return _rename(page, field, field.name.text.replace("-", "_"), guessed=True)


@mutation(UNKNOWN)
def the_label_of_a_field_for_its_name(page: Page) -> Seed | None:
    """``samenvatting:`` for ``toelichting:``, as the site calls it."""

    def label(field: Field) -> str:
        words = page.schema(field).get("x-label", {}).get("nl", "")
        return words.lower().replace(" ", "-") if re.fullmatch(r"[\w -]+", words) else ""

    names = set(page.kind.properties)
    field = page.choose(page.fields[1:], lambda each: label(each) and label(each) not in names)
    if field is None or _is_open(page) or label(field) in page.kind.inverse_names:
        return None
    return _rename(page, field, label(field), guessed=True)


@mutation(UNKNOWN)
def a_field_that_is_not_needed(page: Page) -> Seed | None:
    """A field of one's own making."""
    field = page.choose(page.fields[1:])
    if field is None or _is_open(page):
        return None
    indent = " " * field.indent
    return Seed(changes=(Change(field.line, field.line, f"{indent}{HERE}kleurtje: groen\n"),))


@mutation(UNKNOWN)
def a_misspelt_field_in_a_group(page: Page) -> Seed | None:
    """A letter missing in the name of a field of a group."""
    for field in page.fields_of("object"):
        schema = page.schema(field)
        names = schema.get("properties", {})
        lines = re.finditer(r"^ +([a-z-]{5,}):", page.text[field.value.end : field.end], re.MULTILINE)
        match = page.choose([each for each in lines if each[1] in names])
        if match is None or schema.get("additionalProperties") is not False:
            continue
        start = field.value.end + match.start(1)
        written = match[1][:2] + match[1][3:]
        if is_meant(written, match[1], names):
            return Seed(
                changes=(Change(start, start + len(match[1]), HERE + written),), suggests=match[1], restores=True
            )
    return None


@mutation(MISSING)
def a_needed_field_left_out(page: Page) -> Seed | None:
    """A field that each entry needs is not there."""
    field = page.choose(page.fields[1:], lambda each: each.name.text in page.required)
    if field is None or page.front is None or field.name.text == page.kind.identity.field:
        return None
    start = page.fields[0].name.start
    return Seed(changes=(Change(start, start, HERE), Change(field.line, field.end, "")))


@mutation(MISSING)
def a_needed_field_left_out_of_a_group(page: Page) -> Seed | None:
    """A field that a group needs is not there."""
    for field in page.fields_of("object"):
        schema = page.schema(field)
        block = page.text[field.value.end + 1 : field.end]
        lines = list(re.finditer(r"^( +)([a-z-]+):.*\n", block, re.MULTILINE))
        lines = [each for each in lines if len(each[1]) == len(lines[0][1])]
        match = page.choose([each for each in lines if each[2] in schema.get("required", ())])
        if match is None or len(lines) < 2 or field.value.text:
            continue
        start = field.value.end + 1
        follows = re.compile(rf"(?:^ {{{len(match[1]) + 1},}}.*\n|^ {{{len(match[1])}}}- .*\n)+", re.MULTILINE)
        rest = follows.match(block, match.end())
        end = start + (rest.end() if rest else match.end())
        kept = lines[0] if lines[0] is not match else lines[1]
        return Seed(
            changes=(Change(start + kept.start(2), start + kept.start(2), HERE), Change(start + match.start(), end, ""))
        )
    return None


@mutation(MISSING)
def a_status_that_asks_for_more(page: Page) -> Seed | None:
    """``status: vastgesteld`` without who decided it."""
    field = page.means("status")
    final = next((word for word, state in page.kind.states.items() if state == "final"), "")
    if field is None or not final or page.front is None or "dependentSchemas" not in page.kind.schema:
        return None
    if page.field("gecontroleerd-op") or page.is_list or not page.kind.schema.keys().isdisjoint({"if", "allOf"}):
        return None
    framework = page.material.framework
    entry = framework.entries_by_path[page.path][0]
    drafts = {
        each.target.id
        for each in framework.outgoing(entry)
        if each.target and each.target.state == "draft" and not each.spec.vocabulary
    }
    changes = (Change(page.front.start, page.front.start, HERE), Change(field.value.start, field.value.end, final))
    also = (Also(rule="references/concept-target", path=page.path),) * len(drafts)
    return Seed(changes=changes, also=(*also, Also(rule="completeness/review-missing", path=page.path)))


@mutation(TYPE)
def a_word_for_a_list(page: Page) -> Seed | None:
    """``rollen: jurist`` for ``rollen: [jurist]``."""
    fitting = [each for each in page.fields_of("array") if len(page.items(each)) == 1]
    field = page.choose(fitting, lambda each: re.fullmatch(r"[\w-]+", page.items(each)[0].whole.text))
    if field is None or field.value.text == "":
        return None
    word = page.items(field)[0].whole.text
    return Seed(changes=(Change(field.value.start, field.value.end, HERE + word),), mended=f"[{word}]")


@mutation(TYPE)
def words_with_commas_for_a_list(page: Page) -> Seed | None:
    """``rollen: jurist, projectleider``."""
    fitting = [each for each in page.fields_of("array") if len(page.items(each)) > 1]
    field = page.choose(fitting, lambda each: re.fullmatch(r"\[[\w, -]+\]", each.value.text))
    if field is None or not re.fullmatch(r"[\w-]+(?:, [\w-]+)+", field.value.text[1:-1]):
        return None
    text = field.value.text[1:-1]
    return Seed(changes=(Change(field.value.start, field.value.end, HERE + text),), restores=True)


@mutation(TYPE)
def a_list_for_a_word(page: Page) -> Seed | None:
    """``status: [concept]`` for ``status: concept``."""
    field = page.choose(page.fields_of("string"), lambda each: re.fullmatch(r"[a-z-]+", each.value.text))
    if field is None:
        return None
    text = f"{HERE}[{field.value.text}]"
    return Seed(changes=(Change(field.value.start, field.value.end, text),), restores=True)


@mutation(TYPE)
def a_list_of_lines_for_a_word(page: Page) -> Seed | None:
    """A list with a hyphen where one word belongs."""
    field = page.choose(page.fields_of("string"), lambda each: re.fullmatch(r"[a-z-]+", each.value.text))
    if field is None or page.is_list:
        return None
    text = f"\n  {HERE}- {field.value.text}"
    return Seed(changes=(Change(field.name.end + 1, field.value.end, text),))


@mutation(TYPE)
def a_word_for_a_group(page: Page) -> Seed | None:
    """``raci: jurist``."""
    field = page.choose(page.fields_of("object"), lambda each: not each.value.text)
    if field is None or page.is_list:
        return None
    return Seed(changes=(Change(field.name.end, field.end, f": {HERE}jurist\n"),))


@mutation(TYPE)
def a_group_for_a_word(page: Page) -> Seed | None:
    """``title: {nl: Doe een DPIA}``."""
    field = page.choose(page.fields_of("string")[1:], lambda each: each.is_plain and "," not in each.value.text)
    if field is None or field.name.text == page.kind.identity.field:
        return None
    text = f"{HERE}{{nl: {field.value.text}}}"
    return Seed(changes=(Change(field.value.start, field.value.end, text),))


@mutation(TYPE)
def a_group_in_a_list_of_words(page: Page) -> Seed | None:
    """``- naam: jurist`` in a list of words."""

    def takes_words(field: Field) -> bool:
        items = page.schema(field).get("items", {})
        return items.get("type") == "string" and bool(page.items(field)) and not page.items(field)[0].flow

    field = page.choose(page.fields_of("array"), takes_words)
    if field is None:
        return None
    item = page.items(field)[0]
    return (
        Seed(changes=(Change(item.whole.start, item.whole.start, f"{HERE}naam: "),))
        if item.whole == item.word
        else None
    )


@mutation(TYPE)
def a_word_for_yes(page: Page) -> Seed | None:
    """``kern: ja`` for ``kern: true``."""
    found = re.compile(r"(?<![\w-])(\w+): (true|false)(?![\w-])").search(page.text, 0, page.body)
    if found is None:
        return None
    return Seed(changes=(Change(found.start(2), found.end(2), f"{HERE}ja"),))


@mutation(TYPE)
def a_number_between_quotation_marks(page: Page) -> Seed | None:
    """``volgorde: "5"`` for ``volgorde: 5``."""
    field = page.choose(page.fields_of("integer"), lambda each: each.value.text.isdigit())
    if field is None:
        return None
    return Seed(changes=(Change(field.value.start, field.value.end, f'{HERE}"{field.value.text}"'),))


def _misspelt_value(name: str, typo: Typo) -> None:
    @mutation(NOT_ALLOWED, f"{name} in a word from a list", "A typing error in a value.")
    def make(page: Page) -> Seed | None:
        word = page.choose(choices(page), lambda each: len(each.span.text) > 3)
        if word is None:
            return None
        written = typo(word.span.text, page.random)
        if not is_meant(written, word.span.text, word.known):
            return None
        change = Change(word.span.start, word.span.end, HERE + written)
        return Seed(changes=(change,), suggests=word.span.text, uses=word.uses)


for _name, _typo in TYPOS.items():
    _misspelt_value(_name, _typo)


@mutation(NOT_ALLOWED)
def a_capital_in_a_word_from_a_list(page: Page) -> Seed | None:
    """``status: Concept``."""
    word = page.choose(choices(page), lambda each: each.span.text[0].islower())
    if word is None or len(word.span.text) < 4:
        return None
    change = Change(word.span.start, word.span.end, HERE + word.span.text.capitalize())
    return Seed(changes=(change,), suggests=word.span.text, uses=word.uses)


@mutation(NOT_ALLOWED)
def spaces_in_a_word_from_a_list(page: Page) -> Seed | None:
    """``beleid en advies`` for ``beleid-en-advies``."""
    word = page.choose(choices(page), lambda each: "-" in each.span.text)
    if word is None:
        return None
    written = word.span.text.replace("-", " ")
    if not is_meant(written, word.span.text, word.known):
        return None
    return Seed(
        changes=(Change(word.span.start, word.span.end, HERE + written),), suggests=word.span.text, uses=word.uses
    )


@mutation(NOT_ALLOWED)
def the_label_of_a_word_from_a_list(page: Page) -> Seed | None:
    """``In beoordeling`` for ``in-review``: what the site shows."""

    def label(word: object) -> str:
        values = word.schema.get("x-values", {})  # type: ignore[attr-defined]
        text = values.get(word.span.text, {}).get("nl", "")  # type: ignore[attr-defined]
        return text if re.fullmatch(r"\w[\w -]*", text) and text not in word.known else ""  # type: ignore[attr-defined]

    word = page.choose(choices(page), label)
    if word is None:
        return None
    return Seed(
        changes=(Change(word.span.start, word.span.end, HERE + label(word)),), suggests=word.span.text, uses=word.uses
    )


@mutation(NOT_ALLOWED)
def the_title_of_an_entry_for_its_word(page: Page) -> Seed | None:
    """``Beleid en advies`` for ``beleid-en-advies``: the title of the entry that is meant."""
    for word in page.random.sample(choices(page), len(choices(page))):
        vocabulary = word.schema.get("x-vocabulary")
        if not vocabulary:
            continue
        table = page.material.named(vocabulary["to"], vocabulary["by"])
        title = table[word.span.text].title
        titles = [entry.title for entry in table.values()]
        if re.fullmatch(r"\w[\w -]*", title) and title not in word.known and titles.count(title) == 1:
            return Seed(
                changes=(Change(word.span.start, word.span.end, HERE + title),),
                suggests=word.span.text,
                uses=word.uses | {table[word.span.text].path},
            )
    return None


@mutation(NOT_ALLOWED)
def a_word_that_is_not_in_the_list(page: Page) -> Seed | None:
    """A value that nobody could guess."""
    word = page.choose(choices(page), lambda each: "enum" in each.schema)
    if word is None:
        return None
    return Seed(changes=(Change(word.span.start, word.span.end, f"{HERE}xylofoon"),), uses=word.uses)


def _date(page: Page) -> tuple[int, int, str] | None:
    """Give the place and value of a date that stands between quotation marks."""
    found = [
        each
        for each in re.finditer(r"(?<![\w-])(\w[\w-]*): \"(\d{4})-(\d\d)-(\d\d)\"", page.text[: page.body])
        if page.kind.properties.get(each[1], {}).get("format") == "date"
    ]
    match = page.choose(found)
    return (match.start(2) - 1, match.end(), match[0].partition('"')[2][:-1]) if match else None


def _other_date(page: Page, form: str, *, suggested: bool) -> Seed | None:
    date = _date(page)
    if date is None:
        return None
    start, end, value = date
    year, month, day = value.split("-")
    text = form.format(year=year, month=month, day=day)
    return Seed(
        changes=(Change(start, end, f'{HERE}"{text}"'),), suggests=value if suggested else "", restores=suggested
    )


@mutation(FORMAT)
def a_date_as_the_dutch_write_it(page: Page) -> Seed | None:
    """``31-08-2026`` for ``2026-08-31``."""
    return _other_date(page, "{day}-{month}-{year}", suggested=True)


@mutation(FORMAT)
def a_date_with_slashes(page: Page) -> Seed | None:
    """``31/08/2026``."""
    return _other_date(page, "{day}/{month}/{year}", suggested=True)


@mutation(FORMAT)
def a_date_with_slashes_and_the_year_first(page: Page) -> Seed | None:
    """``2026/08/31``."""
    return _other_date(page, "{year}/{month}/{day}", suggested=True)


@mutation(FORMAT)
def a_date_in_words(page: Page) -> Seed | None:
    """``31 augustus 2026``."""
    return _other_date(page, "{day} augustus {year}", suggested=False)


@mutation(FORMAT)
def a_day_that_does_not_exist(page: Page) -> Seed | None:
    """``2026-02-30``."""
    return _other_date(page, "{year}-02-30", suggested=False)


@mutation(FORMAT)
def a_date_without_a_day(page: Page) -> Seed | None:
    """``2026-08``."""
    return _other_date(page, "{year}-{month}", suggested=False)


def _url(page: Page) -> Field | None:
    return page.choose(page.fields, lambda each: page.schema(each).get("format") == "uri" and each.is_plain)


def _other_url(page: Page, old: str, new: str, *, suggested: bool) -> Seed | None:
    field = _url(page)
    if field is None or old not in field.value.text:
        return None
    text = field.value.text.replace(old, new, 1)
    return Seed(
        changes=(Change(field.value.start, field.value.end, HERE + text),),
        suggests=field.value.text if suggested else "",
        restores=suggested,
    )


@mutation(FORMAT)
def an_address_without_https(page: Page) -> Seed | None:
    """``www.voorbeeld.nl`` for ``https://www.voorbeeld.nl``."""
    return _other_url(page, "https://www.", "www.", suggested=True)


@mutation(FORMAT)
def an_address_without_a_colon(page: Page) -> Seed | None:
    """``https//`` for ``https://``."""
    return _other_url(page, "https://", "https//", suggested=True)


@mutation(FORMAT)
def an_address_with_one_slash(page: Page) -> Seed | None:
    """``https:/`` for ``https://``."""
    return _other_url(page, "https://", "https:/", suggested=True)


@mutation(FORMAT)
def an_address_with_a_space(page: Page) -> Seed | None:
    """A space in the middle of an address."""
    field = _url(page)
    if field is None or field.value.text.count("/") < 3:
        return None
    place = field.value.text.rindex("/") + 1
    text = f"{field.value.text[:place]} {field.value.text[place:]}"
    return Seed(changes=(Change(field.value.start, field.value.end, HERE + text),)) if text[place:].strip() else None


@mutation(FORMAT)
def words_for_an_address(page: Page) -> Seed | None:
    """``url: zie de website``."""
    field = _url(page)
    return Seed(changes=(Change(field.value.start, field.value.end, f"{HERE}zie de website"),)) if field else None


def _coded(page: Page, name: str, old: str, new: str) -> Seed | None:
    field = page.field(name)
    if field is None or not re.search(old, field.value.text):
        return None
    text = re.sub(old, new, field.value.text, count=1)
    return Seed(changes=(Change(field.value.start, field.value.end, HERE + text),))


@mutation(PATTERN)
def a_celex_number_too_short(page: Page) -> Seed | None:
    """``32024R168`` for ``32024R1689``."""
    return _coded(page, "celex", r"\d$", "")


@mutation(PATTERN)
def a_celex_number_with_a_prefix(page: Page) -> Seed | None:
    """``CELEX:32024R1689``."""
    return _coded(page, "celex", r"^", "CELEX:")


@mutation(PATTERN)
def a_bwb_number_with_a_letter_too_few(page: Page) -> Seed | None:
    """``BWB0005537`` for ``BWBR0005537``."""
    return _coded(page, "bwb", "BWBR", "BWB")


@mutation(PATTERN)
def a_locator_in_words(page: Page) -> Seed | None:
    """``locator: "artikel 35"`` for ``"35"``."""
    found = page.choose(list(re.finditer(r'locator: "(\d[^"]*)"', page.text[: page.body])))
    if found is None:
        return None
    return Seed(changes=(Change(found.start(1) - 1, found.end(1) + 1, f'{HERE}"artikel {found[1]}"'),))


@mutation(PATTERN)
def an_id_of_elsewhere_without_its_version(page: Page) -> Seed | None:
    """``ak:urn:…`` for ``ak@2.5.1:urn:…``."""
    return _coded(page, "gelijk-aan", r"@[0-9.]+", "")


@mutation(PATTERN)
def a_title_that_ends_in_a_full_stop(page: Page) -> Seed | None:
    """A full stop at the end of a title, where the schema forbids it."""
    field = page.means("title")
    if field is None or not field.is_plain or "pattern" not in page.schema(field):
        return None
    return Seed(changes=(Change(field.value.start, field.value.end, f"{HERE}{field.value.text}."),))


def _unquoted(name: str, text: str, words: str) -> None:
    @mutation(AMBIGUOUS, f"{name} for a text", words)
    def make(page: Page) -> Seed | None:
        told = {page.kind.means.get(part) for part in ("title", "summary", "term")}  # their words are counted
        field = page.choose(
            [each for each in page.fields_of("string") if each.name.text not in told],
            lambda each: (
                each.is_plain and page.schema(each).keys().isdisjoint({"enum", "pattern", "format", "x-vocabulary"})
            ),
        )
        if field is None or field.name.text == page.kind.identity.field or "x-reference" in page.schema(field):
            return None
        change = Change(field.value.start, field.value.end, HERE + text)
        return Seed(changes=(change,), mended=f'"{text}"')


for _name, _text, _words in (
    ("a version with a zero at its end", "2.10", "``2.10`` is read as 2.1."),
    ("a number with a zero in front", "010", "``010`` is read as 8."),
    ("a no", "no", "``no`` is read as not true."),
    ("a yes", "Yes", "``Yes`` is read as true."),
    ("a number with an e", "1e3", "``1e3`` is read as 1000 by some programs."),
    ("a time", "12:30", "``12:30`` is read as 750."),
    ("a number with underscores", "1_000", "``1_000`` is read as 1000."),
    ("a hexadecimal number", "0x1F", "``0x1F`` is read as 31."),
    ("a year", "2026", "``2026`` is read as a number."),
    ("an answer", "true", "``true`` is read as an answer."),
):
    _unquoted(_name, _text, _words)


@mutation(AMBIGUOUS)
def an_article_without_quotation_marks(page: Page) -> Seed | None:
    """``locator: 26.10`` is read as 26.1."""
    found = page.choose(list(re.finditer(r'locator: ("(\d+(?:\.\d+)?)")', page.text[: page.body])))
    if found is None:
        return None
    return Seed(changes=(Change(found.start(1), found.end(1), HERE + found[2]),), restores=True)


@mutation(AMBIGUOUS)
def a_norm_without_quotation_marks(page: Page) -> Seed | None:
    """``ARK: [2.10]``."""
    found = page.choose(list(re.finditer(r'"(\d\.\d\d)"', page.text[: page.body])))
    if found is None:
        return None
    return Seed(changes=(Change(found.start(), found.end(), HERE + found[1]),), restores=True)


def _empty(name: str, text: str, words: str) -> None:
    @mutation(EMPTY, name, words)
    def make(page: Page) -> Seed | None:
        field = page.choose(page.fields[1:], lambda each: each.is_plain or each.value.text.startswith("["))
        if field is None or field.name.text == page.kind.identity.field:
            return None
        changes = (Change(field.name.start, field.name.start, HERE), Change(field.name.end + 1, field.value.end, text))
        return Seed(changes=changes)


for _name, _text, _words in (
    ("a field without a value", "", "``status:``"),
    ("a null", " null", "``status: null``"),
    ("a tilde", " ~", "``status: ~``"),
    ("an empty text", ' ""', '``status: ""``'),
    ("a text of spaces", ' "  "', '``status: "  "``'),
    ("an empty list", " []", "``rollen: []``"),
    ("a value behind a number sign", " # nog invullen", "``status: # nog invullen``"),
):
    _empty(_name, _text, _words)


@mutation(EMPTY)
def an_item_without_words(page: Page) -> Seed | None:
    """A hyphen with nothing behind it."""
    field = page.choose(page.fields, lambda each: page.items(each) and not page.items(each)[0].flow)
    if field is None or page.is_list:
        return None
    item = page.items(field)[0]
    indent = page.text[item.line : item.whole.start - 2]
    return Seed(changes=(Change(item.line, item.line, f"{indent}{HERE}-\n"),))


@mutation(EMPTY)
def an_empty_item_between_brackets(page: Page) -> Seed | None:
    """``[jurist, ""]``."""
    field = page.choose(page.fields, lambda each: page.items(each) and page.items(each)[0].flow)
    if field is None or "maxItems" in page.schema(field):
        return None
    place = field.value.end - 1
    return Seed(changes=(Change(place, place, f', {HERE}""'),))


@mutation(DOUBLE)
def an_item_twice_between_brackets(page: Page) -> Seed | None:
    """``[jurist, projectleider, jurist]``."""
    field = page.choose(page.fields_of("array"), lambda each: page.items(each) and page.items(each)[0].flow)
    if field is None or not page.schema(field).get("uniqueItems") or "maxItems" in page.schema(field):
        return None
    item, place = page.items(field)[0], field.value.end - 1
    kept = Change(item.whole.start, item.whole.end, item.whole.text)
    return Seed(changes=(kept, Change(place, place, f", {HERE}{item.whole.text}")), restores=True)


@mutation(DOUBLE)
def an_item_twice_on_lines(page: Page) -> Seed | None:
    """An item of a list with hyphens stands twice."""
    field = page.choose(page.fields_of("array"), lambda each: page.items(each) and not page.items(each)[0].flow)
    if field is None or not page.schema(field).get("uniqueItems"):
        return None
    item, last = page.items(field)[0], page.items(field)[-1]
    if ":" in item.whole.text and not item.whole.text.startswith(("{", '"')):
        return None
    place = page.line_after(last.whole.start)
    if place != field.end:
        return None
    indent = page.text[item.line : item.whole.start]
    kept = Change(item.whole.start, item.whole.end, item.whole.text)
    return Seed(changes=(kept, Change(place, place, f"{indent}{HERE}{item.whole.text}\n")), restores=True)


@mutation("schema/out-of-range")
def more_items_than_fit(page: Page) -> Seed | None:
    """A list with more items than its schema takes."""
    field = page.choose(
        page.fields_of("array"), lambda each: "maxItems" in page.schema(each) and each.value.text.endswith("]")
    )
    words = [word for word in choices(page) if word.field is field]
    if field is None or not words:
        return None
    text = ", ".join(words[0].known[: page.schema(field)["maxItems"] + 1])
    changes = (
        Change(field.name.start, field.name.start, HERE),
        Change(field.value.start, field.value.end, f"[{text}]"),
    )
    return Seed(changes=changes, uses=words[0].uses)
