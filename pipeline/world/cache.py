"""What earlier runs made, kept by key in a file of this user alone.

A cache is of use or it is silent: one that is damaged, foreign, locked or from another
version gives nothing, and what cannot be kept is not kept. Keys are digests of everything
that a value was made from, so no value can be out of date.

Values are pickled, for speed, and three things keep that safe: the folder must belong to
this user and be closed to all others, a digest tells damage before anything is read, and
nothing but the plain values of this program is ever made from it (the Python manual calls
this restricting globals).
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pickle
import stat
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.text import Source

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PATIENCE: Final = 0.1
"""Seconds to wait for another process that is writing."""

_MADE_OF: Final = frozenset(
    {
        *("pipeline.documents.document", "pipeline.errors", "pipeline.findings"),
        *("pipeline.recheck.cards", "pipeline.rules.rule", "pipeline.text"),
    }
)
_BUILT_IN: Final = frozenset({"frozenset", "set"})
_CLOSED: Final = stat.S_IWGRP | stat.S_IWOTH
_AT_A_TIME: Final = 500


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Give the folder for caches: ``KADER_CACHE``, or the user's own by custom (XDG)."""
    named = environment.get("KADER_CACHE")
    if named:
        return Path(named)
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "kader"


class Cache:
    """A table of values by key, in a file. No method raises."""

    def __init__(self, path: Path) -> None:
        """Open the table, or make it; `open_cache` has seen to it that this is safe."""
        self._path = path
        self._connection = self._opened()

    def get(self, key: str) -> Any:  # noqa: ANN401 - whatever was kept
        """Give what was kept, or nothing."""
        return self.several([key]).get(key)

    def several(self, keys: Iterable[str]) -> dict[str, Any]:
        """Give what was kept of these keys."""
        found: dict[str, Any] = {}
        for some in _parts(list(keys)):
            marks = ",".join("?" * len(some))
            for key, content in self._rows(f"SELECT key, content FROM kept WHERE key IN ({marks})", some):  # noqa: S608 - question marks
                with suppress(Exception):  # whatever damaged bytes may lead to
                    found[key] = _loads(content)
        return found

    def keep(self, values: Mapping[str, object], without_text: Mapping[str, Iterable[Source]] | None = None) -> None:
        """Keep values, each in the place of what had its key; all of them or none.

        ``without_text`` has, by key, sources of which only the path is kept: whoever gets them back
        has to give them their text again.
        """
        left_out = {key: frozenset(map(id, sources)) for key, sources in (without_text or {}).items()}
        rows = ((key, _dumps(value, left_out.get(key, frozenset()))) for key, value in values.items())
        self._change("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)

    def forget(self, keys: Iterable[str]) -> None:
        """Drop what was kept of these keys."""
        self._change("DELETE FROM kept WHERE key = ?", ((key,) for key in keys))

    def forget_all_but(self, keys: Iterable[str]) -> None:
        """Drop what is out of use, once it is more than what is in use."""
        wanted = set(keys)
        present = [key for (key,) in self._rows("SELECT key FROM kept", ())]
        if len(present) > 2 * len(wanted):
            self.forget(key for key in present if key not in wanted)

    def _rows(self, query: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        import sqlite3

        try:
            return self._connection.execute(query, values).fetchall() if self._connection else []
        except sqlite3.OperationalError:  # another process is at it
            return []
        except sqlite3.DatabaseError:
            self._renew()
            return []

    def _change(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        import sqlite3

        try:
            if self._connection:
                with self._connection:
                    self._connection.executemany(statement, rows)
        except sqlite3.OperationalError:  # another process is at it, or the disk is full
            pass
        except sqlite3.DatabaseError:
            self._renew()

    def _opened(self) -> sqlite3.Connection | None:
        import sqlite3

        try:
            return _connect(self._path)
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            self._path.unlink()
            return _connect(self._path)

    def _renew(self) -> None:
        """Throw a damaged table away: it is ours, and made anew in time."""
        import sqlite3

        connection, self._connection = self._connection, None
        with suppress(OSError, sqlite3.Error):
            if connection:
                connection.close()
            self._path.unlink()
            self._connection = self._opened()


def open_cache(folder: Path, name: str) -> Cache | None:
    """Open, or make, a cache; nothing where there can be none that is safe."""
    try:
        import sqlite3
    except ImportError:  # a Python that was built without
        return None
    path = folder / f"{name}.sqlite"
    with suppress(OSError, sqlite3.Error):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _is_ours(folder.lstat()) and (not path.is_symlink() and (not path.exists() or _is_ours(path.lstat()))):
            return Cache(path)
    return None


def _connect(path: Path) -> sqlite3.Connection:
    import sqlite3

    new = not path.exists()
    connection = sqlite3.connect(path, timeout=PATIENCE)
    if new:
        path.chmod(0o600)
    # A cache that a power failure spoils is made anew: nothing waits for the disk.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID")
    return connection


def _is_ours(status: os.stat_result) -> bool:
    """Whether it is this user's, no link, and nobody else can write in it."""
    own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    return own and not stat.S_ISLNK(status.st_mode) and not status.st_mode & _CLOSED


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _AT_A_TIME):
        yield keys[start : start + _AT_A_TIME]


def _dumps(value: object, left_out: frozenset[int]) -> bytes:
    stream = io.BytesIO()
    packer = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)

    def of_source(source: Source) -> Any:  # noqa: ANN401 - as pickle wants it
        text = "" if id(source) in left_out else source.text
        return copyreg.__newobj__, (Source,), (source.path, text)  # type: ignore[attr-defined]

    if left_out:
        packer.dispatch_table = {Source: of_source}
    packer.dump(value)
    content = stream.getbuffer()
    return hashlib.sha256(content).digest() + content


def _loads(content: bytes) -> Any:  # noqa: ANN401 - whatever was kept
    digest, content = content[:32], content[32:]
    if hashlib.sha256(content).digest() != digest:
        raise ValueError("damaged")
    return _Values(io.BytesIO(content)).load()


class _Values(pickle.Unpickler):
    """Makes plain values of this program, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's signature
        return _plain(module, name)


@lru_cache(maxsize=64)
def _plain(module: str, name: str) -> Any:  # noqa: ANN401 - a class
    if module == "builtins" and name in _BUILT_IN:
        return getattr(import_module(module), name)
    if module in _MADE_OF and "." not in name:
        found = getattr(import_module(module), name)
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no plain value")
