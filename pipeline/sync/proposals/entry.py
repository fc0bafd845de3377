"""An entry written out: the fields that a form asked for, those that are filled in, and the sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.form import shape
from pipeline.model.skeleton import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.kinds import Kind
    from pipeline.sync.proposals.answers import Value
    from pipeline.sync.proposals.forms import IssueForm


class Origin(NamedTuple):
    """Where a proposal comes from: the address of the issue, and the day on which it was opened."""

    address: str
    day: str


def filled(form: IssueForm, given: Mapping[str, Value], origin: Origin) -> dict[str, Value]:
    """Give the fields that nobody is asked for: status, origin, day and what the schema fills in."""
    kind = form.kind
    made: dict[str, Value] = dict(form.form.filled)
    if form.form.day:
        made[form.form.day] = origin.day
    if status := kind.means.get("status"):
        schema = kind.properties[status]
        made[status] = str(schema.get("default") or next(iter(schema.get("enum", ("",)))))
    if name := kind.means.get("origin"):
        before = given.get(name, ())
        words = before if isinstance(before, tuple) else (str(before),)
        many = shape(kind.properties[name]) == "strings"
        made[name] = tuple(dict.fromkeys((*words, origin.address))) if many else str(before or origin.address)
    return made


def written(kind: Kind, fields: Mapping[str, Value], sections: Mapping[str, str]) -> str:
    """Write an entry: fields in the order of the schema, then the sections that have a text."""
    head = "".join(line for name in kind.properties if name in fields for line in _field(name, fields[name]))
    parts = []
    for section in kind.sections:
        text = sections.get(section.heading, "")
        if text:
            parts.append(f"{'#' * section.level} {section.heading}\n\n{text}" if section.heading else text)
    body = "".join(f"\n{part}\n" for part in parts)
    return f"---\n{head}---\n{body}"


def _field(name: str, value: Value) -> Iterator[str]:
    if isinstance(value, tuple):
        yield f"{name}:\n"
        yield from (f"  - {quoted(item)}\n" for item in value)
    else:
        yield f"{name}: {value if isinstance(value, int) else quoted(value)}\n"
