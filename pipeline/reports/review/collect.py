"""Put a review together: what was found and what changed, with bounds on all of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from pipeline.compare.moves import moves_of
from pipeline.errors import Text
from pipeline.findings import State
from pipeline.reports.layout import cut
from pipeline.reports.review.lines import line_fix, touched_lines
from pipeline.reports.review.values import WORST_FIRST, Gone, LeftOut, Review, Span, Tally, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.compare.changes import (
        Changes,
        EntryChange,
        FieldChange,
        Place,
        Redirect,
        RelationChange,
        TextChange,
    )
    from pipeline.findings import Finding, Outcome, Parameter
    from pipeline.model.framework import Framework
    from pipeline.text import Location

# The schema of the JSON has the same numbers; a test holds them together.
FINDINGS: Final = 1_000
GONE: Final = 200
ENTRIES: Final = 500
RELATIONS: Final = 1_000
REDIRECTS: Final = 200
PLACES: Final = 20
FIELDS: Final = 60
TEXTS: Final = 30
SENTENCES: Final = 10
VALUES: Final = 50
PARAMETERS: Final = 30
KINDS: Final = 100
LONGEST: Final = 500
"""Most characters of a value."""
LONGEST_PATH: Final = 1_000
LONGEST_NAME: Final = 200

_HALF = re.compile("[\ud800-\udfff]")


def collect(
    outcome: Outcome,
    framework: Framework | None,
    changes: Changes,
    *,
    root: str = "",
    head: str = "",
    themes: Iterable[str] = (),
) -> Review:
    """Make a review of an outcome that was compared with a base."""
    touched = _Touched(framework, changes)
    found = [each for each in outcome.findings if each.state is not State.OLD or touched.holds(each)]
    passed = [_told(each, touched) for each in sorted(found, key=_worst_first) if len(each.path) <= LONGEST_PATH]
    gone = [_gone(each) for each in outcome.solved if len(each.path) <= LONGEST_PATH]
    kept = _bounded(changes)
    return Review(
        head=head,
        base=outcome.base,
        root=root,
        files=outcome.files,
        entries=outcome.entries,
        new=_tally(each for each in outcome.findings if each.state is not State.OLD),
        old=_tally(each for each in outcome.findings if each.state is State.OLD),
        solved=_tally(outcome.solved),
        findings=tuple(passed[:FINDINGS]),
        gone=tuple(gone[:GONE]),
        changes=kept,
        kinds=tuple(sorted({_cut(each.kind, LONGEST_NAME) for each in changes.entries}))[:KINDS],
        themes=tuple(sorted({_cut(each, LONGEST_NAME) for each in themes}))[:KINDS],
        left_out=LeftOut(
            findings=len(found) - len(passed[:FINDINGS]),
            entries=len(changes.entries) - len(kept.entries),
            relations=len(changes.relations) - len(kept.relations),
            redirects=len(changes.redirects) - len(kept.redirects),
        ),
    )


def _cut(text: str, most: int) -> str:
    """Make a text short; half a character, which JSON cannot hold, becomes the sign for that."""
    return cut(_HALF.sub("\ufffd", text), most)


class _Touched:
    """Knows which files and entries the change touches, and which lines."""

    def __init__(self, framework: Framework | None, changes: Changes) -> None:
        self._framework = framework
        self._names = {each.id for each in changes.entries} | {each.path for each in changes.entries}
        self._lines: dict[str, frozenset[int]] = {}

    def holds(self, finding: Finding) -> bool:
        return finding.home in self._names or finding.path in self._names or bool(self.lines(finding.path))

    def lines(self, path: str) -> frozenset[int]:
        if path not in self._lines:
            self._lines[path] = self._compared(path)
        return self._lines[path]

    def _compared(self, path: str) -> frozenset[int]:
        now = _text(self._framework, path)
        if self._framework is None or self._framework.base is None or now is None:
            return frozenset()
        former = moves_of(self._framework).former_files.get(path, path)
        return touched_lines(_text(self._framework.base, former) or "", now)


def _text(framework: Framework | None, path: str) -> str | None:
    if framework is None:
        return None
    document = framework.documents_by_path.get(path) or framework.extras.get(path)
    return document.source.text if document else None


def _worst_first(finding: Finding) -> tuple[bool, int, tuple[str, int, int, str], str]:
    return (finding.state is State.OLD, -finding.severity, finding.order, finding.fingerprint)


def _tally(findings: Iterable[Finding]) -> Tally:
    counts = Counter(finding.severity for finding in findings)
    return Tally(*(counts[severity] for severity in WORST_FIRST))


def _told(finding: Finding, touched: _Touched) -> Told:
    problem = finding.problem
    return Told(
        rule=finding.rule,
        severity=finding.severity,
        path=_cut(finding.path, LONGEST_PATH),
        span=_span(problem.location),
        variant=problem.variant,
        entry=_cut(finding.entry, LONGEST),
        field=_cut(problem.field, LONGEST),
        parameters=_parameters(problem.parameters),
        fingerprint=finding.fingerprint,
        state=finding.state or State.NEW,
        fix=line_fix(problem.fix, touched.lines(finding.path)) if finding.state is not State.OLD else None,
    )


def _span(location: Location) -> Span:
    return Span(*location.begin, *location.finish)


def _gone(finding: Finding) -> Gone:
    return Gone(finding.rule, finding.severity, _cut(finding.path, LONGEST_PATH), _cut(finding.entry, LONGEST))


def _parameters(parameters: Mapping[str, Parameter]) -> Mapping[str, Parameter]:
    return {name: _parameter(parameters[name]) for name in sorted(parameters)[:PARAMETERS]}


def _parameter(value: Parameter) -> Parameter:
    if isinstance(value, Text):
        return Text(nl=_cut(value.nl, LONGEST), en=_cut(value.en, LONGEST))
    if isinstance(value, tuple):
        return tuple(_cut(item, LONGEST) for item in value[:VALUES])
    return value if _is_small(value) else _cut(str(value), LONGEST)


def _bounded(changes: Changes) -> Changes:
    """Give changes with no more of anything, and nothing longer, than can be passed on."""
    redirects = [each for each in changes.redirects if len(each.old) <= LONGEST_PATH and len(each.new) <= LONGEST_PATH]
    return changes._replace(
        entries=tuple(_entry(each) for each in changes.entries if _is_short(each))[:ENTRIES],
        relations=tuple(_relation(each) for each in changes.relations[:RELATIONS]),
        redirects=tuple(map(_redirect, redirects[:REDIRECTS])),
        coverage=tuple(each for each in changes.coverage if len(each.measure) <= LONGEST_NAME)[:VALUES],
    )


def _relation(change: RelationChange) -> RelationChange:
    return change._replace(
        origin=_cut(change.origin, LONGEST),
        field=_cut(change.field, LONGEST),
        target=_cut(change.target, LONGEST),
        kind=_cut(change.kind, LONGEST_NAME),
        origin_title=_cut(change.origin_title, LONGEST),
        target_title=_cut(change.target_title, LONGEST),
    )


def _is_short(change: EntryChange) -> bool:
    return all(len(path) <= LONGEST_PATH for path in (change.path, change.former_path))


def _redirect(change: Redirect) -> Redirect:
    old, new = _cut(change.old, LONGEST_PATH), _cut(change.new, LONGEST_PATH)
    return change._replace(old=old, new=new, places=_places(change.places))


def _places(places: Iterable[Place]) -> tuple[Place, ...]:
    short = [each for each in places if len(each.path) <= LONGEST_PATH]
    return tuple(each._replace(path=_cut(each.path, LONGEST_PATH)) for each in short[:PLACES])


def _entry(change: EntryChange) -> EntryChange:
    return change._replace(
        id=_cut(change.id, LONGEST),
        kind=_cut(change.kind, LONGEST_NAME),
        title=_cut(change.title, LONGEST),
        path=_cut(change.path, LONGEST_PATH),
        former_path=_cut(change.former_path, LONGEST_PATH),
        former_id=_cut(change.former_id, LONGEST),
        former_title=_cut(change.former_title, LONGEST),
        status=(_cut(change.status[0], LONGEST), _cut(change.status[1], LONGEST)) if change.status else None,
        fields=tuple(map(_field, change.fields[:FIELDS])),
        texts=tuple(map(_section, change.texts[:TEXTS])),
    )


def _field(change: FieldChange) -> FieldChange:
    return change._replace(
        field=_cut(change.field, LONGEST),
        item=_cut(change.item, LONGEST),
        old=_value(change.old),
        new=_value(change.new),
    )


def _value(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Give a value that is short and flat; what is neither is written as text."""
    if value is None or _is_small(value) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, (list, tuple)) and len(value) <= VALUES and all(isinstance(each, str) for each in value):
        return [_cut(each, LONGEST) for each in value]
    return _cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True), LONGEST)


def _is_small(value: object) -> bool:
    return isinstance(value, int) and abs(value) < 10**15


def _section(change: TextChange) -> TextChange:
    return change._replace(
        section=_cut(change.section, LONGEST),
        old=tuple(_cut(each, LONGEST) for each in change.old[:SENTENCES]),
        new=tuple(_cut(each, LONGEST) for each in change.new[:SENTENCES]),
    )
