"""Where the fields of an entry break the schema of their kind.

A fast yes or no (jsonschema-rs, where it is installed) comes before the explanation
(`pipeline.rules.schema.breaches`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.rules.schema.breaches import breaches, explainer, judge_of
from pipeline.rules.schema.shapes import (
    expected_types,
    is_blank,
    nodes_of_entries,
    place_of,
    reads_differently,
    schemas_at,
)
from pipeline.text import LINE_END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.documents.document import Document, Node
    from pipeline.model.kinds import Kind
    from pipeline.rules.schema.breaches import Breach
    from pipeline.text import Location

# One error for each name, explained together.
_TOGETHER = frozenset({"required", "dependentRequired"})
# What to say of a single value that breaks several demands, the most telling first.
_TELLING = ("enum", "const", "type", "format", "pattern")


class Violation(NamedTuple):
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
        return place_of(self.document, self.node)

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
    def meaning(self) -> str:
        """What the schema says that the value is for, in the schema's own words."""
        found = (schema.get("description") for schema in schemas_at(self.kind.schema, self.path))
        return self.schema.get("description") or next(filter(None, found), "")

    @property
    def is_empty(self) -> bool:
        """Whether there is no value at all; `schema/empty-value` says so."""
        return bool(self.path) and is_blank(self.node.value)

    @property
    def is_scalar(self) -> bool:
        """Whether the value is one text, number or truth value."""
        return not isinstance(self.node.value, (dict, list))

    @property
    def is_unquoted_text(self) -> bool:
        """Whether quotation marks would make it right; `schema/ambiguous-scalar` says so."""
        return reads_differently(self.kind, self.path, self.node)


def violations(document: Document, kind: Kind) -> Iterator[Violation]:
    """Give each place where a document's entries break their kind's schema."""
    front = document.front
    if front is None:
        return
    is_valid = gate(kind)
    for node in nodes_of_entries(front, kind):
        if not is_valid(node.value):
            yield from _explained(document, kind, node)


def _explained(document: Document, kind: Kind, node: Node) -> Iterator[Violation]:
    """Give what is wrong with one entry: of several demands on one value, that which says most."""
    found: dict[object, Violation] = {}
    errors = breaches(kind, node.value)
    wrong = {error.path[0] for error in errors if error.path and not _tested(error, kind)}
    for error in errors:
        if not wrong.isdisjoint(_tested(error, kind)):
            continue  # with the right value there, this may not be asked
        for leaf in leaves(error):
            path = leaf.path
            keyword, expected = _plain_keyword(leaf)
            violation = Violation(
                document=document,
                kind=kind,
                keyword=keyword,
                node=node.find(path),
                path=path,
                expected=expected,
                schema=leaf.schema if isinstance(leaf.schema, dict) else {},
            )
            together = keyword in _TOGETHER or violation.is_scalar
            key: object = (path, "" if violation.is_scalar else keyword, 0 if violation.is_scalar else id(leaf.schema))
            if not together:
                key = len(found)
            if key not in found or _weight(keyword) < _weight(found[key].keyword):
                found[key] = violation
    yield from found.values()


def _tested(error: Breach, kind: Kind) -> frozenset[str]:
    """Give the fields that decide whether a demand is made: those of the ``if`` before its ``then``."""
    schema: Any = kind.schema
    for step in error.steps:
        if step in {"then", "else"} and "if" in schema:
            return frozenset(schema["if"].get("properties", ()))
        schema = schema[step]
    return frozenset()


def _weight(keyword: str) -> int:
    return _TELLING.index(keyword) if keyword in _TELLING else len(_TELLING)


@lru_cache(maxsize=64)
def gate(kind: Kind) -> Callable[[Any], bool]:
    """Give a function that tells whether a value satisfies a kind's schema."""
    judge = judge_of(kind) or explainer(kind)
    return judge.is_valid  # type: ignore[no-any-return]


def leaves(error: Breach) -> Iterator[Breach]:
    """Give the errors that matter: of a choice, those of the branch that was meant."""
    if error.keyword not in {"anyOf", "oneOf"} or not error.context:
        yield error
        return
    branches: dict[int, list[Breach]] = {}
    for number, below in error.context:
        branches.setdefault(number, []).append(below)
    depth = len(error.path)
    meant = [
        errors
        for errors in branches.values()
        if not any(each.keyword == "type" and len(each.path) == depth for each in errors)
    ]
    if not meant or (len(meant) > 1 and all(each.keyword == "required" for errors in meant for each in errors)):
        yield error
        return
    for below in min(meant, key=len):
        yield from leaves(below)


def _plain_keyword(error: Breach) -> tuple[str, Any]:
    """Read an error as what a person would say is wrong."""
    keyword, expected = error.keyword or "false", error.expected
    if "propertyNames" in error.steps:
        return "propertyNames", error.instance
    if keyword in {"enum", "const"} and isinstance(error.instance, (dict, list)):
        return "type", sorted(expected_types({keyword: expected}))
    if keyword not in {"anyOf", "oneOf"} or not error.context:
        return keyword, expected
    if all(below.keyword == "required" for _, below in error.context):
        return "anyOf", tuple(dict.fromkeys(name for branch in _list(expected) for name in branch["required"]))
    return "type", sorted(expected_types({keyword: expected}))


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    return value if isinstance(value, list) else []
