"""Zip files that are the same bytes wherever they are made.

Files are stored, not compressed. What deflate makes of a file is not laid down anywhere: zlib,
zlib-ng and their versions each give other bytes, and so would a release with each Python.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE: Final = "application/zip"

_UNIX: Final = 3
_MODE: Final = 0o100644
_OLDEST: Final = 1980
_NEWEST: Final = 2107


def zipped(files: Mapping[str, bytes], date: str) -> bytes:
    """Put files in a zip by name; each gets the date (``2026-08-02``, or empty) and the same mode."""
    stamp = _stamp(date)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, stamp)
            info.create_system = _UNIX  # the default is that of whoever makes it
            info.external_attr = _MODE << 16
            archive.writestr(info, files[name])
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes] | None:
    """Give the files of a zip that `zipped` made; nothing for any other.

    A zip may hide a bomb, a link, a password or two files of one name. Ours come out the same when they are
    made again, and those do not. Nothing is unpacked that could be larger than the zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            packed = any(each.compress_type != zipfile.ZIP_STORED for each in members)
            if packed or sum(each.file_size for each in members) > len(content):
                return None
            files = {each.filename: archive.read(each) for each in members}
            date = "{:04}-{:02}-{:02}".format(*members[0].date_time) if members else ""
            return files if zipped(files, date) == content else None
    except (zipfile.BadZipFile, RuntimeError, EOFError, ValueError):
        return None


def _stamp(date: str) -> tuple[int, int, int, int, int, int]:
    """Give midnight of a day, as far as a zip can tell it."""
    year, month, day = map(int, date.split("-")) if date else (_OLDEST, 1, 1)
    if not _OLDEST <= year <= _NEWEST:
        year, month, day = (_OLDEST, 1, 1) if year < _OLDEST else (_NEWEST, 12, 31)
    return year, month, day, 0, 0, 0
