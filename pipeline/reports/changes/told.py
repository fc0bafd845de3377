"""Changes in words, laid out the same way for every form of report.

What contributors wrote is in here as it is: each report escapes it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.compare.changes import Weight
from pipeline.reports.changes import words
from pipeline.reports.changes.values import inverse_label, label_of, words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.compare.changes import EntryChange, FieldChange, Redirect, RelationChange
    from pipeline.errors import Text
    from pipeline.model.kinds import Kind
    from pipeline.reports.changes.comparison import Comparison


class Part(NamedTuple):
    """One thing that changed in an entry.

    ``label`` names a field or a section, and ``of`` the item of a list that it belongs to; ``note`` is
    what we say of it ourselves.
    """

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    weight: Weight
    of: str = ""
    note: str = ""
    is_text: bool = False


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


def told(comparison: Comparison) -> tuple[Told, ...]:
    """Put the changes of all entries in words."""
    return tuple(_entry(comparison, change) for change in comparison.changes.entries)


def by_weight(entries: Sequence[Told]) -> Iterator[tuple[Weight, list[Told]]]:
    """Group entries by weight, the heaviest first."""
    for weight in words.HEAVIEST_FIRST:
        found = [each for each in entries if each.change.weight is weight]
        if found:
            yield weight, found


def _entry(comparison: Comparison, change: EntryChange) -> Told:
    language, kind = comparison.language, comparison.kind(change.kind)
    parts = (
        *_names(comparison, change),
        *_fields(comparison, change, kind),
        *_texts(change, language),
        *_anchors(comparison, change),
    )
    note = ""
    if change.form == "changed" and not parts:
        note = (words.UNREADABLE if change.weight > Weight.EDITORIAL else words.WRITTEN).in_language(language)
    label = kind.one.in_language(language) if kind else change.kind
    return Told(change, label, _form(comparison, change).in_language(language), parts, note)


def _form(comparison: Comparison, change: EntryChange) -> Text:
    follows = (each.new for each in comparison.changes.redirects if each.sort == "id" and each.old == change.id)
    return words.REPLACED if change.form == "withdrawn" and any(follows) else words.FORMS[change.form]


def _names(comparison: Comparison, change: EntryChange) -> Iterator[Part]:
    language = comparison.language
    if change.former_id:
        yield Part(words.ID.in_language(language), (change.former_id,), (change.id,), Weight.BREAKING)
    if change.former_path:
        yield Part(words.FILE.in_language(language), (change.former_path,), (change.path,), Weight.EDITORIAL)
    if change.status:
        kind = comparison.kind(change.kind)
        field = kind.means.get("status", "status") if kind else "status"
        old, new = (words_for(kind, field, value or None, language) for value in change.status)
        weight = Weight.BREAKING if change.form == "withdrawn" else Weight.MEANING
        yield Part(label_of(kind, field, language), old, new, weight)


def _fields(comparison: Comparison, change: EntryChange, kind: Kind | None) -> Iterator[Part]:
    """Tell the changes of fields; what came to and went from one list stands together."""
    language = comparison.language
    titles = _titles(comparison, change)
    for (field, item, whole), group in groupby(change.fields, _place):
        same = list(group)
        old = tuple(word for each in same for word in _value(kind, field, each.old, language, titles))
        new = tuple(word for each in same for word in _value(kind, field, each.new, language, titles))
        note = ""
        if whole and sorted(old) == sorted(new):
            note = (words.SPACES if old == new else words.ORDER).in_language(language)
        yield Part(label_of(kind, field, language), old, new, max(each.weight for each in same), item, note)


def _place(change: FieldChange) -> tuple[str, str, bool]:
    """Tell apart what is one value that became another from items that came and went."""
    return (change.field, change.item, change.old is not None and change.new is not None)


def _titles(comparison: Comparison, change: EntryChange) -> dict[str, str]:
    """Give the titles of what an entry came to refer to, or no longer does, by id and by code."""
    found: dict[str, str] = {}
    for each in comparison.changes.relations:
        if each.origin == change.id:
            found[each.target] = found[each.target.rpartition(":")[2]] = each.target_title
    return found


def _value(kind: Kind | None, field: str, value: object, language: str, titles: dict[str, str]) -> tuple[str, ...]:
    found = [" ".join(word.split()) for word in words_for(kind, field, value, language)]
    return tuple(f"{word} ({titles[word]})" if titles.get(word, word) != word else word for word in found)


def _texts(change: EntryChange, language: str) -> Iterator[Part]:
    for text in change.texts:
        label = text.section or words.BEGINNING.in_language(language)
        note = words.ORDER.in_language(language) if sorted(text.old) == sorted(text.new) else ""
        if text.section and text.new == (text.section,) and text.old:
            yield Part(words.HEADING.in_language(language), text.old, text.new, text.weight)
        else:
            yield Part(label, text.old, text.new, text.weight, note=note, is_text=bool(text.section))


def _anchors(comparison: Comparison, change: EntryChange) -> Iterator[Part]:
    """Tell what a page has no heading for any more: links to it lead nowhere."""
    lost = tuple(
        f"#{anchor}"
        for each in comparison.changes.redirects
        if each.sort == "anchor" and not each.new
        for path, _, anchor in (each.old.rpartition("#"),)
        if path == change.path
    )
    if lost and change.form != "removed":
        yield Part(words.ANCHORS.in_language(comparison.language), lost, (), Weight.BREAKING)


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
