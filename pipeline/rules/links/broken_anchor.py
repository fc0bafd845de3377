"""A link leads to a heading that its page does not have.

The part after ``#`` names a heading: its text in small letters, with hyphens for spaces. When
a heading is reworded, links to it stop working: the reader lands at the top of the page.

Bad: ``[de uitzonderingen](awb-01-wees-zorgvuldig.md#uitzondering)``

Good: ``[de uitzonderingen](awb-01-wees-zorgvuldig.md#uitzonderingen)``

Mend it: take the heading that the message suggests, or leave out ``#`` and what follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.address import RELATIVE
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.resolve import SEARCHED, files_of, leads
from pipeline.rules.nearest import Names
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.framework import Framework
    from pipeline.rules.links.resolve import Lead

# Browsers know this one; ids with an underscore belong to the page around the body.
_ALWAYS = ("", "top")
_OF_THE_PAGE = "_"
_MOST_ANCHORS = 1000


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="De pagina waar deze link naartoe gaat, heeft geen kopje “#{key}”.",
            en="The page that this link leads to has no heading “#{key}”.",
        ),
        "here": Text(
            nl="Deze pagina heeft geen kopje “#{key}”.",
            en="This page has no heading “#{key}”.",
        ),
    },
    help=Text(
        nl="De lezer komt nu boven aan de pagina uit. Na # staat de tekst van een kopje: in kleine letters, "
        "met streepjes in plaats van spaties.",
        en="Readers now land at the top of the page. After # comes the text of a heading: in small letters, "
        "with hyphens for spaces.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every link to a place on a page that was read."""
    files = files_of(framework)
    count = 0
    for lead in leads(framework):
        fragment = lead.address.fragment.partition(":~:")[0]
        if lead.address.sort != RELATIVE or fragment in _ALWAYS or fragment.startswith(_OF_THE_PAGE):
            continue
        path = files.find(lead)
        anchors = files.anchors(path) if path else None
        if anchors is None or fragment in anchors:
            continue
        count += 1
        known = anchors if count <= SEARCHED and len(anchors) <= _MOST_ANCHORS else ()
        yield _problem(lead, fragment, known, here=path == lead.document.source.path)


def _problem(lead: Lead, fragment: str, anchors: Iterable[str], *, here: bool) -> Problem:
    near = Names({name: name for name in anchors}).near(fragment)
    before = lead.link.target.partition("#")[0]
    return Problem(
        location=target_place(lead),
        variant="here" if here else "",
        parameters={"key": fragment, "suggestions": tuple(f"#{name}" for name in near)},
        fix=retarget(lead, f"{before}#{near[0]}") if len(near) == 1 else None,
    )
