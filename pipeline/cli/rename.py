"""``kader rename``: another name for an entry or a heading, and for all that names it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.documents.document import Document
from pipeline.documents.parse import decode, parse_document
from pipeline.errors import Text, UserError
from pipeline.fixing.overlay import Checked, Rechecker
from pipeline.renaming.carry import ID, LEDGER, LINK, LIST, MENU, REFERENCE
from pipeline.renaming.heading import HEADING, planned_heading
from pipeline.renaming.plan import planned
from pipeline.renaming.succession import NEW, SUCCESSOR
from pipeline.renaming.target import renaming
from pipeline.reports import diff as unified
from pipeline.reports.layout import printable, wrap
from pipeline.rules.run import check_framework, inspected
from pipeline.world.files import WorkingTree
from pipeline.world.patches import write_patches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
    from pipeline.renaming.plan import Plan
    from pipeline.renaming.target import Renaming
    from pipeline.text import Tree

MOST: Final = 8
"""Most places that are named where the old name stays."""

_SORTS: Final = {
    ID: (Text(nl="de id", en="the id"), Text(nl="id's", en="ids")),
    HEADING: (Text(nl="het kopje", en="the heading"), Text(nl="kopjes", en="headings")),
    REFERENCE: (Text(nl="1 verwijzing", en="1 reference"), Text(nl="verwijzingen", en="references")),
    LINK: (Text(nl="1 link", en="1 link"), Text(nl="links", en="links")),
    LIST: (Text(nl="1 lijst", en="1 list"), Text(nl="lijsten", en="lists")),
    MENU: (
        Text(nl="1 regel van het menu", en="1 line of the menu"),
        Text(nl="regels van het menu", en="lines of the menu"),
    ),
    NEW: (Text(nl="nieuw", en="new"), Text(nl="nieuw", en="new")),
    SUCCESSOR: (Text(nl="status en opvolger", en="status and successor"), Text(nl="opvolgers", en="successors")),
    LEDGER: (Text(nl="1 opvolger", en="1 successor"), Text(nl="opvolgers", en="successors")),
}
_TEXTS: Final = (".yaml", ".yml", ".csv", ".json", ".html", ".txt")


@click.command("rename")
@shared
@click.argument("old")
@click.argument("new")
@click.option("--diff", is_flag=True, help="Show each line that changes.")
@click.option(
    "--replace", is_flag=True, help="Keep the old page, with the new one as its successor: others know its id."
)
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
def command(options: Options, old: str, new: str, *, diff: bool, replace: bool, yes: bool) -> int:
    """Give the entry OLD the name NEW, in every file that names it.

    OLD and NEW are each an id, a code, the name of a file or its path. A heading is renamed
    with the page and the heading: "page.md#old-heading" "#New heading".
    """
    framework = read_framework(options, sound_schemas(options), inspect=inspected)
    tree = WorkingTree(options.root)
    checked = Checked(framework, check_framework(framework))
    recheck = Rechecker(tree, framework)
    others = list(other_documents(framework, tree))
    page, hash_, anchor = old.partition("#")
    if hash_:
        words = new.removeprefix(page).removeprefix("#")
        path = _from_root(options, page)
        plan = planned_heading(checked, recheck, others, path=path, anchor=anchor, words=words)
        _say(
            options,
            f"Het kopje #{anchor} van {path} wordt: {words}",
            f"The heading #{anchor} of {path} becomes: {words}",
        )
    else:
        target = renaming(framework, _from_root(options, old), _from_root(options, new))
        plan = planned(checked, recheck, target, others, replace=replace)
        _show_names(options, target, replace=replace)
    _show(options, plan)
    if diff:
        sys.stdout.write("\n")
        unified.write(plan.patches, sys.stdout, colour=options.color)
    if not (yes or _agreed(options)):
        options.say("Er is niets gewijzigd.", "Nothing was changed.")
        return 0
    write_patches(options.root, plan.patches)
    count = len(plan.patches)
    options.say(
        f"Klaar: {count} {'bestand' if count == 1 else 'bestanden'} gewijzigd.",
        f"Done: {count} {'file' if count == 1 else 'files'} changed.",
    )
    return 0


def _from_root(options: Options, name: str) -> str:
    """Read a path that is meant from the folder where the user is."""
    root = options.root.resolve()
    here = Path.cwd()
    below = here != root and here.is_relative_to(root) and name.endswith(".md")
    if not below or not (name.startswith((".", "..")) or (here / name).exists()):
        return name
    path = Path(os.path.normpath(here / name))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else name


def other_documents(framework: Framework, tree: Tree) -> Iterator[Document]:
    """Read the texts of the repository that hold no entries."""
    markdown = framework.settings.markdown
    for path in sorted(framework.files):
        if framework.schemas.claim(path) or path in framework.extras or not path.endswith((".md", *_TEXTS)):
            continue
        try:
            data = tree.read(path)
        except OSError:
            continue
        if path.endswith(".md"):
            yield parse_document(path, data, layout="document", dialect=markdown.dialect, slugs=markdown.slugs)
        else:
            source, flaw = decode(path, data)
            if flaw is None:
                yield Document(source=source)


def _show_names(options: Options, target: Renaming, *, replace: bool) -> None:
    entry = target.entry
    if replace:
        _say(options, f"{entry.id} wordt vervangen door {target.id}", f"{entry.id} is replaced by {target.id}")
        return
    if target.moves:
        _say(options, f"{entry.path} wordt {target.path}", f"{entry.path} becomes {target.path}")
    if target.recodes:
        _say(options, f"{entry.id} wordt {target.id}", f"{entry.id} becomes {target.id}")
        if entry.kind.identity.where == "field" and "successor" in entry.kind.means:
            _say(
                options,
                "Kennen anderen deze id al? Dan hoort --replace erbij: de oude pagina blijft en wijst de nieuwe aan.",
                "Do others know this id already? Then use --replace: the old page stays and points at the new one.",
            )


def _show(options: Options, plan: Plan) -> None:
    """Print which files change and in how many places, and where the old name stays."""
    language = options.language
    if plan.counts:
        click.echo()
        _say(options, "Dit verandert mee:", "This changes along:")
    for path, counts in sorted(plan.counts.items()):
        words = [
            one.in_language(language) if count == 1 else f"{count} {many.in_language(language)}"
            for sort, (one, many) in _SORTS.items()
            if (count := counts[sort])
        ]
        line = f"{path}: {', '.join(words)}"
        _say(options, line, line, first="  ")
    if plan.left:
        click.echo()
        _say(
            options, "Hier staat de oude naam in gewone tekst. Die blijft zo:", "The old name stays in plain text here:"
        )
        for place in plan.left[:MOST]:
            line = f"{place.source.path}:{place.begin.line}"
            _say(options, line, line, first="  ")
        more = len(plan.left) - MOST
        if more > 0:
            _say(options, f"en nog {more} keer.", f"and {more} times more.", first="  ")


def _say(options: Options, nl: str, en: str, *, first: str = "") -> None:
    words = printable(nl if options.language == "nl" else en)
    for line in wrap(words, options.width, first=first, rest=f"{first}  "):
        click.echo(line)


def _agreed(options: Options) -> bool:
    """Ask a person; a program must say ``--yes``."""
    if not sys.stdin.isatty():
        raise UserError(
            nl="Er is niets gewijzigd. Voeg --yes toe om het te doen.",
            en="Nothing was changed. Add --yes to do it.",
        )
    question = Text(nl="Doorgaan? (j/n) ", en="Go on? (y/n) ").in_language(options.language)
    click.echo(f"\n{question}", nl=False)
    return sys.stdin.readline().strip().lower() in {"j", "ja", "y", "yes"}
