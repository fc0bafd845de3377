"""The fields of an entry as people read them, led by the schema of its kind.

A value becomes a `Shown`: a word or link, a list, or pairs of a label and a value. Fields
that play a part of their own on the page (title, summary, status …) are left to the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipeline.exports.law import cite, law_url
from pipeline.exports.site.words import capitalised, dutch
from pipeline.model.below import below
from pipeline.model.kinds import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.exports.addresses import Addresses
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind, ReferenceField

# Shown elsewhere on the page, or only for machines.
_ELSEWHERE: Final = (
    *("title", "summary", "status", "uncertainty", "successor", "checked"),
    *("order", "decimal-articles"),
)
_BACKGROUND: Final = ("origin", "same-as")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A value to show: text with an address or none, a list of values, or labelled values.

    A law reference has a text and pairs. ``external``: the address leads off the site.
    """

    text: str = ""
    href: str = ""
    external: bool = False
    law: bool = False
    many: tuple[Shown, ...] = ()
    pairs: tuple[tuple[str, Shown], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field with its label and value."""

    name: str
    label: str
    value: Shown


class FieldReader:
    """Reads the fields of one entry; ``root`` leads to the top of the site."""

    def __init__(self, addresses: Addresses, entry: Entry, root: str) -> None:
        """Look up what each reference in the entry names."""
        self._addresses = addresses
        self._entry = entry
        self._root = root
        self._kind = entry.kind
        references = addresses.framework.outgoing(entry)
        self._targets = {each.path: each.target for each in references if each.path}
        self._citations = {each.path: each for each in entry.kind.citations}

    def main(self) -> tuple[Field, ...]:
        """Give the fields that describe the entry, in the order of the schema."""
        apart = {self._kind.means.get(means) for means in (*_ELSEWHERE, *_BACKGROUND)}
        apart |= {self._kind.identity.field, *self._addresses.keys(self._kind), *relation_fields(self._kind)}
        return tuple(self._fields(name for name in self._names() if name not in apart))

    def background(self) -> tuple[Field, ...]:
        """Give the fields about the entry itself: id, keys, origin."""
        named = [self._kind.identity.field, *self._addresses.keys(self._kind)]
        named += [self._kind.means.get(means, "") for means in reversed(_BACKGROUND)]
        return tuple(self._fields(dict.fromkeys(name for name in named if name in self._entry.fields)))

    def one(self, means: str) -> Field | None:
        """Give the field that plays a part."""
        name = self._kind.means.get(means)
        return next(self._fields([name]), None) if name else None

    def qualifiers(self, path: Sequence[str | int], without: str) -> tuple[tuple[str, Shown], ...]:
        """Give what an object in a list says besides the reference in it."""
        value: Any = self._entry.fields
        schema: Mapping[str, Any] = self._kind.schema
        for step in path:
            value, schema = value[step], below(schema, step)
        if not isinstance(value, dict):
            return ()
        return self._pairs({key: each for key, each in value.items() if key != without}, schema, tuple(path))

    def _names(self) -> Iterator[str]:
        """Give the names of the fields, those that the schema knows first."""
        yield from (name for name in self._kind.properties if name in self._entry.fields)
        yield from (name for name in self._entry.fields if name not in self._kind.properties)

    def _fields(self, names: Any) -> Iterator[Field]:  # noqa: ANN401 - any iterable of names
        for name in names:
            value = self._shown(self._entry.fields.get(name), below(self._kind.schema, name), (name,))
            if value is not None:
                yield Field(name=name, label=label_of(below(self._kind.schema, name), name), value=value)

    def _shown(self, value: Any, schema: Mapping[str, Any], path: tuple[str | int, ...]) -> Shown | None:  # noqa: ANN401
        """Turn a value into something to show; nothing where there is nothing."""
        if value is None or value in ("", [], {}):
            return None
        if isinstance(value, list):
            items = (self._shown(each, below(schema, index), (*path, index)) for index, each in enumerate(value))
            return Shown(many=tuple(item for item in items if item is not None))
        if isinstance(value, dict):
            return self._citation(value, schema, path) or Shown(pairs=self._pairs(value, schema, path))
        if path in self._targets:
            return self._target(self._targets[path], str(value))
        return self._plain(value, schema, path)

    def _plain(self, value: Any, schema: Mapping[str, Any], path: tuple[str | int, ...]) -> Shown:  # noqa: ANN401
        """Turn a single value into a word, or into a link where it is an address or identifies a law."""
        words = str(value)
        url = words if words.startswith(("http://", "https://")) and " " not in words else ""
        if not url and len(path) == 1:
            schemes = (scheme for scheme, name in self._kind.identifiers.items() if name == path[0])
            url = law_url(dict.fromkeys(schemes, words))
        if url:
            return Shown(text=words, href=url, external=True)
        return Shown(text=word_of(schema, value))

    def _pairs(
        self, value: Mapping[str, Any], schema: Mapping[str, Any], path: tuple[str | int, ...]
    ) -> tuple[tuple[str, Shown], ...]:
        pairs: list[tuple[str, Shown]] = []
        for key, each in value.items():
            shown = self._shown(each, below(schema, key), (*path, key))
            if shown is not None:
                pairs.append((label_of(below(schema, key), key), shown))
        return tuple(pairs)

    def _citation(
        self, value: Mapping[str, Any], schema: Mapping[str, Any], path: tuple[str | int, ...]
    ) -> Shown | None:
        """Turn an object that cites an article into the name of the article, with its address."""
        spec = self._citations.get(tuple(ANY if isinstance(step, int) else step for step in path))
        source = self._targets.get((*path, spec.source)) if spec else None
        if spec is None or source is None:
            return None
        rest = {key: each for key, each in value.items() if key not in {spec.source, spec.locator}}
        pairs = self._pairs(rest, schema, path)
        locator = str(value.get(spec.locator, "") or "")
        citation = cite(source, locator)
        if not locator or not citation.url:
            shown = self._target(source, citation.text)
            return Shown(text=citation.text, href=shown.href, law=True, pairs=pairs)
        return Shown(text=citation.text, href=citation.url, external=True, law=True, pairs=pairs)

    def _target(self, target: Entry | None, written: str) -> Shown:
        if target is None:
            return Shown(text=written)
        place = self._addresses.entry(target)
        return Shown(text=target.title, href=place.href(self._root) if place else "")


def relation_fields(kind: Kind) -> dict[str, ReferenceField]:
    """Give the fields that are lists of other entries; the page shows those by themselves."""
    cited = {each.path for each in kind.citations}
    found: dict[str, ReferenceField] = {}
    for spec in kind.references:
        listed = len(spec.path) in {2, 3} and spec.path[1] == ANY
        if listed and not spec.vocabulary and spec.path[:2] not in cited:
            found.setdefault(spec.path[0], spec)
    return found


def label_of(schema: Mapping[str, Any], name: str) -> str:
    """Give a field's name for people."""
    label = schema.get("x-label", {}).get("nl")
    return label if isinstance(label, str) else capitalised(name.replace("-", " "))


def word_of(schema: Mapping[str, Any], value: Any) -> str:  # noqa: ANN401 - any plain value
    """Give the words for a value: those of ``x-values``, else the value itself."""
    words = schema.get("x-values", {}).get(value) if isinstance(value, str) else None
    return str(words["nl"]) if isinstance(words, dict) and "nl" in words else dutch(value)
