"""At what level an entry is meant for a profile: mandatory, recommended and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.guidance.applicability import Verdict
from pipeline.guidance.conditions import holds

if TYPE_CHECKING:
    from pipeline.model.demands import Guidance
    from pipeline.model.framework import Entry


def level(entry: Entry, applies: Verdict, guidance: Guidance) -> str:
    """Give the first level that fits an entry; empty where it has none.

    Where it is not certain that the entry applies, this is the level that it may have.
    """
    fields = entry.fields
    for each in guidance.levels.get(entry.kind.name, ()):
        if each.state and each.state != entry.state:
            continue
        if (each.where and not holds(each.where, fields)) or holds(each.unless, fields):
            continue
        return each.otherwise if applies is Verdict.NO else each.name
    return ""
