"""``kader check --fix``: mend what can be mended without asking, and tell what was done."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from pipeline.cli.checking import checked, write
from pipeline.errors import UserError
from pipeline.fixing.mend import has_safe_fix, mend
from pipeline.fixing.overlay import Checked, Rechecker
from pipeline.reports import diff as unified
from pipeline.reports.layout import printable, wrap
from pipeline.world.files import Snapshot, WorkingTree
from pipeline.world.patches import is_own_file, write_patches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.memory import Memory
    from pipeline.cli.options import Options
    from pipeline.findings import Finding
    from pipeline.fixing.mend import Mended
    from pipeline.model.framework import Framework


def fixed(options: Options, memory: Memory | None, *, aside: bool) -> None:
    """Mend files and tell what was done; ``aside`` tells it on standard error."""
    tree = Snapshot(WorkingTree(options.root))
    framework, outcome = checked(options, tree, memory=memory)
    if framework is None:
        return
    refused = _Refused(options, framework)
    mended = mend(Checked(framework, outcome.findings), Rechecker(tree, framework), refused.may_change)
    teller = _Teller(options, aside=aside)
    trouble = [*_write(options, mended, teller)]
    for path in sorted(refused.paths & {each.path for each in outcome.findings if has_safe_fix(each)}):
        teller.tell(f"Niet gewijzigd: {path} is geen gewoon bestand.", f"Left as it is: {path} is no ordinary file.")
    for each in mended.dropped:
        teller.dropped(each)
    teller.end()
    for error in trouble:
        click.echo(f"kader: {printable(error.text.in_language(options.language))}", err=True)


def would_fix(options: Options, memory: Memory | None, *, alone: bool) -> int:
    """Print what would change as a diff; give the exit code for what is there now."""
    if not alone:
        raise UserError(
            nl="--diff hoort bij --fix, en gaat niet samen met --format of --base.",
            en="--diff goes with --fix, and not with --format or --base.",
        )
    tree = Snapshot(WorkingTree(options.root))
    framework, outcome = checked(options, tree, memory=memory)
    if framework is None:
        write(options, "terminal", outcome)
        return int(outcome.fails)
    may_change = _Refused(options, framework).may_change
    mended = mend(Checked(framework, outcome.findings), Rechecker(tree, framework), may_change)
    unified.write(mended.patches, sys.stdout, colour=options.color)
    _Teller(options, aside=True).would_change(len(mended.patches))
    return int(outcome.fails)


class _Refused:
    """Knows which files are left alone whatever is found in them: links, and what is no text."""

    def __init__(self, options: Options, framework: Framework) -> None:
        self._root = options.root
        documents = (*framework.documents, *framework.extras.values())
        self._texts = {
            each.source.path for each in documents if not any(flaw.rule.startswith("source/") for flaw in each.flaws)
        }
        self.paths: set[str] = set()

    def may_change(self, path: str) -> bool:
        allowed = path in self._texts and is_own_file(self._root, path)
        if not allowed:
            self.paths.add(path)
        return allowed


def _write(options: Options, mended: Mended, teller: _Teller) -> Iterator[UserError]:
    """Write what was mended; give what went wrong with files that were left alone."""
    for group in mended.groups():
        try:
            write_patches(options.root, group)
        except UserError as error:
            yield error
            continue
        for patch in group:
            teller.mended(patch.path, [each for each in mended.solved if each.path == patch.path])


class _Teller:
    """Says what was done, a line a file."""

    def __init__(self, options: Options, *, aside: bool) -> None:
        self._options = options
        self._aside = aside
        self._said = False

    def tell(self, nl: str, en: str) -> None:
        if self._options.quiet:
            return
        words = printable(nl if self._options.language == "nl" else en)
        for line in wrap(words, self._options.width, rest="  "):
            click.echo(line, err=self._aside)
        self._said = True

    def mended(self, path: str, solved: list[Finding]) -> None:
        counts = Counter(each.rule for each in solved)
        rules = ", ".join(rule if count == 1 else f"{count}x {rule}" for rule, count in sorted(counts.items()))
        self.tell(f"Verbeterd: {path} ({rules})", f"Mended: {path} ({rules})")

    def dropped(self, finding: Finding) -> None:
        begin = finding.problem.location.begin
        place = f"{finding.path}:{begin.line}:{begin.column}"
        self.tell(
            f"Niet verbeterd: {place} ({finding.rule}), want het bestand werd er niet beter van.",
            f"Not mended: {place} ({finding.rule}), for the file got no better by it.",
        )

    def would_change(self, count: int) -> None:
        files = ("bestand", "file") if count == 1 else ("bestanden", "files")
        self.tell(
            f"{count} {files[0]} te verbeteren; er is niets geschreven.",
            f"{count} {files[1]} to mend; nothing was written.",
        )

    def end(self) -> None:
        """Part what was done from what is left, or say that nothing was done."""
        if not self._said:
            self.tell("Er was niets wat vanzelf te verbeteren is.", "There was nothing to mend unasked.")
        elif not self._aside:
            click.echo()
