"""A git repository around a folder, read through GitPython and never written to.

Only git's plumbing is used, which runs no hooks, filters or programs that a repository
names. What could still reach out is switched off: a clone that lacks objects does not
fetch them, whatever its settings say.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.errors import UserError
from pipeline.rules.nearest import nearest
from pipeline.world.git import committed_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from git import Git

_SETTINGS: Final = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "--no-pager")
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "",  # no address may be fetched from
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
# A hook of git sets these for its own repository, which need not be the one around the root.
_ELSEWHERE: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
_MOST_NAMES: Final = 5_000


class Repository:
    """The repository that ``folder`` is in.

    ``top`` is its uppermost folder, ``prefix`` the path from there to ``folder``, with a slash
    at its end, and ``shallow`` tells a clone without the whole history.
    """

    def __init__(self, folder: Path) -> None:
        """Look for the repository; a `UserError` says why there is none to use."""
        for name in _ELSEWHERE:
            os.environ.pop(name, None)
        self._git = _git()
        # Not as GitPython's working directory: it puts in what $NAME stands for in a path.
        self._place = ("-C", str(folder.absolute()))
        questions = ("--is-inside-work-tree", "--is-shallow-repository", "--show-toplevel", "--show-prefix")
        status, output, trouble = self._run("rev-parse", *questions)
        inside, _, rest = output.partition(b"\n")
        if status or inside != b"true":
            raise _no_repository(folder, trouble)
        shallow, top, prefix = rest.split(b"\n", 2)
        self.shallow = shallow == b"true"
        self.top = Path(os.fsdecode(top))
        self.prefix = os.fsdecode(prefix.removesuffix(b"\n"))

    def _run(self, *arguments: str) -> tuple[int, bytes, str]:
        """Give the exit code of a git command, what it printed, and its complaint."""
        from git import GitCommandNotFound

        try:
            status, output, trouble = self._git.execute(
                [self._git.GIT_PYTHON_GIT_EXECUTABLE, *self._place, *_SETTINGS, *arguments],
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        except GitCommandNotFound as error:
            raise _no_git() from error
        return status, output, trouble

    def ask(self, *arguments: str) -> bytes:
        """Give what a git command prints; its failure is the user's trouble."""
        status, output, trouble = self._run(*arguments)
        if status:
            raise unreadable(trouble)
        return output

    def start(self, *arguments: str) -> Git.AutoInterrupt:
        """Start a git command that is asked many things; it ends with what is returned here."""
        from subprocess import PIPE

        command = [self._git.GIT_PYTHON_GIT_EXECUTABLE, *self._place, *_SETTINGS, *arguments]
        return self._git.execute(command, istream=PIPE, as_process=True)

    def prefix_of(self, folder: Path) -> str | None:
        """Give the path from the top to a folder, with a slash; none where it is not below the top."""
        real, top = Path(os.path.realpath(folder)), Path(os.path.realpath(self.top))
        if not real.is_relative_to(top):
            return None
        path = real.relative_to(top).as_posix()
        return "" if path == "." else f"{path}/"

    def fork_point(self, name: str) -> str:
        """Give the commit at which what is checked out parted from revision ``name``.

        That is the newest commit that both have. What happened on ``name`` since then is not
        the work of whoever is checked here.
        """
        commit = self.commit(name)
        status, head, _ = self._run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if status:
            raise UserError(
                nl="Deze repository heeft nog geen commit, dus er valt niets te vergelijken.",
                en="This repository has no commit yet, so there is nothing to compare with.",
            )
        return self.parting(commit, head.decode().strip(), name)

    def parting(self, one: str, other: str, name: str) -> str:
        """Give the newest commit that two commits both have; ``name`` is what a person calls the first."""
        status, found, _ = self._run("merge-base", one, other)
        if status:
            raise self._no_common_past(name)
        return found.decode().split()[0]

    def day(self, commit: str) -> str:
        """Give the day of a commit, as its maker's clock had it; empty where git knows none."""
        return committed_on(self.ask("cat-file", "commit", commit))

    def version(self, commit: str) -> str:
        """Give the newest version that a tag ``v1.2.3`` names on a commit or before it, without the ``v``."""
        status, found, _ = self._run("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", commit)
        return "" if status else found.decode(errors="replace").strip().removeprefix("v")

    def commit(self, name: str) -> str:
        """Give the full id of the commit that a person calls ``name``."""
        if not name.strip():
            raise UserError(
                nl="De naam van de revisie is leeg. Noem een branch, een tag of een commit, zoals origin/main.",
                en="The name of the revision is empty. Name a branch, a tag or a commit, such as origin/main.",
            )
        # A name with a hyphen in front could be taken for an option; git allows no such names.
        if name.startswith("-") or not name.isprintable():
            raise UserError(
                nl=f"“{name}” kan geen naam van een branch, tag of commit zijn. Noem er een, zoals origin/main.",
                en=f"“{name}” cannot be the name of a branch, tag or commit. Name one, such as origin/main.",
            )
        status, output, _ = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if status:
            raise self._unknown(name)
        return output.decode().strip()

    def _unknown(self, name: str) -> UserError:
        names = self._names()
        near = [each for each in names if each.partition("/")[2] == name]
        if not near and self.shallow:
            return UserError(
                nl=f"Revisie “{name}” zit niet in deze kopie, want die heeft niet de hele geschiedenis. {_FETCH_NL}",
                en=f"Revision “{name}” is not in this clone, which lacks part of the history. {_FETCH_EN}",
            )
        near = near or list(nearest(name, names))
        if near:
            return UserError(
                nl=f"Er is geen revisie “{name}”. Bedoel je {' of '.join(near)}?",
                en=f"There is no revision “{name}”. Did you mean {' or '.join(near)}?",
            )
        return UserError(
            nl=f"Er is geen revisie “{name}”. Noem een branch, een tag of een commit; git branch -a toont de branches.",
            en=f"There is no revision “{name}”. Name a branch, a tag or a commit; git branch -a lists the branches.",
        )

    def _names(self) -> list[str]:
        kinds = ("refs/remotes", "refs/heads", "refs/tags")
        _, output, _ = self._run("for-each-ref", f"--count={_MOST_NAMES}", "--format=%(refname:short)", *kinds)
        return output.decode(errors="replace").splitlines()

    def _no_common_past(self, name: str) -> UserError:
        if self.shallow:
            return UserError(
                nl=f"Waar “{name}” en deze versie uit elkaar gingen, is niet te zien: deze kopie heeft niet de hele "
                f"geschiedenis. {_FETCH_NL}",
                en=f"Where “{name}” and this version parted cannot be seen: this clone lacks part of the history. "
                f"{_FETCH_EN}",
            )
        return UserError(
            nl=f"“{name}” en deze versie hebben geen gemeenschappelijke geschiedenis. Noem een andere revisie.",
            en=f"“{name}” and this version have no history in common. Name another revision.",
        )


_FETCH_NL: Final = "Haal meer geschiedenis op: git fetch --unshallow, of fetch-depth: 0 bij actions/checkout."
_FETCH_EN: Final = "Fetch more history: git fetch --unshallow, or fetch-depth: 0 for actions/checkout."


def _git() -> Git:
    try:
        from git import Git
    except ImportError as error:  # GitPython raises it where there is no git program
        raise _no_git() from error
    git = Git()
    git.update_environment(**_ENVIRONMENT)
    return git


def _no_git() -> UserError:
    return UserError(
        nl="Vergelijken kan alleen met het programma git, en dat is er niet. Installeer git.",
        en="Comparing needs the program git, which is not there. Install git.",
    )


def _no_repository(folder: Path, trouble: str) -> UserError:
    if "dubious ownership" in trouble or "unsafe repository" in trouble:
        path = folder.absolute()
        return UserError(
            nl=f"Git leest deze repository niet, omdat ze van een andere gebruiker is. Vertrouw je haar? Gebruik dan: "
            f"git config --global --add safe.directory {path}",
            en=f"Git does not read this repository, because it is another user's. Do you trust it? Then use: "
            f"git config --global --add safe.directory {path}",
        )
    if not trouble or "work tree" in trouble:
        return UserError(
            nl=f"In {folder} staat alleen de geschiedenis, zonder bestanden. Noem met --root een map met bestanden.",
            en=f"{folder} holds just the history, without files. Name a folder with files with --root.",
        )
    if "not a git repository" in trouble:
        return UserError(
            nl=f"{folder} hoort niet bij een git-repository, en dit commando leest de geschiedenis van git. "
            "Haal het kader op met git clone, of noem met --root een map die er wel bij hoort.",
            en=f"{folder} does not belong to a git repository, and this command reads git's history. "
            "Get the framework with git clone, or name a folder that does with --root.",
        )
    return unreadable(trouble)


def unreadable(trouble: str, names: Iterable[str] = ()) -> UserError:
    """Say that git could not read what it should have, in its own words."""
    detail = " ".join(trouble.split()[:40]) or ", ".join(names)
    return UserError(
        nl=f"Git kan de geschiedenis niet lezen: {detail}. Kijk met git fsck wat eraan scheelt.",
        en=f"Git cannot read the history: {detail}. Look with git fsck what is wrong.",
    )
