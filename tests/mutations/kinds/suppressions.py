"""Mistakes in remarks that ask the check to leave something be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutations.seed import HERE, Change, Seed, mutation

if TYPE_CHECKING:
    from tests.mutations.page import Page


def _remark(page: Page, words: str, suggests: str = "") -> Seed | None:
    """Put a remark above a paragraph."""
    paragraph = page.choose(page.paragraphs, lambda each: page.text[each.start - 2 : each.start] == "\n\n")
    if paragraph is None:
        return None
    text = f"{HERE}<!-- kader: {words} -->\n\n"
    return Seed(changes=(Change(paragraph.start, paragraph.start, text),), suggests=suggests)


@mutation("suppressions/malformed")
def an_exemption_without_a_reason(page: Page) -> Seed | None:
    """``negeer links/broken`` without ``want``."""
    return _remark(page, "negeer links/broken")


@mutation("suppressions/malformed")
def an_exemption_from_a_misspelt_rule(page: Page) -> Seed | None:
    """``negeer links/brokn want …``."""
    return _remark(page, "negeer links/brokn want die pagina komt in mei", "links/broken")


@mutation("suppressions/malformed")
def an_exemption_in_other_words(page: Page) -> Seed | None:
    """``sla links/broken over``."""
    return _remark(page, "sla links/broken over")


@mutation("suppressions/unused")
def an_exemption_from_what_was_mended(page: Page) -> Seed | None:
    """The link above which it stood works again."""
    return _remark(page, "negeer links/broken want die pagina komt in mei")


@mutation("suppressions/unused")
def an_exemption_among_the_fields_from_what_was_mended(page: Page) -> Seed | None:
    """A remark behind a number sign, above a field that is right."""
    field = page.choose(page.fields[1:])
    if field is None or page.is_list:
        return None
    text = f"{HERE}# kader: negeer schema/pattern want zo heet de wet\n"
    return Seed(changes=(Change(field.line, field.line, text),))
