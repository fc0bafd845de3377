"""GitHub's OpenAPI description as validators: what may be asked, and what may be answered."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import jsonschema_rs

from tests.github.refresh import SLICE

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOME: Final = "https://slice.invalid/"
_JSON: Final = "application/json"
_FILE: Final = "application/octet-stream"
_TROUBLE: Final = 400
_NOWHERE: Final = "https://nowhere.invalid/"
_NOTHING: Final[Mapping[str, Any]] = {
    "string": "",
    "integer": 0,
    "number": 0,
    "boolean": False,
    "array": [],
    "null": None,
}
# PyGithub asks for it everywhere, and GitHub takes no notice where there are no pages.
_IGNORED: Final = frozenset({"per_page"})
# What GitHub gives and its description denies: a comment whose line changed has no line any more.
_NULL_TOO: Final = {
    "pull-request-review-comment": ("line", "position"),
    "review-comment": ("line",),
}
# These parameters may hold slashes; in a list of paths the longest literal comes first.
_LONG: Final = frozenset({"path", "ref", "branch", "tag"})
_ELSEWHERE: Final = "#/components/parameters/"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path; ``responses`` are the statuses that the description knows."""

    id: str
    method: str
    path: str
    pattern: re.Pattern[str]
    query: Mapping[str, bool]
    """Names of parameters, and whether they must be there."""
    has_body: bool
    takes_file: bool
    must_have_body: bool
    responses: Mapping[str, bool]
    """Statuses, and whether an answer with that status has JSON."""

    @property
    def writes(self) -> bool:
        return self.method != "GET"


@dataclass(frozen=True, slots=True)
class Found:
    operation: Operation
    parameters: Mapping[str, str]


def find(method: str, path: str) -> Found | None:
    """Give the operation for a path, and the parameters in it."""
    for operation in operations():
        if operation.method == method and (match := operation.pattern.fullmatch(path)):
            return Found(operation, {name: unquote(value) for name, value in match.groupdict().items()})
    return None


def flaws_of_query(operation: Operation, query: Mapping[str, str]) -> list[str]:
    """Tell what is wrong with a query; a parameter that is not described is wrong too."""
    unknown = [f"unknown parameter {name!r}" for name in query if name not in {*operation.query, *_IGNORED}]
    missing = [f"parameter {name!r} is missing" for name, must in operation.query.items() if must and name not in query]
    known = {name: value for name, value in query.items() if name in operation.query}
    wrong = [flaw for name, value in known.items() for flaw in _flaws_of_value(operation.id, name, value)]
    return unknown + missing + wrong


def flaws_of_body(operation: Operation, body: object) -> list[str]:
    """Tell what is wrong with the JSON of a request."""
    if body is None:
        return ["a body is missing"] if operation.must_have_body else []
    if not operation.has_body:
        return ["a body where none is described"]
    return _flaws(_validator(operation.id, "requestBody", strict=True), body)


def flaws_of_answer(operation: Operation, status: int, body: object) -> list[str]:
    """Tell what is wrong with an answer."""
    key = str(status)
    if key not in operation.responses:
        # Refusals that stand on no page of their own: no permission, a limit, trouble inside.
        return [f"status {status} is not described"] if status < _TROUBLE else _flaws(_error(), body)
    if not operation.responses[key]:
        if status >= _TROUBLE:
            return _flaws(_error(), body)
        return [] if body is None else [f"JSON with status {status}, where none is described"]
    return _flaws(_validator(operation.id, "responses", key, strict=status < _TROUBLE), body)


@cache
def template(schema: str) -> dict[str, Any]:
    """Give the fields that a schema demands, with values that say nothing; do not change it."""
    content = _slice()["components"]["schemas"][schema]
    return {name: _said_nothing(content["properties"][name]) for name in content["required"]}


@cache
def operations() -> tuple[Operation, ...]:
    """Give every operation of the slice; of two that fit a path, the more literal comes first."""
    found = [
        _operation(path, method, content)
        for path, item in _slice()["paths"].items()
        for method, content in item.items()
    ]
    return tuple(sorted(found, key=lambda one: (any(f"{{{name}}}" in one.path for name in _LONG), one.path.count("{"))))


@cache
def operation_named(name: str) -> Operation:
    return next(one for one in operations() if one.id == name)


def _operation(path: str, method: str, content: dict[str, Any]) -> Operation:
    parameters = [_parameter(one) for one in content.get("parameters", ())]
    body = content.get("requestBody", {})
    return Operation(
        id=content["operationId"],
        method=method.upper(),
        path=path,
        pattern=_pattern(path),
        query={one["name"]: one.get("required", False) for one in parameters if one["in"] == "query"},
        has_body=_JSON in body.get("content", {}),
        takes_file=_FILE in body.get("content", {}),
        must_have_body=body.get("required", False) and _JSON in body.get("content", {}),
        responses={
            status: _JSON in _response(answer).get("content", {}) for status, answer in content["responses"].items()
        },
    )


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    names = {name: ".*" if name == "path" else ".+" if name in _LONG else "[^/]+" for name in parts[1::2]}
    text = "".join(
        re.escape(part) if index % 2 == 0 else f"(?P<{part}>{names[part]})" for index, part in enumerate(parts)
    )
    return re.compile(text)


@cache
def _slice() -> dict[str, Any]:
    plain: dict[str, Any] = _plain(json.loads(SLICE.read_bytes()))
    for schema, names in _NULL_TOO.items():
        for name in names:
            plain["components"]["schemas"][schema]["properties"][name] = {"type": ["integer", "null"]}
    # An asset whose upload was cut off; GitHub's manual names this state, its description does not.
    plain["components"]["schemas"]["release-asset"]["properties"]["state"]["enum"].append("starter")
    return plain


@cache
def _registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry([(_HOME, _slice())], draft=jsonschema_rs.Draft202012)


@cache
def _validator(operation: str, *where: str, strict: bool) -> jsonschema_rs.Draft202012Validator:
    """Compile the schema of a body; a strict one allows no field that is not described."""
    known = operation_named(operation)
    path, method = known.path, known.method.lower()
    content = _slice()["paths"][path][method]
    steps: list[str] = ["paths", path, method, *where]
    for step in where:
        content = content[step]
    if "$ref" in content:
        steps = content["$ref"].removeprefix("#/").split("/")
    pointer = "/".join(_escaped(step) for step in [*steps, "content", _JSON, "schema"])
    schema: dict[str, Any] = {"$ref": f"{_HOME}#/{pointer}"}
    if strict:
        schema["unevaluatedProperties"] = False
    return jsonschema_rs.Draft202012Validator(schema, registry=_registry(), validate_formats=True)


@cache
def _error() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"{_HOME}#/components/schemas/basic-error", "required": ["message"]}, registry=_registry()
    )


def _said_nothing(schema: dict[str, Any]) -> Any:
    while "$ref" in schema:
        schema = _slice()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    kind = schema.get("type", "object")
    choices = schema.get("anyOf")
    if isinstance(kind, list) or (choices and {"type": "null"} in choices):
        return None
    if choices:
        return _said_nothing(choices[0])
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "object":
        return {name: _said_nothing(schema["properties"][name]) for name in schema.get("required", ())}
    if kind == "string" and "format" in schema:
        return "2000-01-01T00:00:00Z" if schema["format"] == "date-time" else _NOWHERE
    return _NOTHING[kind]


@cache
def _validator_of_parameter(operation: str, name: str) -> tuple[Any, jsonschema_rs.Draft202012Validator]:
    known = operation_named(operation)
    content = _slice()["paths"][known.path][known.method.lower()]
    schema = next(_parameter(one)["schema"] for one in content["parameters"] if _parameter(one)["name"] == name)
    return schema.get("type"), jsonschema_rs.Draft202012Validator(
        {"$id": _HOME + "value", **schema}, registry=_registry(), validate_formats=True
    )


def _flaws_of_value(operation: str, name: str, value: str) -> list[str]:
    kind, validator = _validator_of_parameter(operation, name)
    read: object = value
    if kind == "integer" and re.fullmatch(r"-?\d+", value):
        read = int(value)
    elif kind == "boolean" and value in {"true", "false"}:
        read = value == "true"
    return [f"parameter {name!r}: {flaw}" for flaw in _flaws(validator, read)]


def _flaws(validator: jsonschema_rs.Draft202012Validator, value: object) -> list[str]:
    if validator.is_valid(value):
        return []
    return [
        f"/{'/'.join(str(step) for step in error.instance_path)}: {error.message}"
        for error in validator.iter_errors(value)
    ]


def _parameter(content: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in content:
        return dict(_slice()["components"]["parameters"][content["$ref"].removeprefix(_ELSEWHERE)])
    return content


def _response(content: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in content:
        return dict(_slice()["components"]["responses"][content["$ref"].rpartition("/")[2]])
    return content


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def _plain(value: Any) -> Any:
    """Turn schemas of OpenAPI 3.0 into JSON Schema: ``nullable`` becomes a type."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    # Where GitHub says "one of", often more than one fits.
    plain = {
        "anyOf" if key == "oneOf" else key: _plain(item)
        for key, item in value.items()
        if key != "nullable" or item is not True
    }
    if value.get("nullable") is not True:
        return plain
    if not isinstance(plain.get("type"), str):
        return {"anyOf": [plain, {"type": "null"}]}
    plain["type"] = [plain["type"], "null"]
    if "enum" in plain:
        plain["enum"] = [*plain["enum"], None]
    return plain
