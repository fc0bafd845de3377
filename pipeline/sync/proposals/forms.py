"""The issue forms of GitHub, made of what the schemas ask (``x-form``).

The same questions are used twice: to write the form, and to read what somebody filled in
(`pipeline.sync.proposals.answers`). A form lies in the repository, as GitHub wants it; a test holds it equal
to what is made here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.model.form import item_schema, shape
from pipeline.model.kinds import ANY
from pipeline.model.skeleton import quoted, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model.form import Agreement, Form, Question
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind, ReferenceField

FOLDER: Final = ".github/ISSUE_TEMPLATE"
"""Where GitHub looks for forms."""

LONG: Final = 200
"""A text that may be longer than so many characters gets room for several lines."""

_RESERVED: Final = "none"
_HEADER: Final = "# Gemaakt uit het schema van deze soort. Wijzig dat (x-form) en draai daarna: kader forms\n"
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]+")


class Item(NamedTuple):
    """A question as GitHub shows it; ``options`` are label and value of what can be chosen."""

    question: Question
    id: str
    label: str
    help: str
    widget: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    multiple: bool = False
    reference: ReferenceField | None = None

    @property
    def name(self) -> str:
        """The field, or nothing for a section."""
        return self.question.field


class IssueForm(NamedTuple):
    """All of a form: the kind, what its schema says, the questions, and what to agree to."""

    kind: Kind
    form: Form
    items: tuple[Item, ...]
    agreement: Agreement

    @property
    def path(self) -> str:
        """The form's file in the repository."""
        return f"{FOLDER}/{self.form.file}.yml"


def forms_of(framework: Framework) -> tuple[IssueForm, ...]:
    """Give the forms of a framework, by file."""
    made = [
        IssueForm(kind, kind.form, tuple(_items(framework, kind, kind.form)), framework.settings.agreement)
        for kind in framework.kinds.values()
        if kind.form
    ]
    return tuple(sorted(made, key=lambda each: each.form.file))


def _items(framework: Framework, kind: Kind, form: Form) -> Iterator[Item]:
    required = set(kind.schema.get("required", ()))
    used: Counter[str] = Counter()
    for question in form.questions:
        label = question.called(kind)
        id_ = _FORBIDDEN.sub("-", question.field) if question.field else f"tekst-{slug_of(label)}"
        used[id_] += 1
        id_ = id_ if used[id_] == 1 else f"{id_}-{used[id_]}"
        if question.field:
            must = question.field in required and not question.optional
            yield _field_item(framework, kind, question, id_, label, required=must)
        else:
            section = next(each for each in kind.sections if each.heading == question.section)
            words = f"Schrijf {section.least} tot {section.most} woorden." if section.most else ""
            must = section.required and not question.optional
            yield Item(question, id_, label, question.help or words, "textarea", must)


def _field_item(framework: Framework, kind: Kind, question: Question, id_: str, label: str, *, required: bool) -> Item:
    schema = kind.properties[question.field]
    help_ = question.help or str(schema.get("description", ""))
    reference = _reference(kind, question.field)
    options = _options(framework, schema, reference)
    many = shape(schema) == "strings"
    if options:
        return Item(question, id_, label, help_, "dropdown", required, options, many, reference)
    widget = "textarea" if many or _is_long(kind, question.field, schema) else "input"
    return Item(question, id_, label, help_, widget, required, (), many, reference)


def _reference(kind: Kind, name: str) -> ReferenceField | None:
    return next((each for each in kind.references if each.path in {(name,), (name, ANY)}), None)


def _is_long(kind: Kind, name: str, schema: Mapping[str, Any]) -> bool:
    return kind.means.get("summary") == name or bool(schema.get("x-prose")) or schema.get("maxLength", 0) > LONG


def _options(
    framework: Framework, schema: Mapping[str, Any], reference: ReferenceField | None
) -> tuple[tuple[str, str], ...]:
    """Give what can be chosen: the words of an enum, or the entries of a vocabulary by title."""
    item = item_schema(schema)
    if "enum" in item:
        words = item.get("x-values", {})
        pairs = [(words.get(value, {}).get("nl", value), value) for value in map(str, item["enum"])]
    elif reference is not None and reference.vocabulary:
        pairs = [
            (entry.title, name)
            for kind in reference.to
            for name, entry in framework.index.table(kind, reference.by).items()
            if not entry.is_gone
        ]
    else:
        return ()
    return tuple(_distinct(pairs))


def _distinct(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Make the labels differ, and none the word that GitHub keeps for no choice."""
    plain = [(" ".join(label.split()), value) for label, value in pairs]
    counts = Counter(label.casefold() for label, _ in plain)
    for label, value in plain:
        clear = counts[label.casefold()] == 1 and label.casefold() != _RESERVED
        yield (label if clear else f"{label} ({value})"), value


def written(form: IssueForm) -> str:
    """Write a form as GitHub reads it."""
    body: list[dict[str, Any]] = []
    if form.form.intro:
        body.append({"type": "markdown", "attributes": {"value": form.form.intro}})
    body.extend(map(_element, form.items))
    if form.agreement.items:
        boxes = [{"label": item, "required": True} for item in form.agreement.items]
        attributes = {"label": form.agreement.label, "options": boxes}
        body.append({"type": "checkboxes", "id": "akkoord", "attributes": attributes})
    value: dict[str, Any] = {"name": form.form.name, "description": form.form.description}
    if form.form.title:
        value["title"] = form.form.title
    return _HEADER + "".join(_yaml({**value, "labels": list(form.form.labels), "body": body}, ""))


def _element(item: Item) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": item.label}
    if item.help:
        attributes["description"] = item.help
    if item.options:
        if item.multiple:
            attributes["multiple"] = True
        attributes["options"] = [label for label, _ in item.options]
    element: dict[str, Any] = {"type": item.widget, "id": item.id, "attributes": attributes}
    if item.required:
        element["validations"] = {"required": True}
    return element


def _yaml(value: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - what a form is made of
    """Write groups and lists in block style; every text means just that text."""
    for key, item in value.items() if isinstance(value, dict) else ((None, item) for item in value):
        start = f"{indent}- " if key is None else f"{indent}{key}:"
        if isinstance(item, dict) and key is None:
            lines = list(_yaml(item, f"{indent}  "))
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]
        elif isinstance(item, (dict, list)):
            yield f"{start}\n"
            yield from _yaml(item, f"{indent}  ")
        else:
            yield f"{start.rstrip()} {_scalar(item, f'{indent}  ')}\n"


def _scalar(value: str | bool, indent: str) -> str:  # noqa: FBT001 - a value of the form
    if isinstance(value, bool):
        return "true" if value else "false"
    if "\n" in value and value == value.strip() and value.isprintable() is False and not value[0].isspace():
        lines = "\n".join(f"{indent}{line}".rstrip() for line in value.split("\n"))
        return f"|-\n{lines}"
    return quoted(value)
