"""Edits of front matter that touch one value and leave the rest of the file as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pipeline.findings import Edit, Fix
from pipeline.text import LINE_END, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.documents.document import Document, Node

# What needs no quotation marks in YAML, wherever it stands and whoever reads it.
_PLAIN = lazy_pattern(
    r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[^\W\d_](?:[\w ./-]*\w)?|https?://[\w./:?&=%+~#@-]*[\w/]",
    re.IGNORECASE,
)
_WORDS_WITH_COMMAS = lazy_pattern(r"[\w-]+(?: *, *[\w-]+)+")
_ID = lazy_pattern(r"(?=[0-9-]*[^\W\d_])(?![0-9]+[eE][0-9]|0[xob])\w[\w./-]*(?::[\w./-]+)*(?<=\w)")


_COMMA = lazy_pattern(r"\s*,\s*")
_ITEM = lazy_pattern(r" *- +")


def rewritten(document: Document, node: Node, words: str, *, safe: bool = False) -> Fix:
    """Offer to write something else in the place of a value, between the same marks."""
    edit = Edit(location=document.place(node), replacement=spelled(document, node, words))
    return Fix(title=f"{node.raw} → {words}", edits=(edit,), safe=safe)


def spelled(document: Document, node: Node, words: str) -> str:
    """Write words as YAML, between the marks that the value of ``node`` stands between."""
    mark = document.source.text[node.start : node.start + 1]
    if mark == "'":
        return "'" + words.replace("'", "''") + "'"
    if mark != '"' and (_PLAIN.fullmatch(words) or (_ID.fullmatch(words) and _ID.fullmatch(node.raw))):
        return words
    return json.dumps(words, ensure_ascii=False)


def renamed(document: Document, node: Node, name: str) -> Fix:
    """Offer another name for the field that a value belongs to."""
    place = document.place_of_key(node)
    return Fix(title=f"{place.text} → {name}", edits=(Edit(location=place, replacement=name),))


def as_list(document: Document, node: Node) -> Fix | None:
    """Make a list of one value: ``rollen: jurist`` becomes ``rollen: [jurist]``.

    Single words with commas between them may be one text all the same: that is only offered.
    """
    written = document.place(node).text
    several = _WORDS_WITH_COMMAS.fullmatch(written) is not None
    one_word = re.fullmatch(r"[\w./:-]*\w", written) or (node.raw != written and not re.search("[,;]", node.raw))
    if node.children or "\n" in written or "\r" in written or not (one_word or several) or written[:1] in "|>-":
        return None
    edit = Edit(location=document.place(node), replacement=f"[{written}]")
    return Fix(title=f"{written} → [{written}]", edits=(edit,), safe=not several)


def as_single(document: Document, node: Node) -> Fix | None:
    """Make one value of a list of one: ``title: [Luister]`` becomes ``title: Luister``."""
    if not isinstance(node.children, list) or len(node.children) != 1 or node.key_end < 0:
        return None
    item = node.children[0]
    around = document.source.text[node.key_end : item.start] + document.source.text[item.end : node.end]
    written = document.place(item).text
    one_line = not re.search(r"[\r\n]", written) and written[:1] not in {"|", ">"}
    if item.children or not one_line or not re.fullmatch(r":[\s\[-]*[\s\],]*", around):
        return None
    edit = Edit(location=document.at(node.key_end, node.end), replacement=f": {written}")
    return Fix(title=f"[{written}] → {written}", edits=(edit,), safe=True)


def without(document: Document, node: Node, start: int, *, safe: bool) -> Fix | None:
    """Take away the lines from ``start`` to a value's end, where nothing else stands on them.

    ``start`` is the place of a field's name, or of a list item itself; of an item between
    brackets, the comma before it goes too.
    """
    text = document.source.text
    comma = re.compile(r",[ \t]*\Z").search(text, max(0, start - 80), start)
    if comma and node.key_start < 0:
        edit = Edit(location=document.at(comma.start(), node.end), replacement="")
        return Fix(title=f"– {' '.join(text[start : node.end].split())}", edits=(edit,), safe=safe)
    first = document.source.position(start)
    begin = start - first.column + 1
    before = text[begin:start]
    rest = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)").match(text, node.end)
    if before.strip(" ") not in {"", "-"} or (start == node.key_start and "-" in before) or not rest:
        return None
    words = " ".join(text[start : node.end].split())
    edit = Edit(location=document.at(begin, rest.end()), replacement="")
    return Fix(title=f"– {words}", edits=(edit,), safe=safe)


def without_item(document: Document, around: Node, index: int) -> Fix | None:
    """Take an item out of a list of several: with its comma, or with the lines that it stands on."""
    items, text = around.items, document.source.text
    node = items[index]
    before = text[items[index - 1].end : node.start] if index else ""
    after = text[node.end : items[index + 1].start] if index + 1 < len(items) else ""
    if _COMMA.fullmatch(before):
        place = document.at(items[index - 1].end, node.end)
    elif _COMMA.fullmatch(after):
        place = document.at(node.start, items[index + 1].start)
    else:
        return without(document, node, node.start, safe=True)
    words = " ".join(document.place(node).text.split())
    return Fix(title=f"– {words}", edits=(Edit(location=place, replacement=""),), safe=True)


def instead(document: Document, around: Node, index: int, names: Sequence[str]) -> Fix | None:
    """Write other items in the place of one in a list; none where it stands in an odd place."""
    node, text = around.items[index], document.source.text
    written = [spelled(document, node, name) for name in names]
    line = text[node.start - document.source.position(node.start).column + 1 : node.start]
    if text[around.start : around.start + 1] == "[":
        joint = ", "
    elif len(names) == 1 or _ITEM.fullmatch(line):
        joint = f"{_line_end(document, node.end)}{line}"
    else:
        return None
    edit = Edit(location=document.place(node), replacement=joint.join(written))
    return Fix(title=f"{node.raw} → {', '.join(names)}", edits=(edit,), safe=True)


def with_lines(document: Document, node: Node, lines: Sequence[str]) -> Fix | None:
    """Offer lines for a field that is missing below those of ``node``; for fields on lines of their own only."""
    text = document.source.text
    first = next(iter(node.children.values()), None) if isinstance(node.children, dict) else None
    if first is None or text[node.start : node.start + 1] == "{":
        return None
    indent = " " * (document.source.position(first.key_start).column - 1)
    found = LINE_END.search(text, node.end)
    place = document.source.at(found.end() if found else len(text))
    end = _line_end(document, node.end)
    words = end.join(f"{indent}{line}" for line in lines)
    edit = Edit(location=place, replacement=f"{words}{end}" if found else f"{end}{words}")
    return Fix(title=f"+ {' '.join(' '.join(lines).split())}", edits=(edit,))


def _line_end(document: Document, offset: int) -> str:
    """Give the line end that is in use at a place."""
    found = LINE_END.search(document.source.text, offset) or LINE_END.search(document.source.text)
    return found[0] if found else "\n"
