"""The gaps that a rule tells: those that are not accepted, and are no mistake told elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.guidance.coverage import figures
from pipeline.rules.coverage.accepted import accepted_of, is_unknown
from pipeline.rules.coverage.doubt import doubt_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.guidance.coverage import Figure, Gap, Lack
    from pipeline.model.framework import Framework


def problems_of(framework: Framework, rule: str) -> Iterator[Problem]:
    """Give a problem for each gap that this rule tells, with the figure of its measure."""
    told = _lacking_anywhere(framework)
    for figure in figures(framework):
        if figure.measure.rule != rule or figure.measure.scenarios:
            continue
        for gap in figure.gaps:
            if framework.index.table(gap.entry.kind.name, "id").get(gap.entry.id) is not gap.entry:
                continue  # ids/duplicate
            lacks = tuple(lack for lack in gap.lacks if is_open(framework, gap, lack))
            if gap.partner:
                lacks = tuple(lack for lack in lacks if (id(gap.entry), *lack.need.relations) not in told)
            if lacks and not _is_doubtful(framework, figure, gap._replace(lacks=lacks)):
                yield _problem(framework, figure, gap._replace(lacks=lacks))


def _is_doubtful(framework: Framework, figure: Figure, gap: Gap) -> bool:
    """Whether a mistake told elsewhere may have made the gap: it may be filled, or not count at all."""
    doubt, alone = doubt_in(framework), figure.measure.alone
    if any(doubt.about(gap.entry, lack.need) for lack in gap.lacks):
        return True
    return alone is not None and any(
        doubt.about(reference.target, alone.need)
        for reference in framework.outgoing(gap.entry)
        if reference.target is not None and reference.target.kind.name == alone.of
    )


def _lacking_anywhere(framework: Framework) -> set[tuple[int | str, ...]]:
    """Give the entries and relations that lack others at all: so they do for each partner."""
    return {
        (id(gap.entry), *lack.need.relations)
        for figure in figures(framework)
        for gap in figure.gaps
        if gap.partner is None
        for lack in gap.lacks
    }


def is_open(framework: Framework, gap: Gap, lack: Lack | None = None) -> bool:
    """Whether nobody has accepted a gap."""
    return not is_unknown(framework) and not any(
        each.covers(gap, lack) for each in accepted_of(framework).get(id(gap.entry), ())
    )


def _problem(framework: Framework, figure: Figure, gap: Gap) -> Problem:
    gaps = framework.settings.demands.gaps
    measure = figure.measure
    return Problem(
        location=gap.partner.location if gap.partner else gap.entry.location,
        variant="accept" if gaps else "",
        # Not the figure: a gap stays the same finding when others close.
        field=f"{measure.name}:{gap.partner_id}".rstrip(":"),
        severity=Severity.ERROR if gap.entry.state == "final" and measure.rule != "coverage/gap" else None,
        parameters={
            "name": measure.name,
            "label": measure.label,
            "what": _both([_words(lack) for lack in gap.lacks]),
            "covered": figure.covered,
            "total": figure.total,
            "file": gaps.file if gaps else "",
        },
    )


def _words(lack: Lack) -> Text:
    text = lack.need.text
    if lack.need.least == 1:
        return text
    return Text(nl=f"{text.nl}, nu {lack.count}", en=f"{text.en}, now {lack.count}")


def _both(texts: list[Text]) -> Text:
    return Text(
        nl=_listed([text.nl for text in texts], "en"),
        en=_listed([text.en for text in texts], "and"),
    )


def _listed(words: list[str], joint: str) -> str:
    return f" {joint} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
