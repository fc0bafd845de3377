"""``kader release``: from a commit to a release on GitHub (docs/releases.md)."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

COMMANDS: Final = {
    "plan": "Work out which version the changes ask for, and why.",
    "build": "Write everything that would be published to a folder.",
    "publish": "Publish that folder as a release on GitHub.",
    "ledger": "Add the ids of a release to the list of released ids.",
}


class _Commands(click.Group):
    """Imports a part's module only when that part runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        part: click.Command = import_module(f"pipeline.cli.release_{cmd_name}").command
        return part

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command("release", cls=_Commands)
def command() -> None:
    """Work out, build, publish and record a release of the content."""
