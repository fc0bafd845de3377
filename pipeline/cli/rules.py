"""``kader rules``: the manual pages of the rules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import shared
from pipeline.reports.manual import find_rule, write_rule, write_rules
from pipeline.rules.registry import rules

if TYPE_CHECKING:
    from pipeline.cli.options import Options


@click.command("rules")
@shared
@click.argument("name", required=False)
def command(options: Options, name: str | None) -> None:
    """Explain the rule NAME (links/broken, or just broken), or list them all."""
    language, width, colour = options.language, options.width, options.color
    if name is None:
        write_rules(rules(), sys.stdout, language=language, width=width, colour=colour)
    else:
        write_rule(find_rule(name, rules()), sys.stdout, language=language, width=width, colour=colour)
