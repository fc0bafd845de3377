"""What an issue of ours says, in parts, so that it can be cut where it is too long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import Text
from pipeline.sync.issues.marker import Marker, size

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.sync.issues.marker import Topic
    from pipeline.sync.labels import Label

MOST: Final = 65_536
"""Most characters that GitHub takes in a body."""

_ROOM: Final = 500
"""Characters that are kept free, for the line that counts what is left out."""

_ITEM = re.compile(r"(?m)^- \[[xX]\] .*<!-- ([0-9a-f]{16}) -->\r?$")
_BOX: Final = "- [ ] "


class Item(NamedTuple):
    """One thing to mend, as it stands in a list; ``key`` tells it from others."""

    text: str
    key: str = ""


class Draft(NamedTuple):
    """What an issue should say. ``content`` and ``findings`` are digests (`pipeline.sync.issues.marker`).

    ``name`` and ``tally`` are what people read about it in a log: ``vereiste avg-13`` and ``1 fout``.
    """

    topic: Topic
    title: str
    head: str
    items: tuple[Item, ...]
    tail: str
    labels: tuple[Label, ...]
    name: str
    tally: str
    content: str
    findings: str
    path: str = ""
    commit: str = ""
    language: str = "nl"

    def marker(self, number: int = 1) -> Marker:
        """Give the hidden line."""
        return Marker(self.topic, self.content, self.findings, number, self.path, self.commit)

    def text(self, taken: int = 0, ticked: Collection[str] = ()) -> str | None:
        """Write the whole, or as many items as there is room for beside what is ``taken``.

        Nothing where not even the rest fits.
        """
        room = MOST - taken - _ROOM - size(self.marker(10**9).line) - size(self.head) - size(self.tail)
        if room < 0:
            return None
        items: list[str] = []
        for item in self.items:
            text = _ticked(item, ticked)
            room -= size(text) + 2
            if room < 0:
                break
            items.append(text)
        left = len(self.items) - len(items)
        return "\n\n".join(filter(None, (self.head, "\n".join(items), _left_out(left, self.language), self.tail)))


def ticked_in(ours: str) -> frozenset[str]:
    """Give the keys of the items that somebody ticked."""
    return frozenset(_ITEM.findall(ours))


def _ticked(item: Item, ticked: Collection[str]) -> str:
    return item.text.replace(_BOX, "- [x] ", 1) if item.key in ticked else item.text


def _left_out(number: int, language: str) -> str:
    if not number:
        return ""
    text = Text(
        nl=f"Hier is geen plek voor de andere {number}. `kader check` laat ze allemaal zien.",
        en=f"There is no room here for the other {number}. `kader check` shows them all.",
    )
    return text.in_language(language)
