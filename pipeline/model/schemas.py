"""From schema files to kinds and settings, with a finding for each mistake in them.

A ``$ref`` is replaced by what it refers to, so that a kind's schema stands on its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pipeline.documents.parse import unread_document
from pipeline.errors import UserError
from pipeline.model.check_demands import DemandsCheck
from pipeline.model.form import form_mistakes
from pipeline.model.kinds import ANY, Schemas
from pipeline.model.names import FRAMEWORK, SUFFIX
from pipeline.model.read import read_kind, read_settings
from pipeline.model.schema_file import SchemaFile
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.documents.document import Flaw, Path
    from pipeline.model.kinds import Kind, ReferenceField, Settings
    from pipeline.text import Tree

__all__ = ["DRAFT", "load_schemas", "plain_schema"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

# What a regular expression of ECMA-262 lets one escape; Python's own `re.escape` goes further.
_SYNTAX = lazy_pattern(r"[\\^$.*+?()\[\]{}|/]")

# Keywords that only describe; beside a $ref they replace what the target says.
_ANNOTATIONS = {"title", "description", "default", "examples", "deprecated", "$comment"}


def load_schemas(tree: Tree, *, label: str = "", sound: bool = False) -> tuple[Schemas | None, tuple[Flaw, ...]]:
    """Read a folder of schemas; ``label`` is put before the paths that findings show.

    Gives the schemas, or the flaws that keep them from being used. Where these same files were found
    to be ``sound`` before, nobody needs to look again.
    """
    paths = sorted(path for path in tree.list() if "/" not in path)
    wanted = [path for path in paths if path == FRAMEWORK or path.endswith(SUFFIX)]
    if FRAMEWORK not in wanted:
        raise UserError(
            nl=f"In de map met schema's ontbreekt {FRAMEWORK}. Geef een andere map met --schemas.",
            en=f"The schemas folder has no {FRAMEWORK}. Name another folder with --schemas.",
        )
    files: dict[str, SchemaFile] = {}
    flaws: list[Flaw] = []
    for path in wanted:
        try:
            files[path] = SchemaFile(label + path, path, tree.read(path))
        except OSError as error:
            flaws.extend(unread_document(label + path, error).flaws)
        else:
            flaws.extend(files[path].check(sound=sound))
    if flaws:
        return None, tuple(flaws)
    loader = _Loader(files)
    schemas = loader.load(sound=sound)
    return (None if loader.flaws else schemas), tuple(loader.flaws.values())


class _Loader:
    """Builds kinds and settings of files that passed their meta-schema."""

    def __init__(self, files: Mapping[str, SchemaFile]) -> None:
        self.files = files
        self.framework = files[FRAMEWORK]
        self.flaws: dict[tuple[str, int, str], Flaw] = {}

    def load(self, *, sound: bool) -> Schemas:
        settings = read_settings(self.framework.source, self.framework.value)
        kinds: dict[str, Kind] = {}
        for file in self.kind_files():
            schema = self.inline(file, file.value, (), ())
            kind = read_kind(file.source, schema, settings)
            if kind.name in kinds:
                self.wrong(file, ("x-kind",), "kind-twice", kind=kind.name)
            kinds[kind.name] = kind
        if not self.flaws and not sound:
            self.check(settings, kinds)
        kinds = {name: replace(kind, inverses=_inverses(kind, kinds)) for name, kind in kinds.items()}
        ordered = sorted(kinds.values(), key=lambda kind: (kind.page.order is None, kind.page.order or 0, kind.name))
        return Schemas(settings=settings, kinds={kind.name: kind for kind in ordered})

    def check(self, settings: Settings, kinds: Mapping[str, Kind]) -> None:
        """Look for names of kinds, fields and directives that do not exist."""
        for file in self.files.values():
            self.check_references(file, kinds)
            self.check_objects(file)
        for file in self.kind_files():
            self.check_kind(file, kinds[file.kind], settings, kinds)
        self.check_advice(self.framework, "style", kinds)
        self.check_directives(kinds)
        self.check_demands(kinds)

    def kind_files(self) -> list[SchemaFile]:
        return [file for file in self.files.values() if file.kind]

    def wrong(self, file: SchemaFile, path: Path, variant: str, **parameters: str) -> None:
        flaw = file.wrong(path, variant, parameters)
        self.flaws.setdefault((file.name, flaw.problem.location.start, variant), flaw)

    def inline(self, file: SchemaFile, value: Any, path: Path, seen: tuple[str, ...]) -> Any:  # noqa: ANN401
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
        steps = _steps(pointer)
        found = _follow(target.value, steps) if target and steps is not None else None
        full = f"{target.name if target else name}#{pointer}"
        if target is None or steps is None or found is None or full in seen:
            self.wrong(file, (*path, "$ref"), "ref", ref=ref)
            return rest
        resolved = self.inline(target, found, steps, (*seen, full))
        clash = (rest.keys() & resolved.keys()) - _ANNOTATIONS if isinstance(resolved, dict) else rest.keys()
        if any(not key.startswith("x-") for key in clash):
            return {**rest, "allOf": [*rest.get("allOf", []), resolved]}
        return {**resolved, **rest} if isinstance(resolved, dict) else resolved

    def check_references(self, file: SchemaFile, kinds: Mapping[str, Kind]) -> None:
        """See that each reference names kinds and fields that exist."""
        for path, value in file.walk():
            if not path or path[-1] not in {"x-reference", "x-vocabulary"} or "to" not in value:
                continue
            names = [value["to"]] if isinstance(value["to"], str) else value["to"]
            field = _field_of(path)
            for index, name in enumerate(names):
                place: Path = (*path, "to") if isinstance(value["to"], str) else (*path, "to", index)
                if name != ANY and name not in kinds:
                    self.wrong(file, place, "unknown-kind", kind=name, field=field)
            for member, written in (("by", str(value.get("by", ""))), ("mirror", f"field:{value.get('mirror', '')}")):
                wanted = written.removeprefix("field:")
                if written == wanted or not wanted:
                    continue
                for kind in (kinds[name] for name in names if name in kinds):
                    if wanted not in kind.properties:
                        self.wrong(file, (*path, member), "unknown-field", kind=kind.name, field=wanted)

    def check_objects(self, file: SchemaFile) -> None:
        """See that what an object requires or cites is among its fields."""
        for path, value in file.walk():
            known = value.get("properties")
            if not isinstance(known, dict) or "properties" in path[-1:]:
                continue
            required = value.get("required", ())
            if value.get("additionalProperties") is False and not value.keys() & {"allOf", "$ref"}:
                for index, name in enumerate(required):
                    if name not in known:
                        self.wrong(file, (*path, "required", index), "no-such-field", field=name)
            for member, name in value.get("x-citation", {}).items():
                if name not in known:
                    self.wrong(file, (*path, "x-citation", member), "no-such-field", field=name)

    def check_kind(self, file: SchemaFile, kind: Kind, settings: Settings, kinds: Mapping[str, Kind]) -> None:
        identity = kind.identity
        if identity.where == "field" and identity.field not in kind.properties:
            where = ("x-id", "field") if "field" in file.value["x-id"] else ("x-id",)
            self.wrong(file, where, "no-such-field", field=identity.field)
        if kind.page.group and kind.page.group not in kind.properties:
            self.wrong(file, ("x-site", "group"), "no-such-field", field=kind.page.group)
        dates = file.value.get("x-style", {}).get("dates", {}).get("field")
        if dates and dates not in kind.properties:
            self.wrong(file, ("x-style", "dates", "field"), "no-such-field", field=dates)
        self.check_advice(file, "x-style", kinds)
        for path, variant, parameters in form_mistakes(kind):
            self.wrong(file, path, variant, **parameters)
        for index, needed in enumerate(kind.directives):
            directive = settings.directives.get(needed.name)
            if directive is None:
                self.wrong(file, ("x-directives", index, "name"), "unknown-directive", name=needed.name)
                continue
            listed = kinds.get(directive.lists)
            for field in needed.filters:
                if listed is not None and listed.reference_in(field) is None:
                    place = ("x-directives", index, "filters", field)
                    self.wrong(file, place, "unknown-field", kind=listed.name, field=field)

    def check_advice(self, file: SchemaFile, keyword: str, kinds: Mapping[str, Kind]) -> None:
        """See that what binds, in ``style`` or ``x-style``, is a kind."""
        binding = file.value.get(keyword, {}).get("advice", {}).get("binding", ())
        for index, name in enumerate(binding):
            if name not in kinds:
                self.wrong(file, (keyword, "advice", "binding", index), "unknown-kind", kind=name, field="binding")

    def check_directives(self, kinds: Mapping[str, Kind]) -> None:
        for index, directive in enumerate(self.framework.value.get("directives", ())):
            listed = directive.get("lists", "")
            if listed and listed not in kinds:
                place = ("directives", index, "lists")
                self.wrong(self.framework, place, "unknown-kind", kind=listed, field=directive["name"])

    def check_demands(self, kinds: Mapping[str, Kind]) -> None:
        check = DemandsCheck(kinds, {name: _inverses(kind, kinds) for name, kind in kinds.items()})
        for path, variant, parameters in check.of_framework(self.framework.value):
            self.wrong(self.framework, path, variant, **parameters)
        for file in self.kind_files():
            for path, variant, parameters in check.of_kind(file.kind, file.value):
                self.wrong(file, path, variant, **parameters)


def _inverses(kind: Kind, kinds: Mapping[str, Kind]) -> dict[str, tuple[str, ReferenceField]]:
    """Give what other kinds store about this one, by the name it would have here."""
    return {
        spec.inverse.name: (other.name, spec)
        for other in kinds.values()
        for spec in other.references
        if spec.inverse and (kind.name in spec.to or ANY in spec.to)
    }


def _field_of(path: Path) -> str:
    """Give the field that a keyword stands on: ``properties.rollen.items.x-vocabulary`` is of ``rollen``."""
    names = [step for before, step in pairwise(path) if before == "properties"]
    return str(names[-1]) if names else ""


def _steps(pointer: str) -> Path | None:
    """Read a JSON pointer (RFC 6901); nothing where it is none."""
    if pointer and not pointer.startswith("/"):
        return None
    return tuple(unquote(step).replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def _follow(value: Any, steps: Path) -> Any:  # noqa: ANN401 - any JSON
    for step in steps:
        if isinstance(value, list) and str(step).isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def plain_schema(kind: Kind) -> dict[str, Any]:
    """Give a kind's schema without our keywords, for any other tool.

    The pattern of the id, which ``x-id`` holds, is written out; so is the length of a title.
    """
    schema = _without_ours(kind.schema)
    identity = kind.identity
    if identity.where == "field" and identity.code and identity.field in schema.get("properties", {}):
        before, after = (_SYNTAX.sub(r"\\\g<0>", part) for part in identity.template.split("{code}"))
        pattern = f"^{before}({identity.code}){after}$"
        schema["properties"][identity.field] = {**schema["properties"][identity.field], "pattern": pattern}
    title = schema.get("properties", {}).get(kind.means.get("title"))
    if kind.style.title_characters and isinstance(title, dict):
        title.setdefault("maxLength", kind.style.title_characters)
    return {"$schema": DRAFT, **{key: value for key, value in schema.items() if key not in {"$schema", "$defs"}}}


def _without_ours(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_without_ours(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_ours(item) for key, item in value.items() if not key.startswith("x-")}
    return value
