"""``kader rules``: the manual pages of the rules."""

from __future__ import annotations

import sys

import click

from pipeline.cli.options import Options, shared
from pipeline.errors import UserError
from pipeline.reports.manual import write_list, write_page
from pipeline.rules.nearest import nearest
from pipeline.rules.registry import rules


@click.command("rules")
@shared
@click.argument("name", required=False)
def command(options: Options, name: str | None) -> None:
    """Explain the rule NAME (links/broken, or just broken), or list them all."""
    table = rules()
    if name is None:
        write_list(table, sys.stdout, language=options.language, width=options.width, colour=options.color)
        return
    found = [rule for rule in table.values() if name in (rule.name, rule.name.partition("/")[2])]
    if not found:
        near = nearest(name, table) or nearest(name, [each.partition("/")[2] for each in table])
        words = ", ".join(near)
        raise UserError(
            nl=f"Er is geen regel “{name}”." + (f" Bedoel je {words}?" if near else " `kader rules` noemt ze alle."),
            en=f"There is no rule “{name}”." + (f" Did you mean {words}?" if near else " `kader rules` lists them."),
        )
    for rule in found:
        write_page(rule, sys.stdout, language=options.language, width=options.width, colour=options.color)
