"""Another address for a link, as an edit of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings import Edit, Fix

if TYPE_CHECKING:
    from pipeline.rules.links.resolve import Lead
    from pipeline.text import Location

# Characters that mean something else in the address of a link in Markdown or HTML.
_MEANINGFUL = frozenset(" \t\n<>\"'\\|()")


def target_place(lead: Lead) -> Location:
    """Give the place of a link's address; of the whole link where it has none."""
    link = lead.link
    if link.target_start == link.target_end:
        return lead.document.at(link.start, link.end)
    return lead.document.at(link.target_start, link.target_end)


def retarget(lead: Lead, address: str, *, safe: bool = False) -> Fix | None:
    """Offer another address; none where that cannot be written without knowing more.

    A bare address is no link yet, and one that was written with escapes is left to people.
    """
    link = lead.link
    place = lead.document.at(link.target_start, link.target_end)
    if link.form == "bare" or not link.target or place.text != link.target or _MEANINGFUL & set(address):
        return None
    return Fix(title=f"{link.target} → {address}", edits=(Edit(location=place, replacement=address),), safe=safe)
