"""The files of a release, read from the folder that ``kader release build`` wrote."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.text import visible

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = 200
"""Most files of a release; GitHub takes 1000."""

LARGEST: Final = 2**28
LARGEST_OF_ALL: Final = 2**30
"""Most bytes of a file, and of all of them: they are held in memory."""


def read_assets(folder: Path) -> dict[str, bytes]:
    """Give each file of ``assets/`` by name. A link, which may lead to a secret, is refused."""
    place = folder / "assets"
    try:
        with os.scandir(place) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        strange = [each.name for each in found if not _is_plain(each)]
        if strange or not found:
            raise _no_release(folder, strange)
        size = sum(each.stat(follow_symlinks=False).st_size for each in found)
        if len(found) > MOST or size > LARGEST_OF_ALL:
            raise _too_much(folder)
        return {each.name: (place / each.name).read_bytes() for each in found}
    except OSError as error:
        raise _no_release(folder, []) from error


def _is_plain(entry: os.DirEntry[str]) -> bool:
    seen = entry.stat(follow_symlinks=False)
    return stat.S_ISREG(seen.st_mode) and seen.st_size <= LARGEST


def _too_much(folder: Path) -> UserError:
    most = LARGEST_OF_ALL // 2**20
    return UserError(
        nl=f"In {folder} staat te veel. Een uitgave heeft hoogstens {MOST} bestanden, samen {most} MB.",
        en=f"{folder} holds too much. A release has at most {MOST} files, of {most} MB together.",
    )


def _no_release(folder: Path, strange: list[str]) -> UserError:
    what = visible(", ".join(strange)[:200])
    nl = (
        f"In {folder} staat ook wat niet bij een uitgave hoort: {what}." if what else f"In {folder} staat geen uitgave."
    )
    en = f"{folder} holds what is no part of a release: {what}." if what else f"{folder} holds no release."
    return UserError(
        nl=f"{nl} Maak de map met `kader release build`.",
        en=f"{en} Make the folder with `kader release build`.",
    )
