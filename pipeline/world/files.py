"""Files on disk: reading a working directory, and writing a folder of artifacts at once."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text, UserError
from pipeline.text import LARGEST, OutsideRootError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.exports.artifact import Artifact
    from pipeline.text import Tree

_REASONS: Final = {
    errno.EACCES: Text(nl="je mag hier niet schrijven", en="you may not write here"),
    errno.EPERM: Text(nl="je mag hier niet schrijven", en="you may not write here"),
    errno.EROFS: Text(nl="hier kun je alleen lezen", en="this place can only be read"),
    errno.ENOSPC: Text(nl="de schijf is vol", en="the disk is full"),
    errno.ENOENT: Text(nl="die map is er niet", en="that folder does not exist"),
    errno.EISDIR: Text(nl="daar staat een map", en="a folder is there"),
    errno.EEXIST: Text(nl="een deel van het pad is een bestand", en="a part of the path is a file"),
    errno.ENOTDIR: Text(nl="een deel van het pad is een bestand", en="a part of the path is a file"),
}
"""What the disk may have against writing, for whoever does not know its own words."""

MARKER: Final = ".kader-output"
"""Stands in every folder that `replace_folder` made, and only there may it replace one."""

# A link is opened only when it is known where it leads.
_NOT_A_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_IS_A_LINK: Final = (errno.ELOOP, errno.EMLINK)

# Folders of tools: large, and never part of a framework.
_SKIPPED: Final = frozenset(
    {".git", ".hg", ".svn", ".tox", ".nox", ".venv", "node_modules", "__pycache__", ".hypothesis", ".idea"}
)
_SKIPPED_WHEN_HOLDING: Final = (MARKER, "pyvenv.cfg", "CACHEDIR.TAG")


class WorkingTree:
    """A directory as a `pipeline.text.Tree`.

    Links are followed to files inside the root only; a link that leads out is listed, so
    that reading it tells the user. Devices and pipes are left out.
    """

    def __init__(self, root: Path) -> None:
        """Name the directory; it is read when asked for."""
        self.root = root
        self._real = os.path.realpath(root)
        self._sound: set[str] = set()

    def list(self) -> Iterator[str]:
        """Give the path of each file below the root, POSIX style."""
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(self.root / folder) as entries:
                    found = list(entries)
            except OSError:
                continue
            names = {entry.name for entry in found}
            if folder and any(name in names for name in _SKIPPED_WHEN_HOLDING):
                continue
            for entry in found:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_symlink():
                    if self._lists_link(path):
                        yield path
                elif entry.is_dir(follow_symlinks=False):
                    if entry.name not in _SKIPPED:
                        folders.append(path)
                elif entry.is_file(follow_symlinks=False):
                    yield path

    def _lists_link(self, path: str) -> bool:
        full = self.root / path
        try:
            mode = full.stat().st_mode
        except OSError:  # it leads nowhere, or round in a circle
            return False
        return stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and not self._inside(full))

    def _inside(self, full: Path) -> bool:
        real = os.path.realpath(full)
        return real == self._real or real.startswith(self._real + os.sep)

    def read(self, path: str) -> bytes:
        """Give a file's bytes, at most one more than a file may have."""
        folder = path.rpartition("/")[0]
        if folder not in self._sound:
            if not self._inside(self.root / folder):
                raise OutsideRootError(path)
            self._sound.add(folder)
        try:
            handle = os.open(os.path.join(self._real, path), os.O_RDONLY | _NOT_A_LINK)  # noqa: PTH118 - once a file
        except OSError as error:
            if error.errno not in _IS_A_LINK:
                raise
            if not self._inside(self.root / path):
                raise OutsideRootError(path) from error
            handle = os.open(self.root / path, os.O_RDONLY)
        try:
            return _content(handle)
        finally:
            os.close(handle)


def _content(handle: int) -> bytes:
    room = LARGEST + 1
    content = os.read(handle, min(os.fstat(handle).st_size + 1, room))
    while content and len(content) < room:
        more = os.read(handle, room - len(content))
        if not more:
            break
        content += more
    return content


class Snapshot:
    """A tree whose files are read once, however often they are asked for.

    ``touched`` are the paths that were asked for: what is made of this tree depends on them
    and on the list of paths, and on nothing else.
    """

    def __init__(self, tree: Tree) -> None:
        """Read nothing yet."""
        self._tree = tree
        self._paths: tuple[str, ...] | None = None
        self._contents: dict[str, bytes | OSError] = {}
        self._digests: dict[str, bytes] = {}

    def list(self) -> tuple[str, ...]:
        """Give the path of each file, sorted."""
        if self._paths is None:
            self._paths = tuple(sorted(self._tree.list()))
        return self._paths

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raise what the tree raised."""
        if path not in self._contents:
            try:
                self._contents[path] = self._tree.read(path)
            except OSError as error:
                self._contents[path] = error
        content = self._contents[path]
        if isinstance(content, OSError):
            raise content
        return content

    def digest(self, path: str) -> bytes:
        """Give what tells a file's content from any other (SHA-256), or why it cannot be read."""
        if path not in self._digests:
            try:
                self._digests[path] = hashlib.sha256(self.read(path)).digest()
            except OSError as error:
                self._digests[path] = f"{error.errno} {type(error).__name__}".encode()
        return self._digests[path]

    def release(self, path: str) -> None:
        """Let go of a file's bytes, once it is known what tells them from others."""
        if path in self._digests:
            self._contents.pop(path, None)

    @property
    def touched(self) -> tuple[str, ...]:
        """The paths that were asked for, sorted."""
        return tuple(sorted({*self._contents, *self._digests}))


def is_skipped(paths: Iterable[str]) -> Callable[[str], bool]:
    """Tell which files of a whole listing a `WorkingTree` leaves out, for the folder they are in."""
    split = (path.rpartition("/") for path in paths)
    marked = {folder for folder, _, name in split if folder and name in _SKIPPED_WHEN_HOLDING}
    verdicts = {"": False}

    def skips(path: str) -> bool:
        folders: list[str] = []
        folder = path.rpartition("/")[0]
        while folder not in verdicts:
            folders.append(folder)
            folder = folder.rpartition("/")[0]
        for below in reversed(folders):
            name = below.rpartition("/")[2]
            verdicts[below] = verdicts[folder] or name in _SKIPPED or below in marked
            folder = below
        return verdicts[folder]

    return skips


def read_text(root: Path, path: str) -> str | None:
    """Give the text of one file, or nothing where there is none; a link that leads out is not followed."""
    try:
        content = WorkingTree(root).read(path)
        text = content.decode() if len(content) <= LARGEST else None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        text = None
    if text is None:
        raise UserError(
            nl=f"{path} is niet te lezen; `kader check` zegt waarom.",
            en=f"{path} cannot be read; `kader check` tells why.",
        )
    return text


def write_new(root: Path, path: str, text: str, *, replace: bool = False) -> None:
    """Write a file beside its place and move it there; refuse to overwrite unless told to."""
    import tempfile

    target = root / path
    if target.exists() and not replace:
        raise UserError(
            nl=f"{path} bestaat al. Kies een andere titel.",
            en=f"{path} exists already. Choose another title.",
        )
    with writing(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".kader-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(name).chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else usual_mode(0o666))
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Tell what the disk has against writing as the user's trouble, which it is."""
    try:
        yield
    except OSError as error:
        plain = error.strerror or str(error)
        reason = _REASONS.get(error.errno or 0, Text(nl=plain, en=plain))
        raise UserError(
            nl=f"Schrijven naar {name} lukt niet: {reason.nl}. Wat er stond, is nog heel. Los dit op, of kies een "
            "andere plaats.",
            en=f"Cannot write to {name}: {reason.en}. What was there is still whole. Mend this, or choose another "
            "place.",
        ) from error


def usual_mode(most: int) -> int:
    """Give the mode of a new file or folder: ``most``, less what the user never grants."""
    mask = os.umask(0)
    os.umask(mask)
    return most & ~mask


def replace_folder(folder: Path, artifacts: Iterable[Artifact]) -> None:
    """Write artifacts to a new folder and let it take the place of the old one.

    Until the last moment the old folder stays whole: a full disk or an interruption leaves
    it as it was. Only an empty folder, or one that this function made, is ever replaced.
    """
    import tempfile

    folder = folder.absolute()
    old = folder.with_name(f".{folder.name}.old")
    with writing(_shown(folder)):
        if not folder.exists() and old.exists():  # an earlier run was killed between its two moves
            old.rename(folder)
        _refuse_foreign(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.new-"))
        try:
            _fill(new, artifacts)
            _swap(new, folder, old)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise


def _fill(folder: Path, artifacts: Iterable[Artifact]) -> None:
    folder.chmod(usual_mode(0o777))
    (folder / MARKER).write_text("Made by `kader build`; replaced as a whole the next time.\n", "utf-8")
    made: set[Path] = {folder}
    for artifact in artifacts:
        target = folder / artifact.name
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(artifact.content)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    name = _shown(folder)
    if not folder.is_dir():
        raise UserError(
            nl=f"{name} is geen map. Kies een andere plaats.",
            en=f"{name} is no folder. Choose another place.",
        )
    if any(folder.iterdir()) and not (folder / MARKER).exists():
        raise UserError(
            nl=f"{name} bevat bestanden die kader niet heeft gemaakt. Kies een andere map, of maak deze zelf leeg.",
            en=f"{name} holds files that kader did not make. Choose another folder, or empty this one yourself.",
        )


def _shown(folder: Path) -> str:
    """Show a folder as it is typed from here."""
    here = Path.cwd()
    inside = folder != here and folder.is_relative_to(here)
    return folder.relative_to(here).as_posix() if inside else str(folder)


def _swap(new: Path, folder: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
