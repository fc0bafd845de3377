"""Everything in one JSON file, and the JSON Schema that describes it.

``algoritmekader.json`` holds each entry with all its fields, its body as Markdown, HTML and
plain text, its citations of law with generated addresses, and its relations in both
directions. ``algoritmekader.schema.json`` is made from the kinds' own schemas; the file is
valid against it. `VERSION` is the version of this form; it changes when a consumer must.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pipeline.exports.addresses import Addresses, BodyLinks
from pipeline.exports.artifact import Artifact
from pipeline.exports.html import body_html
from pipeline.exports.law import cite
from pipeline.exports.plain import markdown_of, text_of
from pipeline.model.schemas import DRAFT, plain_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.exports.artifact import Context
    from pipeline.model.framework import Entry, Framework, Reference
    from pipeline.model.kinds import Kind

VERSION: Final = 1
FILE: Final = "algoritmekader.json"
SCHEMA: Final = "algoritmekader.schema.json"
MEDIA_TYPE: Final = "application/json"


def export(framework: Framework, context: Context) -> Iterator[Artifact]:
    """Make the data and its schema."""
    yield Artifact(name=FILE, media_type=MEDIA_TYPE, content=_bytes(data(framework, context)))
    yield Artifact(name=SCHEMA, media_type="application/schema+json", content=_bytes(schema(framework)))


def _bytes(value: dict[str, Any]) -> bytes:
    """Write an object: each member on a line of its own, and so each item of a list in it.

    A change of one entry is then a change of one line.
    """
    members = []
    for key, member in value.items():
        text = _dumped(member)
        if isinstance(member, list) and member:
            text = "[\n" + ",\n".join(map(_dumped, member)) + "\n]"
        members.append(f"{_dumped(key)}: {text}")
    return ("{\n" + ",\n".join(members) + "\n}\n").encode("utf-8", "backslashreplace")


def _dumped(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False)


def data(framework: Framework, context: Context) -> dict[str, Any]:
    """Give the whole framework as plain values."""
    settings = framework.settings
    addresses = Addresses(framework)
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "framework": {
            "name": {"nl": settings.name.nl, "en": settings.name.en},
            "description": {"nl": settings.description.nl, "en": settings.description.en},
            "disclaimer": {"nl": settings.disclaimer.nl, "en": settings.disclaimer.en},
            "license": settings.license,
            "version": context.version,
            "revision": context.revision,
            "date": context.date,
        },
        "kinds": {kind.name: _kind(kind) for kind in framework.kinds.values()},
        "entries": [_entry(framework, addresses, entry) for entry in _sorted(framework)],
    }


def _sorted(framework: Framework) -> list[Entry]:
    return [entry for kind in framework.kinds for entry in framework.index.of_kind(kind)]


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "label": {
            "nl": {"one": kind.one.nl, "many": kind.many.nl},
            "en": {"one": kind.one.en, "many": kind.many.en},
        },
        "fields": {name: {"nl": kind.label(name).nl, "en": kind.label(name).en} for name in kind.properties},
    }


def _entry(framework: Framework, addresses: Addresses, entry: Entry) -> dict[str, Any]:
    place = addresses.entry(entry)
    site = framework.settings.site.url
    links = BodyLinks(addresses, entry, site)
    return {
        "id": entry.id,
        "code": entry.code,
        "kind": entry.kind.name,
        "title": entry.title,
        "state": entry.state,
        "source": entry.path,
        "url": place.pretty(site) if place else "",
        "fields": entry.fields,
        "body": {
            "markdown": markdown_of(entry),
            "html": body_html(entry, links),
            "text": text_of(entry, framework),
        },
        "citations": list(_citations(framework, entry)),
        "relations": {
            "outgoing": [_outgoing(each) for each in framework.outgoing(entry) if each.target],
            "incoming": [_incoming(each) for each in framework.incoming(entry)],
        },
    }


def _citations(framework: Framework, entry: Entry) -> Iterator[dict[str, str]]:
    """Give each reference to a source of law, in fields and in running text."""
    for reference in framework.outgoing(entry):
        target = reference.target
        if target is None or not target.kind.identifiers:
            continue
        citation = cite(target, reference.locator)
        yield {
            "field": _name(reference),
            "source": target.id,
            "locator": reference.locator,
            "text": citation.text,
            "url": citation.url,
        }


def _name(reference: Reference) -> str:
    """Give the field of a reference; empty for a mention in running text."""
    return reference.spec.name


def _outgoing(reference: Reference) -> dict[str, str]:
    assert reference.target is not None  # noqa: S101 - the caller chose it so
    return {"field": _name(reference), "id": reference.target.id, "kind": reference.target.kind.name}


def _incoming(reference: Reference) -> dict[str, str]:
    inverse = reference.spec.inverse
    return {
        "field": _name(reference),
        "relation": inverse.name if inverse else "",
        "id": reference.origin.id,
        "kind": reference.origin.kind.name,
    }


def schema(framework: Framework) -> dict[str, Any]:
    """Make the schema of the data from the kinds' own."""
    kinds = framework.kinds
    text = {"type": "string"}
    both = _closed({"nl": text, "en": text})
    named = _closed({"one": text, "many": text})
    relation = {"field": text, "id": text, "kind": {"enum": list(kinds)}}
    entry = _closed(
        {
            "id": text,
            "code": text,
            "kind": {"enum": list(kinds)},
            "title": text,
            "state": {"enum": ["", "draft", "final", "replaced", "withdrawn"]},
            "source": {**text, "description": "The file in the repository."},
            "url": {**text, "description": "The page on the site; empty where there is none."},
            "fields": {"type": "object"},
            "body": _closed({"markdown": text, "html": text, "text": text}),
            "citations": _list(_closed(dict.fromkeys(("field", "source", "locator", "text", "url"), text))),
            "relations": _closed(
                {"outgoing": _list(_closed(relation)), "incoming": _list(_closed({**relation, "relation": text}))}
            ),
        }
    )
    entry["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": name}}},
            "then": {"properties": {"fields": {"$ref": f"#/$defs/{name}"}}},
        }
        for name in kinds
    ]
    return {
        "$schema": DRAFT,
        "title": f"{framework.settings.name.en}, form {VERSION}",
        **_closed(
            {
                "$schema": text,
                "version": {"const": VERSION},
                "framework": _closed(
                    {
                        "name": both,
                        "description": both,
                        "disclaimer": both,
                        **dict.fromkeys(("license", "version", "revision", "date"), text),
                    }
                ),
                "kinds": {
                    "type": "object",
                    "additionalProperties": _closed(
                        {
                            "label": _closed({"nl": named, "en": named}),
                            "fields": {"type": "object", "additionalProperties": both},
                        }
                    ),
                },
                "entries": _list(entry),
            }
        ),
        "$defs": {name: _fields(kind) for name, kind in kinds.items()},
    }


def _fields(kind: Kind) -> dict[str, Any]:
    return {key: value for key, value in plain_schema(kind).items() if key not in {"$schema", "$id"}}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
