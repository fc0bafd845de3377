"""What changed, with all that a report needs to put it in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.compare.changes import Changes, Form
    from pipeline.model.kinds import Kind, Schemas


class Side(NamedTuple):
    """One of the two revisions.

    ``commit`` is empty for files that are not committed, ``version`` where no tag names one. ``name``
    is what whoever asked called it.
    """

    commit: str = ""
    version: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The changes from ``base`` to ``head``; ``schemas`` are those of today, ``former`` those of the base.

    ``language`` is ``"nl"`` or ``"en"``.
    """

    changes: Changes
    schemas: Schemas
    former: Schemas | None = None
    base: Side = field(default_factory=Side)
    head: Side = field(default_factory=Side)
    language: str = "nl"

    def kind(self, name: str) -> Kind | None:
        """Give a kind of either revision."""
        found = self.schemas.kinds.get(name)
        return found if found is not None or self.former is None else self.former.kinds.get(name)

    def count(self, form: Form) -> int:
        """Give the number of entries that this happened to."""
        return sum(entry.form is form for entry in self.changes.entries)
