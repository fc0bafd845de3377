"""What several tests share: trees in memory, the small framework, the real corpus."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.model.load import load
from pipeline.model.schemas import load_schemas
from pipeline.rules.run import check_framework
from pipeline.text import OutsideRootError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.findings import Finding
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
SHARED = Path(os.environ.get("KADER_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpora" / "minbzk-algoritmekader"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real corpus is not here")


class MemoryTree:
    """Files in memory; text or bytes by path. An exception as content is raised on reading."""

    def __init__(self, files: Mapping[str, str | bytes | OSError]) -> None:
        self.files = dict(files)

    def list(self) -> Iterable[str]:
        return list(self.files)

    def read(self, path: str) -> bytes:
        content = self.files.get(path)
        if content is None:
            raise FileNotFoundError(path)
        if isinstance(content, OSError):
            raise content
        return content.encode() if isinstance(content, str) else content


@cache
def small_files() -> Mapping[str, bytes]:
    """Give the files of the small framework, without its schemas."""
    return _files(FIXTURES / "klein", skip="schemas/")


@cache
def small_schemas() -> Schemas:
    """Give the schemas of the small framework."""
    return schemas_of(_files(FIXTURES / "klein" / "schemas"))


def schemas_of(files: Mapping[str, str | bytes]) -> Schemas:
    """Load schemas that are known to be right."""
    schemas, flaws = load_schemas(MemoryTree(files))
    assert not flaws, flaws
    assert schemas is not None
    return schemas


def small_framework(
    changes: Mapping[str, str | bytes | OSError | None] | None = None, *, keep_tokens: bool = False
) -> Framework:
    """Load the small framework with files added, replaced or (``None``) taken away."""
    files: dict[str, str | bytes | OSError] = {**small_files()}
    for path, content in (changes or {}).items():
        if content is None:
            files.pop(path, None)
        else:
            files[path] = content
    return load(MemoryTree(files), small_schemas(), keep_tokens=keep_tokens)


def findings(changes: Mapping[str, str | bytes | OSError | None] | None = None) -> tuple[Finding, ...]:
    """Give the findings on the small framework with changes."""
    return check_framework(small_framework(changes))


def _files(folder: Path, skip: str = "") -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {path: data for path, data in found.items() if not skip or not path.startswith(skip)}


__all__ = [
    "CORPUS",
    "FIXTURES",
    "ROOT",
    "MemoryTree",
    "OutsideRootError",
    "findings",
    "needs_corpus",
    "small_framework",
]
