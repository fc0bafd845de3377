"""An image has no text for those who cannot see it.

People who use a screen reader hear this text instead of the image; it also shows when the
image does not load. A word such as "afbeelding" or the name of the file tells them nothing.
Government sites have to meet WCAG 2.1, success criterion 1.1.1. In raw HTML ``alt=""`` says
that an image is only decoration; that is fine.

Bad: ``![afbeelding](images/stappen.png)``

Good: ``![De vier stappen van het onderzoek, van vraag tot besluit](images/stappen.png)``

Mend it: say in one sentence what the image shows and why it is there.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import slug
from pipeline.rules.rule import document_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Link
    from pipeline.model.kinds import Kind

_GENERIC = frozenset(
    {
        *("afbeelding", "afbeeldingen", "foto", "fotos", "plaatje", "figuur", "schema", "diagram", "grafiek"),
        *("illustratie", "icoon", "icoontje", "logo", "screenshot", "schermafbeelding", "schermafdruk", "tekening"),
        *("bijschrift", "omschrijving", "beschrijving", "alt", "alt-tekst", "alternatieve-tekst", "naamloos"),
        *("image", "images", "img", "picture", "photo", "figure", "chart", "graph", "icon", "alt-text", "drawing"),
        *("description", "caption", "untitled"),
    }
)
_FILE_NAME = lazy_pattern(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?)", re.IGNORECASE)
_DECORATION = lazy_pattern(
    r"\balt\s*=\s*(?:\"\s*\"|'\s*')|\brole\s*=\s*[\"']?(?:presentation|none)\b|\baria-hidden\s*=\s*[\"']?true\b",
    re.IGNORECASE,
)


@document_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Deze afbeelding heeft geen beschrijving voor wie haar niet kan zien.",
            en="This image has no description for those who cannot see it.",
        ),
        "generic": Text(
            nl="De beschrijving “{label}” zegt niet wat er op de afbeelding staat.",
            en="The description “{label}” does not say what the image shows.",
        ),
    },
    help=Text(
        nl="Blinde lezers horen deze tekst. Schrijf tussen de vierkante haken in één zin wat de afbeelding laat zien.",
        en="Blind readers hear this text. Say between the square brackets, in one sentence, what the image shows.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Look at the description of each image."""
    for link in document.body.links if document.body else ():
        if not link.is_image or not link.target.strip():
            continue
        if link.form == "html-image" and _DECORATION.search(document.source.text[link.start : link.end]):
            continue
        if not link.text.strip() or _says_nothing(link):
            yield Problem(
                location=document.at(link.start, link.end),
                variant="generic" if link.text.strip() else "",
                parameters={"label": link.text.strip()},
            )


def _says_nothing(link: Link) -> bool:
    words = slug(link.text)
    if not words or _FILE_NAME.fullmatch(link.text.strip()) or words.rstrip("-0123456789") in _GENERIC:
        return True
    stem = posixpath.splitext(posixpath.basename(unquote(re.split("[?#]", link.target)[0])))[0]
    # A name of one word may be a fine description ("Rotterdam"); one with hyphens is none.
    return link.text.strip() == stem and not stem.isalpha()
