"""From artifacts to the files of a release, which has no folders.

A file without a folder goes in as it is. What an export makes in a folder of its own goes in as
one zip: ``csv/`` becomes ``algoritmekader-csv.zip``, with ``algoritmekader-csv/`` inside, so that
unpacking it leaves one folder. Names hold no version: the address of the newest file stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.exports.artifact import Artifact
from pipeline.exports.release import zips

if TYPE_CHECKING:
    from collections.abc import Iterable

PRODUCT: Final = "algoritmekader"

# GitHub gives files with other characters, or with a dot at an end, another name.
_SAFE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def is_safe(name: str) -> bool:
    """Whether GitHub keeps a file's name as it is."""
    return _SAFE.fullmatch(name) is not None


def packed(artifacts: Iterable[Artifact], date: str) -> tuple[Artifact, ...]:
    """Give the files of a release, by name."""
    files: list[Artifact] = []
    folders: dict[str, dict[str, bytes]] = {}
    for artifact in artifacts:
        folder, slash, name = artifact.name.partition("/")
        if slash:
            product = f"{PRODUCT}-{folder}"
            folders.setdefault(product, {})[f"{product}/{name}"] = artifact.content
        else:
            files.append(artifact)
    for product, contents in folders.items():
        made = zips.zipped(contents, date)
        files.append(Artifact(name=f"{product}.zip", media_type=zips.MEDIA_TYPE, content=made))
    return in_order(files)


def in_order(files: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """Sort files by name; two of one name, or a name that GitHub would change, is a bug."""
    found = sorted(files, key=lambda each: each.name)
    names = [each.name for each in found]
    odd = [name for name in names if not is_safe(name)]
    if odd or len(names) != len({name.lower() for name in names}):
        raise ValueError(f"these cannot be files of one release: {odd or names}")
    return tuple(found)
