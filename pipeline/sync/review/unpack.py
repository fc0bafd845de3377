"""Take one file out of an archive that somebody else made: in memory, and no more than it may be.

Nothing is ever written to a disk under a name from the archive. What an archive says of sizes is
not believed: reading stops one byte past the limit.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from pipeline.reports.review.values import unusable

_ENCRYPTED: Final = 0x1
_TROUBLE: Final = (
    *(BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
    OverflowError,  # a place in the archive that no number can hold
)


def member(archive: bytes, name: str, most: int) -> bytes:
    """Give the content of the one file in an archive, which must have this name."""
    try:
        with ZipFile(BytesIO(archive)) as opened:
            return _content(opened, name, most)
    except _TROUBLE as error:
        raise unusable("het is geen gaaf zipbestand", "it is no sound zip file") from error


def _content(archive: ZipFile, name: str, most: int) -> bytes:
    found = archive.infolist()
    if [each.filename for each in found] != [name]:
        raise unusable(f"er hoort één bestand in te zitten, {name}", f"it should hold one file, {name}")
    only = found[0]
    if only.flag_bits & _ENCRYPTED or only.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise unusable("het bestand erin is niet te lezen", "the file in it cannot be read")
    if only.file_size <= most:
        with archive.open(only) as file:
            content = file.read(most + 1)
        if len(content) <= most:
            return content
    raise unusable("het bestand erin is te groot", "the file in it is too large")
