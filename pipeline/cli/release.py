"""``kader release``: from a commit to a release on GitHub (docs/releases.md)."""

from __future__ import annotations

from typing import Final

import click

from pipeline.cli.group import LazyGroup

COMMANDS: Final = {
    "plan": "Work out which version the changes ask for, and why.",
    "build": "Write everything that would be published to a folder.",
    "publish": "Publish that folder as a release on GitHub.",
    "ledger": "Add the ids of a release to the list of released ids.",
}


@click.command("release", cls=LazyGroup, place="pipeline.cli.release_", lines=COMMANDS)
def command() -> None:
    """Work out, build, publish and record a release of the content."""
