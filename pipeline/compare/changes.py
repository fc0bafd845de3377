"""What changed between two revisions of a framework, as data without words.

Whoever prints it finds the words: labels of kinds and fields come from the schemas.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Any, NamedTuple


class Weight(IntEnum):
    """How much a change means to whoever uses the framework; a larger number is more."""

    EDITORIAL = 1
    MEANING = 2
    BREAKING = 3

    @property
    def word(self) -> str:
        """The word used in reports for machines."""
        return self.name.lower()


class Form(StrEnum):
    """What happened to an entry; one that was renamed may have other changes as well."""

    ADDED = "added"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    RENAMED = "renamed"
    CHANGED = "changed"


class FieldChange(NamedTuple):
    """A field with another value; ``old`` or ``new`` is none where it was added or taken away.

    ``field`` is its path without positions: ``verwijzingen.locator``. Values are plain (as JSON).
    In a list, each item that came, went or changed is a change of its own; ``item`` names the
    one that a field is of. Two lists of the same items tell that these stand in another order.
    """

    field: str
    old: Any
    new: Any
    weight: Weight
    item: str = ""


class TextChange(NamedTuple):
    """Sentences of a section that became others. ``section`` is its heading, empty before the first.

    The same sentences on both sides stand in another place or order.
    """

    section: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    weight: Weight


class EntryChange(NamedTuple):
    """What happened to one entry.

    ``id``, ``path`` and ``title`` are those of today, or the last ones of an entry that is gone.
    ``former_id``, ``former_path`` and ``former_title`` are empty where they stayed the same.
    ``status`` is the old and the new value where it changed. An entry that changed without fields or
    texts is written otherwise and says the same, or, where that means something, cannot be read.
    """

    id: str
    kind: str
    title: str
    path: str
    form: Form
    weight: Weight
    former_id: str = ""
    former_path: str = ""
    former_title: str = ""
    status: tuple[str, str] | None = None
    fields: tuple[FieldChange, ...] = ()
    texts: tuple[TextChange, ...] = ()


class RelationChange(NamedTuple):
    """A relation gained or lost: ``field`` of ``origin`` names ``target``; both are ids of today.

    ``kind`` is that of the origin, whose schema knows what the target calls the relation.
    """

    origin: str
    field: str
    target: str
    gained: bool
    kind: str = ""
    origin_title: str = ""
    target_title: str = ""


class Place(NamedTuple):
    """A line of a file that still uses an old name."""

    path: str
    line: int


class Redirect(NamedTuple):
    """A name that is gone while something uses or may use it: an id, a page or an anchor on a page.

    ``sort`` is ``id``, ``page`` or ``anchor``. ``new`` is what it should lead to, or empty where
    nothing follows it. ``places`` are what still uses the old name here. Pages are addresses below
    the top of the site, anchors stand behind the path of their file.
    """

    sort: str
    old: str
    new: str
    places: tuple[Place, ...] = ()

    @property
    def weight(self) -> Weight:
        """Breaking where whoever uses the name is led nowhere."""
        return Weight.MEANING if self.new else Weight.BREAKING


class CoverageChange(NamedTuple):
    """A measure of coverage with other numbers; each pair is (covered, total)."""

    measure: str
    before: tuple[int, int]
    after: tuple[int, int]


class Changes(NamedTuple):
    """All that changed between two revisions, in a fixed order."""

    entries: tuple[EntryChange, ...] = ()
    relations: tuple[RelationChange, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    coverage: tuple[CoverageChange, ...] = ()

    @property
    def weight(self) -> Weight | None:
        """The heaviest change; none where nothing changed."""
        weights = [*(each.weight for each in self.entries), *(each.weight for each in self.redirects)]
        return max(weights, default=None)
