"""What a value breaks of a schema, as either of two libraries tells it.

jsonschema explains any schema, and takes longer to import than most checks take to find
something. jsonschema-rs, where it is installed, has judged the value already: its errors say
the same in other words and another order, for the keywords that are known to be alike in both.
Tests hold both explanations equal.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.model.patterns import compiled
from pipeline.rules.schema.formats import FORMATS
from pipeline.rules.schema.shapes import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model.kinds import Kind

Path = tuple[str | int, ...]

_BELOW: Final = frozenset({"items", "if", "then", "else"})
_BY_NAME: Final = frozenset({"properties", "dependentSchemas"})
_CHOICES: Final = frozenset({"anyOf", "oneOf", "allOf"})
_KNOWN: Final = frozenset(
    {
        *("type", "enum", "const", "not", "format", "pattern", "required", "dependentRequired", "minItems", "maxItems"),
        *("uniqueItems", "minLength", "maxLength", "minProperties", "minimum", "maximum", "exclusiveMinimum"),
        *("$schema", "$id", "title", "description", "default", "examples"),
    }
)
_LARGEST: Final = 2**53
"""Numbers up to here are the same to every library."""


class Breach(NamedTuple):
    """One error: the keyword (empty for a schema that is ``false``), and what it expects.

    ``path`` leads to the value, ``steps`` to the keyword in the whole schema. ``context`` has the
    errors below a choice, each with the number of its branch.
    """

    keyword: str
    expected: Any
    path: Path
    steps: Path
    schema: Any
    instance: Any
    context: tuple[tuple[int, Breach], ...] = ()


def breaches(kind: Kind, value: Any) -> list[Breach]:  # noqa: ANN401 - the fields of an entry
    """Give all that a value breaks of a kind's schema, in the order of that schema."""
    judge = judge_of(kind)
    if judge is None or not _is_plain(kind) or not _is_ordinary(value):
        return explained(kind, value)
    return _ordered(kind.schema, [_read(error, kind.schema, value) for error in judge.iter_errors(value)])


def explained(kind: Kind, value: Any) -> list[Breach]:  # noqa: ANN401 - the fields of an entry
    """Give the same as jsonschema tells it."""
    return [_of_jsonschema(error) for error in explainer(kind).iter_errors(value)]


@lru_cache(maxsize=64)
def judge_of(kind: Kind) -> Any | None:  # noqa: ANN401 - a validator of jsonschema-rs
    """Give the fast validator of a kind; none where it is not installed, or cannot read a pattern that Python can."""
    return _judge(kind.schema)


def fits(kind: Kind, schema: Mapping[str, Any], value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether a value satisfies one part of a kind's schema."""
    judge = (_judge(schema) if _has_plain(schema) else None) or explainer(kind).evolve(schema=schema)
    return bool(judge.is_valid(value))


def _judge(schema: Mapping[str, Any]) -> Any | None:  # noqa: ANN401 - a validator of jsonschema-rs
    try:
        import jsonschema_rs  # noqa: PLC0415 - optional
    except ImportError:
        return None
    try:
        return jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True, formats=dict(FORMATS))
    except jsonschema_rs.ValidationError:
        return None


@lru_cache(maxsize=64)
def explainer(kind: Kind) -> Any:  # noqa: ANN401 - a validator class made by jsonschema
    """Give a validator that explains itself, and agrees with the fast one.

    jsonschema itself reads patterns as Python's and takes quadratic time over mixed lists.
    """
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415 - slow to import
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415
    from jsonschema.validators import extend  # noqa: PLC0415

    def pattern(_: object, expected: str, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, str) and not compiled(expected).search(value):
            yield ValidationError("pattern")

    def unique(_: object, expected: object, value: object, __: object) -> Iterator[ValidationError]:
        if expected and isinstance(value, list) and len({canonical(item) for item in value}) < len(value):
            yield ValidationError("uniqueItems")

    checker = FormatChecker(())
    for name, check in FORMATS.items():
        checker.checks(name)(check)
    stricter: Any = extend  # jsonschema gives it no types
    strict = stricter(Draft202012Validator, {"pattern": pattern, "uniqueItems": unique})
    return strict(kind.schema, format_checker=checker)


def _of_jsonschema(error: Any) -> Breach:  # noqa: ANN401 - a ValidationError
    return Breach(
        keyword=str(error.validator or ""),
        expected=error.validator_value,
        path=tuple(error.absolute_path),
        steps=tuple(error.absolute_schema_path),
        schema=error.schema,
        instance=error.instance,
        context=tuple((int(below.schema_path[0]), _of_jsonschema(below)) for below in error.context),
    )


@lru_cache(maxsize=64)
def _is_plain(kind: Kind) -> bool:
    """Whether a kind's schema has only keywords that both libraries explain alike."""
    return _has_plain(kind.schema)


def _has_plain(schema: Any) -> bool:  # noqa: ANN401 - any JSON Schema
    if not isinstance(schema, dict):
        return schema is True
    for keyword, value in schema.items():
        if keyword in _BY_NAME:
            below = list(value.values())
        elif keyword in _CHOICES:
            below = value
        elif keyword in _BELOW:
            below = [value]
        elif keyword == "additionalProperties":
            below = [] if isinstance(value, bool) else [False]
        else:
            below = [] if keyword in _KNOWN or keyword.startswith("x-") else [False]
        if not all(map(_has_plain, below)):
            return False
    return True


def _is_ordinary(value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether a value holds no number that libraries may read in different ways."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_ordinary(below) for key, below in value.items())
    if isinstance(value, list):
        return all(map(_is_ordinary, value))
    if isinstance(value, float):
        return abs(value) <= _LARGEST and not value.is_integer()
    return not isinstance(value, int) or abs(value) <= _LARGEST


def _read(error: Any, schema: Any, value: Any) -> Breach:  # noqa: ANN401 - an error of jsonschema-rs
    """Read an error of jsonschema-rs."""
    path, steps = tuple(error.instance_path), tuple(error.schema_path)
    around, keyword = _at(schema, steps[:-1]), str(steps[-1])
    context: list[tuple[int, Breach]] = []
    if error.kind.name in {"anyOf", "oneOfNotValid"}:
        for number, branch in enumerate(error.kind.context):
            below = _ordered(schema, [_read(each, schema, value) for each in branch])
            context.extend((number, each) for each in below)
    return Breach(keyword, around[keyword], path, steps, around, _at(value, path), tuple(context))


def _at(value: Any, path: Sequence[str | int]) -> Any:  # noqa: ANN401 - any JSON
    for step in path:
        value = value[step]
    return value


def _ordered(schema: Any, found: list[Breach]) -> list[Breach]:  # noqa: ANN401 - any JSON Schema
    """Put errors in the order in which a reader meets the keywords of the schema, item by item."""
    return sorted(found, key=lambda each: _order(schema, each))


def _order(schema: Any, breach: Breach) -> list[int]:  # noqa: ANN401 - any JSON Schema
    order: list[int] = []
    indexes = iter([step for step in breach.path if isinstance(step, int)])
    before: str | int = ""
    for step in breach.steps:
        is_name = before in _BY_NAME
        if isinstance(schema, list):
            order.append(int(step))
        else:
            order.append(list(schema).index("if" if step in {"then", "else"} and not is_name else step))
        if step == "items" and not is_name:
            order.append(next(indexes, 0))
        schema = schema[step]
        before = "" if is_name else step
    return order
