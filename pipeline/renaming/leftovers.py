"""Where the old name still stands after a renaming."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.documents.document import Document
    from pipeline.findings import Edit
    from pipeline.renaming.target import Renaming
    from pipeline.text import Location


def leftovers(
    renaming: Renaming,
    documents: Iterable[Document],
    edits: Mapping[str, tuple[Edit, ...]],
    *,
    outside: bool = False,
) -> Iterator[Location]:
    """Give the places where an old name stands that no edit changes.

    A code without a digit may be any word, and ``outside`` the framework any code may.
    """
    entry = renaming.entry
    is_telling = any(char.isdigit() for char in entry.code) and not outside
    names = [name for name in old_names(renaming) if name != entry.code or is_telling]
    if not names:
        return
    pattern = standing_alone(names)
    for document in documents:
        yield from left_in(document, pattern, edits.get(document.source.path, ()))


def old_names(renaming: Renaming) -> list[str]:
    """Give the names that something will no longer go by."""
    entry = renaming.entry
    names = [entry.id, entry.code] if renaming.recodes else []
    if renaming.moves and entry.stem not in names:
        names.append(entry.stem if entry.stem not in {entry.code, renaming.stem} else f"{entry.stem}.md")
    return names


def standing_alone(names: Iterable[str]) -> re.Pattern[str]:
    """Give a pattern for names that stand by themselves."""
    # The id of another framework, ak@1.0:urn:…, and a longer name are something else.
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w:@-])(?:{words})(?![\w-])")


def left_in(document: Document, pattern: re.Pattern[str], edits: tuple[Edit, ...]) -> Iterator[Location]:
    """Give the places in one document that no edit changes."""
    changed = [(edit.location.start, edit.location.end) for edit in edits]
    for match in pattern.finditer(document.source.text):
        if not any(start < match.end() and match.start() < end for start, end in changed):
            yield document.at(*match.span())
