"""Whether conditions of the schemas hold for an entry's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.demands import Where


def value_at(fields: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - a field may hold anything
    """Give what stands at a path (``sources.ADR``); nothing where there is none, or it is empty."""
    value: Any = fields
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return None if value in ("", [], {}) else value


def holds(where: Where, fields: Mapping[str, Any]) -> bool:
    """Whether one of the cases holds; each field of it has one of its words."""
    return any(all(_fits(allowed, value_at(fields, path)) for path, allowed in case.items()) for case in where)


def _fits(allowed: bool | frozenset[str], value: Any) -> bool:  # noqa: ANN401, FBT001 - as the schema says it
    if isinstance(allowed, bool):
        return (value is not None) is allowed
    values = value if isinstance(value, list) else [value]
    return any(str(each) in allowed for each in values if each is not None)
