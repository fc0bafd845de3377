"""From schema files to kinds and settings, with a finding for each mistake in them.

A ``$ref`` is replaced by what it refers to, so that a kind's schema stands on its own.
"""

from __future__ import annotations

import json
import re
from collections import ChainMap
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from pipeline.documents.document import Flaw
from pipeline.documents.parse import decode
from pipeline.documents.yaml import parse_yaml
from pipeline.errors import Text, UserError
from pipeline.findings import Problem
from pipeline.model.kinds import (
    ANY,
    CitationField,
    Directive,
    Files,
    Identity,
    Inverse,
    Kind,
    Markdown,
    Navigation,
    NeededDirective,
    Override,
    Page,
    ReferenceField,
    Schemas,
    Section,
    Settings,
    Site,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.text import Source, Tree

FRAMEWORK = "framework.json"
SUFFIX = ".schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

# Keywords that only describe; beside a $ref they replace what the target says.
_ANNOTATIONS = {"title", "description", "default", "examples", "deprecated", "$comment"}


def load_schemas(tree: Tree, *, label: str = "") -> tuple[Schemas | None, tuple[Flaw, ...]]:
    """Read a folder of schemas; ``label`` is put before the paths that findings show.

    Gives the schemas, or the flaws that keep them from being used.
    """
    paths = sorted(path for path in tree.list() if "/" not in path)
    wanted = [path for path in paths if path == FRAMEWORK or path.endswith(SUFFIX)]
    if FRAMEWORK not in wanted:
        raise UserError(
            nl=f"In de map met schema's ontbreekt {FRAMEWORK}. Geef een andere map met --schemas.",
            en=f"The schemas folder has no {FRAMEWORK}. Name another folder with --schemas.",
        )
    files = {path: _File(label + path, path, tree.read(path)) for path in wanted}
    flaws = [flaw for file in files.values() for flaw in file.check()]
    if flaws:
        return None, tuple(flaws)
    loader = _Loader(files)
    schemas = loader.load()
    return (None if loader.flaws else schemas), tuple(loader.flaws)


class _File:
    """One schema file: its text and value."""

    def __init__(self, path: str, name: str, data: bytes) -> None:
        self.name = name
        self.source: Source
        self.source, self.flaw = decode(path, data)
        self.value: Any = None

    def check(self) -> Iterator[Flaw]:
        """Parse, and hold against the meta-schema."""
        if self.flaw:
            yield self.flaw
            return
        try:
            self.value = json.loads(self.source.text)
        except (json.JSONDecodeError, RecursionError) as error:
            where = getattr(error, "pos", 0)
            yield self.wrong(where, where + 1, "json", detail=getattr(error, "msg", "too deep"))
            return
        meta = "framework" if self.name == FRAMEWORK else "kind"
        for path, detail, keyword in meta_errors(meta, self.value):
            start, end = self.place(path)
            yield self.wrong(start, end, "keyword" if keyword == "propertyNames" else "meta", detail=detail)

    def wrong(self, start: int, end: int, variant: str, **parameters: str | int) -> Flaw:
        problem = Problem(location=self.source.at(start, end), variant=variant, parameters=parameters)
        return Flaw(rule="schema/invalid-schema", problem=problem)

    def place(self, path: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Give the offsets of the value (or key) at a path."""
        root, _ = parse_yaml(self.source)
        if root is None:
            return 0, 1
        node = root.find(path)
        if key and node.key_start >= 0:
            return node.key_start, node.key_end
        return node.start, min(node.end, node.start + 80)


def meta_errors(meta: str, value: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:  # noqa: ANN401
    """Give path, message and keyword for each error of a schema against its meta-schema."""
    schema = json.loads(resources.files("pipeline.model").joinpath("meta", f"{meta}{SUFFIX}").read_text("utf-8"))
    try:
        import jsonschema_rs  # noqa: PLC0415 - the fast gate, optional

        # Our meta-schema extends 2020-12's, which jsonschema_rs knows by its address.
        if jsonschema_rs.validator_for(schema).is_valid(value):
            return
    except ImportError:
        pass
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, seldom needed

    errors = sorted(Draft202012Validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path)))
    for error in errors:
        leaf = error
        while leaf.context:
            leaf = max(leaf.context, key=lambda each: len(each.absolute_path))
        path = tuple(leaf.absolute_path)
        if leaf.validator == "enum" and "propertyNames" in leaf.absolute_schema_path:
            path = (*path, str(leaf.instance))
            yield path, str(leaf.instance), "propertyNames"
        else:
            yield path, leaf.message, str(leaf.validator)


class _Loader:
    """Builds kinds and settings of files that passed their meta-schema."""

    def __init__(self, files: Mapping[str, _File]) -> None:
        self.files = files
        self.flaws: list[Flaw] = []

    def load(self) -> Schemas:
        settings = read_settings(self.files[FRAMEWORK].source.path, self.files[FRAMEWORK].value)
        kinds: dict[str, Kind] = {}
        for file in self.files.values():
            if "x-kind" not in file.value:
                continue
            schema = self.inline(file, file.value, (), ())
            kind = read_kind(file.source.path, schema, settings)
            if kind.name in kinds:
                self.wrong(file, ("x-kind",), "kind-twice", kind=kind.name)
            kinds[kind.name] = kind
            self.check_patterns(file, kind)
        for file in self.files.values():
            if "x-kind" in file.value:
                self.check_kind(file, kinds[file.value["x-kind"]], kinds)
        kinds = {name: replace(kind, inverses=_inverses(kind, kinds)) for name, kind in kinds.items()}
        ordered = sorted(kinds.values(), key=lambda kind: (kind.page.order is None, kind.page.order or 0, kind.name))
        return Schemas(settings=settings, kinds={kind.name: kind for kind in ordered})

    def wrong(self, file: _File, path: Sequence[str | int], variant: str, **parameters: str) -> None:
        start, end = file.place(path)
        self.flaws.append(file.wrong(start, end, variant, **parameters))

    def inline(self, file: _File, value: Any, path: tuple[str | int, ...], seen: tuple[str, ...]) -> Any:  # noqa: ANN401
        """Replace each ``$ref`` in ``value``."""
        if isinstance(value, list):
            return [self.inline(file, item, (*path, index), seen) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        rest = {key: self.inline(file, item, (*path, key), seen) for key, item in value.items() if key != "$ref"}
        ref = value.get("$ref")
        if not isinstance(ref, str):
            return rest
        name, _, pointer = ref.partition("#")
        target = self.files.get(name) if name else file
        found = _follow(target.value, pointer) if target else None
        full = f"{target.name if target else name}#{pointer}"
        if target is None or found is None or full in seen:
            self.wrong(file, (*path, "$ref"), "ref", ref=ref)
            return rest
        resolved = self.inline(target, found, (), (*seen, full))
        clash = (rest.keys() & resolved.keys()) - _ANNOTATIONS
        if any(not key.startswith("x-") for key in clash):
            return {**rest, "allOf": [*rest.get("allOf", []), resolved]}
        return {**resolved, **rest}

    def check_patterns(self, file: _File, kind: Kind) -> None:
        try:
            _ = kind.code_pattern, kind.id_pattern, kind.stem_pattern
        except re.error as error:
            self.wrong(file, ("x-id", "code"), "pattern", detail=str(error))

    def check_kind(self, file: _File, kind: Kind, kinds: Mapping[str, Kind]) -> None:
        for spec in kind.references:
            for name in spec.to:
                if name != ANY and name not in kinds:
                    self.wrong(file, ("properties", *spec.path), "unknown-kind", kind=name, field=spec.name)
                elif name != ANY and spec.by.startswith("field:"):
                    self.check_field(file, kinds[name], spec)
        for needed in kind.directives:
            if needed.name not in read_directives(self.files[FRAMEWORK].value):
                self.wrong(file, ("x-directives",), "unknown-directive", name=needed.name)

    def check_field(self, file: _File, target: Kind, spec: ReferenceField) -> None:
        name = spec.by.removeprefix("field:")
        if name not in target.properties:
            self.wrong(file, ("properties", *spec.path), "unknown-field", kind=target.name, field=name)


def _inverses(kind: Kind, kinds: Mapping[str, Kind]) -> dict[str, tuple[str, ReferenceField]]:
    """Give what other kinds store about this one, by the name it would have here."""
    return {
        spec.inverse.name: (other.name, spec)
        for other in kinds.values()
        for spec in other.references
        if spec.inverse and (kind.name in spec.to or ANY in spec.to)
    }


def _follow(value: Any, pointer: str) -> Any:  # noqa: ANN401 - any JSON
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Mapping[str, str] | None, fallback: str = "") -> Text:
    value = value or {}
    return Text(nl=value.get("nl", fallback), en=value.get("en", value.get("nl", fallback)))


def read_settings(path: str, value: Mapping[str, Any]) -> Settings:
    """Make settings of the value of ``framework.json``."""
    return Settings(
        path=path,
        name=_text(value.get("name")),
        description=_text(value.get("description")),
        folders=tuple(folder.strip("/") for folder in value.get("folders", ())),
        ignored=tuple(value.get("ignored", ())),
        markdown=read_markdown(value.get("markdown", {}), Markdown()),
        site=Site(**value.get("site", {})),
        navigation=tuple(Navigation(**each) for each in value.get("navigation", ())),
        directives=read_directives(value),
        overrides=read_overrides(value.get("severities", ())),
        ledger=value.get("ledger", ""),
        disclaimer=_text(value.get("disclaimer")),
        feedback=value.get("feedback", ""),
        license=value.get("license", ""),
    )


def read_directives(value: Mapping[str, Any]) -> dict[str, Directive]:
    """Read the list of directives by name."""
    found = (
        Directive(name=each["name"], lists=each.get("lists", ""), flags=tuple(each.get("flags", ())))
        for each in value.get("directives", ())
    )
    return {directive.name: directive for directive in found}


def read_overrides(values: Sequence[Mapping[str, str]]) -> dict[str, Override]:
    """Read changed severities by rule."""
    return {
        each["rule"]: Override(rule=each["rule"], severity=each["severity"], reason=each["reason"]) for each in values
    }


def read_markdown(value: Mapping[str, Any], base: Markdown) -> Markdown:
    """Read how bodies are written, on top of ``base``."""
    return Markdown(
        dialect=value.get("dialect", base.dialect),
        slugs=value.get("slugs", base.slugs),
        html=value.get("html", base.html),
    )


def read_kind(path: str, schema: Mapping[str, Any], settings: Settings) -> Kind:
    """Make a kind of its schema, in which each ``$ref`` has been replaced."""
    files = schema["x-files"]
    labels = schema.get("x-labels", {})
    name = schema["x-kind"]
    collected = _Collected()
    collected.visit(schema, ())
    plain = {key: value for key, value in schema.items() if not key.startswith("x-")}
    return Kind(
        name=name,
        path=path,
        one=Text(nl=labels["nl"]["one"], en=labels["en"]["one"]),
        many=Text(nl=labels["nl"]["many"], en=labels["en"]["many"]),
        files=Files(
            layout=files.get("layout", "document"),
            folder=files.get("folder", "").strip("/"),
            file=files.get("file", ""),
            name=files.get("name", "{slug}"),
            excluded=frozenset(files.get("except", ())),
            recursive=files.get("recursive", False),
        ),
        identity=read_identity(schema["x-id"]),
        schema=plain,
        references=tuple(collected.references),
        citations=tuple(collected.citations),
        sections=tuple(map(read_section, schema.get("x-sections", ()))),
        markdown=read_markdown(schema.get("x-markdown", {}), settings.markdown),
        directives=tuple(
            NeededDirective(name=each["name"], filters=each.get("filters", {}))
            for each in schema.get("x-directives", ())
        ),
        overrides=ChainMap(read_overrides(schema.get("x-severities", ())), dict(settings.overrides)),
        page=Page(**schema.get("x-site", {})),
        means=collected.means,
        states=collected.states,
        identifiers=collected.identifiers,
    )


def read_identity(value: Mapping[str, Any]) -> Identity:
    """Read ``x-id``."""
    new = value.get("new", {})
    numbered = new if isinstance(new, dict) else {}
    return Identity(
        where=value.get("in", "field"),
        field=value.get("field", "id"),
        template=value.get("template", "{code}"),
        code=value.get("code", ""),
        prefixes=tuple(numbered.get("prefixes", ())),
        first=numbered.get("first", 1),
        digits=numbered.get("digits", 2),
        from_title=new == "slug",
    )


def read_section(value: Mapping[str, Any]) -> Section:
    """Read one item of ``x-sections``."""
    least, most = value.get("words", (0, 0))
    return Section(
        heading=value["heading"],
        level=value.get("level", 2),
        least=least,
        most=most,
        required=value.get("required", True),
        aliases=tuple(value.get("aliases", ())),
    )


class _Collected:
    """The keywords found on fields, with the path of the field."""

    def __init__(self) -> None:
        self.references: list[ReferenceField] = []
        self.citations: list[CitationField] = []
        self.means: dict[str, str] = {}
        self.states: dict[str, str] = {}
        self.identifiers: dict[str, str] = {}

    def visit(self, schema: Any, path: tuple[str, ...]) -> None:  # noqa: ANN401 - any JSON Schema
        if not isinstance(schema, dict):
            return
        for keyword in ("x-reference", "x-vocabulary"):
            if keyword in schema:
                self.reference(schema[keyword], path, vocabulary=keyword == "x-vocabulary")
        if "x-citation" in schema:
            self.citations.append(CitationField(path=path, **schema["x-citation"]))
        if path:
            if "x-means" in schema:
                self.means.setdefault(schema["x-means"], path[0])
            if "x-identifier" in schema:
                self.identifiers.setdefault(schema["x-identifier"], path[0])
        self.states.update(schema.get("x-states", {}))
        for name, below in schema.get("properties", {}).items():
            self.visit(below, (*path, name))
        self.visit(schema.get("items"), (*path, ANY))
        for keyword in ("anyOf", "oneOf", "allOf"):
            for below in schema.get(keyword, ()):
                self.visit(below, path)

    def reference(self, value: Mapping[str, Any], path: tuple[str, ...], *, vocabulary: bool) -> None:
        inverse = value.get("inverse")
        to = value["to"]
        self.references.append(
            ReferenceField(
                path=path,
                to=(to,) if isinstance(to, str) else tuple(to),
                by=value.get("by", "id"),
                inverse=Inverse(name=inverse["name"], label=_text(inverse, inverse["name"])) if inverse else None,
                mirror=value.get("mirror", ""),
                vocabulary=vocabulary,
            )
        )


def plain_schema(kind: Kind) -> dict[str, Any]:
    """Give a kind's schema without our keywords, for any other tool.

    The pattern of the id, which ``x-id`` holds, is written out.
    """
    schema = _without_ours(kind.schema)
    identity = kind.identity
    if identity.where == "field" and identity.code and identity.field in schema.get("properties", {}):
        before, _, after = identity.template.partition("{code}")
        pattern = f"^{re.escape(before)}({identity.code}){re.escape(after)}$"
        schema["properties"][identity.field] = {**schema["properties"][identity.field], "pattern": pattern}
    return {"$schema": DRAFT, **{key: value for key, value in schema.items() if key not in {"$schema", "$defs"}}}


def _without_ours(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_without_ours(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_ours(item) for key, item in value.items() if not key.startswith("x-")}
    return value
