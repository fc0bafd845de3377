"""What a schema says of the value at a place, and what sort of value stands there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.model.patterns import compiled
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.documents.document import Document, Node, Path
    from pipeline.model.kinds import Kind
    from pipeline.text import Location

_TYPE_NAMES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}

# Text to PyYAML and YAML 1.1, a number to readers of YAML 1.2.
_NUMBER_ELSEWHERE = lazy_pattern(r"[-+]?[0-9]+[eE][-+]?[0-9]+|0o[0-7]+")

_CHOICES = ("anyOf", "oneOf", "allOf")


def expected_types(schema: Any) -> set[str]:  # noqa: ANN401 - any JSON Schema
    """Give the JSON types that a schema allows; empty where it says nothing of types."""
    if not isinstance(schema, dict):
        return set()
    types = schema.get("type", [])
    found = {types} if isinstance(types, str) else set(types)
    for keyword in _CHOICES:
        for below in schema.get(keyword, ()):
            found |= expected_types(below)
    if not types:
        found |= {_TYPE_NAMES.get(type(value), "null") for value in _allowed(schema)}
    return found


def _allowed(schema: Mapping[str, Any]) -> list[Any]:
    return [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]


def schemas_at(schema: Any, path: Sequence[str | int]) -> list[Mapping[str, Any]]:  # noqa: ANN401
    """Give the schemas that judge the value at ``path``."""
    found = _choices(schema)
    for step in path:
        below: list[Any] = []
        for each in found:
            if isinstance(step, int):
                below.append(each.get("items"))
            else:
                below.append(each.get("properties", {}).get(step, each.get("additionalProperties")))
        found = [choice for each in below for choice in _choices(each)]
    return found


def _choices(schema: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    if not isinstance(schema, dict):
        return []
    found: list[Mapping[str, Any]] = [schema]
    for keyword in _CHOICES:
        for below in schema.get(keyword, ()):
            found.extend(_choices(below))
    return found


# Several rules look at every value of a document, one after the other.
@lru_cache(maxsize=1)
def values_in(document: Document, kind: Kind) -> tuple[tuple[Path, Node], ...]:
    """Give each value of each entry in a document with its path in the entry."""
    front = document.front
    nodes = nodes_of_entries(front, kind) if front is not None else ()
    return tuple(each for node in nodes for each in node.walk() if each[0])


def nodes_of_entries(front: Node, kind: Kind) -> Sequence[Node]:
    """Give the node of each entry in a file; a list file that holds no list has none."""
    if kind.files.layout == "document":
        return (front,)
    return front.children if isinstance(front.children, list) else ()


def place_of(document: Document, node: Node) -> Location:
    """Give the place of a value, or the hyphen of a list item that is not there."""
    if node.start == node.end and document.source.text[node.start - 1 : node.start] == "-":
        return document.at(node.start - 1, node.start)
    return document.place(node)


def is_blank(value: object) -> bool:
    """Whether a value is nothing, or a text, list or group without content."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, (list, dict)) and not value)


def reads_differently(kind: Kind, path: Sequence[str | int], node: Node) -> bool:
    """Whether a text without quotation marks is taken for a number or truth value.

    Where a text is the only thing allowed, any number or truth value is a text in disguise;
    where numbers are fine too, one that changes when it is printed (``2.20``).
    """
    value = node.value
    if not node.plain or not node.raw or value is None:
        return False
    if isinstance(value, str) and not _NUMBER_ELSEWHERE.fullmatch(value):
        return False
    found = schemas_at(kind.schema, path)
    if isinstance(value, str) and not all(compiled(each.get("pattern", "")).search(value) for each in found):
        return False  # quotation marks would not make it right
    types = {name for schema in found for name in expected_types(schema)}
    if "string" not in types:
        return False
    words = [each for schema in found for each in _allowed(schema)]
    if words and node.raw not in words:
        return False
    return not types & {"number", "integer", "boolean"} or printed(value) != node.raw


def printed(value: object) -> str:
    """Write a number or truth value as other programs print it; nothing for a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if isinstance(value, str) else str(value)


def canonical(value: Any) -> tuple[str, Any]:  # noqa: ANN401 - any JSON
    """Give something hashable that is the same for values that JSON Schema takes as equal."""
    if isinstance(value, dict):
        return "object", frozenset((key, canonical(below)) for key, below in value.items())
    if isinstance(value, list):
        return "array", tuple(map(canonical, value))
    return "boolean" if isinstance(value, bool) else "", value
