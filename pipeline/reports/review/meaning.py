"""What a change means, as items of a list: entries, status, relations, coverage, old names in use."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pipeline.compare.changes import Form
from pipeline.errors import Text
from pipeline.reports.changes.words import COVERAGE, FORMS, NOTHING_FOLLOWS, REST, WAS
from pipeline.reports.layout import cut
from pipeline.reports.markdown import code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.compare.changes import Changes, CoverageChange, EntryChange, FieldChange, Redirect, RelationChange
    from pipeline.reports.review.around import Around

SHORT: Final = 60
"""Most characters of a value that is shown before and after."""

MOST_FIELDS: Final = 8
MOST_PLACES: Final = 3

_ORDER: Final = (Form.REMOVED, Form.WITHDRAWN, Form.RENAMED, Form.ADDED, Form.CHANGED)
_STATUS: Final = Text(nl="status", en="status")
_TEXT: Final = Text(nl="tekst", en="text")
_UNDER: Final = Text(nl="onder", en="under")
_GAINED: Final = Text(nl="Relatie erbij", en="Relation gained")
_LOST: Final = Text(nl="Relatie weg", en="Relation lost")
_COUNT: Final = Text(nl="{covered} van {total}", en="{covered} of {total}")
_SORTS: Final = {
    "id": Text(nl="Oude id", en="Old id"),
    "page": Text(nl="Oude pagina", en="Old page"),
    "file": Text(nl="Oud bestand", en="Old file"),
    "anchor": Text(nl="Oud kopje", en="Old heading"),
}
_USED: Final = Text(nl="staat nog in", en="is still used in")


def meaning(changes: Changes, around: Around) -> Iterator[str]:
    """Give an item for each thing that happened, what others depend on first."""
    yield from (_redirect(each, around) for each in changes.redirects)
    for form in _ORDER:
        yield from (_entry(each, around) for each in changes.entries if each.form is form)
    yield from (_relation(each, around) for each in sorted(changes.relations, key=lambda each: each.gained))
    yield from (_coverage(each, around) for each in changes.coverage)


def _entry(change: EntryChange, around: Around) -> str:
    words = around.words
    kind = around.kinds.get(change.kind)
    noun = words.text(kind) if kind else code(change.kind)
    name = f"{noun} {code(change.id)} ({code(change.title)})" if change.title else f"{noun} {code(change.id)}"
    parts = [*_former(change, around), *_status(change, around), *_fields(change, around), *_texts(change, around)]
    details = f": {'; '.join(parts)}" if parts else ""
    return f"- **{words.text(FORMS[change.form]).capitalize()}:** {name}{details}\n"


def _former(change: EntryChange, around: Around) -> Iterator[str]:
    former = change.former_id or change.former_path
    if former:
        yield f"{around.words.text(WAS)} {code(former)}"


def _status(change: EntryChange, around: Around) -> Iterator[str]:
    if change.status:
        old, new = change.status
        yield f"{around.words.text(_STATUS)} {code(old)} → {code(new)}"


def _fields(change: EntryChange, around: Around) -> Iterator[str]:
    if change.form in {Form.ADDED, Form.REMOVED}:
        return
    status = change.status
    fields = [each for each in change.fields if not (status and (each.old, each.new) == status)]
    yield from map(_field, fields[:MOST_FIELDS])
    if fields[MOST_FIELDS:]:
        yield around.words.say(REST, count=len(fields) - MOST_FIELDS)


def _field(change: FieldChange) -> str:
    name = f"{code(change.field)} {code(change.item)}" if change.item else code(change.field)
    old, new = _short(change.old), _short(change.new)
    return f"{name} {old} → {new}" if old and new else name


def _short(value: Any) -> str:  # noqa: ANN401 - any JSON
    if value is None:
        return "–"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return code(text) if not isinstance(value, (list, dict)) and len(text) <= SHORT else ""


def _texts(change: EntryChange, around: Around) -> Iterator[str]:
    if change.texts and change.form not in {Form.ADDED, Form.REMOVED}:
        headings = dict.fromkeys(each.section for each in change.texts if each.section)
        sections = [code(cut(each, SHORT)) for each in islice(headings, MOST_FIELDS)]
        words = around.words
        below = f" {words.text(_UNDER)} {', '.join(sections)}" if sections else ""
        yield f"{words.text(_TEXT)}{below}"


def _relation(change: RelationChange, around: Around) -> str:
    word = around.words.text(_GAINED if change.gained else _LOST)
    return f"- **{word}:** {code(change.origin)} → {code(change.target)} ({code(change.field)})\n"


def _coverage(change: CoverageChange, around: Around) -> str:
    before, after = (
        around.words.say(_COUNT, covered=covered, total=total) for covered, total in (change.before, change.after)
    )
    label = around.measures.get(change.measure)
    told = f": {around.words.text(label)}" if label else ""
    return f"- **{around.words.text(COVERAGE)}:** {before} → {after}. {code(change.measure)}{told}\n"


def _redirect(change: Redirect, around: Around) -> str:
    words = around.words
    new = code(change.new) if change.new else words.text(NOTHING_FOLLOWS)
    places = [around.place(each.path, each.line) for each in change.places[:MOST_PLACES]]
    if change.places[MOST_PLACES:]:
        places.append(words.say(REST, count=len(change.places) - MOST_PLACES))
    used = f"; {words.text(_USED)} {', '.join(places)}" if places else ""
    return f"- **{words.text(_SORTS[change.sort])}:** {code(change.old)} → {new}{used}\n"
