"""``kader show``: an entry with its relations in both directions."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.errors import Text
from pipeline.rules.references.suggestions import unknown_entry
from pipeline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.options import Options
    from pipeline.model.framework import Entry, Framework, Reference


@click.command("show")
@shared
@click.argument("name")
def command(options: Options, name: str) -> None:
    """Show the entry NAME: an id, a code, a file name or a path."""
    framework = read_framework(options, sound_schemas(options))
    entry = framework.find(name)
    if entry is None:
        raise unknown_entry(framework, name)
    for line in _lines(framework, entry, options):
        click.echo(line, color=options.color)


def _lines(framework: Framework, entry: Entry, options: Options) -> Iterator[str]:
    language = options.language
    yield from _wrapped(click.style(visible(entry.title), bold=True), options.width)
    yield f"{entry.kind.one.in_language(language)} · {visible(entry.id)}"
    yield visible(entry.path)
    summary = entry.part("summary")
    if isinstance(summary, str):
        yield ""
        yield from _wrapped(visible(" ".join(summary.split())), options.width)
    outgoing: dict[str, list[Reference]] = {}
    for reference in framework.outgoing(entry):
        label = Text(nl="In de tekst", en="In the text")
        if not reference.is_mention:
            label = entry.kind.label(reference.spec.path[0])
        outgoing.setdefault(label.in_language(language), []).append(reference)
    incoming: dict[str, list[Reference]] = {}
    for reference in framework.incoming(entry):
        incoming.setdefault(_inverse(reference).in_language(language), []).append(reference)
    yield from _groups(Text(nl="Verwijst naar", en="Refers to"), outgoing, options, outward=True)
    yield from _groups(Text(nl="Wordt genoemd door", en="Is named by"), incoming, options, outward=False)


def _inverse(reference: Reference) -> Text:
    if reference.spec.inverse:
        return reference.spec.inverse.label
    if reference.is_mention:
        return Text(nl="In de tekst van", en="In the text of")
    return reference.origin.kind.many


def _groups(title: Text, groups: dict[str, list[Reference]], options: Options, *, outward: bool) -> Iterator[str]:
    yield ""
    yield click.style(title.in_language(options.language), underline=True)
    if not groups:
        yield "  –"
    for label, references in groups.items():
        yield f"  {click.style(visible(label), bold=True)}"
        shown: dict[str, None] = {}
        for reference in references:
            other = reference.target if outward else reference.origin
            if other is None:
                missing = Text(nl="bestaat niet", en="does not exist").in_language(options.language)
                shown[f"{visible(reference.key)}  ({missing})"] = None
            else:
                locator = f" {reference.locator}" if reference.locator else ""
                shown[f"{visible(other.code)}{locator}  {visible(other.title)}"] = None
        for line in shown:
            yield from _wrapped(line, options.width, indent="    ")


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + ("  " if indent else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )
