"""Which files of a pull request decide what its own check says.

The check runs the code of the pull request. Whoever changes that code can have it say anything,
so people are told. This is found by what GitHub says of the pull request's files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FILES: Final = 3_000
"""Most files that GitHub lists of a pull request; what comes after those, nobody sees here."""

# Of `review`, the workflow keeps what it finds there: what was put there goes for the check's own if that fails.
_FOLDERS: Final = frozenset({".github", ".venv", "pipeline", "requirements", "review", "schemas"})
# GNU make takes the first two before the third.
_FILES: Final = frozenset({"gnumakefile", "makefile", "action.yml", "action.yaml"})
# Settings of pip, Python and what builds the package.
_SETTINGS: Final = (".toml", ".cfg", ".ini")
# Python runs a module of its own choice from any folder beside ours: `venv/__main__.py`, say, or
# `sitecustomize`, which may be a link to a folder elsewhere.
_CODE: Final = (".py", ".pyc", ".pyd", ".so", ".pth")
# What git writes in a file may differ from what it keeps; a folder with one of the others is not read.
NAMES: Final = frozenset({".gitattributes", ".kader-output", "cachedir.tag", "pyvenv.cfg"})


class ChangedFile(NamedTuple):
    """A file of a pull request; ``former`` is its path before, and ``patch`` what changed in it.

    One that is ``removed`` is not there any more under ``path``.
    """

    path: str
    former: str = ""
    patch: str = ""
    removed: bool = False


def checker_files(files: Iterable[ChangedFile], root: str = "") -> tuple[str, ...]:
    """Give the paths that belong to the check itself, sorted.

    ``root`` leads from the top of the repository to the framework, with a slash, or is empty.
    """
    paths = {path for file in files for path in (file.path, file.former) if path}
    return tuple(sorted(path for path in paths if _is_checker(path) or _is_checker(path.removeprefix(root))))


def _is_checker(path: str) -> bool:
    path = path.casefold()
    top, _, below = path.partition("/")
    if path.endswith(_CODE) or path.rpartition("/")[2] in NAMES:
        return True
    return top in _FOLDERS or (not below and (top in _FILES or top.endswith(_SETTINGS)))
