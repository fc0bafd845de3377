"""A revision of the framework, read from git's storage with the schemas that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.load import load
from pipeline.model.names import FRAMEWORK, SUFFIX
from pipeline.model.schemas import load_schemas
from pipeline.world.files import WorkingTree
from pipeline.world.git_tree import GitTree
from pipeline.world.workers import shared_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.cli.options import Options
    from pipeline.documents.document import Document, Flaw
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind, Schemas
    from pipeline.model.load import Inspect
    from pipeline.world.repository import Repository


def schemas_at(
    repository: Repository, commit: str, options: Options, today: Schemas | None
) -> tuple[Schemas | None, tuple[Flaw, ...]]:
    """Read the schemas of a commit; those of today where they are the same or of another repository."""
    prefix = repository.prefix_of(options.schemas)
    if prefix is None:
        return today, ()
    with GitTree(repository, commit, prefix) as tree:
        names = {path for path in tree.list() if is_schema(path)}
        here = WorkingTree(options.schemas)
        present = {path for path in here.list() if is_schema(path)}
        same = names == present and all(tree.holds(path, here.read(path)) for path in names)
        if FRAMEWORK not in names or (same and today is not None):
            return today, ()
        return load_schemas(tree, label=options.schemas_label)


def framework_at(
    repository: Repository,
    commit: str,
    schemas: Schemas,
    *,
    beside: Framework | None = None,
    inspect: Inspect | None = None,
    today: str = "",
) -> Framework:
    """Read the framework of a commit; files that another revision, ``beside``, has just so are not read again."""
    with GitTree(repository, commit, repository.prefix) as tree:
        known = _unchanged(tree, beside) if beside is not None else None
        return load(tree, schemas, mapped=shared_map, inspect=inspect, known=known, today=today)


def is_schema(path: str) -> bool:
    """Whether a path in the folder of schemas is one of them."""
    return path == FRAMEWORK or (path.endswith(SUFFIX) and "/" not in path)


def _unchanged(tree: GitTree, framework: Framework) -> Callable[[str, Kind], Document | None]:
    """Make a function that gives the documents which the revision has too, byte for byte."""
    alike: dict[Kind, bool] = {}

    def known(path: str, kind: Kind) -> Document | None:
        document = framework.documents_by_path.get(path)
        if document is None or any(flaw.rule.startswith("source/") for flaw in document.flaws):
            return None
        if kind not in alike:
            present = framework.kinds.get(kind.name)
            alike[kind] = present is not None and (present is kind or present.is_like(kind))
        claimed = framework.schemas.claim(path)
        same = alike[kind] and claimed is not None and claimed.name == kind.name
        return document if same and tree.holds(path, document.source.text.encode()) else None

    return known
