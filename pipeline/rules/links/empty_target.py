"""A link or image has no address.

It looks like a link, but a click does nothing. A number sign alone (``#``) is an address that
was to be filled in later.

Bad: ``[de handreiking]()``

Good: ``[de handreiking](handreiking.md)``

Mend it: put the address between the round brackets, or take the brackets away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.address import EMPTY, read_address
from pipeline.rules.rule import document_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="De link “{label}” heeft geen adres.", en="The link “{label}” has no address."),
        "image": Text(nl="Deze afbeelding heeft geen adres.", en="This image has no address."),
    },
    help=Text(
        nl="Een klik doet nu niets. Zet het adres tussen de ronde haakjes, of maak er gewone tekst van.",
        en="A click does nothing now. Put the address between the round brackets, or make it plain text.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Look for links to nowhere."""
    for link in document.body.links if document.body else ():
        if read_address(link).sort == EMPTY:
            yield Problem(
                location=document.at(link.start, link.end),
                variant="image" if link.is_image else "",
                parameters={"label": link.text},
            )
