"""What a kind asks of whoever proposes an entry of it (``x-form``), as plain values.

A form asks for fields and for sections of the body. What it does not ask is filled in: the id,
the status and the origin always, other fields where the schema says so. docs/schemas.md has the
meaning of each member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.documents.document import Path
    from pipeline.model.kinds import Kind

    Wrong = tuple[Path, str, dict[str, str]]

MADE: Final = ("status", "origin")
"""The parts that are filled in without being asked, beside the id."""


class Question(NamedTuple):
    """One thing that a form asks: a field, or else the section with that heading.

    ``label`` and ``help`` are empty where the schema's own words serve. An ``optional`` one may be
    left open, even where an entry should have it once it is finished.
    """

    field: str = ""
    section: str = ""
    label: str = ""
    help: str = ""
    optional: bool = False

    def called(self, kind: Kind) -> str:
        """Give the question its name."""
        if self.label:
            return self.label
        return kind.label(self.field).nl if self.field else self.section


class Form(NamedTuple):
    """A form. ``file`` is its name in GitHub's folder, ``labels`` those of an issue made with it.

    ``filled`` are values of fields that are not asked; the field ``day`` gets the day of the
    issue. Where a code begins with letters, they are the code of the entry in field ``prefix``.
    """

    file: str
    name: str
    description: str
    title: str = ""
    labels: tuple[str, ...] = ()
    intro: str = ""
    questions: tuple[Question, ...] = ()
    filled: tuple[tuple[str, str], ...] = ()
    day: str = ""
    prefix: str = ""


class Agreement(NamedTuple):
    """What whoever fills in a form must agree to: a box to tick for each of ``items``."""

    label: str = ""
    items: tuple[str, ...] = ()


def read_form(value: Mapping[str, Any] | None) -> Form | None:
    """Read ``x-form``."""
    if value is None:
        return None
    return Form(
        file=value["file"],
        name=value["name"],
        description=value["description"],
        title=value.get("title", ""),
        labels=tuple(value["labels"]),
        intro=value.get("intro", ""),
        questions=tuple(Question(**each) for each in value["questions"]),
        filled=tuple(value.get("filled", {}).items()),
        day=value.get("day", ""),
        prefix=value.get("prefix", ""),
    )


def read_agreement(value: Mapping[str, Any] | None) -> Agreement:
    """Read ``forms`` of the framework."""
    return Agreement(label=value["label"], items=tuple(value["items"])) if value else Agreement()


def form_mistakes(kind: Kind) -> Iterator[Wrong]:
    """Give what a form asks or fills in that the kind does not have, and what it leaves out."""
    form = kind.form
    if form is None:
        return
    path: Path = ("x-form",)
    if kind.files.layout != "document":
        yield path, "form-layout", {"kind": kind.name}
    headings = {section.heading for section in kind.sections}
    seen: set[tuple[str, str]] = set()
    labels: set[str] = set()
    for index, question in enumerate(form.questions):
        here: Path = (*path, "questions", index)
        key = (question.field, question.section)
        name = question.field or question.section
        if key in seen:
            yield here, "twice", {"detail": name}
        seen.add(key)
        label = question.called(kind).strip().casefold()
        if not label or label in labels:
            yield here, "form-label", {"label": question.called(kind)}
        labels.add(label)
        if question.field and question.field not in kind.properties:
            yield (*here, "field"), "no-such-field", {"field": name}
        elif question.field and not can_be_asked(kind, question.field):
            yield (*here, "field"), "form-field", {"field": name}
        elif not question.field and question.section not in headings:
            yield (*here, "section"), "form-section", {"section": name}
    yield from _names(kind, form, [question.field for question in form.questions])


def _names(kind: Kind, form: Form, asked: Sequence[str]) -> Iterator[Wrong]:
    """Look at the fields that are not questions."""
    for name in (*dict(form.filled), form.day):
        if name and name not in kind.properties:
            place: Path = ("x-form", "day") if name == form.day else ("x-form", "filled", name)
            yield place, "no-such-field", {"field": name}
    if form.prefix and (form.prefix not in asked or kind.reference_in(form.prefix) is None):
        yield ("x-form", "prefix"), "form-prefix", {"field": form.prefix}
    known = {*asked, *dict(form.filled), form.day, *(kind.means.get(means, "") for means in MADE)}
    if kind.identity.where == "field":
        known.add(kind.identity.field)
    for name in kind.schema.get("required", ()):
        if name not in known:
            yield ("x-form",), "form-lacks", {"field": name}


def can_be_asked(kind: Kind, name: str) -> bool:
    """Whether a field is a text, a number or a list of texts."""
    return shape(kind.properties[name]) in {"string", "integer", "strings"}


def shape(schema: Mapping[str, Any]) -> str:
    """Give ``string``, ``integer`` or ``strings`` (a list of them); empty for anything else."""
    if all(isinstance(word, str) for word in schema.get("enum", [0])):
        return "string"
    if schema.get("type") in {"string", "integer"}:
        return str(schema["type"])
    if schema.get("type") == "array":
        items = schema.get("items", {})
        choices = items.get("anyOf", [items])
        return "strings" if any(each.get("type") == "string" for each in choices) else ""
    return ""


def item_schema(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the schema of a text in a list, or of the value itself where it is no list."""
    if schema.get("type") != "array":
        return schema
    items = schema.get("items", {})
    choices = items.get("anyOf", [items])
    return next((each for each in choices if each.get("type") == "string"), items)
