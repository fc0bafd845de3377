"""Bodies as plain text, and values as plain cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.exports.law import cite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from pipeline.model.framework import Entry, Framework

_BLOCK_ENDS = {"paragraph_close", "heading_close", "fence", "code_block", "list_item_close", "tr_close", "hr"}
_ITEM = "- "


def markdown_of(entry: Entry) -> str:
    """Give the body as its author wrote it, without the front matter."""
    body = entry.document.body
    if body is None or entry.kind.files.layout != "document":
        return ""
    return entry.document.source.text[body.start :].replace("\r\n", "\n").strip()


def text_of(entry: Entry, framework: Framework) -> str:
    """Give the body's words without marks: a blank line between blocks, ``- `` before items."""
    body = entry.document.body
    if body is None or entry.kind.files.layout != "document":
        return ""
    lines: list[str] = []
    current = ""
    for token in body.tokens:
        if token.type == "list_item_open":
            current = _ITEM
        elif token.type == "inline":
            current += " ".join(_inline(token.children or [], framework).split())
        elif token.type in {"td_close", "th_close"}:
            current += " | "
        elif token.type in {"fence", "code_block"}:
            current += token.content.rstrip()
        if token.type in _BLOCK_ENDS and current.strip(" |-"):
            lines.append(current.rstrip(" |"))
            current = ""
    joined = ""
    for line in lines:
        tight = line.startswith(_ITEM) and joined.rpartition("\n")[2].startswith(_ITEM)
        joined += ("\n" if tight else "\n\n") + line if joined else line
    return joined


def _inline(tokens: Sequence[Token], framework: Framework) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "image":
            parts.append(_inline(token.children or [], framework))
        elif token.type == "mention":
            parts.append(_mention(token.meta, token.content, framework))
    return "".join(parts)


def _mention(meta: dict[str, str], written: str, framework: Framework) -> str:
    target = framework.index.table(meta["kind"], "code").get(meta["code"])
    if target is None:
        return written
    return cite(target, meta["locator"]).text if meta["locator"] and target.kind.identifiers else target.title


def cell(value: Any) -> str | int | float:  # noqa: ANN401 - whatever a field holds
    """Give a value as one cell of a table.

    Items of a list are joined with ``|``; what is nested deeper is JSON. A text that a
    spreadsheet could run as a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        value = "|".join(str(cell(item)) for item in value)
    elif isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
