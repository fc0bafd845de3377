"""Changes in words, laid out the same way for every form of report.

What contributors wrote is in here as it is: each report escapes it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reports.changes import words
from pipeline.reports.changes.values import inverse_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.compare.changes import EntryChange, Redirect, RelationChange, Weight
    from pipeline.reports.changes.comparison import Comparison


class Part(NamedTuple):
    """One thing that changed in an entry.

    ``label`` names a field or a section, and ``of`` the item of a list that it belongs to. ``note`` is
    what we say of it instead of its values, ``why`` what it weighs, where that is to be told.
    """

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    weight: Weight
    of: str = ""
    note: str = ""
    is_text: bool = False
    why: str = ""


class Told(NamedTuple):
    """An entry that changed; ``names`` are its id and its file."""

    change: EntryChange
    kind: str
    form: str
    parts: tuple[Part, ...]
    note: str = ""


class Relation(NamedTuple):
    """What an entry gained or lost in one relation, each with title and id."""

    label: str
    gained: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]


class Related(NamedTuple):
    """An entry that others refer to, with the relations that changed."""

    title: str
    id: str
    relations: tuple[Relation, ...]


class Gone(NamedTuple):
    """A name that is gone."""

    sort: str
    redirect: Redirect


class Covered(NamedTuple):
    """A measure of coverage with its numbers."""

    name: str
    label: str
    before: str
    after: str


def related(comparison: Comparison) -> tuple[Related, ...]:
    """Tell the relations of each entry that others refer to, in the order of their titles."""
    gone = {each.id for each in comparison.changes.entries if each.form == "removed"}
    changes = [each for each in comparison.changes.relations if each.target not in gone and _label(comparison, each)]
    changes.sort(key=lambda each: (each.target_title.casefold(), each.target, _label(comparison, each)))
    found: list[Related] = []
    for (title, name), group in groupby(changes, lambda each: (each.target_title, each.target)):
        relations = tuple(
            _relation(label, list(same)) for label, same in groupby(group, lambda each: _label(comparison, each))
        )
        found.append(Related(title, name, relations))
    return tuple(found)


def _label(comparison: Comparison, change: RelationChange) -> str:
    return inverse_label(comparison.kind(change.kind), change.field, comparison.language)


def _relation(label: str, changes: Sequence[RelationChange]) -> Relation:
    gained, lost = (
        tuple((each.origin_title, each.origin) for each in changes if each.gained is sign) for sign in (True, False)
    )
    return Relation(label, gained, lost)


def gone(comparison: Comparison) -> tuple[Gone, ...]:
    """Tell the names that are gone: first those that are still used, then those that lead nowhere."""
    order = list(words.SORTS)
    ordered = sorted(
        comparison.changes.redirects,
        key=lambda each: (not each.places, bool(each.new), order.index(each.sort), each.old),
    )
    return tuple(Gone(words.SORTS[each.sort].in_language(comparison.language), each) for each in ordered)


def covered(comparison: Comparison) -> tuple[Covered, ...]:
    """Tell the measures of coverage with other numbers."""
    labels = {each.name: each.label for each in comparison.schemas.settings.demands.coverage}
    joint = "van" if comparison.language == "nl" else "of"
    found: list[Covered] = []
    for change in comparison.changes.coverage:
        label = labels[change.measure].in_language(comparison.language) if change.measure in labels else ""
        before, after = (f"{done} {joint} {total}" for done, total in (change.before, change.after))
        found.append(Covered(change.measure, label, before, after))
    return tuple(found)
