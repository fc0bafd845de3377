"""``kader new``: the first version of an entry, in the right place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.cli.schema import kind_named
from pipeline.errors import UserError
from pipeline.model.kinds import ANY
from pipeline.model.skeleton import skeleton, slug_of
from pipeline.world.files import read_text, write_new

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind


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
    code = _next_code(framework, found, title, prefix)
    choices = {
        spec.path[0]: [name for kind_name in spec.to for name in framework.index.table(kind_name, spec.by)]
        for spec in found.references
        if spec.vocabulary and spec.path[1:] in {(), (ANY,)}
    }
    text = skeleton(found, code=code, title=title, choices=choices, language=options.language)
    if found.files.layout == "document":
        name = found.files.name.replace("{code}", code).replace("{slug}", slug_of(title)).replace("{number}", "0")
        path = f"{found.files.folder}/{name}.md"
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


def _next_code(framework: Framework, kind: Kind, title: str, prefix: str) -> str:
    identity = kind.identity
    taken = {entry.code for entry in framework.index.of_kind(kind.name)} | _released(framework, kind)
    if identity.from_title or (not identity.prefixes and not identity.code):
        code = base = _fitting(kind, slug_of(title))
        number = 1
        while code in taken:
            number += 1
            code = f"{base}-{number}"
        return code
    if prefix and identity.prefixes and prefix not in identity.prefixes:
        known = ", ".join(identity.prefixes)
        raise UserError(
            nl=f"Een code van deze soort begint niet met “{prefix}”. Kies uit: {known}.",
            en=f"No code of this kind begins with “{prefix}”. Choose from: {known}.",
        )
    if not prefix and len(identity.prefixes) > 1:
        known = ", ".join(identity.prefixes)
        raise UserError(
            nl=f"Zeg waarmee de code begint, bijvoorbeeld --prefix {identity.prefixes[0]}. Kies uit: {known}.",
            en=f"Say what the code begins with, --prefix {identity.prefixes[0]} for example. Choose from: {known}.",
        )
    letters = prefix or "".join(identity.prefixes)
    start = f"{letters}-" if letters else ""
    numbers = [int(match[1]) for code in taken if (match := re.fullmatch(f"{re.escape(start)}([0-9]{{1,9}})", code))]
    number = max([identity.first - 1, *numbers]) + 1
    return f"{start}{number:0{identity.digits}d}"


def _released(framework: Framework, kind: Kind) -> set[str]:
    """Codes in the ledger: once released, a number is never given out again."""
    document = framework.extras.get(framework.settings.ledger)
    if document is None:
        return set()
    first = (line.split(",")[0].strip().strip('"') for line in document.source.text.splitlines()[1:])
    return {match["code"] for name in first if (match := kind.id_pattern.fullmatch(name))}


def _fitting(kind: Kind, code: str) -> str:
    if not kind.code_pattern.fullmatch(code):
        raise UserError(
            nl=f"Van deze titel is geen code te maken (“{code}”). Kies een andere titel.",
            en=f"No code can be made of this title (“{code}”). Choose another title.",
        )
    return code
