"""``kader check``: the findings of a framework."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pipeline.cli.checking import checked, write
from pipeline.cli.memory import open_memory
from pipeline.cli.options import read_schemas, shared
from pipeline.reports.registry import FORMATS
from pipeline.world.files import Snapshot, WorkingTree

if TYPE_CHECKING:
    from pipeline.cli.memory import Memory, Recalled
    from pipeline.cli.options import Options
    from pipeline.documents.document import Document
    from pipeline.findings import Outcome
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.rules.felt import States

    Surroundings = tuple[frozenset[str], States]


@click.command("check")
@shared
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="terminal",
    show_default=True,
    help="How to write the findings.",
)
@click.option("--base", metavar="REV", help="Tell what is new since the work parted from this branch, tag or commit.")
@click.option("--all", "everything", is_flag=True, help="With --base: tell what was there before as well.")
@click.option("--fix", is_flag=True, help="First mend what can be mended without asking.")
@click.option("--diff", is_flag=True, help="With --fix: print what would change, and write nothing.")
@click.option("--no-cache", is_flag=True, help="Read everything anew, and keep nothing for the next time.")
def command(
    options: Options, form: str, base: str | None, *, everything: bool, fix: bool, diff: bool, no_cache: bool
) -> int:
    """Check the framework and print what is wrong.

    Exit code 1 when there is an error; warnings and notices do not count, nor, with --base,
    what is not new.
    """
    memory = None if no_cache else open_memory(options.root, options.schemas)
    if fix or diff:
        from pipeline.cli.fix import fixed, would_fix

        if diff:
            return would_fix(options, memory, alone=fix and base is None and form == "terminal")
        fixed(options, memory, aside=form != "terminal")
    tree = Snapshot(WorkingTree(options.root))
    if base is not None:
        from pipeline.cli.base import checked_against

        outcome = checked_against(options, base, tree, memory)
        write(options, form, outcome, everything=everything)
        return int(outcome.fails)
    recalled = memory.recall(tree, lambda: options.today) if memory else None
    if recalled and not recalled.changed:
        write(options, form, recalled.outcome, words=recalled.words)
        return int(recalled.outcome.fails)
    loaded = read_schemas(options)
    same = _patched(loaded[0], tree, memory, recalled) if memory and recalled and loaded[0] else None
    framework, outcome = (None, same[0]) if same else checked(options, tree, loaded=loaded, memory=memory, form=form)
    write(options, form, outcome)
    if memory:
        sys.stdout.flush()  # nobody needs to wait for what is kept
        around = _around(framework) if framework else same[1] if same else None
        memory.keep(tree, outcome, around)
    return int(outcome.fails)


def _around(framework: Framework) -> Surroundings:
    from pipeline.rules.felt import linked_headings, states_of

    return linked_headings(framework.documents), states_of(framework)


def _patched(
    schemas: Schemas, tree: Snapshot, memory: Memory, recalled: Recalled
) -> tuple[Outcome, Surroundings | None] | None:
    """Give the outcome that follows from the last one, where the files that changed allow it.

    With it comes what is around, where that is no longer as it was.
    """
    from pipeline.model.load import read_document
    from pipeline.rules.felt import linked_headings
    from pipeline.rules.patch import Around, can_be_patched, patched
    from pipeline.rules.run import inspected

    files = frozenset(tree.list())
    if not can_be_patched(schemas, files):
        return None

    def read_other(path: str) -> Document | None:
        return None if path in recalled.changed else memory.document(path, tree.digest(path))

    outcome: Outcome | None = recalled.outcome
    around = Around(recalled.linked, recalled.states, _gaps(schemas, tree), files, read_other)
    for path, digest in recalled.changed.items():
        kind = schemas.claim(path)
        old = memory.document(path, digest)
        read = read_document(tree, path, kind) if kind and old else None
        if outcome is None or kind is None or old is None or read is None:
            return None
        new = inspected(read, kind)
        memory.made(tree, new)
        outcome = patched(outcome, old, new, schemas, around)
        around = around._replace(linked=around.linked | linked_headings([new]))
    if outcome is None:
        return None
    return outcome, None if around.linked == recalled.linked else (around.linked, around.states)


def _gaps(schemas: Schemas, tree: Snapshot) -> str:
    """Give the text of the file with accepted gaps; empty where there is none."""
    gaps = schemas.settings.demands.gaps
    try:
        return tree.read(gaps.file).decode(errors="replace") if gaps else ""
    except OSError:
        return ""
