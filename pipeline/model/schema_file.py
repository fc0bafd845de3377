"""One file of a schemas folder: its text, its value, and what is wrong with it by itself."""

from __future__ import annotations

import json
import pkgutil
import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from pipeline.documents.document import Flaw
from pipeline.documents.parse import decode
from pipeline.documents.yaml import parse_yaml
from pipeline.errors import Text
from pipeline.findings import Problem
from pipeline.model.names import FRAMEWORK, SUFFIX
from pipeline.model.patterns import ecma
from pipeline.text import Source, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError

    from pipeline.documents.document import Node, Path
    from pipeline.findings import Parameter


_JSON: Final = {
    "Expecting value": Text(
        nl="hier hoort een waarde; misschien staat er een komma te veel",
        en="a value belongs here; perhaps there is a comma too many",
    ),
    "Expecting property name enclosed in double quotes": Text(
        nl="hier hoort een naam tussen dubbele aanhalingstekens; misschien staat er een komma te veel",
        en="a name between double quotation marks belongs here; perhaps there is a comma too many",
    ),
    "Expecting ',' delimiter": Text(
        nl="hiervoor ontbreekt een komma of een haakje",
        en="a comma or a bracket is missing before this",
    ),
    "Expecting ':' delimiter": Text(nl="hiervoor ontbreekt een dubbele punt", en="a colon is missing before this"),
    "Extra data": Text(nl="hier had het bestand al uit moeten zijn", en="the file should have ended here"),
    "Unterminated string starting at": Text(
        nl="dit aanhalingsteken wordt niet gesloten",
        en="this quotation mark is not closed",
    ),
}
_TYPES: Final = {
    "string": Text(nl="een tekst tussen aanhalingstekens", en="a text between quotation marks"),
    "array": Text(nl="een lijst", en="a list"),
    "object": Text(nl="een groep velden", en="a group of fields"),
    "integer": Text(nl="een heel getal", en="a whole number"),
    "number": Text(nl="een getal", en="a number"),
    "boolean": Text(nl="true of false", en="true or false"),
    "null": Text(nl="null", en="null"),
}
# A pair such as \ud83d\ude00 is fine in JSON and no YAML; only the places matter here.
_ESCAPE = lazy_pattern(r"\\u[0-9A-Fa-f]{4}|\\/")


class SchemaFile:
    """A file of a schemas folder; ``value`` is nothing until `check` has found it sound."""

    def __init__(self, path: str, name: str, data: bytes) -> None:
        """Keep the file's text; ``path`` is what findings show, ``name`` what ``$ref`` says."""
        self.name = name
        self.source: Source
        self.source, self.flaw = decode(path, data)
        self.value: Any = None
        self._repeats = False

    @property
    def kind(self) -> str:
        """The kind that the file describes, or nothing."""
        return str(self.value.get("x-kind", "")) if self.name != FRAMEWORK else ""

    def check(self, *, sound: bool = False) -> Iterator[Flaw]:
        """Parse, and hold against the meta-schema; the latter not where it is known to be ``sound``."""
        if self.flaw:
            yield self.flaw
            return
        try:
            value = json.loads(self.source.text.removeprefix("\ufeff"), object_pairs_hook=self._object)
        except json.JSONDecodeError as error:
            where = error.pos + self.source.text.startswith("\ufeff")
            detail = _JSON.get(error.msg, Text(nl=error.msg, en=error.msg))
            yield self.flaw_at(where, where + 1, "json", detail=detail)
            return
        except (RecursionError, ValueError):
            yield self.flaw_at(0, 1, "json", detail=Text(nl="te diep of te groot", en="too deep or too large"))
            return
        if not isinstance(value, dict):
            yield self.flaw_at(0, 1, "type", expected=_TYPES["object"])
            return
        self.value = value
        if sound:
            return
        yield from self._repeated()
        yield from self._against_meta_schema()
        yield from self._patterns()

    def wrong(self, path: Path, variant: str, parameters: Mapping[str, Parameter], *, key: bool = False) -> Flaw:
        """Make a flaw at the value, or the key, at a path."""
        node = self.root.find(path) if self.root else None
        if node is None:
            return self.flaw_at(0, 1, variant, **parameters)
        if key and node.key_start >= 0:
            return self.flaw_at(node.key_start, node.key_end, variant, **parameters)
        line = self.source.text.find("\n", node.start, node.end)
        return self.flaw_at(node.start, line if line >= 0 else node.end, variant, **parameters)

    def flaw_at(self, start: int, end: int, variant: str, **parameters: Parameter) -> Flaw:
        """Make a flaw at two offsets."""
        place = self.source.at(start, min(end, len(self.source.text)))
        return Flaw(
            rule="schema/invalid-schema", problem=Problem(location=place, variant=variant, parameters=parameters)
        )

    def walk(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Give each object in the file with its path, in reading order."""
        stack: list[tuple[Path, Any]] = [((), self.value)]
        while stack:
            path, value = stack.pop()
            if isinstance(value, dict):
                yield path, value
                stack.extend(((*path, key), below) for key, below in reversed(value.items()))
            elif isinstance(value, list):
                stack.extend(((*path, index), value[index]) for index in reversed(range(len(value))))

    @cached_property
    def root(self) -> Node | None:
        """The file's values with their places."""
        return self._parsed[0]

    @cached_property
    def _parsed(self) -> tuple[Node | None, tuple[Flaw, ...]]:
        # JSON is YAML, and YAML remembers places.
        text = _ESCAPE.sub(lambda match: "_" * len(match[0]), self.source.text)
        return parse_yaml(Source(path=self.source.path, text=text))

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Make an object of its pairs, and note when a name stands in it twice."""
        value = dict(pairs)
        self._repeats = self._repeats or len(value) < len(pairs)
        return value

    def _repeated(self) -> Iterator[Flaw]:
        # Places cost a parse of their own, so they are asked for only when there is something to show.
        for flaw in self._parsed[1] if self._repeats else ():
            if flaw.rule == "schema/duplicate-key":
                place = flaw.problem.location
                yield self.flaw_at(place.start, place.end, "twice", detail=flaw.problem.parameters["key"])

    def _against_meta_schema(self) -> Iterator[Flaw]:
        found: dict[tuple[object, ...], Flaw] = {}
        misspelt: set[tuple[Path, str]] = set()
        for path, variant, parameters in meta_errors("framework" if self.name == FRAMEWORK else "kind", self.value):
            detail = str(parameters.get("detail", ""))
            if variant == "keyword":
                near = parameters["suggestions"]
                misspelt.update((path, name) for name in (near if isinstance(near, tuple) else ()))
                flaw = self.wrong((*path, detail), variant, parameters, key=True)
            elif variant == "missing" and (path, detail) in misspelt:
                continue
            else:
                flaw = self.wrong(path, variant, parameters)
            found.setdefault((path, variant, detail), flaw)
        yield from found.values()

    def _patterns(self) -> Iterator[Flaw]:
        """Try each regular expression; the meta-schema takes any text."""
        for path, value in self.walk():
            if "pattern" in value and isinstance(value["pattern"], str) and "properties" not in path[-1:]:
                yield from self.unreadable(value["pattern"], (*path, "pattern"))
            for pattern in value.get("patternProperties", ()):
                yield from self.unreadable(pattern, (*path, "patternProperties", pattern))
        identity = self.value.get("x-id", {})
        if isinstance(identity, dict) and isinstance(identity.get("code"), str):
            yield from self.unreadable(identity["code"], ("x-id", "code"))

    def unreadable(self, pattern: str, path: Path) -> Iterator[Flaw]:
        """Give a flaw where a regular expression cannot be read."""
        try:
            re.compile(ecma(pattern))
        except (re.error, OverflowError, RecursionError) as error:
            yield self.wrong(path, "pattern", {"detail": str(error)})


Explained = tuple["Path", str, dict[str, "Parameter"]]


def meta_errors(meta: str, value: Any) -> list[Explained]:  # noqa: ANN401 - any JSON
    """Give path, variant and parameters for each error of a schema against its meta-schema.

    Misspelt keywords come first: they explain what is missing.
    """
    is_valid = _gate(meta)
    if is_valid is not None and is_valid(value):
        return []
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, seldom needed

    validator = Draft202012Validator(_meta_schema(meta))
    found = [each for error in validator.iter_errors(value) for each in _explained(_leaf(error))]
    return sorted(found, key=lambda each: (each[1] != "keyword", list(map(str, each[0]))))


@cache
def _meta_schema(meta: str) -> Any:  # noqa: ANN401 - any JSON Schema
    # Not importlib.resources, which takes as long to import as all schemas take to read.
    return json.loads(pkgutil.get_data("pipeline.model", f"meta/{meta}{SUFFIX}") or b"")


@cache
def _gate(meta: str) -> Callable[[Any], bool] | None:
    """Give a fast yes or no, where jsonschema-rs is installed."""
    try:
        import jsonschema_rs  # noqa: PLC0415 - optional
    except ImportError:
        return None
    # Our meta-schema extends 2020-12's, which jsonschema_rs knows by its address.
    return jsonschema_rs.validator_for(_meta_schema(meta)).is_valid


def _leaf(error: ValidationError) -> ValidationError:
    """Give the error that says most of a choice that fits nowhere."""
    while error.context:
        error = max(error.context, key=lambda each: (len(each.absolute_path), each.validator == "enum"))
    return error


def _explained(error: ValidationError) -> Iterator[Explained]:
    """Read an error of the meta-schema as variants of ``schema/invalid-schema``."""
    path: Path = tuple(error.absolute_path)
    if error.validator == "enum" and "propertyNames" in error.absolute_schema_path:
        yield _keyword(path, str(error.instance), _value(error))
    elif str(error.validator) in _EXPLAINERS:
        yield from _EXPLAINERS[str(error.validator)](path, error)
    elif error.schema is False:
        yield path[:-1], "keyword", {"detail": str(path[-1]) if path else "", "suggestions": ()}
    else:
        yield path, "", {"detail": error.message}


def _value(error: ValidationError) -> Any:  # noqa: ANN401 - any JSON
    return error.validator_value


def _unknown(path: Path, error: ValidationError) -> Iterator[Explained]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    written: Any = error.instance
    for name in written:
        if name not in known:
            yield _keyword(path, name, [each for each in known if each not in written])


def _missing(path: Path, error: ValidationError) -> Iterator[Explained]:
    needed = _value(error)
    written: Any = error.instance
    if error.validator == "dependentRequired":
        needed = [name for key, names in needed.items() if key in written for name in names]
    for name in needed:
        if name not in written:
            yield path, "missing", {"detail": name}


def _not_allowed(path: Path, error: ValidationError) -> Iterator[Explained]:
    expected = _value(error)
    words = tuple(map(str, expected if error.validator == "enum" else [expected]))
    written = str(error.instance)
    yield path, "allowed", {"detail": written, "allowed": words, "suggestions": _near(written, words)}


def _wrong_type(path: Path, error: ValidationError) -> Iterator[Explained]:
    expected = _value(error)
    names = [_TYPES[each] for each in ([expected] if isinstance(expected, str) else expected)]
    either = Text(nl=" of ".join(name.nl for name in names), en=" or ".join(name.en for name in names))
    yield path, "type", {"expected": either}


def _wrong_form(path: Path, error: ValidationError) -> Iterator[Explained]:
    meaning = error.schema.get("description") if isinstance(error.schema, dict) else None
    yield path, "form", {"detail": str(error.instance), "form": str(meaning or _value(error))}


_EXPLAINERS: Final[dict[str, Callable[[Path, ValidationError], Iterator[Explained]]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
    "dependentRequired": _missing,
    "enum": _not_allowed,
    "const": _not_allowed,
    "type": _wrong_type,
    "pattern": _wrong_form,
}


def _keyword(path: Path, name: str, known: Sequence[str]) -> Explained:
    return path, "keyword", {"detail": name, "suggestions": _near(name, known)}


def _near(word: str, known: Sequence[str]) -> tuple[str, ...]:
    import difflib  # noqa: PLC0415 - only where something is wrong; the rules, above this layer, have a better one

    return tuple(difflib.get_close_matches(word, known, n=1, cutoff=0.7))
