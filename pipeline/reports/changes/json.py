"""The changes as JSON: a public contract, described by ``changes.schema.json``."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pipeline.compare.changes import (
    Changes,
    CoverageChange,
    EntryChange,
    FieldChange,
    Form,
    Place,
    Redirect,
    RelationChange,
    TextChange,
    Weight,
)
from pipeline.reports.changes.comparison import Side
from pipeline.reports.encode import as_json, write_list

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from pipeline.reports.changes.comparison import Comparison

VERSION: Final = 1
LISTS: Final = ("entries", "relations", "redirects", "coverage")


def write(comparison: Comparison, stream: TextIO, *, width: int = 0, colour: bool = False) -> None:  # noqa: ARG001 - for people
    """Write the changes as JSON, one of each list a line."""
    value = changes_to_json(comparison.changes, comparison.base, comparison.head)
    joint = "{"
    for name, each in value.items():
        stream.write(f'{joint}\n  "{name}": ')
        joint = ","
        if name in LISTS:
            write_list(stream, each, indent="  ")
        else:
            stream.write(as_json(each))
    stream.write("\n}\n")


def schema() -> str:
    """Give the JSON Schema of this report."""
    return files(__package__).joinpath("changes.schema.json").read_text("utf-8")


def changes_to_json(changes: Changes, base: Side | None = None, head: Side | None = None) -> dict[str, Any]:
    """Give the changes as plain values, to embed in another document or to write."""
    return {
        "version": VERSION,
        "base": _side(base or Side()),
        "head": _side(head or Side()),
        "weight": changes.weight.word if changes.weight else None,
        "summary": {str(form): sum(each.form is form for each in changes.entries) for form in _FORMS},
        "entries": [_entry(each) for each in changes.entries],
        "relations": [each._asdict() for each in changes.relations],
        "redirects": [_redirect(each) for each in changes.redirects],
        "coverage": [_coverage(each) for each in changes.coverage],
    }


def changes_from_json(value: Mapping[str, Any]) -> Changes:
    """Read what `changes_to_json` gave; the value must be valid by the schema."""
    return Changes(
        entries=tuple(map(_read_entry, value["entries"])),
        relations=tuple(RelationChange(**each) for each in value["relations"]),
        redirects=tuple(map(_read_redirect, value["redirects"])),
        coverage=tuple(map(_read_coverage, value["coverage"])),
    )


_FORMS: Final = (Form.ADDED, Form.REMOVED, Form.WITHDRAWN, Form.RENAMED, Form.CHANGED)


def _side(side: Side) -> dict[str, str]:
    return {"commit": side.commit, "version": side.version}


def _entry(entry: EntryChange) -> dict[str, Any]:
    return {
        "id": entry.id,
        "former_id": entry.former_id,
        "kind": entry.kind,
        "title": entry.title,
        "former_title": entry.former_title,
        "path": entry.path,
        "former_path": entry.former_path,
        "form": str(entry.form),
        "weight": entry.weight.word,
        "status": {"old": entry.status[0], "new": entry.status[1]} if entry.status else None,
        "fields": [
            {"field": each.field, "item": each.item, "old": each.old, "new": each.new, "weight": each.weight.word}
            for each in entry.fields
        ],
        "texts": [
            {"section": each.section, "old": list(each.old), "new": list(each.new), "weight": each.weight.word}
            for each in entry.texts
        ],
    }


def _redirect(redirect: Redirect) -> dict[str, Any]:
    return {
        "sort": redirect.sort,
        "old": redirect.old,
        "new": redirect.new,
        "weight": redirect.weight.word,
        "places": [place._asdict() for place in redirect.places],
    }


def _coverage(change: CoverageChange) -> dict[str, Any]:
    before, after = ({"covered": covered, "total": total} for covered, total in (change.before, change.after))
    return {"measure": change.measure, "before": before, "after": after}


def _read_entry(value: Mapping[str, Any]) -> EntryChange:
    status = value["status"]
    return EntryChange(
        id=value["id"],
        kind=value["kind"],
        title=value["title"],
        path=value["path"],
        form=Form(value["form"]),
        weight=_weight(value),
        former_id=value["former_id"],
        former_path=value["former_path"],
        former_title=value["former_title"],
        status=(status["old"], status["new"]) if status else None,
        fields=tuple(
            FieldChange(each["field"], each["old"], each["new"], _weight(each), each["item"])
            for each in value["fields"]
        ),
        texts=tuple(
            TextChange(each["section"], tuple(each["old"]), tuple(each["new"]), _weight(each))
            for each in value["texts"]
        ),
    )


def _read_redirect(value: Mapping[str, Any]) -> Redirect:
    places = tuple(Place(each["path"], each["line"]) for each in value["places"])
    return Redirect(value["sort"], value["old"], value["new"], places)


def _read_coverage(value: Mapping[str, Any]) -> CoverageChange:
    before, after = ((each["covered"], each["total"]) for each in (value["before"], value["after"]))
    return CoverageChange(value["measure"], before, after)


def _weight(value: Mapping[str, Any]) -> Weight:
    return Weight[value["weight"].upper()]
