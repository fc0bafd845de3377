"""Which version the changes since the last one ask for, and why."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.compare.changes import Form, Weight
from pipeline.exports.release.versions import FIRST, Level

if TYPE_CHECKING:
    from pipeline.compare.changes import Changes, EntryChange
    from pipeline.exports.release.base import Tag
    from pipeline.exports.release.versions import Version

VERSION: Final = 1
"""Of the form that ``next.schema.json`` describes."""

_BY_FORM: Final = {Form.REMOVED: Level.MAJOR, Form.WITHDRAWN: Level.MAJOR, Form.ADDED: Level.MINOR}
_BY_WEIGHT: Final = {Weight.BREAKING: Level.MAJOR, Weight.MEANING: Level.MINOR, Weight.EDITORIAL: Level.PATCH}


class Reason(NamedTuple):
    """Entries to which the same thing happened, by what they are called now."""

    level: Level
    form: Form
    ids: tuple[str, ...]


class Next(NamedTuple):
    """The version to come; none where the commit is the last release itself."""

    version: Version | None
    level: Level | None
    reasons: tuple[Reason, ...]


def level_of(change: EntryChange) -> Level:
    """Give what one change asks for. An id that became another is lost to whoever knew it."""
    lost = Level.MAJOR if change.former_id else Level.PATCH
    return max(lost, _BY_FORM.get(change.form, Level.PATCH), _BY_WEIGHT[change.weight])


def next_version(changes: Changes, base: Tag | None, commit: str) -> Next:
    """Work out the version that follows ``base``; ``changes`` are those of ``commit`` since then."""
    groups: dict[tuple[Level, Form], list[str]] = {}
    for change in changes.entries:
        groups.setdefault((level_of(change), change.form), []).append(change.id)
    reasons = tuple(Reason(level, form, tuple(ids)) for (level, form), ids in sorted(groups.items(), key=_order))
    if base is None:
        return Next(FIRST, None, reasons)
    if base.commit == commit:
        return Next(None, None, ())
    # Something did change, if no entry: the schemas, or how the site looks.
    level = max((reason.level for reason in reasons), default=Level.PATCH)
    return Next(base.version.next(level), level, reasons)


def _order(group: tuple[tuple[Level, Form], list[str]]) -> tuple[int, int]:
    (level, form), _ = group
    return -level, list(Form).index(form)


def schema() -> str:
    """Give the JSON Schema of what ``kader release plan --format json`` writes."""
    return files(__package__).joinpath("next.schema.json").read_text("utf-8")
