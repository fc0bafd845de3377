"""Mistakes in running text: what does not become, or does not mean, what its author wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutations.seed import HERE, Change, Seed, mutation

if TYPE_CHECKING:
    from tests.mutations.page import Page


@mutation("text/term-duplicate")
def a_term_explained_twice_in_a_list(page: Page) -> Seed | None:
    """A second ``*[term]: …`` for the same term."""
    kinds = [each for each in page.material.schemas.kinds.values() if each.files.layout == "abbreviations"]
    if not kinds:
        return None
    path = kinds[0].files.file
    text = page.material.files[path].decode()
    found = page.choose(list(re.finditer(r"^\*\[([^\]\n]+)\]: (.*)$", text, re.MULTILINE)))
    if found is None or text.count(f"*[{found[1]}]:") > 1:
        return None
    lead = "" if text.endswith("\n") else "\n"
    line = (text + lead).count("\n") + 1
    data = f"{text}{lead}*[{found[1]}]: Iets anders.\n".encode()
    return Seed(files={path: data}, place=(path, line, 3))


@mutation("text/term-duplicate")
def a_term_explained_twice(page: Page) -> Seed | None:
    """Another entry explains the same term."""
    field = page.means("term")
    others = [
        entry
        for entry in page.material.framework.index.of_kind(page.kind.name)
        if entry.path < page.path and re.fullmatch(r"[\w -]+", entry.part("term") or "")
    ]
    other = page.choose(others)
    if field is None or other is None or not page.is_document:
        return None
    change = Change(field.value.start, field.value.end, HERE + other.part("term"))
    return Seed(changes=(change,), uses=frozenset({other.path}))
