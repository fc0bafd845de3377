"""The schema of what a value holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.model.kinds import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COMBINATIONS: Final = ("anyOf", "oneOf", "allOf")


def below(schema: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    """Give the schema of a property or of a list's items; empty when it says nothing."""
    found = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step)
    if isinstance(found, dict):
        return found
    for keyword in _COMBINATIONS:
        for each in schema.get(keyword, ()):
            found = below(each, step) if isinstance(each, dict) else {}
            if found:
                return found
    return {}


def schema_at(schema: Mapping[str, Any], path: Iterable[str]) -> Mapping[str, Any]:
    """Give the schema of the field at a path with ``*`` for the items of a list."""
    for step in path:
        schema = below(schema, 0 if step == ANY else step)
    return schema
