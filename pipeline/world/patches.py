"""Carry out patches on disk: all of them, or none."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.world.files import usual_mode, writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.fixing.patch import Patch

BESIDE: Final = ".kader-"
"""How the names of files begin that stand beside others for a moment."""

_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def is_own_file(root: Path, path: str) -> bool:
    """Whether a path is an ordinary file below the root, reached without any link."""
    try:
        mode = (root / path).lstat().st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) and _is_in_place(root, path)


def _is_in_place(root: Path, path: str) -> bool:
    """Whether the folder of a path is where its name says."""
    folder = os.path.join(os.path.realpath(root), os.path.dirname(path))  # noqa: PTH118, PTH120 - as realpath gives it
    return os.path.realpath((root / path).parent) == folder.rstrip(os.sep)


def write_patches(root: Path, patches: Sequence[Patch]) -> None:
    """Write every file beside its place, then move all of them there.

    When one cannot be written, or is no longer as it was read, none is. Files keep their
    mode. Until all are in place the old ones are kept, so that an interruption is undone.
    """
    steps: list[_Step] = []
    try:
        for patch in patches:
            with writing(patch.new_path):
                steps.append(_Step(root, patch))
                steps[-1].prepare()
        for step in steps:
            with writing(step.patch.new_path):
                step.carry_out()
    except BaseException:
        for step in reversed(steps):
            step.undo()
        raise
    finally:
        for step in steps:
            step.clean()


@dataclass(slots=True)
class _Step:
    """One file on its way: ``new`` is its text to come, ``kept`` the file as it was."""

    root: Path
    patch: Patch
    new: Path | None = None
    kept: Path | None = None
    seen: os.stat_result | None = None
    begun: bool = False

    @property
    def old_place(self) -> Path:
        return self.root / self.patch.path

    @property
    def place(self) -> Path:
        return self.root / self.patch.new_path

    def prepare(self) -> None:
        """See that all is as it was read, and write what is needed beside it."""
        mode = usual_mode(0o666)
        if not self.patch.created:
            self.seen = self.look()
            mode = stat.S_IMODE(self.seen.st_mode)
        if self.patch.created or self.place != self.old_place:
            self.look_ahead()
        if not self.patch.created:
            self.kept = _beside(self.old_place)
            _second(self.old_place, self.kept)
        self.new = _beside(self.place)
        self.new.write_bytes(self.patch.after.encode())
        self.new.chmod(mode)

    def look(self) -> os.stat_result:
        """Give the state of the old file; refuse one that is not as it should be."""
        path = self.patch.path
        if not is_own_file(self.root, path):
            raise UserError(
                nl=f"{path} is geen gewoon bestand in deze map. Het is met rust gelaten.",
                en=f"{path} is no ordinary file in this folder. It was left alone.",
            )
        seen = self.old_place.stat()
        if not seen.st_mode & _WRITABLE:
            raise UserError(
                nl=f"{path} is alleen te lezen. Het is met rust gelaten.",
                en=f"{path} can only be read. It was left alone.",
            )
        if self.old_place.read_bytes() != self.patch.source.text.encode():
            raise self.changed()
        return seen

    def changed(self) -> UserError:
        path = self.patch.path
        return UserError(
            nl=f"{path} is net ergens anders gewijzigd. Het is met rust gelaten: probeer het nog eens.",
            en=f"{path} was changed elsewhere just now. It was left alone: try again.",
        )

    def look_ahead(self) -> None:
        """Refuse a new place that is taken, or that a link leads to."""
        path = self.patch.new_path
        # Where capitals do not count, a.md is there already when it becomes A.md.
        if os.path.lexists(self.place) and (self.patch.created or not _are_one(self.place, self.old_place)):
            raise UserError(nl=f"{path} bestaat al.", en=f"{path} exists already.")
        if not _is_in_place(self.root, path):
            raise UserError(nl=f"{path} ligt buiten deze map.", en=f"{path} is outside this folder.")
        self.place.parent.mkdir(parents=True, exist_ok=True)

    def carry_out(self) -> None:
        """Move the new text into place."""
        if self.seen is not None:
            now = self.old_place.stat()
            if (now.st_mtime_ns, now.st_size, now.st_ino) != (
                self.seen.st_mtime_ns,
                self.seen.st_size,
                self.seen.st_ino,
            ):
                raise self.changed()
        self.begun = True
        if self.seen is not None and self.place != self.old_place:
            self.old_place.rename(self.place)
        if self.new is not None:
            self.new.replace(self.place)

    def undo(self) -> None:
        """Put the old file back; one that cannot be put back stays beside its place."""
        if not self.begun:
            return
        try:
            if self.patch.created:
                self.place.unlink(missing_ok=True)
            elif self.place != self.old_place:
                with suppress(FileNotFoundError):
                    self.place.rename(self.old_place)
            if self.kept is not None:
                self.kept.replace(self.old_place)
        except OSError:
            self.kept = None

    def clean(self) -> None:
        """Take away what is left beside the file."""
        for path in (self.new, self.kept):
            if path is not None:
                with suppress(OSError):
                    path.unlink(missing_ok=True)


def _are_one(path: Path, other: Path) -> bool:
    return os.path.samestat(path.lstat(), other.lstat())


def _beside(path: Path) -> Path:
    """Make an empty file beside another."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=BESIDE)
    os.close(handle)
    return Path(name)


def _second(path: Path, other: Path) -> None:
    """Give a file a second name, or a copy where the disk knows no such thing."""
    other.unlink()
    try:
        os.link(path, other)
    except OSError:
        shutil.copy2(path, other)
