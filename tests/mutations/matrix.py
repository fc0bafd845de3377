"""What became of the mistakes, as a table: a row for each rule, and how much of it went right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.mutations.harvest import Harvest, Verdict

HEADINGS: Final = ("mistakes", "found", "located", "named", "suggested", "others")


@dataclass(slots=True)
class Row:
    """Counts over some mistakes; ``asked`` are those for which a suggestion or a fix is asked."""

    mistakes: int = 0
    found: int = 0
    located: int = 0
    named: int = 0
    asked: int = 0
    suggested: int = 0
    others: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one mistake."""
        self.mistakes += 1
        self.found += verdict.found
        self.located += verdict.located
        self.named += verdict.named
        self.asked += verdict.suggested is not None
        self.suggested += verdict.suggested is True
        self.others += len(verdict.spilt)

    def cells(self) -> tuple[str, ...]:
        """Write the counts; a share of all only where it is not all."""
        if not self.mistakes:
            return ("–",) * len(HEADINGS)
        shares = [_share(each, self.mistakes) for each in (self.found, self.located, self.named)]
        helped = _share(self.suggested, self.asked) if self.asked else "–"
        return (str(self.mistakes), *shares, helped, str(self.others))


def _share(part: int, whole: int) -> str:
    return "all" if part == whole else f"{part} ({part * 1000 // whole / 10}%)"


def table(harvests: Iterable[tuple[str, Harvest]]) -> Iterator[str]:
    """Write the table; ``harvests`` come with the name of their material."""
    rows: dict[str, dict[str, Row]] = {}
    names: dict[str, None] = {}
    kinds: dict[str, set[str]] = {}
    stray: dict[str, int] = {}
    for name, harvest in harvests:
        names.setdefault(name)
        stray[name] = stray.get(name, 0) + len(harvest.stray)
        for verdict in harvest.verdicts:
            mutation = verdict.sown.mutation
            kinds.setdefault(mutation.rule, set()).add(mutation.name)
            for rule in (mutation.rule, "all of them"):
                rows.setdefault(rule, {}).setdefault(name, Row()).add(verdict)
    kinds["all of them"] = set().union(*kinds.values()) if kinds else set()
    yield from _laid_out(
        [
            ("rule", "kinds", *(f"{name}: {heading}" for name in names for heading in HEADINGS)),
            *(
                (rule, str(len(kinds[rule])), *(cell for name in names for cell in rows[rule].get(name, Row()).cells()))
                for rule in sorted(rows, key=lambda rule: (rule == "all of them", rule))
            ),
        ]
    )
    for name, count in stray.items():
        yield f"{name}: {count} findings in files without a mistake"


def _laid_out(lines: list[tuple[str, ...]]) -> Iterator[str]:
    """Write Markdown, so that a report can take it over."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        if not number:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
