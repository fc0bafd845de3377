"""The changes of entries in words, laid out the same way for every form of report.

What contributors wrote is in here as it is: each report escapes it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.compare.changes import Form, Weight
from pipeline.reports.changes import words
from pipeline.reports.changes.told import Part, Told
from pipeline.reports.changes.values import label_of, words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.compare.changes import EntryChange, FieldChange, RelationChange
    from pipeline.errors import Text
    from pipeline.model.kinds import Kind
    from pipeline.reports.changes.comparison import Comparison


def told(comparison: Comparison) -> tuple[Told, ...]:
    """Put the changes of all entries in words."""
    return tuple(map(_Teller(comparison).entry, comparison.changes.entries))


def by_weight(entries: Sequence[Told]) -> Iterator[tuple[Weight, list[Told]]]:
    """Group entries by weight, the heaviest first."""
    for weight in words.HEAVIEST_FIRST:
        found = [each for each in entries if each.change.weight is weight]
        if found:
            yield weight, found


class _Teller:
    """Knows by entry what relations and names changed with it."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.titles: dict[str, dict[str, str]] = {}
        self.relations: dict[tuple[str, str, bool], list[RelationChange]] = {}
        for relation in comparison.changes.relations:
            self.relations.setdefault((relation.origin, relation.kind, relation.gained), []).append(relation)
            titles = self.titles.setdefault(relation.origin, {})
            titles[relation.target] = titles[relation.target.rpartition(":")[2]] = relation.target_title
        self.followed: set[str] = set()
        self.lost: dict[str, list[str]] = {}
        for each in comparison.changes.redirects:
            if each.sort == "id" and each.new:
                self.followed.add(each.old)
            elif each.sort == "anchor" and not each.new:
                path, _, anchor = each.old.rpartition("#")
                self.lost.setdefault(path, []).append(f"#{anchor}")

    def say(self, text: Text) -> str:
        return text.in_language(self.comparison.language)

    def entry(self, change: EntryChange) -> Told:
        """Tell all that changed in an entry."""
        kind = self.comparison.kind(change.kind)
        parts = (
            *self.names(change, kind),
            *self.named(change, kind),
            *self.fields(change, kind),
            *self.texts(change),
            *self.anchors(change),
        )
        parts = tuple(part._replace(why=part.why or self.why(part, parts)) for part in parts)
        note = ""
        if change.form is Form.CHANGED and not parts:
            note = self.say(words.UNREADABLE if change.weight > Weight.EDITORIAL else words.WRITTEN)
        replaced = change.form is Form.WITHDRAWN and change.id in self.followed
        form = words.REPLACED if replaced else words.FORMS[change.form]
        return Told(change, self.say(kind.one) if kind else change.kind, self.say(form), parts, note)

    def why(self, part: Part, parts: Sequence[Part]) -> str:
        """Tell what a part weighs where that is not what the entry weighs, or what made it so heavy."""
        weights = {each.weight for each in parts}
        told = len(weights) > 1 and part.weight is not Weight.MEANING
        return self.say(words.WEIGHTS[part.weight]).lower() if told else ""

    def names(self, change: EntryChange, kind: Kind | None) -> Iterator[Part]:
        """Tell another id, another file and another status."""
        if change.former_id:
            yield Part(self.say(words.ID), (change.former_id,), (change.id,), Weight.BREAKING)
        if change.former_path:
            yield Part(self.say(words.FILE), (change.former_path,), (change.path,), Weight.EDITORIAL)
        if change.status:
            language = self.comparison.language
            field = kind.means.get("status", "status") if kind else "status"
            old, new = (words_for(kind, field, value or None, language) for value in change.status)
            weight = Weight.BREAKING if change.form is Form.WITHDRAWN else Weight.MEANING
            yield Part(label_of(kind, field, language), old, new, weight)

    def named(self, change: EntryChange, kind: Kind | None) -> Iterator[Part]:
        """Tell what an entry that came or went says about others."""
        if change.form not in {Form.ADDED, Form.REMOVED}:
            return
        came = change.form is Form.ADDED
        relations = self.relations.get((change.id, change.kind, came), ())
        for field, group in groupby(relations, lambda each: each.field):
            values = tuple(f"{each.target_title} ({each.target})" for each in group)
            label = label_of(kind, field, self.comparison.language)
            yield Part(label, () if came else values, values if came else (), change.weight)

    def fields(self, change: EntryChange, kind: Kind | None) -> Iterator[Part]:
        """Tell the changes of fields; what came to and went from one list stands together."""
        titles = self.titles.get(change.id, {})
        for (field, item, became), group in groupby(enumerate(change.fields), _place):
            same = [each for _, each in group]
            old = tuple(word for each in same for word in self.value(kind, field, each.old, titles))
            new = tuple(word for each in same for word in self.value(kind, field, each.new, titles))
            note = ""
            if became >= 0 and sorted(old) == sorted(new):
                note = self.say(words.SPACES if old == new else words.ORDER)
            weight = max(each.weight for each in same)
            # Of all fields, only the one that tells when an entry applies can weigh so much.
            why = self.say(words.NARROWER) if weight is Weight.BREAKING else ""
            yield Part(label_of(kind, field, self.comparison.language), old, new, weight, item, note, why=why)

    def value(self, kind: Kind | None, field: str, value: object, titles: dict[str, str]) -> tuple[str, ...]:
        """Give the words of a value, each reference with the title of what it names."""
        found = [" ".join(word.split()) for word in words_for(kind, field, value, self.comparison.language)]
        return tuple(f"{word} ({titles[word]})" if titles.get(word, word) != word else word for word in found)

    def texts(self, change: EntryChange) -> Iterator[Part]:
        """Tell the changes of headings and sentences."""
        for text in change.texts:
            if text.section and text.new == (text.section,) and text.old:
                yield Part(self.say(words.HEADING), text.old, text.new, text.weight)
                continue
            label = text.section or self.say(words.BEGINNING)
            note = self.say(words.ORDER) if sorted(text.old) == sorted(text.new) else ""
            yield Part(label, text.old, text.new, text.weight, note=note, is_text=bool(text.section))

    def anchors(self, change: EntryChange) -> Iterator[Part]:
        """Tell what a page has no heading for any more: links to it lead nowhere."""
        lost = self.lost.get(change.path)
        if lost and change.form is not Form.REMOVED:
            yield Part(self.say(words.ANCHORS), tuple(lost), (), Weight.BREAKING)


def _place(numbered: tuple[int, FieldChange]) -> tuple[str, str, int]:
    """Tell apart values that became others, each by itself, and items that came or went, together."""
    number, change = numbered
    became = change.old is not None and change.new is not None
    return (change.field, change.item, number if became else -1)
