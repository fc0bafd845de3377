"""The entry point: finds the command, turns trouble into a sentence and an exit code.

0: all well. 1: findings of severity error. 2: a mistake that the user can mend. 3: a bug.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from typing import Final, NoReturn

import click

from pipeline import __version__
from pipeline.cli.group import LazyGroup
from pipeline.errors import Text, UserError
from pipeline.reports.layout import printable

COMMANDS: Final = {
    "check": "Check the framework and print what is wrong.",
    "build": "Check, then write every export to a folder.",
    "show": "Show an entry with its relations in both directions.",
    "diff": "Tell what changed in the content between two revisions.",
    "new": "Start an entry: next free id, right place, every field explained.",
    "rename": "Give an entry another name, in every file that names it.",
    "links": "Ask other websites whether the pages that links lead to are there.",
    "rules": "Explain a rule, or list them all.",
    "schema": "Print a kind as plain JSON Schema.",
    "forms": "Write the issue forms that the schemas ask for.",
    "stats": "Count entries, relations and what is covered.",
    "serve": "Build, show in the browser, build again on every change.",
    "review": "Review a pull request: what is new, as data; and post it on GitHub.",
    "issues": "Keep an issue on GitHub for each entry that is broken or incomplete.",
    "propose": "Make a pull request of an issue that was made with a form.",
    "release": "Work out, build, publish and record a release.",
    "completion": "Print the completion script of a shell.",
}

FINDINGS: Final = 1
MISTAKE: Final = 2
BUG: Final = 3
INTERRUPTED: Final = 130

FULL: Final = (errno.ENOSPC, errno.EDQUOT)


@click.command(
    cls=LazyGroup, place="pipeline.cli.", lines=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="kader", message="%(prog)s %(version)s")
def kader() -> None:
    """Check, map and publish a framework of requirements, measures and instruments."""


def main() -> NoReturn:
    """Run ``kader`` and leave with its exit code, at once.

    Taking the framework apart object by object before leaving, as Python does, takes a
    tenth of the time of a check and is of no use to anybody. The same goes for looking for
    garbage: what a command makes lives until its end, and not in circles.
    """
    gc.disable()
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the reader has gone; `run` knows
            stream.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:  # noqa: PLR0911 - one return for each way to end
    """Run a command line; give the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A name in another encoding must not stop the report that tells about it.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = kader.main(arguments, prog_name="kader", standalone_mode=False)
        sys.stdout.flush()
    except UserError as error:
        return _tell(error.text.in_language(_language(arguments)))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help())
        return 0
    except click.ClickException as error:
        error.show()
        return MISTAKE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has gone; keep Python from complaining at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _no_room(_language(arguments)) if error.errno in FULL else _bug()
    except Exception:  # noqa: BLE001 - whatever is left is a bug, and is told as one
        return _bug()
    return code if isinstance(code, int) else 0


def _language(arguments: list[str]) -> str:
    """Find the language even where the command line could not be read to its end."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return os.environ.get("KADER_LANG", "nl")


def _tell(sentence: str) -> int:
    click.echo(f"kader: {printable(sentence)}", err=True)
    return MISTAKE


def _no_room(language: str) -> int:
    """Say that what was printed could not be kept, and keep Python from trying once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    words = Text(
        nl="De uitvoer past nergens: de schijf is vol. Maak ruimte of schrijf ergens anders heen.",
        en="There is no room for the output: the disk is full. Make room, or write elsewhere.",
    )
    return _tell(words.in_language(language))


def _bug() -> int:
    import traceback

    traceback.print_exc()
    click.echo(
        f"kader {__version__}: this is a bug in kader, not a mistake of yours. Please report the lines above at\n"
        "https://github.com/MinBZK/Algoritmekader/issues",
        err=True,
    )
    return BUG
