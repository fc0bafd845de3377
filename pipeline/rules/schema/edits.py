"""Edits of front matter that touch one value and leave the rest of the file as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pipeline.findings import Edit, Fix

if TYPE_CHECKING:
    from pipeline.documents.document import Document, Node

# What needs no quotation marks in YAML, wherever it stands and whoever reads it.
_PLAIN = re.compile(
    r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[^\W\d_](?:[\w ./-]*\w)?|https?://[\w./:?&=%+~#@-]*[\w/]",
    re.IGNORECASE,
)
_WORDS_WITH_COMMAS = re.compile(r"[\w-]+(?: *, *[\w-]+)+")


def rewritten(document: Document, node: Node, words: str) -> Fix:
    """Offer to write something else in the place of a value, between the same marks."""
    mark = document.source.text[node.start : node.start + 1]
    if mark == "'":
        new = "'" + words.replace("'", "''") + "'"
    elif mark == '"' or not _PLAIN.fullmatch(words):
        new = json.dumps(words, ensure_ascii=False)
    else:
        new = words
    return Fix(title=f"{node.raw} → {words}", edits=(Edit(location=document.place(node), replacement=new),))


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
    one_word = re.fullmatch(r"[\w./:-]*\w", written) or node.raw != written
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
