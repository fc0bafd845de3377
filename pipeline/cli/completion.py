"""``kader completion``: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    For bash: kader completion bash > ~/.local/share/bash-completion/completions/kader
    """
    from pipeline.cli.main import kader

    completion = get_completion_class(shell)
    if completion is not None:
        click.echo(completion(kader, {}, "kader", "_KADER_COMPLETE").source())
