"""What all commands share: where the framework is, the language, and how to print."""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.errors import UserError
from pipeline.model.names import FRAMEWORK
from pipeline.text import visible
from pipeline.world.files import Snapshot, WorkingTree
from pipeline.world.git import commit_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.cli.memory import Memory
    from pipeline.documents.document import Flaw
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.model.load import Inspect

NARROWEST: Final = 40
WIDEST: Final = 120
PATIENCE: Final = 1.0
"""Seconds of work before progress is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options that every command has, settled."""

    root: Path
    given_schemas: Path | None
    language: str
    color: bool
    quiet: bool
    width: int
    given_today: str = ""

    @property
    def today(self) -> str:
        """The day that deadlines are held against: as given, or that of the last commit.

        The clock is not asked: one commit gives the same findings today and next year.
        """
        return self.given_today or commit_day(self.root)

    @property
    def schemas(self) -> Path:
        """The folder with schemas; there must be one."""
        return _schemas(self.root, self.given_schemas)

    @property
    def schemas_label(self) -> str:
        """What stands before the path of a schema in findings."""
        inside = self.schemas.absolute().is_relative_to(self.root.absolute())
        path = self.schemas.absolute().relative_to(self.root.absolute()) if inside else self.schemas
        return f"{path.as_posix()}/"

    def say(self, nl: str, en: str) -> None:
        """Print a line for the user, unless they asked for quiet."""
        if not self.quiet:
            click.echo(nl if self.language == "nl" else en)


def shared(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the shared options to a command; it gets them as one `Options`."""

    @wraps(function)
    def wrapped(
        *arguments: Any,  # noqa: ANN401 - whatever the command takes
        root: Path | None,
        schemas: Path | None,
        lang: str,
        color: str,
        quiet: bool,
        today: str,
        **others: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        found = _root(root, schemas)
        options = Options(
            root=found,
            given_schemas=schemas,
            language=lang,
            color=_color(color),
            quiet=quiet,
            width=_width(),
            given_today=today,
        )
        return function(options, *arguments, **others)

    decorated: Callable[..., Any] = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


class _Day(click.ParamType[str]):
    """A day such as ``2026-08-02``, or ``now``: today's, as the whole world counts (UTC)."""

    name = "day"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value == "now":
            return time.strftime("%Y-%m-%d", time.gmtime())
        try:
            return date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            self.fail(f"“{visible(value)}” is no day; write it as 2026-08-02, or now.", param, ctx)


_OPTIONS: Final = (
    click.option(
        "--root",
        type=click.Path(path_type=Path),
        help="The repository to read. Default: here, or the nearest folder above that has schemas.",
    ),
    click.option("--schemas", type=click.Path(path_type=Path), help="The folder with its schemas. Default: schemas."),
    click.option(
        "--lang",
        type=click.Choice(["nl", "en"]),
        default="nl",
        envvar="KADER_LANG",
        show_default=True,
        help="Language of what is printed.",
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colours on a terminal.",
    ),
    click.option("--quiet", "-q", is_flag=True, help="Print only what was asked for."),
    click.option(
        "--today",
        type=_Day(),
        default="",
        envvar="KADER_TODAY",
        metavar="DAY",
        help="The day that deadlines are held against, as 2026-08-02, or now. Default: the day of the last commit.",
    ),
)


def _root(root: Path | None, schemas: Path | None) -> Path:
    if root is not None:
        if not root.is_dir():
            raise UserError(nl=f"De map {root} bestaat niet.", en=f"There is no folder {root}.")
        return root
    here = Path.cwd()
    if schemas is None:
        for folder in (here, *here.parents):
            if (folder / "schemas" / FRAMEWORK).is_file():
                return folder
    return here


def _schemas(root: Path, schemas: Path | None) -> Path:
    folder = schemas if schemas is not None else root / "schemas"
    if not (folder / FRAMEWORK).is_file():
        raise UserError(
            nl=f"In {folder} staat geen {FRAMEWORK}. Noem de map met schema's met --schemas.",
            en=f"There is no {FRAMEWORK} in {folder}. Name the folder with schemas with --schemas.",
        )
    return folder


def _color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _width() -> int:
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


class Progress:
    """A line on standard error, shown only when work takes over a second and a person watches."""

    def __init__(self, options: Options, *, nl: str = "Gelezen", en: str = "Read") -> None:
        """Start the clock; the words say what has been done."""
        self._start = time.monotonic()
        self._shown = 0.0
        self._wanted = not options.quiet and sys.stderr.isatty()
        self._word = nl if options.language == "nl" else en

    def __call__(self, done: int, total: int) -> None:
        """Tell how far it is, ten times a second at most."""
        if not self._wanted:
            return
        now = time.monotonic()
        if now - self._start > PATIENCE and now - self._shown > 0.1:  # noqa: PLR2004
            self._shown = now
            sys.stderr.write(f"\r{self._word}: {done}/{total}\x1b[K")
            sys.stderr.flush()
        if done == total and self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def read_schemas(options: Options, *, sound: bool = False) -> tuple[Schemas | None, tuple[Flaw, ...]]:
    """Read the schemas; nothing where they are flawed. ``sound`` tells that they are known not to be."""
    from pipeline.model.schemas import load_schemas

    return load_schemas(WorkingTree(options.schemas), label=options.schemas_label, sound=sound)


def sound_schemas(options: Options) -> Schemas:
    """Read the schemas; flaws are the user's mistake here (``kader check`` shows them)."""
    schemas, flaws = read_schemas(options)
    if schemas is None:
        place = flaws[0].problem.location
        where = f"{place.source.path}:{place.begin.line}"
        raise UserError(
            nl=f"De schema's kloppen niet ({where}). `kader check` zegt wat eraan scheelt.",
            en=f"The schemas are not right ({where}). `kader check` tells what is wrong.",
        )
    return schemas


def read_framework(
    options: Options,
    schemas: Schemas,
    tree: Snapshot | None = None,
    *,
    keep_tokens: bool = False,
    inspect: Inspect | None = None,
    memory: Memory | None = None,
) -> Framework:
    """Read the framework, with progress; ``inspect`` as in `pipeline.model.load.load`."""
    from pipeline.model.load import load
    from pipeline.world.workers import shared_map

    tree = tree or Snapshot(WorkingTree(options.root))
    # Tokens are costlier to send from one process to another than to make.
    mapped = map if keep_tokens else memory.mapped(tree, shared_map) if memory else shared_map
    return load(
        tree,
        schemas,
        keep_tokens=keep_tokens,
        progress=Progress(options),
        mapped=mapped,
        inspect=inspect,
        today=options.today if schemas.mind_the_day else "",
    )
