"""What edits weigh, made one a page in our own content and in the real corpus."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.cli.lookups import lookups
from pipeline.compare.changes import Weight
from pipeline.compare.differences import changes_between
from pipeline.model.load import load
from tests.mutations.material import NAMES, OTHER, TODAY, material
from tests.support import MemoryTree, needs_corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from tests.mutations.material import Material

PAGES: Final = 25
"""Pages that each edit is made in."""

# A long word between others, within a line.
WORD: Final = r"(?<=[a-z,] )[a-z]{7,}(?= [a-z])"
MODALS: Final = {"moet": "mag", "moeten": "mogen", "mag": "moet", "mogen": "moeten", "kan": "moet", "kunnen": "moeten"}


EDITORIAL: Final[dict[str, tuple[str, Callable[[re.Match[str]], str]]]] = {
    "a comma": (r"(?<=[a-z]) (?=[a-z]+ [a-z]+)", lambda _: ", "),
    "bold": (WORD, lambda match: f"**{match[0]}**"),
    "quotation marks": (WORD, lambda match: f"‘{match[0]}’"),
    "another end": (r"(?<=[a-z]{4})\.(?=\n)", lambda _: "!"),
    "a capital": (WORD, lambda match: match[0].capitalize()),
}
MEANING: Final[dict[str, tuple[str, Callable[[re.Match[str]], str]]]] = {
    "what must be may": (r"\b(?:moet|moeten|mag|mogen|kan|kunnen)\b", lambda match: MODALS[match[0]]),
    "niet": (WORD, lambda match: f"niet {match[0]}"),
    "geen": (r"\been\b(?= [a-z])", lambda _: "geen"),
    "a word less": (r"(?<=[a-z]) [a-z]{5,}(?= [a-z])", lambda _: ""),
    "another word": (WORD, lambda _: "ophanden"),
    "another number": (r"(?<=[a-z] )[0-9]+(?=[ .][a-z ])", lambda match: str(int(match[0]) + 1)),
    "a sentence more": (r"(?<=[a-z]\.)\n\n(?=[A-Z])", lambda _: " Meld dit.\n\n"),
    "another address": (r"(?<=\]\()https?://[^)\s]+(?=\))", lambda _: "https://elders.example/x"),
}
TABLES: Final = ((EDITORIAL, Weight.EDITORIAL), (MEANING, Weight.MEANING))
# Our own texts hold no web addresses.
EDITS: Final = [
    pytest.param(name, what, *edit, weight, id=f"{name}: {what}", marks=needs_corpus if name == OTHER else ())
    for name in NAMES
    for table, weight in TABLES
    for what, edit in table.items()
    if name == OTHER or what != "another address"
]


# Remarks, pictures, and headings, whose links would break.
HIDDEN: Final = re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|^#[^\n]*$", re.DOTALL | re.MULTILINE)


def edited(text: str, pattern: str, change: Callable[[re.Match[str]], str], chance: random.Random) -> str:
    """Change one place in the body, where readers see it; give the text as it is where there is none."""
    hidden = [match.span() for match in HIDDEN.finditer(text)]
    places = [
        match
        for match in re.compile(pattern).finditer(text, text.find("\n---\n") + 1)
        if not any(begin <= match.start() < end for begin, end in hidden)
    ]
    if not places:
        return text
    match = chance.choice(places)
    return text[: match.start()] + change(match) + text[match.end() :]


def pages(made: Material, chance: random.Random) -> list[str]:
    """Give all pages with fields and a text, in an order of ``chance``."""
    documents = made.framework.documents
    found = sorted(each.source.path for each in documents if each.front is not None and each.body is not None)
    chance.shuffle(found)
    return found


@pytest.mark.parametrize(("name", "what", "pattern", "change", "weight"), EDITS)
def test_an_edit(name: str, what: str, pattern: str, change: Callable[[re.Match[str]], str], weight: Weight) -> None:
    made, chance = material(name), random.Random(what)  # noqa: S311 - the same places each time
    changed: dict[str, str] = {}
    for path in pages(made, chance):
        old = made.files[path].decode()
        new = edited(old, pattern, change, chance)
        if new != old and len(changed) < PAGES:
            changed[path] = new
    assert len(changed) == PAGES

    def known(path: str, _kind: Kind) -> Document | None:
        return None if path in changed else made.framework.documents_by_path.get(path)

    files = {**made.files, **{path: text.encode() for path, text in changed.items()}}
    after = load(MemoryTree(files), made.schemas, known=known, today=TODAY)
    changes = changes_between(made.framework, after, lookups())
    assert {each.path: each.weight for each in changes.entries} == dict.fromkeys(changed, weight)
