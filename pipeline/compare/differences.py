"""What changed between two revisions of a framework.

Entries are set side by side by id, else by what they say (`pipeline.compare.matches`). Of each pair
the fields and the sentences are compared; then the relations between entries, and the names
that are gone. docs/diff.md tells what each change weighs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.compare.changes import Changes, EntryChange, Form, Weight
from pipeline.compare.coverage import coverage_changes
from pipeline.compare.fields import field_changes
from pipeline.compare.items import Side
from pipeline.compare.lookups import Lookups
from pipeline.compare.matches import matched, name_of
from pipeline.compare.moves import moves_of
from pipeline.compare.rarity import Rarity
from pipeline.compare.redirects import Story, gone_anchors, redirects_of
from pipeline.compare.relations import relation_changes
from pipeline.compare.sentences import compared
from pipeline.compare.units import Leads, parts_of
from pipeline.compare.weights import Scales

if TYPE_CHECKING:
    from pipeline.compare.items import Path
    from pipeline.compare.matches import Matches
    from pipeline.compare.moves import Moves
    from pipeline.compare.sentences import Compared
    from pipeline.documents.document import Link
    from pipeline.model.framework import Entry, Framework


def changes_between(before: Framework, after: Framework, lookups: Lookups | None = None) -> Changes:
    """Compare two revisions; without ``lookups``, nothing is known of pages, coverage and where links lead."""
    after = after if after.base is before else replace(after, base=before)
    return _Comparison(before, after, lookups or Lookups()).changes()


class _Comparison:
    """Two revisions side by side; ``anchors`` collects by path what anchors are gone."""

    def __init__(self, before: Framework, after: Framework, lookups: Lookups) -> None:
        self.before, self.after = before, after
        self.lookups = lookups
        self.moves: Moves = moves_of(after)
        self.matches: Matches = matched(before, after, self.moves)
        self.today = self.matches.today
        self.is_rare = Rarity(before, after)
        self.anchors: dict[str, dict[str, str]] = {}

    def changes(self) -> Changes:
        """Compare everything."""
        found = [change for old, new in self.matches.pairs if (change := self._of_pair(old, new))]
        found += [_alone(entry, Form.REMOVED, Weight.BREAKING) for entry in self.matches.gone]
        found += [_alone(entry, Form.ADDED, Weight.MEANING) for entry in self.matches.added]
        kinds = list(dict.fromkeys((*self.after.kinds, *self.before.kinds)))
        found.sort(key=lambda each: (kinds.index(each.kind), each.id, each.path, each.form))
        unread = {new.id for old, new in self.matches.pairs if not (old.document.readable and new.document.readable)}
        story = Story(self.before, self.after, self.matches, self.moves, self.lookups, self.anchors)
        return Changes(
            entries=tuple(found),
            relations=relation_changes(self.before, self.after, self.today, unread),
            redirects=redirects_of(story),
            coverage=tuple(coverage_changes(self.before, self.after, self.lookups)),
        )

    def _of_pair(self, old: Entry, new: Entry) -> EntryChange | None:
        if old.id == new.id and old.path == new.path and _written(old) == _written(new):
            return None
        readable = old.document.readable and new.document.readable
        change = _bare(old, new, readable=readable)
        moved = self.lookups.address(self.before, old) != self.lookups.address(self.after, new)
        if moved or not readable:
            change = change._replace(weight=max(change.weight, Weight.MEANING))
        if not readable or _written(old) == _written(new):
            return change
        kind = new.kind
        without = {kind.means.get("status", ""), kind.identity.field if kind.identity.where == "field" else ""}
        scales = Scales(old, new, self.after.settings, self.is_rare)
        fields = field_changes(self._side(self.before, old), self._side(self.after, new), scales, without)
        text = self._texts(old, new)
        weights = [change.weight, *(each.weight for each in fields), *(each.weight for each in text.changes)]
        lost = gone_anchors(old, new, text.anchors)
        if lost:
            self.anchors[new.path] = lost
            weights += [Weight.MEANING if after else Weight.BREAKING for after in lost.values()]
        return change._replace(fields=fields, texts=text.changes, weight=max(weights))

    def _side(self, framework: Framework, entry: Entry) -> Side:
        targets: dict[Path, str] = {}
        paths = {spec.path for spec in entry.kind.references}
        for reference in framework.outgoing(entry):
            if not reference.is_mention:
                targets[reference.path] = name_of(reference, self.today)
                # An item may be a reference, or an object with one: the same relation.
                for longer in paths:
                    if longer[:-1] == reference.spec.path:
                        targets[*reference.path, longer[-1]] = targets[reference.path]
        return Side(entry, targets)

    def _texts(self, old: Entry, new: Entry) -> Compared:
        one = parts_of(old, self._leads(self.before, old))
        other = parts_of(new, self._leads(self.after, new))
        return compared(one, other, self.is_rare)

    def _leads(self, framework: Framework, entry: Entry) -> Leads:
        files = self.moves.files if framework is self.before else {}
        mentions = {
            each.start: f"{{{name_of(each, self.today)}:{each.locator}}}"
            for each in framework.outgoing(entry)
            if each.is_mention
        }

        def destination(link: Link) -> str:
            path = self.lookups.destination(framework, entry.document, link).path
            return files.get(path, path) if path else _address(link.target)

        return Leads(mentions, destination)


def _bare(old: Entry, new: Entry, *, readable: bool) -> EntryChange:
    """Tell what can be told of a pair without a look at its other fields."""
    withdrawn = readable and new.is_gone and not old.is_gone
    renamed = old.id != new.id or old.path != new.path
    status = tuple(str(entry.part("status") or "") if readable else "" for entry in (old, new))
    weight = Weight.BREAKING if withdrawn or old.id != new.id else Weight.EDITORIAL
    if status[0] != status[1]:
        weight = max(weight, Weight.MEANING)
    # What cannot be read now is called what it was called.
    title = new.title if new.document.readable else old.title
    return EntryChange(
        id=new.id,
        kind=new.kind.name,
        title=title,
        path=new.path,
        form=Form.WITHDRAWN if withdrawn else Form.RENAMED if renamed else Form.CHANGED,
        weight=weight,
        former_id=old.id if old.id != new.id else "",
        former_path=old.path if old.path != new.path else "",
        former_title=old.title if old.title != title and old.document.readable else "",
        status=(status[0], status[1]) if status[0] != status[1] else None,
    )


def _alone(entry: Entry, form: Form, weight: Weight) -> EntryChange:
    return EntryChange(entry.id, entry.kind.name, entry.title, entry.path, form, weight)


def _written(entry: Entry) -> str:
    """Give the part of its file that an entry is written in."""
    text = entry.document.source.text
    if entry.kind.files.layout == "document" or entry.node is None:
        return text
    return text[entry.node.start : entry.node.end]


def _address(target: str) -> str:
    """Give an address as far as it says where a link leads: http and https are one."""
    target = target.strip()
    return (f"https:{target[5:]}" if target[:5].lower() == "http:" else target).rstrip("/")
