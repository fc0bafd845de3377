"""Another text for a heading: the links to it follow."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from pipeline.documents.parse import parse_document
from pipeline.errors import UserError
from pipeline.findings import Edit
from pipeline.fixing.patch import applied
from pipeline.renaming.addresses import destination, odd
from pipeline.renaming.carry import LINK, Carried
from pipeline.renaming.plan import gathered, refuse_new_findings
from pipeline.rules.links.resolve import leads, leads_in
from pipeline.rules.nearest import nearest
from pipeline.text import UNSHOWABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.documents.document import Document, Heading
    from pipeline.fixing.overlay import Checked, Rechecker
    from pipeline.model.kinds import Kind
    from pipeline.renaming.plan import Plan
    from pipeline.rules.links.resolve import Lead

HEADING: Final = "heading"

_ATTRIBUTES = re.compile(r"[ ]\{:?[^{}\n]+\}$")
_TEXT: Final = ":~:"
"""What a browser looks for begins so, behind an anchor."""


def planned_heading(
    checked: Checked, recheck: Rechecker, others: Sequence[Document], *, path: str, anchor: str, words: str
) -> Plan:
    """Plan another text for the heading of a page that an anchor leads to."""
    framework = checked.framework
    document, kind = framework.documents_by_path.get(path), framework.schemas.claim(path)
    if document is None or document.body is None or kind is None:
        raise UserError(nl=f"{path} is geen pagina met kopjes.", en=f"{path} is no page with headings.")
    heading = _heading(document, anchor)
    edit = _retitled(document, heading, words)
    anchors = _anchors(document, kind, heading, edit)
    outside = (lead for each in others for lead in leads_in(each, kind))
    found = [Carried(HEADING, edit)]
    for lead in (*leads(framework), *outside):
        fragment = lead.address.fragment.partition(_TEXT)[0]
        if fragment in anchors and destination(lead, framework) == path:
            found.append(Carried(LINK, _followed(lead, fragment, anchors[fragment])))
    plan = gathered(found)
    refuse_new_findings(checked, recheck, plan.patches)
    return plan


def _heading(document: Document, anchor: str) -> Heading:
    headings = document.body.headings if document.body else ()
    found = [each for each in headings if each.slug == anchor]
    if len(found) == 1:
        return found[0]
    near = nearest(anchor, [each.slug for each in headings])
    path = document.source.path
    raise UserError(
        nl=f"{path} heeft geen kopje “#{anchor}”." + (f" Bedoel je #{near[0]}?" if near else ""),
        en=f"{path} has no heading “#{anchor}”." + (f" Did you mean #{near[0]}?" if near else ""),
    )


def _retitled(document: Document, heading: Heading, words: str) -> Edit:
    """Write the new text in the place of the old; what stands between braces behind it stays."""
    written = document.at(heading.start, heading.end).text
    attributes = _ATTRIBUTES.search(written)
    shown = written[: attributes.start()] if attributes and written.strip() != heading.text else written
    if not words or words != words.strip() or UNSHOWABLE.search(words) or shown.strip() != heading.text:
        raise _by_hand(heading, words)
    start = heading.start + shown.index(heading.text)
    return Edit(location=document.at(start, start + len(heading.text)), replacement=words)


def _by_hand(heading: Heading, words: str) -> UserError:
    return UserError(
        nl=f"Het kopje “{heading.text}” kan niet vanzelf “{words}” worden. Pas het met de hand aan.",
        en=f"The heading “{heading.text}” cannot become “{words}” by itself. Change it by hand.",
    )


def _anchors(document: Document, kind: Kind, heading: Heading, edit: Edit) -> Mapping[str, str]:
    """Give the anchors that change, with what they become: of other headings with that text as well."""
    text = applied(document.source.text, [edit]).encode()
    markdown = kind.markdown
    again = parse_document(
        document.source.path, text, layout=kind.files.layout, dialect=markdown.dialect, slugs=markdown.slugs
    )
    old = document.body.headings if document.body else ()
    new = again.body.headings if again.body else ()
    expected = [edit.replacement if each is heading else each.text for each in old]
    if [each.text for each in new] != expected:
        raise _by_hand(heading, edit.replacement)
    return {one.slug: other.slug for one, other in zip(old, new, strict=True) if one.slug != other.slug}


def _followed(lead: Lead, fragment: str, anchor: str) -> Edit:
    link = lead.link
    before, _, written = lead.document.at(link.target_start, link.target_end).text.partition("#")
    written = written.partition(_TEXT)[0]
    if unquote(html.unescape(written)) != fragment:
        raise odd(lead)
    start = link.target_start + len(before) + 1
    place = lead.document.at(start, start + len(written))
    return Edit(location=place, replacement=quote(anchor) if "%" in written else anchor)
