"""The files of one revision, straight from git's storage: nothing is checked out."""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from pipeline.errors import UserError
from pipeline.text import LARGEST, OutsideRootError
from pipeline.world.files import is_skipped
from pipeline.world.repository import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from git import Git

    from pipeline.world.repository import Repository

_LINK: Final = b"120000"
_FILE: Final = (b"100644", b"100755", b"100664")
_MOST_STEPS: Final = 40
"""Links that are followed one after the other, as Linux does."""
_LONGEST: Final = 4_095
"""Most bytes of where a link leads, as Linux has it; git can keep more."""

_SHA256: Final = "0" * 64


class GitTree:
    """A folder of one revision as a `pipeline.text.Tree`.

    The same files as a `pipeline.world.files.WorkingTree` of that revision would list: links
    are followed to files inside the folder only. Files of submodules belong to another
    repository and are left out.
    """

    def __init__(self, repository: Repository, commit: str, prefix: str) -> None:
        """Name the commit by its full id and the folder by its path from the top, with a slash."""
        self._repository = repository
        self._commit = commit
        self._prefix = prefix
        # By the number of the process: a forked copy of this process must have its own.
        self._readers: dict[int, Git.AutoInterrupt] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def list(self) -> Iterator[str]:
        """Give the path of each file, relative to the folder."""
        files, links = self._listed
        yield from files
        yield from (path for path in links if self._target(path) is not None)

    def read(self, path: str) -> bytes:
        """Give a file's bytes, at most one more than a file may have."""
        files, links = self._listed
        target = self._target(path) if path in links else path
        if target == "":
            raise OutsideRootError(path)
        if target is None or target not in files:
            raise FileNotFoundError(path)
        return self._content(files[target])

    def holds(self, path: str, data: bytes) -> bool:
        """Whether the file at ``path`` is just these bytes; it need not be read for that."""
        name = self._listed[0].get(path, "")
        digest = hashlib.new("sha256" if len(name) == len(_SHA256) else "sha1", usedforsecurity=False)
        digest.update(b"blob %d\0" % len(data))
        digest.update(data)
        return digest.hexdigest() == name

    def close(self) -> None:
        """End the process that reads."""
        reader = self._readers.pop(os.getpid(), None)
        if reader is not None and reader.proc is not None:
            for pipe in (reader.proc.stdin, reader.proc.stdout, reader.proc.stderr):
                if pipe is not None:
                    pipe.close()
            reader.proc.wait()

    @cached_property
    def _listed(self) -> tuple[dict[str, str], dict[str, str]]:
        """The files and the symbolic links by path, each with the name of its content."""
        folder = [self._prefix] if self._prefix else []
        output = self._repository.ask("ls-tree", "-r", "-z", "--full-tree", self._commit, "--", *folder)
        files: dict[str, str] = {}
        links: dict[str, str] = {}
        for line in output.split(b"\0"):
            facts, _, name = line.partition(b"\t")
            path = os.fsdecode(name).removeprefix(self._prefix)
            mode, _, rest = facts.partition(b" ")
            if mode == _LINK:
                links[path] = rest.rpartition(b" ")[2].decode()
            elif mode in _FILE:
                files[path] = rest.rpartition(b" ")[2].decode()
        skipped = is_skipped((*files, *links))
        return (
            {path: name for path, name in files.items() if not skipped(path)},
            {path: name for path, name in links.items() if not skipped(path)},
        )

    @cached_property
    def _targets(self) -> dict[str, str]:
        links = self._listed[1]
        contents = {name: os.fsdecode(self._content(name)[: _LONGEST + 1]) for name in sorted(set(links.values()))}
        return {path: contents[name] for path, name in links.items()}

    def _target(self, path: str) -> str | None:
        """Follow a link to a file; ``""`` where it leads out, none where it leads to no file."""
        steps = path.split("/")
        here: list[str] = []
        followed = 0
        while steps:
            step = steps.pop(0)
            if step == "..":
                if not here:
                    return ""
                here.pop()
            elif step not in {"", "."}:
                here.append(step)
                target = self._targets.get("/".join(here))
                if target is not None:
                    followed += 1
                    if followed > _MOST_STEPS or len(os.fsencode(target)) > _LONGEST:
                        return None
                    if target.startswith("/"):
                        return ""
                    here.pop()
                    steps = [*target.split("/"), *steps]
        found = "/".join(here)
        return found if found in self._listed[0] else None

    def _content(self, name: str) -> bytes:
        """Read one object, in a process that stays for the next."""
        number = os.getpid()
        if number not in self._readers:
            self._readers[number] = self._repository.start("cat-file", "--batch")
        reader = self._readers[number]
        try:
            reader.stdin.write(name.encode() + b"\n")
            reader.stdin.flush()
            header = reader.stdout.readline().split()
        except OSError:
            header = []
        if len(header) != len(("name", "type", "size")):
            raise _unavailable(reader, header)
        size = int(header[2])
        if size > LARGEST:
            data = bytes(reader.stdout.read(LARGEST + 1))
            reader.kill()  # rather than take in the rest
            self.close()
            return data
        data = bytes(reader.stdout.read(size))
        reader.stdout.read(len(b"\n"))
        return data


def _unavailable(reader: Any, header: list[bytes]) -> UserError:  # noqa: ANN401 - a process of GitPython
    trouble = ""
    if not header:  # it has ended
        reader.stdin.close()
        trouble = reader.stderr.read().decode(errors="replace")
    if not trouble or "promisor" in trouble:
        return UserError(
            nl="In deze kopie van de repository ontbreekt een deel van de bestanden van vroeger. Haal ze op: "
            "git fetch --refetch --no-filter",
            en="This clone of the repository lacks some files of the past. Fetch them: git fetch --refetch --no-filter",
        )
    return unreadable(trouble)
