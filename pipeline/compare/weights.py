"""How much the change of a field weighs, by what the schema says of the field.

The table stands in docs/diff.md. A field that only tells about the entry itself is editorial; a
text is what its words are; any other field means something. Where an entry applies in fewer
situations than before, the change of that field is breaking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.compare.applies import narrows
from pipeline.compare.changes import Weight
from pipeline.compare.wording import weigh, words
from pipeline.model.below import schema_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind, Settings

BESIDES: Final = ("checked", "origin", "order")
"""What a field may mean (``x-means``) that says nothing about what is asked of anybody."""

_CLOSED: Final = ("enum", "const", "format", "pattern", "x-reference", "x-vocabulary", "x-identifier")


class Scales:
    """Weighs the changes of the fields of one entry."""

    def __init__(self, old: Entry, new: Entry, settings: Settings, is_rare: Callable[[str], bool]) -> None:
        """Settle what holds for all fields of the entry."""
        self._kind: Kind = new.kind
        self._is_rare = is_rare
        self._besides = {self._kind.means.get(means) for means in BESIDES}
        guidance = settings.demands.guidance
        self._applies = guidance.applies if guidance and guidance.applies in self._kind.properties else ""
        lost = guidance is not None and self._applies and narrows(old.fields, new.fields, guidance)
        self._of_applies = Weight.BREAKING if lost else Weight.MEANING

    def weigh(self, path: Sequence[str], old: object, new: object) -> Weight:
        """Weigh another value; ``path`` has ``*`` for the items of lists."""
        if path[0] in self._besides:
            return Weight.EDITORIAL
        if path[0] == self._applies:
            return self._of_applies
        if not isinstance(old, str) or not isinstance(new, str):
            return Weight.MEANING
        schema = schema_at(self._kind.schema, path)
        if any(keyword in schema for keyword in _CLOSED):
            return Weight.MEANING
        if path[0] == self._kind.means.get("title"):
            return Weight.EDITORIAL if words(old) == words(new) else Weight.MEANING
        return weigh(old, new, self._is_rare)
