"""The words of a page that name something: from a fixed list, or another entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.mutations.page import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutations.page import Field, Page

_BELOW = re.compile(r"(?<![\w-])(ref|bron): *([\w-]+)(?=[,}\n])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a field, and all words that the field takes. ``flow``: between brackets."""

    field: Field
    span: Span
    known: tuple[str, ...]
    schema: Any
    to: tuple[str, ...] = ()
    by: str = ""
    uses: frozenset[str] = frozenset()


def _plain(page: Page, field: Field) -> Iterator[tuple[Span, Any]]:
    """Give the single value or the items of a field, with what the schema says of them."""
    schema = page.schema(field)
    if schema.get("type") == "array":
        for item in page.items(field):
            if not item.whole.text.startswith("{"):
                yield item.word, schema.get("items", {})
    elif field.is_plain:
        yield field.value, schema


def list_of(page: Page, kind: str, by: str = "") -> frozenset[str]:
    """Give the files of a kind, where a flaw in one keeps names from being judged.

    That is so of a list of entries, and where a name stands in a field that may get lost.
    """
    files = page.material.schemas.kinds[kind].files
    if by.startswith("field:") and files.layout == "document":
        return frozenset(entry.path for entry in page.material.framework.index.of_kind(kind))
    return frozenset({files.file} if files.layout == "list" else ())


def choices(page: Page) -> tuple[Word, ...]:
    """Give the words from a fixed list: of the schema, or the entries of another kind."""
    found: list[Word] = []
    for field in page.fields:
        for span, schema in _plain(page, field):
            known: tuple[str, ...] = ()
            uses: frozenset[str] = frozenset()
            vocabulary = schema.get("x-vocabulary")
            if vocabulary:
                known = tuple(page.material.named(vocabulary["to"], vocabulary["by"]))
                uses = list_of(page, vocabulary["to"], vocabulary["by"])
            elif all(isinstance(value, str) for value in schema.get("enum", ())):
                known = tuple(schema.get("enum", ()))
            if span.text in known:
                found.append(Word(field, span, known, schema, uses=uses))
    return tuple(found)


def references(page: Page) -> tuple[Word, ...]:
    """Give the words that name another entry, of one kind."""
    found: list[Word] = []
    specs = {each.path: each for each in page.kind.references if not each.vocabulary and len(each.to) == 1}
    for field in page.fields:
        spans: list[tuple[Span, tuple[str, ...]]] = [(span, (field.name.text,)) for span, _ in _plain(page, field)]
        spans.extend(
            (Span(*match.span(2), match[2]), (field.name.text, match[1]))
            for match in _BELOW.finditer(page.text, field.value.start, field.end)
        )
        for span, steps in spans:
            spec = next(
                (each for path, each in specs.items() if tuple(step for step in path if step != "*") == steps), None
            )
            if spec is not None and spec.to[0] != "*":
                known = tuple(page.material.named(spec.to[0], spec.by))
                if span.text in known:
                    found.append(Word(field, span, known, {}, spec.to, spec.by, list_of(page, spec.to[0], spec.by)))
    return tuple(found)
