"""``kader release plan``: which version the changes ask for, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import shared
from pipeline.compare.changes import Form
from pipeline.errors import Text, UserError
from pipeline.exports.release.next import VERSION, next_version
from pipeline.exports.release.versions import Level
from pipeline.reports.layout import printable

if TYPE_CHECKING:
    from pipeline.cli.options import Options
    from pipeline.cli.release_source import Source
    from pipeline.exports.release.next import Next, Reason

SHOWN: Final = 5
"""Most ids that are named for one reason."""

_WHY: Final = {
    Level.MAJOR: Text(
        nl="een hoofdversie: wie het kader gebruikt, moet iets aanpassen",
        en="a major version: whoever uses the framework has to change something",
    ),
    Level.MINOR: Text(
        nl="een nieuwe versie: er is iets bij gekomen of anders gaan betekenen",
        en="a minor version: something was added, or means something else",
    ),
    Level.PATCH: Text(
        nl="een kleine versie: alleen de tekst of de vorm is verbeterd",
        en="a patch: just the text or the form was improved",
    ),
}

_FORMS: Final = {
    Form.ADDED: Text(nl="nieuw", en="new"),
    Form.REMOVED: Text(nl="verwijderd", en="removed"),
    Form.WITHDRAWN: Text(nl="ingetrokken of vervangen", en="withdrawn or replaced"),
    Form.RENAMED: Text(nl="hernoemd", en="renamed"),
    Form.CHANGED: Text(nl="gewijzigd", en="changed"),
}

_LEVELS: Final = {
    Level.MAJOR: Text(nl="ingrijpend", en="breaking"),
    Level.MINOR: Text(nl="inhoudelijk", en="meaning"),
    Level.PATCH: Text(nl="redactioneel", en="editorial"),
}


@click.command("plan")
@shared
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="How to write it.",
)
def command(options: Options, form: str) -> int:
    """Work out the version that the changes since the last release ask for."""
    from pipeline.cli.release_changes import comparison_of
    from pipeline.cli.release_source import source_of
    from pipeline.exports.release.base import last_of

    source = source_of(options, lambda tags, _commit: last_of(tags))
    if source.framework is None:
        raise UserError(
            nl="De schema's van deze commit kloppen niet. `kader check` zegt wat eraan scheelt.",
            en="The schemas of this commit are not right. `kader check` tells what is wrong.",
        )
    changes = comparison_of(source, source.framework, "").changes
    found = next_version(changes, source.base, source.commit)
    click.echo(_json(source, found) if form == "json" else _words(source, found, options.language))
    return 0


def _json(source: Source, found: Next) -> str:
    base = source.base
    value = {
        "version": VERSION,
        "commit": source.commit,
        "base": {"version": str(base.version), "commit": base.commit} if base else None,
        "next": str(found.version) if found.version else None,
        "level": found.level.word if found.level else None,
        "reasons": [{"level": each.level.word, "form": each.form, "ids": each.ids} for each in found.reasons],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _words(source: Source, found: Next, language: str) -> str:
    if source.base is None:
        first = Text(
            nl=f"{found.version}: de eerste uitgave. Er is nog geen tag van een versie (git fetch --tags haalt ze op).",
            en=f"{found.version}: the first release. No version has a tag yet (git fetch --tags fetches them).",
        )
        return first.in_language(language)
    version = source.base.version
    if found.version is None or found.level is None:
        none = Text(
            nl=f"Deze commit is {version} zelf: er is niets nieuws om uit te geven.",
            en=f"This commit is {version} itself: there is nothing new to release.",
        )
        return none.in_language(language)
    head = Text(
        nl=f"Na {version} komt {found.version}, {_WHY[found.level].nl}.",
        en=f"After {version} comes {found.version}, {_WHY[found.level].en}.",
    )
    return "\n".join([head.in_language(language), *(_reason(each, language) for each in found.reasons)])


def _reason(reason: Reason, language: str) -> str:
    rest = len(reason.ids) - SHOWN
    names = ", ".join(map(printable, reason.ids[:SHOWN]))
    more = Text(nl=f" en nog {rest}", en=f" and {rest} more").in_language(language) if rest > 0 else ""
    what, level = _FORMS[reason.form].in_language(language), _LEVELS[reason.level].in_language(language)
    return f"  {len(reason.ids)} {what} ({level}): {names}{more}"
