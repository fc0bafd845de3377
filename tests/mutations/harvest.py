"""Check pages with mistakes in them, and judge what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.model.load import load
from pipeline.rules.registry import rules
from pipeline.rules.rule import fill
from pipeline.rules.run import check_framework
from pipeline.text import visible
from tests.mutations.material import TODAY
from tests.mutations.sow import composed
from tests.support import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.findings import Finding, Fix
    from tests.mutations.seed import Also
    from tests.mutations.sow import Bed, Sown

Wanted = tuple[str, int | None, int, int]
"""Where a finding must begin: its file, and an offset or a line and a column."""

COUNTING: Final = frozenset({"completeness/section-length", "style/paragraph-length", "style/sentence-length"})
"""Rules that count words and sentences, which most mistakes in a text add or take away."""

AROUND: Final = 2
"""Lines above and below a mistake that a report shows."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of one mistake.

    ``found``: something is said of it; ``located``: with the right line and column; ``named``:
    by the right rule; ``suggested``: with the right suggestion or fix, none where there is none.
    ``spilt`` are findings in its page that nobody made a mistake for.
    """

    sown: Sown
    finding: Finding | None
    located: bool
    suggested: bool | None
    spilt: tuple[Finding, ...]
    text: str
    line: int

    @property
    def found(self) -> bool:
        """Whether anything was said of the mistake."""
        return self.finding is not None

    @property
    def named(self) -> bool:
        """Whether the right rule said it."""
        return self.finding is not None and self.finding.rule == self.sown.mutation.rule

    @property
    def is_right(self) -> bool:
        """Whether all is as it should be."""
        return self.named and self.located and self.suggested is not False and not self.spilt

    def told(self) -> str:
        """Tell it all, for a person."""
        seed, mutation = self.sown.seed, self.sown.mutation
        lines = self.text.split("\n")
        first = max(0, self.line - 1 - AROUND)
        shown = [
            f"  {number:>4} {visible(line)[:150]}"
            for number, line in enumerate(lines[first : self.line + AROUND], start=first + 1)
        ]
        wrong = [
            word
            for word, right in (
                ("not found", self.found),
                ("in another place", self.located or not self.found),
                ("by another rule", self.named or not self.found),
                (
                    f"without the suggestion {seed.suggests or seed.mended or 'of the text as it was'!r}",
                    self.suggested is not False,
                ),
                ("with other findings", not self.spilt),
            )
            if not right
        ]
        found = [worded(self.finding)] if self.finding else []
        return "\n".join(
            (
                f"{mutation}: {', '.join(wrong) or 'right'}",
                f"  {mutation.words}",
                f"  {self.sown.page.path}, line {self.line}, seed {self.sown.page.seed}",
                *shown,
                *(f"  said: {line}" for line in found),
                *(f"  also: {worded(each)}" for each in self.spilt),
            )
        )


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """What became of a round: a verdict on each mistake, and findings far from all of them."""

    bed: Bed
    verdicts: tuple[Verdict, ...]
    stray: tuple[Finding, ...]


def worded(finding: Finding) -> str:
    """Write a finding on a line."""
    begin, problem = finding.problem.location.begin, finding.problem
    message = fill(rules()[finding.rule].message(problem).nl, problem.parameters, "nl", visible)
    suggestions = problem.parameters.get("suggestions") or ()
    more = f" ({suggestions}?)" if suggestions else ""
    fix = f" [{problem.fix.title}]" if problem.fix else ""
    return f"{visible(finding.path)}:{begin.line}:{begin.column} {finding.rule} {message}{more}{fix}"


def harvest(bed: Bed) -> Harvest:
    """Check the files of a round and hold what is found against what was made."""
    material = bed.material
    before = Counter(map(_key, material.base))
    findings: dict[str, list[Finding]] = {}
    for finding in check_framework(load(MemoryTree(bed.files), material.schemas, today=TODAY)):
        if before[_key(finding)]:
            before[_key(finding)] -= 1
        else:
            findings.setdefault(finding.path, []).append(finding)
    # What is wanted goes first: a consequence of one mistake may be wanted of another.
    taken = {path: _matched(sown, findings) for path, sown in bed.pages.items()}
    for each in bed.sown:
        for also in each.seed.also:
            for group in [findings.get(also.path, [])] if also.path else findings.values():
                _take(group, also)
    verdicts = [
        verdict for path, sown in bed.pages.items() for verdict in _judged(sown, taken[path], findings.pop(path, []))
    ]
    stray = tuple(each for group in findings.values() for each in group)
    return Harvest(bed=bed, verdicts=tuple(verdicts), stray=stray)


def _key(finding: Finding) -> tuple[str, str, str, str]:
    place = finding.problem.location
    return (finding.path, finding.rule, finding.problem.variant, place.text)


def _take(findings: list[Finding], also: Also) -> None:
    found = [each for each in findings if each.rule == also.rule and also.about in each.problem.location.text]
    for each in found if also.many else found[:1]:
        findings.remove(each)


def _matched(sown: Sequence[Sown], findings: dict[str, list[Finding]]) -> dict[int, Finding]:
    """Give the finding for each mistake of a page, by its number; it is taken from ``findings``."""
    wanted = _all_wanted(sown)
    taken: dict[int, Finding] = {}
    # What fits best goes first: the right rule and place, then less and less.
    for fits in (_fits_wholly, _fits_on_line, _fits_by_rule, _fits_by_place):
        for number, each in enumerate(sown):
            if number not in taken:
                path, offset, line, column = wanted[number]
                group = findings.get(path, [])
                chosen = next((one for one in group if fits(one, each.mutation.rule, offset, line, column)), None)
                if chosen is not None:
                    taken[number] = chosen
                    group.remove(chosen)
    return taken


def _all_wanted(sown: Sequence[Sown]) -> list[Wanted]:
    page = sown[0].page
    marks = composed(page, sown).marks
    return [_wanted(each, number, page.path, marks) for number, each in enumerate(sown)]


def _judged(sown: Sequence[Sown], taken: Mapping[int, Finding], rest: Sequence[Finding]) -> list[Verdict]:
    """Judge the mistakes of one page; ``rest`` is said of the page besides."""
    page = sown[0].page
    text, wanted = composed(page, sown).text, _all_wanted(sown)
    spilt = _shared([each for each in rest if each.rule not in COUNTING], [_line(want, text) for want in wanted])
    verdicts: list[Verdict] = []
    for number, each in enumerate(sown):
        path, offset, line, column = wanted[number]
        finding = taken.get(number)
        located = finding is not None and _fits_wholly(finding, finding.rule, offset, line, column)
        shown = text if path == page.path else (each.seed.files.get(path) or b"").decode("utf-8", "replace")
        verdicts.append(
            Verdict(
                sown=each,
                finding=finding,
                located=located,
                suggested=_suggested(finding, sown, number),
                spilt=tuple(spilt.get(number, ())),
                text=shown,
                line=_line(wanted[number], text),
            )
        )
    return verdicts


def _line(wanted: Wanted, text: str) -> int:
    _, offset, line, _ = wanted
    return line if offset is None else text.count("\n", 0, offset) + 1


def _shared(findings: Sequence[Finding], lines: Sequence[int]) -> dict[int, list[Finding]]:
    """Blame each finding that nobody asked for on the nearest mistake."""
    blamed: dict[int, list[Finding]] = {}
    for finding in findings:
        line = finding.problem.location.begin.line
        nearest = min(range(len(lines)), key=lambda number: abs(lines[number] - line))
        blamed.setdefault(nearest, []).append(finding)
    return blamed


def _wanted(each: Sown, number: int, path: str, marks: Mapping[int, int]) -> Wanted:
    if each.seed.place is not None:
        where, line, column = each.seed.place
        return where or path, None, line, column
    return path, marks[number], 0, 0


def _fits_wholly(finding: Finding, rule: str, offset: int | None, line: int, column: int) -> bool:
    place = finding.problem.location
    if finding.rule != rule:
        return False
    return place.start == offset if offset is not None else (place.begin.line, place.begin.column) == (line, column)


def _fits_on_line(finding: Finding, rule: str, offset: int | None, line: int, _column: int) -> bool:
    place = finding.problem.location
    wanted = line if offset is None else place.source.position(min(offset, len(place.source.text))).line
    return finding.rule == rule and place.begin.line == wanted


def _fits_by_rule(finding: Finding, rule: str, *_: object) -> bool:
    return finding.rule == rule


def _fits_by_place(finding: Finding, _rule: str, offset: int | None, line: int, column: int) -> bool:
    return _fits_on_line(finding, finding.rule, offset, line, column)


def _suggested(finding: Finding | None, sown: Sequence[Sown], number: int) -> bool | None:
    """Whether the finding helps as it should; none where nothing is asked."""
    seed = sown[number].seed
    if not (seed.suggests or seed.restores or seed.mended is not None):
        return None
    if finding is None:
        return False
    if seed.suggests:
        suggestions = finding.problem.parameters.get("suggestions")
        if not (isinstance(suggestions, tuple) and suggestions[:1] == (seed.suggests,)):
            return False
        if len(suggestions) > 1:
            return True  # a fix takes no side
    if seed.restores or seed.mended is not None:
        right = composed(sown[0].page, sown, restored=number, to=seed.mended).text
        fix = finding.problem.fix
        return fix is not None and _applied(fix, finding) == right
    return True


def _applied(fix: Fix, finding: Finding) -> str:
    text = finding.problem.location.source.text
    for edit in sorted(fix.edits, key=lambda each: each.location.start, reverse=True):
        text = text[: edit.location.start] + edit.replacement + text[edit.location.end :]
    return text
