"""``kader serve``: the site on this machine, built anew whenever a file changes."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import click

from pipeline.cli.build import draft_artifacts
from pipeline.cli.checking import checked, write
from pipeline.cli.options import shared
from pipeline.errors import UserError
from pipeline.world.server import serve

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.world.server import Pages

LOOPBACK = "127.0.0.1"


@click.command("serve")
@shared
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one.")
def command(options: Options, port: int) -> None:
    """Build the site, show it on this machine only, and build again on every change."""

    def build() -> Pages | None:
        try:
            framework, outcome = checked(options, keep_tokens=True)
            write(options, "terminal", outcome)
        except UserError as error:
            click.echo(f"kader: {error.text.in_language(options.language)}", err=True)
            return None
        if framework is None:
            return None
        made = draft_artifacts(framework, options)
        del framework, outcome
        gc.collect()  # unlike the other commands, this one goes on and on
        return {artifact.name.removeprefix("site/"): (artifact.media_type, artifact.content) for artifact in made}

    def ready(address: str) -> None:
        options.say(
            f"De site staat op {address} (stoppen: Ctrl-C). Elke wijziging zie je vanzelf.",
            f"The site is at {address} (stop: Ctrl-C). Every change shows by itself.",
        )

    serve(build, (LOOPBACK, port), watched=(options.root, options.schemas), ready=ready)
