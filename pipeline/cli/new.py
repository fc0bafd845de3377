"""``kader new``: the first version of an entry, in the right place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.cli.schema import kind_named
from pipeline.errors import UserError
from pipeline.model.codes import next_code, path_of
from pipeline.model.kinds import ANY
from pipeline.model.skeleton import skeleton
from pipeline.world.files import read_text, write_new

if TYPE_CHECKING:
    from pipeline.cli.options import Options


@click.command("new")
@shared
@click.argument("kind")
@click.argument("title")
@click.option("--prefix", default="", help="The letters that the code begins with, where a kind has several.")
def command(options: Options, kind: str, title: str, prefix: str) -> None:
    """Start an entry of KIND called TITLE."""
    schemas = sound_schemas(options)
    found = kind_named(schemas, kind)
    title = " ".join(title.split())
    if not title:
        raise UserError(nl="Geef een titel.", en="Give a title.")
    framework = read_framework(options, schemas)
    code = next_code(framework, found, title, prefix=prefix)
    choices = {
        spec.path[0]: [name for kind_name in spec.to for name in framework.index.table(kind_name, spec.by)]
        for spec in found.references
        if spec.vocabulary and spec.path[1:] in {(), (ANY,)}
    }
    text = skeleton(found, code=code, title=title, choices=choices, language=options.language)
    if found.files.layout == "document":
        path = path_of(found, code, title)
        write_new(options.root, path, text)
    else:
        path = found.files.file
        before = read_text(options.root, path) or ""
        if before and not before.endswith("\n"):
            before += "\n"
        write_new(options.root, path, before + text, replace=True)
    options.say(
        f"Gemaakt: {path} (code {code}).\nVul het bestand in en controleer het met: kader check",
        f"Made: {path} (code {code}).\nFill in the file and check it with: kader check",
    )
