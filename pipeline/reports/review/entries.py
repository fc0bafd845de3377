"""What happened to entries, as items of a list: forms, names, status, fields, sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.compare.changes import Form, Weight
from pipeline.errors import Text
from pipeline.reports.changes.words import FORMS, REST, WAS
from pipeline.reports.layout import cut
from pipeline.reports.markdown import code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.compare.changes import Changes, EntryChange, FieldChange, TextChange
    from pipeline.reports.review.around import Around

SHORT: Final = 60
"""Most characters of a value that is shown before and after."""

SENTENCE: Final = 200
"""Most characters of a sentence that is shown before and after."""

MOST_FIELDS: Final = 8
MOST_SENTENCES: Final = 3
MOST_NAMES: Final = 10

_ORDER: Final = (Form.REMOVED, Form.WITHDRAWN, Form.RENAMED, Form.CHANGED, Form.ADDED)
_EDITORIAL: Final = Text(nl="Alleen redactioneel", en="Editorial only")
_STATUS: Final = Text(nl="status", en="status")
_TEXT: Final = Text(nl="tekst", en="text")
_UNDER: Final = Text(nl="onder", en="under")
_IN: Final = Text(nl="bij", en="in")
_ELSEWHERE: Final = Text(nl="andere volgorde", en="another order")
_UNREADABLE: Final = Text(nl="een van beide versies is niet te lezen", en="one of the versions cannot be read")


def entries(changes: Changes, around: Around, *, brief: bool) -> Iterator[str]:
    """Give an item for each entry, the heaviest first; all that is editorial together in one."""
    found = sorted(changes.entries, key=lambda each: (-each.weight, _ORDER.index(each.form)))
    yield from (_entry(each, around, brief=brief) for each in found if not _is_editorial(each))
    small = [each for each in found if _is_editorial(each)]
    if small:
        names = several([_name(each) for each in small], around, MOST_NAMES if brief else len(small))
        yield f"- **{around.words.text(_EDITORIAL)}:** {names}\n"


def several(shown: Sequence[str], around: Around, most: int, joint: str = ", ") -> str:
    """Join what is Markdown already, and count what goes beyond ``most``."""
    parts = list(shown[:most])
    if shown[most:]:
        parts.append(around.words.say(REST, count=len(shown) - most))
    return joint.join(parts)


def _is_editorial(change: EntryChange) -> bool:
    return change.form is Form.CHANGED and change.weight is Weight.EDITORIAL


def _name(change: EntryChange) -> str:
    return f"{code(change.id)} ({code(change.title)})" if change.title else code(change.id)


def _entry(change: EntryChange, around: Around, *, brief: bool) -> str:
    words = around.words
    kind = around.kinds.get(change.kind)
    noun = words.text(kind) if kind else code(change.kind)
    parts = [*_former(change, around), *_status(change, around)]
    below: list[str] = []
    if change.form not in {Form.ADDED, Form.REMOVED}:
        parts += [*_fields(change, around), *_texts(change, around)]
        below = [*_sentences(change, brief=brief)]
    if change.form is Form.CHANGED and not parts:
        parts = [words.text(_UNREADABLE)]
    details = f": {'; '.join(parts)}" if parts else ""
    return "".join((f"- **{words.text(FORMS[change.form]).capitalize()}:** {noun} {_name(change)}{details}\n", *below))


def _former(change: EntryChange, around: Around) -> Iterator[str]:
    former = change.former_id or change.former_path
    if former:
        yield f"{around.words.text(WAS)} {code(former)}"


def _status(change: EntryChange, around: Around) -> Iterator[str]:
    if change.status:
        old, new = change.status
        yield f"{around.words.text(_STATUS)} {code(old)} → {code(new)}"


def _fields(change: EntryChange, around: Around) -> Iterator[str]:
    status = change.status
    fields = [each for each in change.fields if not (status and (each.old, each.new) == status)]
    fields.sort(key=lambda each: -each.weight)
    yield from (_field(each, around) for each in fields[:MOST_FIELDS])
    if fields[MOST_FIELDS:]:
        yield around.words.say(REST, count=len(fields) - MOST_FIELDS)


def _field(change: FieldChange, around: Around) -> str:
    name = code(change.field)
    if change.item:
        name += f" {around.words.text(_IN)} {code(change.item)}:"
    if isinstance(change.old, list) and isinstance(change.new, list):
        return f"{name} ({around.words.text(_ELSEWHERE)})"
    old, new = _short(change.old), _short(change.new)
    return f"{name} {old} → {new}" if old and new else name.removesuffix(":")


def _short(value: Any) -> str:  # noqa: ANN401 - any JSON
    if value is None:
        return "–"
    if isinstance(value, list):
        parts = [_short(each) for each in value]
        return ", ".join(parts) if all(parts) and sum(map(len, parts)) <= SHORT else ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return code(text) if not isinstance(value, dict) and len(text) <= SHORT else ""


def _texts(change: EntryChange, around: Around) -> Iterator[str]:
    if change.texts:
        named = dict.fromkeys(code(cut(each.section, SHORT)) for each in change.texts if each.section)
        words = around.words
        below = f" {words.text(_UNDER)} {', '.join(list(named)[:MOST_FIELDS])}" if named else ""
        yield f"{words.text(_TEXT)}{below}"


def _sentences(change: EntryChange, *, brief: bool) -> Iterator[str]:
    """Show the first sentences that say something else, each below the entry."""
    heavy = [each for each in change.texts if each.weight is not Weight.EDITORIAL]
    yield from map(_sentence, heavy[:MOST_SENTENCES] if brief else heavy)


def _sentence(change: TextChange) -> str:
    old, new = (code(cut(" ".join(each), SENTENCE)) if each else "–" for each in (change.old, change.new))
    return f"  - {old} → {new}\n"
