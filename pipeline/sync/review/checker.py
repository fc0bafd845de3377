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

_FOLDERS: Final = frozenset({".github", ".venv", "pipeline", "requirements", "schemas"})
# GNU make takes the first two before the third.
_FILES: Final = frozenset({"gnumakefile", "makefile", "action.yml", "action.yaml"})
# Settings of pip, Python and what builds the package; modules that would be found before others.
_SETTINGS: Final = (".py", ".pth", ".toml", ".cfg", ".ini")


class ChangedFile(NamedTuple):
    """A file of a pull request; ``former`` is its path before, and ``patch`` what changed in it."""

    path: str
    former: str = ""
    patch: str = ""


def checker_files(files: Iterable[ChangedFile]) -> tuple[str, ...]:
    """Give the paths that belong to the check itself, sorted."""
    paths = {path for file in files for path in (file.path, file.former) if path}
    return tuple(sorted(filter(_is_checker, paths)))


def _is_checker(path: str) -> bool:
    top, _, below = path.casefold().partition("/")
    return top in _FOLDERS or (not below and (top in _FILES or top.endswith(_SETTINGS)))
