"""From the keywords of a schema to plain values; docs/schemas.md says what they mean."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from pipeline.errors import Text
from pipeline.model.demands import needs_of, read_demands
from pipeline.model.form import read_agreement, read_form
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
    Section,
    Settings,
    Site,
    Unasked,
)
from pipeline.model.style import Style, read_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.text import Source

# What says of a field that its value is a web address.
_ADDRESSES = (("format", "uri"), ("x-means", "url"), ("x-identifier", "url"), ("x-identifier", "eli"))


def _text(value: Mapping[str, str] | None, fallback: str = "") -> Text:
    value = value or {}
    return Text(nl=value.get("nl", fallback), en=value.get("en", value.get("nl", fallback)))


def read_settings(source: Source, value: Mapping[str, Any]) -> Settings:
    """Make settings of the value of ``framework.json``."""
    return Settings(
        path=source.path,
        name=_text(value.get("name")),
        description=_text(value.get("description")),
        folders=tuple(folder.strip("/") for folder in value.get("folders", ())),
        ignored=tuple(value.get("ignored", ())),
        markdown=read_markdown(value.get("markdown", {}), Markdown()),
        site=Site(**value.get("site", {})),
        navigation=tuple(Navigation(**each) for each in value.get("navigation", ())),
        directives=read_directives(value),
        unasked=tuple(Unasked(**each) for each in value.get("links", {}).get("skip", ())),
        overrides=read_overrides(value.get("severities", ()), source),
        ledger=value.get("ledger", ""),
        disclaimer=_text(value.get("disclaimer")),
        feedback=value.get("feedback", ""),
        license=value.get("license", ""),
        style=read_style(value.get("style", {}), Style()),
        demands=read_demands(value),
        agreement=read_agreement(value.get("forms")),
    )


def read_directives(value: Mapping[str, Any]) -> dict[str, Directive]:
    """Read the list of directives by name."""
    found = (
        Directive(name=each["name"], lists=each.get("lists", ""), flags=tuple(each.get("flags", ())))
        for each in value.get("directives", ())
    )
    return {directive.name: directive for directive in found}


def read_overrides(values: Sequence[Mapping[str, str]], source: Source) -> dict[str, Override]:
    """Read changed severities by rule."""
    return {
        each["rule"]: Override(rule=each["rule"], severity=each["severity"], reason=each["reason"], source=source)
        for each in values
    }


def read_markdown(value: Mapping[str, Any], base: Markdown) -> Markdown:
    """Read how bodies are written, on top of ``base``."""
    return Markdown(
        dialect=value.get("dialect", base.dialect),
        slugs=value.get("slugs", base.slugs),
        html=value.get("html", base.html),
    )


def read_kind(source: Source, schema: Mapping[str, Any], settings: Settings) -> Kind:
    """Make a kind of its schema, in which each ``$ref`` has been replaced."""
    files = schema["x-files"]
    labels = schema.get("x-labels", {})
    name = schema["x-kind"]
    collected = _Collected()
    collected.visit(schema, ())
    plain = {key: value for key, value in schema.items() if not key.startswith("x-")}
    return Kind(
        name=name,
        path=source.path,
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
        lists=frozenset(settings.directives),
        needs=needs_of(schema, settings.demands),
        markdown=read_markdown(schema.get("x-markdown", {}), settings.markdown),
        directives=tuple(
            NeededDirective(name=each["name"], filters=each.get("filters", {}))
            for each in schema.get("x-directives", ())
        ),
        overrides=ChainMap(read_overrides(schema.get("x-severities", ()), source), dict(settings.overrides)),
        page=Page(**schema.get("x-site", {})),
        means=collected.means,
        states=collected.states,
        identifiers=collected.identifiers,
        addresses=tuple(collected.addresses),
        style=read_style(schema.get("x-style", {}), settings.style),
        prose=tuple(collected.prose),
        form=read_form(schema.get("x-form")),
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
    fewest, longest = value.get("short", (0, 0))
    return Section(
        heading=value["heading"],
        level=value.get("level", 2),
        least=least,
        most=most,
        short=(fewest, longest),
        required=value.get("required", True),
        aliases=tuple(value.get("aliases", ())),
    )


def _below(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give the schemas of what a value holds, and those that judge the value as well."""
    for name, below in schema.get("properties", {}).items():
        yield (name,), below
    yield (ANY,), schema.get("items")
    for keyword in ("anyOf", "oneOf", "allOf"):
        for below in schema.get(keyword, ()):
            yield (), below


class _Collected:
    """The keywords found on fields, with the path of the field."""

    def __init__(self) -> None:
        self.references: list[ReferenceField] = []
        self.citations: list[CitationField] = []
        self.means: dict[str, str] = {}
        self.states: dict[str, str] = {}
        self.identifiers: dict[str, str] = {}
        self.addresses: dict[tuple[str, ...], None] = {}
        self.prose: dict[tuple[str, ...], None] = {}

    def visit(self, schema: Any, path: tuple[str, ...]) -> None:  # noqa: ANN401 - any JSON Schema
        if not isinstance(schema, dict):
            return
        for keyword in ("x-reference", "x-vocabulary"):
            if keyword in schema:
                self.reference(schema[keyword], path, vocabulary=keyword == "x-vocabulary")
        if "x-citation" in schema:
            self.citations.append(CitationField(path=path, **schema["x-citation"]))
        if path:
            self.field(schema, path)
        self.states.update(schema.get("x-states", {}))
        for step, below in _below(schema):
            self.visit(below, (*path, *step))

    def field(self, schema: Mapping[str, Any], path: tuple[str, ...]) -> None:
        if "x-means" in schema:
            self.means.setdefault(schema["x-means"], path[0])
        if "x-identifier" in schema:
            self.identifiers.setdefault(schema["x-identifier"], path[0])
        if any(schema.get(keyword) == value for keyword, value in _ADDRESSES):
            self.addresses[path] = None
        if schema.get("x-prose"):
            self.prose[path] = None

    def reference(self, value: Mapping[str, Any], path: tuple[str, ...], *, vocabulary: bool) -> None:
        inverse = value.get("inverse")
        to = value["to"]
        field = ReferenceField(
            path=path,
            to=(to,) if isinstance(to, str) else tuple(to),
            by=value.get("by", "id"),
            inverse=Inverse(name=inverse["name"], label=_text(inverse, inverse["name"])) if inverse else None,
            mirror=value.get("mirror", ""),
            vocabulary=vocabulary,
        )
        if field not in self.references:
            self.references.append(field)
