"""``kader check``: the findings of a framework."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from pipeline.cli.checking import checked, write
from pipeline.cli.memory import open_memory
from pipeline.cli.options import read_schemas, shared
from pipeline.reports.registry import FORMATS
from pipeline.world.files import Snapshot, WorkingTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.cli.memory import Memory, Recalled
    from pipeline.cli.options import Options
    from pipeline.documents.document import Document
    from pipeline.findings import Outcome
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Schemas
    from pipeline.recheck.cards import Line


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
    memory = None if no_cache else open_memory(options.root, options.schemas, options.schemas_label)
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
    loaded = read_schemas(options, sound=recalled is not None)
    same = _patched(loaded[0], tree, memory, recalled) if memory and recalled and loaded[0] else None
    framework, outcome = (None, same[0]) if same else checked(options, tree, loaded=loaded, memory=memory, form=form)
    write(options, form, outcome)
    if memory and (same or framework):  # flawed schemas are looked at each time
        sys.stdout.flush()  # nobody needs to wait for what is kept
        lines = same[1] if same else _lines(framework, recalled) if framework else {}
        memory.keep(tree, outcome, lines, recalled.changed if same and recalled else None)
    return int(outcome.fails)


def _lines(framework: Framework, recalled: Recalled | None) -> Mapping[str, Line]:
    """Give what is known of each file, anew where it changed."""
    from pipeline.recheck.register import register_of

    lines, changed = (recalled.lines, recalled.changed) if recalled else ({}, {})
    return register_of(framework, {path: line for path, line in lines.items() if path not in changed}).lines


def _patched(
    schemas: Schemas, tree: Snapshot, memory: Memory, recalled: Recalled
) -> tuple[Outcome, Mapping[str, Line]] | None:
    """Give the outcome that follows from the last one, and what is known of each file, where what changed allows it."""
    from pipeline.model.load import extras_of, read_document
    from pipeline.recheck.excerpt import Later
    from pipeline.recheck.patch import Known, can_be_patched, patched
    from pipeline.recheck.register import Register
    from pipeline.rules.run import inspected

    present = frozenset(tree.list())
    if not can_be_patched(schemas, present):
        return None
    # What changed, as it is at that moment: one change is looked at after the other.
    now = {path: memory.document(path, digest) for path, digest in recalled.changed.items()}

    def read(path: str) -> Document | None:
        return now[path] if path in now else memory.document(path, tree.digest(path))

    outcome, register = recalled.outcome, Register(schemas, recalled.files, recalled.lines)
    texts, extras = _texts(schemas, tree), Later(lambda: dict(extras_of(tree, schemas, tree.list())))
    # What went comes first: a file with another name would be there twice.
    for path in sorted(now, key=lambda path: (path in present, path)):
        kind = None if schemas.settings.ignores(path) else schemas.claim(path)
        old, was, is_there = now[path], path in recalled.files, path in present
        found = read_document(tree, path, kind) if kind and is_there else None
        if kind is not None and ((old is None) is was or (found is None) is is_there):
            return None
        new = inspected(found, kind) if found and kind else None
        after = patched(outcome, path, old, new, Known(register, read, texts, extras))
        if after is None:
            return None
        outcome, register = after
        now[path] = new
        if new:
            memory.made(tree, new)
    return outcome, register.lines


def _texts(schemas: Schemas, tree: Snapshot) -> Mapping[str, str]:
    """Give the texts of the ledger and of the file with accepted gaps, by path; empty for one that is not there."""
    gaps = schemas.settings.demands.gaps
    texts: dict[str, str] = {}
    for path in filter(None, (schemas.settings.ledger, gaps and gaps.file)):
        with suppress(OSError):
            texts[path] = tree.read(path).decode(errors="replace")
    return texts
