"""The headings of a page and which stands below which."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.documents.document import Document, Heading

_LONGEST = 100  # characters before a heading on its line


@lru_cache(maxsize=1)
def sections(document: Document) -> tuple[tuple[Heading | None, Heading], ...]:
    """Give each heading with the one that it stands below; those in lists, quotes and boxes are no part of it."""
    if document.body is None:
        return ()
    found: list[tuple[Heading | None, Heading]] = []
    text = document.source.text
    above: list[Heading] = []
    for heading in document.body.headings:
        before = text[max(heading.start - _LONGEST, document.body.start) : heading.start]
        signs = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
        if signs.strip("# \t") or signs.startswith(("    ", "\t")):
            continue  # in a list, a quote or a box
        while above and above[-1].level >= heading.level:
            above.pop()
        found.append((above[-1] if above else None, heading))
        above.append(heading)
    return tuple(found)


def skips(document: Document) -> tuple[tuple[Heading, int], ...]:
    """Give each heading that leaves a level out, and the deepest level it may have; a page has a title above all."""
    found: list[tuple[Heading, int]] = []
    level = 1
    for _, heading in sections(document):
        if heading.level > level + 1:
            found.append((heading, level + 1))
        level = heading.level
    return tuple(found)
