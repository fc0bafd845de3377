"""The framework as it would be with some files changed, added or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.load import load
from pipeline.rules.run import check_framework, inspected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.documents.document import Document
    from pipeline.findings import Finding
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind
    from pipeline.text import Tree

    Changes = Mapping[str, str | None]


class Checked(NamedTuple):
    """A framework and what was found in it."""

    framework: Framework
    findings: tuple[Finding, ...]


class Overlay:
    """A tree with texts laid over it; none takes a file away."""

    def __init__(self, tree: Tree, files: Iterable[str], changes: Changes) -> None:
        """Name the files that the tree has, and what differs."""
        self._tree = tree
        self._changes = changes
        gone = {path for path, text in changes.items() if text is None}
        self._files = sorted({*files, *changes} - gone)

    def list(self) -> Iterable[str]:
        """Give the path of each file."""
        return self._files

    def read(self, path: str) -> bytes:
        """Give a file's bytes."""
        if path not in self._changes:
            return self._tree.read(path)
        text = self._changes[path]
        if text is None:
            raise FileNotFoundError(path)
        return text.encode()


class Rechecker:
    """Checks a framework with changes; what did not change is not read again."""

    def __init__(self, tree: Tree, framework: Framework) -> None:
        """Keep the framework as it was read from ``tree``."""
        self._tree = tree
        self._framework = framework

    def __call__(self, changes: Changes) -> Checked:
        """Give the framework with changes, and what is found in it."""
        documents = self._framework.documents_by_path

        def known(path: str, _kind: Kind) -> Document | None:
            return None if path in changes else documents.get(path)

        overlay = Overlay(self._tree, self._framework.files, changes)
        framework = load(overlay, self._framework.schemas, inspect=inspected, known=known)
        return Checked(framework, check_framework(framework))
