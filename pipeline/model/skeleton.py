"""The first version of an entry, with each field explained by the schema's own words."""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from pipeline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model.kinds import Kind

COMMENT_WIDTH: Final = 88
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ',.()/éëïöü-]*")
_URN = re.compile(r"urn:[a-z0-9:.-]*[a-z0-9.-]")
"""A colon at the end would make a key of it."""


def slug_of(title: str) -> str:
    """``"Doe vooraf één DPIA"`` gives ``doe-vooraf-een-dpia``; at most eight words."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    return "-".join(words[:8]) or "naamloos"


def skeleton(kind: Kind, *, code: str, title: str, choices: Mapping[str, Sequence[str]], language: str = "nl") -> str:
    """Write an entry: required fields filled in or left open, the others as comments.

    What is left open is empty, so that the check names each field that still needs a value.
    ``choices`` are the words that a field takes from the entries of another kind.
    """
    lines = list(_fields(kind, code, title, choices, language))
    if kind.files.layout == "list":
        return "".join(f"{'- ' if index == 0 else '  '}{line}".rstrip() + "\n" for index, line in enumerate(lines))
    body: list[str] = []
    for section in kind.sections:
        limits = ""
        if section.most:
            words = "woorden" if language == "nl" else "words"
            limits = f"{section.least}–{section.most} {words}"
            if section.short[1]:
                limits += (
                    f", {'of in het kort' if language == 'nl' else 'or in short'} {section.short[0]}–{section.short[1]}"
                )
            limits = f"\n<!-- {limits} -->\n"
        heading = f"{'#' * section.level} {section.heading}\n" if section.heading else ""
        body.append(f"{heading}{limits}".lstrip("\n"))
    head = "".join(f"{line}".rstrip() + "\n" for line in lines)
    return f"---\n{head}---\n\n" + "\n".join(body)


def _fields(kind: Kind, code: str, title: str, choices: Mapping[str, Sequence[str]], language: str) -> Iterator[str]:
    required = set(kind.schema.get("required", ()))
    known: dict[str, str] = {}
    if kind.identity.where == "field":
        known[kind.identity.field] = kind.identity.id_of(code)
    for means in ("title", "term"):
        if means in kind.means:
            known[kind.means[means]] = title
    for name, schema in kind.properties.items():
        if name in known:
            yield f"{name}: {quoted(known[name])}"
            continue
        yield from _comment(schema, choices.get(name) or _allowed(schema), language)
        start = opening(name, schema)
        if name in required:
            yield from start
        else:
            yield from (f"# {line}" for line in start)


def _comment(schema: Mapping[str, Any], allowed: Sequence[str], language: str) -> Iterator[str]:
    words = schema.get("description", "")
    if allowed:
        choose = "Kies uit" if language == "nl" else "Choose from"
        words = f"{words} {choose}: {', '.join(allowed)}.".strip()
    yield from (f"# {line}" for line in textwrap.wrap(words, COMMENT_WIDTH))


def _allowed(schema: Mapping[str, Any]) -> list[str]:
    values = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    return [str(value) for value in values if value is not None]


def opening(name: str, schema: Mapping[str, Any]) -> list[str]:
    """Give the lines that a field begins with: with its first value where there is an obvious one."""
    default = schema.get("default")
    if default is None and schema.get("enum") and schema.get("x-means") == "status":
        default = schema["enum"][0]
    if default is not None:
        return [f"{name}: {quoted(str(default))}"]
    if schema.get("type") == "array":
        item = schema.get("items", {})
        if item.get("type") == "object":
            first, *others = item.get("required") or list(item.get("properties", {})) or [""]
            return [f"{name}:", f"  - {first}:", *(f"    {other}:" for other in others)]
        return [f"{name}:", "  -"]
    return [f"{name}:"]


def quoted(text: str) -> str:
    """Write a text as a YAML value that means just that text."""
    is_word = text.lower() not in {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    if (_PLAIN.fullmatch(text) and is_word and text == text.strip()) or _URN.fullmatch(text):
        return text
    # What JSON leaves as it is may be a line end to YAML. The escapes of both are the same.
    return visible(json.dumps(text, ensure_ascii=False))
