"""A command with commands below it, each imported only when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """A group of commands: ``lines`` says what each does, in the order of the help text.

    The command ``name`` is called ``command`` in the module ``place`` with ``name`` behind it.
    """

    def __init__(self, *, place: str, lines: Mapping[str, str], **others: Any) -> None:  # noqa: ANN401 - what click gives
        """Keep what to import when."""
        super().__init__(**others)
        self._place = place
        self._lines = lines

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names."""
        return list(self._lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """Import one command."""
        if cmd_name not in self._lines:
            return None
        command: click.Command = import_module(f"{self._place}{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        """Write the lines, without an import."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lines.items()))
