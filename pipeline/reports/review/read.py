"""Read a review that somebody else wrote: nothing in it is believed before it is judged.

The text is judged as JSON, and then by ``review.schema.json``, which bounds every list and every
string. What passes is names, places and numbers; words that people read are never in it.
"""

from __future__ import annotations

import json
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, NoReturn

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from pipeline.errors import Text
from pipeline.findings import Severity, State
from pipeline.reports.changes.json import changes_from_json
from pipeline.reports.review.values import Gone, LeftOut, LineFix, Review, Span, Tally, Told, unusable
from pipeline.reports.review.write import LARGEST, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.protocols import Validator

    from pipeline.findings import Parameter

_MOST_DIGITS: Final = 16


def read(content: bytes) -> Review:
    """Read a review; `UnusableError` says what is wrong with one that is not as it should be."""
    if len(content) > LARGEST:
        raise unusable("het is te groot", "it is too large")
    data = _parsed(content)
    if next(_validator().iter_errors(data), None) is not None:
        raise unusable("het past niet bij review.schema.json", "it does not match review.schema.json")
    return _review(data)


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - any JSON
    try:
        text = content.decode("utf-8")
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_number,
            parse_constant=_refused,
        )
        json.dumps(data, ensure_ascii=False).encode("utf-8")  # half a character cannot be written
    except RecursionError as error:
        raise unusable("het is te diep genest", "it is nested too deep") from error
    except ValueError as error:  # also what JSON and UTF-8 complain of
        raise unusable("het is geen geldige JSON", "it is no valid JSON") from error
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        _refused("a name twice")
    return members


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= _MOST_DIGITS else _refused(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        _refused(digits)
    # 1.0 is a whole number to JSON Schema, and so it is here.
    return int(number) if number.is_integer() and abs(number) < 10**_MOST_DIGITS else number


def _refused(what: str) -> NoReturn:
    raise ValueError(what)


@cache
def _validator() -> Validator:
    made: Validator = extend(Draft202012Validator, {"anyOf": _any_of})(json.loads(schema()))  # type: ignore[no-untyped-call]
    return made


def _any_of(validator: Validator, choices: list[Any], instance: Any, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401 - any JSON
    """Stop at the first flaw of each choice; jsonschema gathers all, which takes gigabytes for one long list."""
    if not any(validator.evolve(schema=each).is_valid(instance) for each in choices):
        yield ValidationError("none of the choices fits")


def _review(data: dict[str, Any]) -> Review:
    counts = data["counts"]
    return Review(
        head=data["head"],
        base=data["base"],
        root=data["root"],
        files=counts["files"],
        entries=counts["entries"],
        new=Tally(**counts["new"]),
        old=Tally(**counts["old"]),
        solved=Tally(**counts["solved"]),
        findings=tuple(map(_told, data["findings"])),
        gone=tuple(Gone(**{**each, "severity": Severity.of(each["severity"])}) for each in data["solved"]),
        changes=changes_from_json(data["changes"]),
        kinds=tuple(data["kinds"]),
        themes=tuple(data["themes"]),
        left_out=LeftOut(**data["left_out"]),
    )


def _told(data: dict[str, Any]) -> Told:
    fix = data["fix"]
    return Told(
        rule=data["rule"],
        severity=Severity.of(data["severity"]),
        path=data["path"],
        span=Span(data["line"], data["column"], data["end_line"], data["end_column"]),
        variant=data["variant"],
        entry=data["entry"],
        field=data["field"],
        parameters={name: _parameter(value) for name, value in data["parameters"].items()},
        fingerprint=data["fingerprint"],
        state=State(data["state"]),
        fix=LineFix(fix["path"], fix["first"], fix["last"], tuple(fix["lines"])) if fix else None,
    )


def _parameter(value: Any) -> Parameter:  # noqa: ANN401 - what the schema allows
    if isinstance(value, dict):
        return Text(nl=value["nl"], en=value["en"])
    return tuple(value) if isinstance(value, list) else value
