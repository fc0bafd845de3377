"""``kader schema``: a kind as plain JSON Schema, for any other tool."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import shared, sound_schemas
from pipeline.errors import UserError
from pipeline.model.schemas import plain_schema
from pipeline.rules.nearest import nearest

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.model.kinds import Kind, Schemas


@click.command("schema")
@shared
@click.argument("kind")
def command(options: Options, kind: str) -> None:
    """Print the fields of KIND as plain JSON Schema 2020-12."""
    found = kind_named(sound_schemas(options), kind)
    click.echo(json.dumps(plain_schema(found), ensure_ascii=False, indent=2))


def kind_named(schemas: Schemas, name: str) -> Kind:
    """Give a kind; an unknown name is a mistake with a suggestion."""
    found = schemas.kinds.get(name)
    if found is not None:
        return found
    near = ", ".join(nearest(name, schemas.kinds))
    known = ", ".join(schemas.kinds)
    raise UserError(
        nl=f"Er is geen soort “{name}”. " + (f"Bedoel je {near}?" if near else f"Kies uit: {known}."),
        en=f"There is no kind “{name}”. " + (f"Did you mean {near}?" if near else f"Choose from: {known}."),
    )
