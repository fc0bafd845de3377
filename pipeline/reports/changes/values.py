"""The names of fields and the words of values, as the schemas give them to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.below import below
from pipeline.model.kinds import ANY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from pipeline.model.kinds import Kind


def label_of(kind: Kind | None, field: str, language: str) -> str:
    """Give the labels of the steps to a field: ``Verwijzingen, Plaats``."""
    schema: Mapping[str, Any] = kind.schema if kind else {}
    labels: list[str] = []
    for step in field.split("."):
        schema = _step(schema, step)
        label = schema.get("x-label", {}).get(language)
        labels.append(label if isinstance(label, str) else _spoken(step))
    return ", ".join(labels)


def words_for(kind: Kind | None, field: str, value: object, language: str) -> tuple[str, ...]:
    """Give the words for a value; a list gives several."""
    schema: Mapping[str, Any] = kind.schema if kind else {}
    for step in field.split("."):
        schema = _step(schema, step)
    return _words(schema, value, language)


def _step(schema: Mapping[str, Any], step: str) -> Mapping[str, Any]:
    """Give the schema of a field, also of the items of the list that it is in."""
    found = below(schema, step)
    return found or below(below(schema, 0), step)


def _words(schema: Mapping[str, Any], value: object, language: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(word for each in value for word in _words(schema, each, language))
    if isinstance(value, dict):
        return (_of_object(schema, value, language),)
    if isinstance(value, bool):
        return (("ja" if value else "nee") if language == "nl" else ("yes" if value else "no"),)
    return (_word(schema, str(value), language),)


def _word(schema: Mapping[str, Any], value: str, language: str) -> str:
    """Give the word of ``x-values``, of the field or of the items of its list."""
    for each in (schema, below(schema, 0)):
        words = each.get("x-values", {}).get(value)
        if isinstance(words, dict) and isinstance(words.get(language), str):
            return str(words[language])
    return value


def _of_object(schema: Mapping[str, Any], value: Mapping[str, object], language: str) -> str:
    """Write an object as ``Bron: avg; Plaats: 35``."""
    pairs: list[str] = []
    for name, each in value.items():
        own = _step(schema, name)
        label = own.get("x-label", {}).get(language)
        words = ", ".join(_words(own, each, language))
        pairs.append(f"{label if isinstance(label, str) else _spoken(name)}: {words}")
    return "; ".join(pairs)


def _spoken(name: str) -> str:
    words = name.replace("-", " ").strip()
    return f"{words[:1].upper()}{words[1:]}" if words else name


def inverse_label(kind: Kind | None, field: str, language: str) -> str:
    """Give what the target of a relation calls it; empty where it has no name for it."""
    for spec in kind.references if kind else ():
        steps: Sequence[str] = [step for step in spec.path if step != ANY]
        if spec.inverse and (".".join(steps) == field or ".".join(steps[:-1]) == field):
            return spec.inverse.label.in_language(language)
    return ""
