"""What to do on GitHub, so that the issues there are those that there should be.

A plan depends on what is there and on what was found, and on nothing else. So a run that was cut
short needs no memory: the next one looks, and plans what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.sync.issues.actions import COMPLETED, NOT_PLANNED, Change, Create, MakeLabel, Plan, Why
from pipeline.sync.issues.compose import waiting
from pipeline.sync.issues.draft import ticked_in
from pipeline.sync.issues.marker import NOTHING, WAITING, parts_of, written
from pipeline.sync.issues.remarks import closing, double, emptied
from pipeline.sync.issues.whereabouts import Fate
from pipeline.sync.labels import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.sync.issues.actions import Issue, Step
    from pipeline.sync.issues.draft import Draft
    from pipeline.sync.issues.marker import Parts, Topic
    from pipeline.sync.issues.scene import Scene
    from pipeline.sync.issues.whereabouts import Found, Whereabouts
    from pipeline.sync.labels import Label

_CLOSED = {
    Fate.HERE: Why.SOLVED,
    Fate.FOLLOWED: Why.REPLACED,
    Fate.WITHDRAWN: Why.WITHDRAWN,
    Fate.VANISHED: Why.VANISHED,
}


class Known(NamedTuple):
    """An issue of ours with its body in parts, and what it is about now."""

    issue: Issue
    parts: Parts
    found: Found

    @property
    def order(self) -> tuple[bool, int]:
        """The issue that goes on comes first: one that was about this from the start, then the oldest."""
        return (self.found.topic != self.parts.marker.topic, self.issue.number)


def plan(
    drafts: Sequence[Draft],
    issues: Iterable[Issue],
    labels: Sequence[Label],
    whereabouts: Whereabouts,
    scene: Scene,
    *,
    most: int,
) -> Plan:
    """Plan from what there should be (the worst first) and from the issues and labels that are there."""
    return _Planner(drafts, whereabouts, scene).plan(known(issues, drafts, whereabouts), labels, most)


def known(issues: Iterable[Issue], drafts: Sequence[Draft], whereabouts: Whereabouts) -> tuple[Known, ...]:
    """Give the issues with a marker of ours, by number; one whose own entry still has findings stays with it."""
    wanted = {draft.topic for draft in drafts}
    taken = ((issue, parts_of(issue.body)) for issue in sorted(issues))
    found = []
    for issue, parts in taken:
        if parts is not None:
            here = whereabouts.of(parts.marker)
            found.append(
                Known(
                    issue,
                    parts,
                    here._replace(topic=parts.marker.topic, fate=Fate.HERE) if parts.marker.topic in wanted else here,
                )
            )
    return tuple(found)


class _Planner:
    def __init__(self, drafts: Sequence[Draft], whereabouts: Whereabouts, scene: Scene) -> None:
        self.drafts = drafts
        self.whereabouts = whereabouts
        self.scene = scene
        self.kept = 0
        self.declined = 0
        self.used = dict(scene.standing)

    def plan(self, issues: Sequence[Known], labels: Sequence[Label], most: int) -> Plan:
        groups: dict[Topic, list[Known]] = {}
        for each in sorted(issues, key=lambda each: each.order):
            groups.setdefault(each.found.topic, []).append(each)
        first = {topic: group[0] for topic, group in groups.items()}
        fresh = [draft for draft in self.drafts if draft.topic not in first]
        made, left = fresh[: max(0, most)], fresh[max(0, most) :]
        wanted = {draft.topic: draft for draft in self.drafts}
        if left:
            wanted[WAITING] = waiting(left, self.scene)
        steps: list[Step] = list(self._doubles(groups))
        steps += self._closings(first, wanted)
        steps += self._changes(first, wanted)
        steps += (self._create(draft) for draft in made)
        if left:
            steps += self._list(first.get(WAITING), wanted[WAITING])
        return Plan((*self._labels(labels), *steps), len(left), self.declined, self.kept)

    def _doubles(self, groups: Mapping[Topic, Sequence[Known]]) -> Iterator[Change]:
        """Close what is there twice."""
        doubles = ((group[0].issue.number, each) for group in groups.values() for each in group[1:])
        for number, each in sorted(doubles, key=lambda pair: pair[1].issue.number):
            if each.issue.open:
                remark = double(number, self.scene.language)
                yield _closed(each, Why.DOUBLE, NOT_PLANNED)._replace(comment=remark)

    def _closings(self, first: Mapping[Topic, Known], wanted: Mapping[Topic, Draft]) -> Iterator[Change]:
        """Close what is solved, or about something that is gone."""
        for topic, each in sorted(first.items(), key=lambda item: item[1].issue.number):
            if topic in wanted or not each.issue.open:
                continue
            if each.found.fate is Fate.HIDDEN:
                self.kept += 1
                continue
            marker, places, language = each.parts.marker, self.scene.places, self.scene.language
            if topic == WAITING:
                remark, why = emptied(marker, places, language), Why.SOLVED
            else:
                why = _CLOSED[each.found.fate]
                remark = closing(marker, why, places, language, heir=topic.name)
            reason = COMPLETED if why in {Why.SOLVED, Why.REPLACED} else NOT_PLANNED
            yield _closed(each, why, reason)._replace(comment=remark)

    def _changes(self, first: Mapping[Topic, Known], wanted: Mapping[Topic, Draft]) -> Iterator[Change]:
        """Bring the issues that stay up to date."""
        for topic, each in sorted(first.items(), key=lambda item: item[1].issue.number):
            if topic in wanted and topic != WAITING:
                yield from self._updated(each, wanted[topic])

    def _list(self, there: Known | None, draft: Draft) -> Iterator[Step]:
        """Say what waits, in one issue."""
        if there is None:
            yield self._create(draft)
        else:
            yield from self._updated(there, draft)

    def _updated(self, each: Known, draft: Draft) -> Iterator[Change]:
        """Give the change that makes an issue say what it should, unless nobody wants it."""
        issue, parts = each.issue, each.parts
        if issue.declined and parts.marker.findings == draft.findings:
            self.declined += 1
            return
        self._use(draft)
        moved = parts.marker.topic != draft.topic
        again = not issue.open
        body = None
        if moved or again or parts.marker.content != draft.content:
            body = self._body(parts, draft, parts.marker.round + again)
        labels = difference(self.scene.labels, issue.labels, [label.name for label in draft.labels])
        change = Change(
            number=issue.number,
            why=Why.RELAPSED if again else Why.MOVED if moved else Why.CHANGED if body is not None else Why.LABELS,
            name=draft.name,
            tally=draft.tally,
            title=draft.title if body is not None and draft.title != issue.title else None,
            body=body,
            open=True if again else None,
            add=labels.add,
            remove=labels.remove,
        )
        if change.edits or change.add or change.remove:
            yield change
        else:
            self.kept += 1

    def _body(self, parts: Parts, draft: Draft, number: int) -> str | None:
        """Write our part anew; nothing where people left no room for it."""
        text = draft.text(parts.around, ticked_in(parts.ours))
        return None if text is None else parts.rewritten(draft.marker(number), text)

    def _create(self, draft: Draft) -> Create:
        self._use(draft)
        body = written(draft.marker(), draft.text() or "")
        return Create(draft.title, body, tuple(label.name for label in draft.labels), draft.name, draft.tally)

    def _use(self, draft: Draft) -> None:
        self.used |= {label.name: label for label in draft.labels}

    def _labels(self, there: Sequence[Label]) -> Iterator[MakeLabel]:
        """Make the labels that issues have and forms need; a person's colour gives way to that in the file."""
        table = {label.name.casefold(): label for label in there}
        for name in sorted(self.used):
            label, present = self.used[name], table.get(name.casefold())
            if present is None:
                yield MakeLabel(label)
            elif (present.color.lower(), present.description) != (label.color, label.description):
                yield MakeLabel(label._replace(name=present.name), known=True)


def _closed(each: Known, why: Why, reason: str) -> Change:
    """Close an issue. What is closed for good forgets what was found, so that anything found later is news."""
    issue, parts = each.issue, each.parts
    body = None
    if reason == NOT_PLANNED and parts.marker.findings != NOTHING:
        body = parts.rewritten(parts.marker._replace(findings=NOTHING), parts.ours)
    return Change(
        number=issue.number,
        why=why,
        name=parts.marker.topic.name,
        body=body,
        open=False,
        reason=reason,
        look=issue.comments > 0,
    )
