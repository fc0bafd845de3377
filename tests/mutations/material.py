"""What mistakes are made in: our own content, and the repository that this framework came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from pipeline.model.load import load
from pipeline.rules.run import check_framework
from tests.mutations.page import Page
from tests.support import CORPUS, ROOT, MemoryTree, _files, schemas_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from pipeline.findings import Finding
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Schemas

OWN = "own"
OTHER = "corpus"
NAMES = (OWN, OTHER)
TODAY = "2026-11-24"
"""The day against which deadlines are held."""


@dataclass(frozen=True, eq=False)
class Material:
    """Files with their schemas, and what the check says of them as they are."""

    name: str
    files: Mapping[str, bytes]
    schemas: Schemas

    @cached_property
    def framework(self) -> Framework:
        """The framework, without mistakes of ours."""
        return load(MemoryTree(self.files), self.schemas, today=TODAY)

    @cached_property
    def base(self) -> tuple[Finding, ...]:
        """What is found before a mistake is made."""
        return check_framework(self.framework)

    @cached_property
    def _sound(self) -> frozenset[str]:
        flawed = {finding.path for finding in self.base}
        return frozenset(each.source.path for each in self.framework.documents) - flawed

    def pages(self, random: Random, seed: int = 0) -> tuple[Page, ...]:
        """Give the files without findings of their own, in an order of ``random``."""
        pages = [
            Page(each.source.path, each.source.text, kind, self, random=random, seed=seed)
            for each in self.framework.documents
            if each.source.path in self._sound and (kind := self.schemas.claim(each.source.path)) is not None
        ]
        random.shuffle(pages)
        return tuple(pages)

    @cached_property
    def released(self) -> Mapping[str, int]:
        """Give the line in the ledger of each id that was released."""
        data = self.files.get(self.schemas.settings.ledger, b"")
        return {line.partition(",")[0]: at for at, line in enumerate(data.decode().splitlines(), start=1)}

    def named(self, kind: str, by: str = "code") -> Mapping[str, Entry]:
        """Give the entries of a kind by what references call them."""
        return self.framework.index.table(kind, by)

    @cached_property
    def texts(self) -> bytes:
        """All files in which a file may be named."""
        return b"".join(data for path, data in self.files.items() if path.endswith((".md", ".yml", ".yaml", ".html")))

    def page(self, path: str, near: Page) -> Page | None:
        """Give one file, to look at beside another."""
        document, kind = self.framework.documents_by_path.get(path), self.schemas.claim(path)
        text = document.source.text if document else ""
        return Page(path, text, kind, self, random=near.random, seed=near.seed) if document and kind else None

    def incoming(self, path: str) -> int:
        """Count the references to the entries of a file."""
        return sum(len(self.framework.incoming(entry)) for entry in self.framework.entries_by_path.get(path, ()))


@cache
def material(name: str) -> Material:
    """Read our own content, or the other repository."""
    if name == OTHER:
        schemas = schemas_of(_files(ROOT / "schemas" / "profiles" / "minbzk"))
        return Material(name, _files(CORPUS, skip=".git/"), schemas)
    files = {f"content/{path}": data for path, data in _files(ROOT / "content").items()}
    schemas = schemas_of(_files(ROOT / "schemas", skip="profiles/"))
    # As if every other entry had been released: one that vanishes must be missed.
    ids = sorted(entry.id for entry in load(MemoryTree(files), schemas).entries)[::2]
    lines = ["urn,since,state,successor", *(f"{each},2026-01-01,actief," for each in ids)]
    return Material(name, {**files, schemas.settings.ledger: "\n".join((*lines, "")).encode()}, schemas)
