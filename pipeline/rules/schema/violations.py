"""Where the fields of an entry break the schema of their kind.

A fast yes or no (jsonschema-rs, where it is installed) comes before the slow explanation
(jsonschema). Both judge formats with the same functions.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.text import LINE_END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError

    from pipeline.documents.document import Document, Node
    from pipeline.model.kinds import Kind
    from pipeline.text import Location

_TYPE_NAMES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One keyword of a schema that a value does not satisfy.

    ``node`` is the value (or, for a missing or unknown key, the object around it); ``path``
    its place in the entry; ``expected`` the keyword's value; ``schema`` the schema around.
    """

    document: Document
    kind: Kind
    keyword: str
    node: Node
    path: tuple[str | int, ...]
    expected: Any
    schema: Mapping[str, Any]

    @property
    def field(self) -> str:
        """The place in the entry, for reports: ``vereiste.0.ref``."""
        return ".".join(map(str, self.path))

    @property
    def location(self) -> Location:
        """The place of the value."""
        return self.document.place(self.node)

    @property
    def first_line(self) -> Location:
        """The first line of the value, for what is missing from it."""
        start = self.node.start
        text = self.document.source.text
        line_end = LINE_END.search(text, start)
        return self.document.at(start, max(start, line_end.start() if line_end else len(text)))

    @property
    def name(self) -> str:
        """The name of the field, for people: the last part of its place that is a word."""
        return next((str(step) for step in reversed(self.path) if isinstance(step, str)), "")

    @property
    def is_empty(self) -> bool:
        """Whether there is no value at all; `schema/empty-value` says so."""
        return self.node.value is None or self.node.value in ("", [], {})

    @property
    def is_unquoted_text(self) -> bool:
        """Whether quotation marks would make it right; `schema/ambiguous-scalar` says so."""
        number = self.node.plain and not isinstance(self.node.value, (str, list, dict))
        return number and "string" in expected_types({"type": self.expected})


def violations(document: Document, kind: Kind) -> Iterator[Violation]:
    """Give each place where a document's entries break their kind's schema."""
    front = document.front
    if front is None:
        return
    is_valid = gate(kind)
    for node in nodes_of_entries(front, kind):
        if is_valid(node.value):
            continue
        errors = sorted(explainer(kind).iter_errors(node.value), key=lambda error: list(map(str, error.path)))
        for error in errors:
            for leaf in leaves(error):
                path = tuple(leaf.absolute_path)
                keyword, expected = _plain_keyword(leaf)
                yield Violation(
                    document=document,
                    kind=kind,
                    keyword=keyword,
                    node=node.find(path),
                    path=path,
                    expected=expected,
                    schema=leaf.schema if isinstance(leaf.schema, dict) else {},
                )


def nodes_of_entries(front: Node, kind: Kind) -> Sequence[Node]:
    """Give the node of each entry in a file."""
    if kind.files.layout == "document" or not isinstance(front.value, list):
        return (front,)
    return tuple(front.children)  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def gate(kind: Kind) -> Callable[[Any], bool]:
    """Give a function that tells whether a value satisfies a kind's schema."""
    try:
        import jsonschema_rs  # noqa: PLC0415 - optional
    except ImportError:
        return explainer(kind).is_valid  # type: ignore[no-any-return]
    compiled = jsonschema_rs.Draft202012Validator(kind.schema, validate_formats=True, formats=FORMATS)
    return compiled.is_valid  # type: ignore[no-any-return]


@lru_cache(maxsize=64)
def explainer(kind: Kind) -> Any:  # noqa: ANN401 - a validator class made by jsonschema
    """Give a validator that explains itself."""
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415 - slow to import

    checker = FormatChecker(())
    for name, check in FORMATS.items():
        checker.checks(name)(check)
    return Draft202012Validator(kind.schema, format_checker=checker)


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Give the errors that matter: of a choice, those of the branch that was meant."""
    if error.validator not in {"anyOf", "oneOf"} or not error.context:
        yield error
        return
    branches: dict[int, list[ValidationError]] = {}
    for below in error.context:
        branches.setdefault(int(below.schema_path[0]), []).append(below)
    depth = len(error.absolute_path)
    meant = [
        errors
        for errors in branches.values()
        if not any(each.validator == "type" and len(each.absolute_path) == depth for each in errors)
    ]
    if not meant or (len(meant) > 1 and all(each.validator == "required" for errors in meant for each in errors)):
        yield error
        return
    for below in min(meant, key=len):
        yield from leaves(below)


def _plain_keyword(error: ValidationError) -> tuple[str, Any]:
    """Read a choice of which no branch fits as what a person would say is wrong."""
    keyword, expected = str(error.validator), error.validator_value
    if keyword not in {"anyOf", "oneOf"} or not error.context:
        return keyword, expected
    if all(below.validator == "required" for below in error.context):
        return "anyOf", tuple(dict.fromkeys(name for branch in expected for name in branch["required"]))
    return "type", sorted(expected_types({keyword: expected}))


def expected_types(schema: Any) -> set[str]:  # noqa: ANN401 - any JSON Schema
    """Give the JSON types that a schema allows; empty where it says nothing of types."""
    if not isinstance(schema, dict):
        return set()
    types = schema.get("type", [])
    found = {types} if isinstance(types, str) else set(types)
    for keyword in ("anyOf", "oneOf", "allOf"):
        for below in schema.get(keyword, ()):
            found |= expected_types(below)
    for value in [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]:
        found.add(_TYPE_NAMES.get(type(value), "null"))
    return found


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
    found = [schema]
    for keyword in ("anyOf", "oneOf", "allOf"):
        for below in schema.get(keyword, ()):
            found.extend(_choices(below))
    return found


def is_date(value: object) -> bool:
    """Whether a text is a date that exists, as ``2026-08-02``."""
    if not isinstance(value, str):
        return True
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2026-08-02")


def is_uri(value: object) -> bool:
    """Whether a text is an address with a scheme and, for the web, a host."""
    if not isinstance(value, str):
        return True
    if re.search(r"[\s<>\"{}|\\^`]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme) and (parts.scheme not in {"http", "https"} or "." in (parts.hostname or ""))


def is_email(value: object) -> bool:
    """Whether a text looks like an e-mail address."""
    return not isinstance(value, str) or bool(_EMAIL.fullmatch(value))


FORMATS: Mapping[str, Callable[[object], bool]] = {"date": is_date, "uri": is_uri, "email": is_email}
