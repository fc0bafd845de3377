"""``kader stats``: how much there is, and how much of it hangs together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.guidance.coverage import figures
from pipeline.rules.coverage.gaps import is_open
from pipeline.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind, ReferenceField


@click.command("stats")
@shared
def command(options: Options) -> None:
    """Count entries by kind and status, relations by field, and what each relation covers."""
    framework = read_framework(options, sound_schemas(options))
    for line in _lines(framework, options.language):
        click.echo(line, color=options.color)


def _lines(framework: Framework, language: str) -> Iterator[str]:
    dutch = language == "nl"
    yield click.style("Onderdelen" if dutch else "Entries", bold=True)
    yield from _columns(list(_kinds(framework, language)))
    yield ""
    yield click.style("Relaties en hun dekking" if dutch else "Relations and their coverage", bold=True)
    yield from _columns(list(_relations(framework, language)))
    yield from _coverage(framework, language)
    yield ""
    total, placed = len(framework.references), sum(each.target is not None for each in framework.references)
    yield (
        f"{len(framework.entries)} onderdelen, {total} verwijzingen, waarvan {total - placed} zonder doel."
        if dutch
        else f"{len(framework.entries)} entries, {total} references, {total - placed} of them without a target."
    )


def _kinds(framework: Framework, language: str) -> Iterator[Sequence[str]]:
    for kind in framework.kinds.values():
        entries = framework.index.of_kind(kind.name)
        statuses = Counter(str(entry.part("status")) for entry in entries if entry.part("status"))
        shown = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
        yield kind.many.in_language(language), str(len(entries)), shown


def _relations(framework: Framework, language: str) -> Iterator[Sequence[str]]:
    """How many references a field holds, and how many of its targets are named at least once."""
    for kind in framework.kinds.values():
        for spec in _distinct(kind):
            held = [
                each
                for each in framework.references
                if each.origin.kind is kind and each.spec.name == spec.name and each.target is not None
            ]
            targets = [entry for name in spec.to for entry in framework.index.of_kind(name)]
            named = {id(each.target) for each in held}
            if not held:
                continue
            words = "genoemd" if language == "nl" else "named"
            share = f"{len(named)}/{len(targets)} {words}" if targets else ""
            yield f"{kind.name}.{spec.name}", str(len(held)), share


def _coverage(framework: Framework, language: str) -> Iterator[str]:
    """How many have what the framework asks, and how many gaps are accepted."""
    dutch = language == "nl"
    rows: list[Sequence[str]] = []
    for figure in figures(framework):
        measure = figure.measure
        known = sum(not any(is_open(framework, gap, lack) for lack in gap.lacks or (None,)) for gap in figure.gaps)
        words = (f" ({known} geaccepteerd)" if dutch else f" ({known} accepted)") if known else ""
        rows.append((measure.name, f"{figure.covered}/{figure.total}", f"{measure.label.in_language(language)}{words}"))
    if rows:
        yield ""
        yield click.style("Dekking" if dutch else "Coverage", bold=True)
        yield from _columns(rows)


def _distinct(kind: Kind) -> list[ReferenceField]:
    return list({spec.name: spec for spec in reversed(kind.references)}.values())[::-1]


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    first = max(display_width(row[0]) for row in rows)
    second = max(len(row[1]) for row in rows)
    for label, count, rest in rows:
        yield f"  {label}{' ' * (first - display_width(label))}  {count:>{second}}  {rest}".rstrip()
