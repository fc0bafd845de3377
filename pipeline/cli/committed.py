"""A framework as a commit has it: what is in the folder plays no part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline.cli.options import read_framework
from pipeline.cli.revisions import is_schema
from pipeline.errors import UserError
from pipeline.findings import Outcome
from pipeline.world.files import Snapshot, WorkingTree
from pipeline.world.git_tree import GitTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.world.repository import Repository

SHOWN = 5
"""Most files that are named in a sentence."""


def framework_in_hand(options: Options, repository: Repository, commit: str, schemas: Schemas) -> Framework:
    """Read the framework of the commit that is checked out, with all that exports need, and judge each document."""
    from pipeline.rules.run import inspected, ready

    ready()
    with GitTree(repository, commit, repository.prefix) as tree:
        return read_framework(options, schemas, Snapshot(tree), keep_tokens=True, inspect=inspected)


def outcome_of(framework: Framework) -> Outcome:
    """Check a framework as a whole."""
    from pipeline.rules.run import check_framework

    findings = check_framework(framework)
    return Outcome(findings=findings, files=len(framework.documents), entries=len(framework.entries))


def refuse_uncommitted(options: Options, repository: Repository, commit: str, schemas: Schemas | None) -> None:
    """Refuse to go on while the folder holds work that the commit, and so the release, lacks."""
    found = sorted(
        {
            *_of_schemas(options, repository, commit),
            *_of_framework(options, repository, commit, schemas),
            *_of_program(repository, commit),
        }
    )
    if not found:
        return
    names = ", ".join(found[:SHOWN])
    rest = len(found) - SHOWN
    raise UserError(
        nl=f"Een uitgave wordt van een commit gemaakt, en dit is anders dan in de commit: {names}"
        f"{f' en nog {rest}' if rest > 0 else ''}. Commit het eerst, of zet het terug met git restore.",
        en=f"A release is made from a commit, and this differs from the commit: {names}"
        f"{f' and {rest} more' if rest > 0 else ''}. Commit it first, or put it back with git restore.",
    )


def _of_framework(options: Options, repository: Repository, commit: str, schemas: Schemas | None) -> Iterator[str]:
    if schemas is None:
        return
    settings = schemas.settings
    own = {settings.ledger, *settings.demands.files, *(each.file for each in settings.navigation)}

    def counts(path: str) -> bool:
        return path in own or schemas.claim(path) is not None

    with GitTree(repository, commit, repository.prefix) as tree:
        yield from _differing(tree, options.root, counts)


def _of_schemas(options: Options, repository: Repository, commit: str) -> Iterator[str]:
    prefix = repository.prefix_of(options.schemas)
    if prefix is None:
        return
    with GitTree(repository, commit, prefix) as tree:
        for path in _differing(tree, options.schemas, is_schema):
            yield f"{options.schemas_label}{path}"


def _of_program(repository: Repository, commit: str) -> Iterator[str]:
    """Look at this program too where it is in the same repository: it makes the files."""
    folder = Path(pipeline.__file__).parent
    prefix = repository.prefix_of(folder)
    if prefix is None:
        return
    with GitTree(repository, commit, prefix) as tree:
        for path in _differing(tree, folder, lambda path: not path.endswith(".pyc")):
            yield f"{prefix}{path}"


def _differing(tree: GitTree, folder: Path, counts: Callable[[str], bool]) -> Iterator[str]:
    """Give the paths of files that count and that a folder and a commit do not have alike."""
    here = WorkingTree(folder)
    present, committed = set(filter(counts, here.list())), set(filter(counts, tree.list()))
    yield from present ^ committed
    yield from (path for path in present & committed if not _is_alike(path, here, tree))


def _is_alike(path: str, here: WorkingTree, tree: GitTree) -> bool:
    try:
        data = here.read(path)
        # Git may have written other line ends than it keeps.
        return tree.holds(path, data) or _joined(tree.read(path)) == _joined(data)
    except OSError:
        return False


def _joined(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
