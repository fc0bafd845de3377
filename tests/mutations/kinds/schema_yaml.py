"""Mistakes that keep the fields from being read, or read as they were meant."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.mutations.seed import HERE, Change, Seed, mutation

if TYPE_CHECKING:
    from tests.mutations.page import Field, Page

UNREAD = "schema/invalid-yaml"
UNCLOSED = "schema/unclosed-front-matter"
MISSING = "schema/missing-front-matter"
ALIAS = "schema/alias"
REMARK = "schema/html-comment"


def _closing(page: Page, text: str, *, mended: str | None = None) -> Seed | None:
    """Write something else for the closing ``---``."""
    if not page.is_document or page.front is None:
        return None
    end = page.front.end
    return Seed(changes=(Change(end, end + 3, text),), mended=mended, breaks="file")


@mutation(UNCLOSED)
def no_closing_hyphens(page: Page) -> Seed | None:
    """The second line ``---`` is missing."""
    if not page.is_document or page.front is None or not re.search(r"^##+ ", page.text, re.MULTILINE):
        return None
    end = page.front.end
    return Seed(changes=(Change(0, 0, HERE), Change(end, end + 4, "")), breaks="file")


@mutation(UNCLOSED)
def two_closing_hyphens(page: Page) -> Seed | None:
    """``--`` for ``---``."""
    return _closing(page, f"{HERE}--", mended="---")


@mutation(UNCLOSED)
def four_closing_hyphens(page: Page) -> Seed | None:
    """``----`` for ``---``."""
    return _closing(page, f"{HERE}----", mended="---")


@mutation(UNCLOSED)
def a_closing_dash(page: Page) -> Seed | None:
    """``—``, which a word processor makes of hyphens."""
    return _closing(page, f"{HERE}—-", mended="---")


@mutation(UNCLOSED)
def closing_hyphens_moved_in(page: Page) -> Seed | None:
    """A space before the closing ``---``."""
    return _closing(page, f"{HERE} ---", mended="---")


@mutation(UNCLOSED)
def closing_hyphens_with_spaces(page: Page) -> Seed | None:
    """``- - -`` for ``---``."""
    return _closing(page, f"{HERE}- - -", mended="---")


@mutation(UNCLOSED)
def a_closing_line_of_asterisks(page: Page) -> Seed | None:
    """``***`` for ``---``."""
    return _closing(page, f"{HERE}***", mended="---")


@mutation(UNCLOSED)
def a_closing_line_of_equals_signs(page: Page) -> Seed | None:
    """``===`` for ``---``."""
    return _closing(page, f"{HERE}===", mended="---")


@mutation(UNCLOSED)
def words_after_the_closing_hyphens(page: Page) -> Seed | None:
    """The text begins on the line of the closing ``---``."""
    if not page.is_document or page.front is None or not page.paragraphs:
        return None
    end = page.front.end
    line = page.text[end + 4 :].lstrip("\n").partition("\n")[0]
    if not line:
        return None
    start = end + 3
    return Seed(changes=(Change(end, page.text.index(line, start), f"{HERE}--- "),), breaks="file")


def _opening(page: Page, text: str) -> Seed | None:
    """Write something else for the opening ``---``."""
    if not page.is_document or page.front is None or not page.required:
        return None
    return Seed(changes=(Change(0, 4, text),), breaks="file")


@mutation(MISSING)
def no_opening_hyphens(page: Page) -> Seed | None:
    """The first line ``---`` is missing."""
    return _opening(page, HERE)


@mutation(MISSING)
def two_opening_hyphens(page: Page) -> Seed | None:
    """``--`` for ``---``."""
    return _opening(page, f"{HERE}--\n")


@mutation(MISSING)
def an_opening_dash(page: Page) -> Seed | None:
    """``—`` for ``---``."""
    return _opening(page, f"{HERE}—\n")


@mutation(MISSING)
def an_empty_line_above_the_opening(page: Page) -> Seed | None:
    """An empty line comes first."""
    return _opening(page, f"\n{HERE}---\n")


@mutation(MISSING)
def a_space_before_the_opening(page: Page) -> Seed | None:
    """A space before the opening ``---``."""
    return _opening(page, f" {HERE}---\n")


@mutation(MISSING)
def a_title_above_the_opening(page: Page) -> Seed | None:
    """A heading stands above the fields."""
    return _opening(page, f"{HERE}# Nieuwe pagina\n\n---\n")


@mutation(MISSING)
def no_fields_at_all(page: Page) -> Seed | None:
    """The fields were left out."""
    if not page.is_document or page.front is None or not page.required:
        return None
    return Seed(changes=(Change(0, page.body, HERE),), breaks="file")


@mutation(MISSING)
def an_empty_block(page: Page) -> Seed | None:
    """Nothing between the two lines ``---``."""
    if not page.is_document or page.front is None or not page.required:
        return None
    return Seed(changes=(Change(0, page.front.end, f"{HERE}---\n"),), breaks="file")


@mutation(MISSING)
def a_list_that_is_none(page: Page) -> Seed | None:
    """A YAML file begins with a field instead of an item."""
    if not page.is_list:
        return None
    return Seed(files={page.path: b"titel: Lijst\n"}, place=("", 1, 1), breaks="file")


@mutation(UNCLOSED)
def hyphens_halfway_the_fields(page: Page) -> Seed | None:
    """A line ``---`` between two fields: the block ends there."""
    if not page.is_document or len(page.fields) < 4:
        return None
    field = page.choose(page.fields[2:-1])
    return Seed(changes=(Change(field.line, field.line, f"{HERE}---\n"),), breaks="file") if field else None


def _value(page: Page, text: str, *, mended: str | None = None) -> Seed | None:
    """Write ``text`` for a plain value; ``{}`` in it stands for the value."""
    field = page.choose(page.fields[1:], lambda each: each.is_plain and page.schema(each).get("type") == "string")
    if field is None or not {"'", '"'}.isdisjoint(field.value.text):
        return None
    value = page.text[field.value.start : field.value.end]
    changes = (Change(field.value.start, field.value.end, text.replace("{}", value)),)
    return Seed(changes=changes, mended=mended.replace("{}", value) if mended else None, breaks="fields")


@mutation(UNREAD)
def a_colon_in_a_title(page: Page) -> Seed | None:
    """``title: Inkoop: stel eisen``."""
    field = page.means("title")
    if field is None or not field.is_plain or '"' in field.value.text:
        return None
    first, _, rest = field.value.text.partition(" ")
    if not rest:
        return None
    text = f"{first}{HERE}: {rest}"
    return Seed(
        changes=(Change(field.value.start, field.value.end, text),),
        mended=f'"{first}: {rest}"',
        breaks="fields",
    )


@mutation(UNREAD)
def a_double_quote_that_is_not_closed(page: Page) -> Seed | None:
    """``title: "Doe een DPIA``."""
    return _value(page, f'{HERE}"{{}}')


@mutation(UNREAD)
def a_single_quote_that_is_not_closed(page: Page) -> Seed | None:
    """``title: 'Doe een DPIA``."""
    return _value(page, f"{HERE}'{{}}")


@mutation(UNREAD)
def words_after_a_quoted_value(page: Page) -> Seed | None:
    """``title: "DPIA" doen``."""
    field = page.choose(
        page.fields[1:], lambda each: each.is_plain and " " in each.value.text and '"' not in each.value.text
    )
    if field is None:
        return None
    first, _, rest = field.value.text.partition(" ")
    return Seed(changes=(Change(field.value.start, field.value.end, f'"{first}" {HERE}{rest}'),), breaks="fields")


@mutation(UNREAD)
def a_value_that_begins_with_an_at_sign(page: Page) -> Seed | None:
    """``title: @gemeente``."""
    return _value(page, f"{HERE}@{{}}", mended='"@{}"')


@mutation(UNREAD)
def a_value_that_begins_with_a_backtick(page: Page) -> Seed | None:
    """A value in backticks."""
    return _value(page, f"{HERE}`{{}}`", mended='"`{}`"')


@mutation(UNREAD)
def a_value_that_begins_with_a_percent_sign(page: Page) -> Seed | None:
    """``title: % van de gevallen``."""
    return _value(page, f"{HERE}% {{}}", mended='"% {}"')


@mutation(UNREAD)
def a_value_that_begins_with_a_hyphen(page: Page) -> Seed | None:
    """``title: - Doe een DPIA``."""
    return _value(page, f"{HERE}- {{}}")


@mutation(UNREAD)
def a_backslash_between_quotation_marks(page: Page) -> Seed | None:
    r"""``"C:\map"``: the sign after a backslash has a meaning of its own."""
    return _value(page, f'"map{HERE}\\map {{}}"')


def _flow(page: Page) -> Field | None:
    return page.choose(page.fields, lambda each: re.fullmatch(r"\[[\w -]+, [\w ,-]+\]", each.value.text))


@mutation(UNREAD)
def a_bracket_that_is_not_closed(page: Page) -> Seed | None:
    """``rollen: [jurist, projectleider``."""
    field = _flow(page)
    if field is None:
        return None
    text = HERE + field.value.text[:-1]
    return Seed(changes=(Change(field.value.start, field.value.end, text),), breaks="fields")


@mutation(UNREAD)
def a_bracket_closed_as_a_parenthesis(page: Page) -> Seed | None:
    """``rollen: [jurist, projectleider)``."""
    field = _flow(page)
    if field is None:
        return None
    text = f"{HERE}{field.value.text[:-1]})"
    return Seed(changes=(Change(field.value.start, field.value.end, text),), breaks="fields")


@mutation(UNREAD)
def words_after_a_bracket(page: Page) -> Seed | None:
    """``rollen: [jurist, projectleider], ontwikkelaar``."""
    field = _flow(page)
    if field is None:
        return None
    return Seed(changes=(Change(field.value.end, field.value.end, f"{HERE}, meer"),), breaks="fields")


@mutation(UNREAD)
def a_brace_that_is_not_closed(page: Page) -> Seed | None:
    """``- {bron: avg, locator: "35"``."""
    for field in page.fields:
        items = [each for each in page.items(field) if each.whole.text.startswith("{") and not each.flow]
        item = page.choose(items)
        if item is not None and not page.is_list:
            whole = item.whole
            return Seed(changes=(Change(whole.start, whole.end, HERE + whole.text[:-1]),), breaks="fields")
    return None


@mutation(UNREAD)
def no_space_after_a_colon(page: Page) -> Seed | None:
    """``title:Doe een DPIA``."""
    field = page.choose(page.fields[1:], lambda each: each.is_plain)
    if field is None:
        return None
    return Seed(changes=(Change(field.name.end, field.value.start, f"{HERE}:"),), restores=True, breaks="fields")


@mutation(UNREAD)
def no_colon_after_a_name(page: Page) -> Seed | None:
    """``title Doe een DPIA``."""
    field = page.choose(page.fields[1:], lambda each: each.is_plain)
    if field is None:
        return None
    changes = (Change(field.name.start, field.name.start, HERE), Change(field.name.end, field.name.end + 1, ""))
    return Seed(changes=changes, breaks="fields")


def _block(page: Page) -> Field | None:
    """Give a list with an item on each line, plain words."""

    def is_plain(field: Field) -> bool:
        items = page.items(field)
        lines = page.text[field.value.end : field.end].strip("\n").count("\n") + 1
        return bool(items) and lines == len(items) and all(re.match(r"\w", each.whole.text) for each in items)

    return page.choose(page.fields, lambda each: not each.value.text and is_plain(each))


@mutation(UNREAD)
def no_space_after_a_hyphen(page: Page) -> Seed | None:
    """``-jurist`` among ``- projectleider``."""
    field = page.choose(page.fields, lambda each: len(page.items(each)) > 1 and not page.items(each)[0].flow)
    if field is None:
        return None
    item = page.items(field)[1]
    if not re.match(r"\w", item.whole.text):
        return None
    return Seed(changes=(Change(item.whole.start - 2, item.whole.start, f"{HERE}-"),), breaks="fields")


@mutation(UNREAD)
def an_asterisk_for_a_hyphen(page: Page) -> Seed | None:
    """``* jurist`` in a list of fields."""
    field = _block(page)
    if field is None:
        return None
    item = page.items(field)[0]
    return Seed(changes=(Change(item.whole.start - 2, item.whole.start - 1, f"{HERE}*"),), breaks="fields")


@mutation(UNREAD)
def a_tab_before_an_item(page: Page) -> Seed | None:
    """A list moved in by a tab."""
    field = _block(page)
    if field is None:
        return None
    item = page.items(field)[0]
    return Seed(changes=(Change(item.line, item.whole.start, f"{HERE}\t- "),), breaks="fields")


@mutation(UNREAD)
def a_tab_before_a_field_below(page: Page) -> Seed | None:
    """A field of a group moved in by a tab."""
    field = page.choose(page.fields_of("object"), lambda each: not each.value.text and each.end > each.value.end + 1)
    if field is None or page.is_list:
        return None
    start = field.value.end + 1
    indent = len(page.text[start:]) - len(page.text[start:].lstrip(" "))
    return Seed(changes=(Change(start, start + indent, f"{HERE}\t"),), breaks="fields")


@mutation(UNREAD)
def a_field_moved_in(page: Page) -> Seed | None:
    """A space before the name of a field."""
    fields = page.fields
    after = [two for one, two in pairwise(fields) if one.is_plain and one.end == two.line]
    field = page.choose(after, lambda each: each.is_plain)
    if field is None:
        return None
    indent = page.text[field.line : field.name.start]
    return Seed(changes=(Change(field.line, field.name.start, f" {indent}{HERE}"),), breaks="fields")


@mutation(UNREAD)
def an_item_moved_out(page: Page) -> Seed | None:
    """An item of a list stands further left than the others."""
    field = page.choose(page.fields, lambda each: len(page.items(each)) > 1 and not page.items(each)[0].flow)
    if field is None or page.is_list:
        return None
    item = page.items(field)[1]
    indent = item.whole.start - 2 - item.line
    if indent < 2:
        return None
    return Seed(changes=(Change(item.line, item.whole.start, f" {HERE}- "),), breaks="fields")


@mutation(UNREAD)
def a_list_below_a_value(page: Page) -> Seed | None:
    """An item follows a field that has a value."""
    field = page.choose(page.fields[1:], lambda each: each.is_plain and each.end == page.line_after(each.value.end))
    if field is None or page.is_list:
        return None
    return Seed(changes=(Change(field.end, field.end, f"{HERE}- jurist\n"),), breaks="fields")


@mutation(UNREAD)
def a_value_without_a_name(page: Page) -> Seed | None:
    """``: concept``."""
    field = page.choose(page.fields[1:], lambda each: each.is_plain)
    if field is None or page.is_list:
        return None
    return Seed(changes=(Change(field.name.start, field.name.end, HERE),), breaks="fields")


@mutation(UNREAD)
def a_placeholder_in_braces(page: Page) -> Seed | None:
    """``title: {{ titel }}``, left over from a template."""
    return _value(page, f"{HERE}{{{{ titel }}}}")


@mutation("schema/duplicate-key")
def a_field_twice(page: Page) -> Seed | None:
    """The lines of a field stand twice."""
    field = page.choose(page.fields[1:])
    if field is None or page.front is None or page.is_list:
        return None
    lines = page.text[field.line : field.end]
    name = field.name.start - field.line
    end = page.front.end
    # The first of the two must stay as it is.
    kept = Change(field.line, field.end, lines)
    return Seed(changes=(Change(end, end, lines[:name] + HERE + lines[name:]), kept))


@mutation("schema/duplicate-key")
def a_field_twice_with_another_value(page: Page) -> Seed | None:
    """``status`` stands twice, with two values."""
    field = page.means("status") or page.means("title")
    if field is None or page.front is None or page.is_list:
        return None
    end = page.front.end
    kept = Change(field.line, field.end, page.text[field.line : field.end])
    return Seed(changes=(Change(end, end, f"{HERE}{field.name.text}: Iets anders\n"), kept))


@mutation("schema/duplicate-key")
def a_field_twice_in_a_group(page: Page) -> Seed | None:
    """A field of a group stands twice."""
    for field in page.fields:
        item = page.choose(page.items(field), lambda each: re.fullmatch(r"\{\w+: \w[^}]*\}", each.whole.text))
        if item is not None:
            name = item.whole.text[1:].partition(":")[0]
            place = item.whole.end - 1
            return Seed(changes=(Change(place, place, f", {HERE}{name}: x"),))
    return None


def _marked(page: Page, text: str) -> Seed | None:
    field = page.choose(page.fields_of("string")[1:], lambda each: each.is_plain)
    if field is None:
        return None
    return Seed(changes=(Change(field.value.start, field.value.start, HERE + text),))


@mutation(ALIAS)
def an_anchor(page: Page) -> Seed | None:
    """``title: &a Doe een DPIA``."""
    return _marked(page, "&a ")


@mutation(ALIAS)
def a_tag(page: Page) -> Seed | None:
    """``title: !!str Doe een DPIA``."""
    return _marked(page, "!!str ")


@mutation(ALIAS)
def a_value_that_begins_with_an_exclamation_mark(page: Page) -> Seed | None:
    """``title: !Let op``."""
    return _marked(page, "!")


@mutation(ALIAS)
def an_alias(page: Page) -> Seed | None:
    """A value given a nickname, and the nickname for a value elsewhere."""
    one = page.choose(page.fields[1:], lambda each: each.is_plain)
    two = page.choose(page.fields, lambda each: one and each.line > one.line and each.is_plain)
    if one is None or two is None:
        return None
    changes = (Change(one.value.start, one.value.start, "&a "), Change(two.value.start, two.value.end, f"{HERE}*a"))
    return Seed(changes=changes)


@mutation(ALIAS)
def a_merge_key(page: Page) -> Seed | None:
    """``<<: {status: concept}``."""
    field = page.means("status") or page.means("title")
    if field is None or not field.is_plain or page.is_list:
        return None
    text = f"{HERE}<<: {{{field.name.text}: {field.value.text}}}"
    return Seed(changes=(Change(field.line, field.value.end, text),), breaks="fields")


@mutation(REMARK)
def a_remark_on_a_line_of_fields(page: Page) -> Seed | None:
    """``<!-- nog invullen -->`` between two fields."""
    field = page.choose(page.fields[1:])
    if field is None or page.is_list:
        return None
    return Seed(changes=(Change(field.line, field.line, f"{HERE}<!-- nog invullen -->\n"),), breaks="fields")


@mutation(REMARK)
def a_remark_for_a_value(page: Page) -> Seed | None:
    """``status: <!-- nog invullen -->``."""
    field = page.choose(page.fields[1:], lambda each: each.is_plain)
    if field is None:
        return None
    return Seed(changes=(Change(field.value.start, field.value.end, f"{HERE}<!-- nog invullen -->"),))


@mutation(REMARK)
def a_remark_of_several_lines(page: Page) -> Seed | None:
    """A remark that goes on on the next line."""
    field = page.choose(page.fields[1:])
    if field is None or page.is_list:
        return None
    text = f"{HERE}<!-- nog invullen:\nwie doet dit? -->\n"
    return Seed(changes=(Change(field.line, field.line, text),), breaks="fields")


@mutation(REMARK)
def a_remark_for_an_item(page: Page) -> Seed | None:
    """``- <!-- nog invullen -->``."""
    field = _block(page)
    if field is None:
        return None
    item = page.items(field)[0]
    return Seed(changes=(Change(item.whole.start, item.whole.end, f"{HERE}<!-- nog invullen -->"),))
