"""An accepted gap has closed.

While it stays in the file, nobody notices when the same gap opens again.

Bad: an accepted gap of an entry that no longer lacks anything

Good: only gaps that are still there

Mend it: take it out of the file. If the measure should still be about the entry, look why it no
longer is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.guidance.coverage import figures
from pipeline.rules.coverage.accepted import accepted, file_of, items_of
from pipeline.rules.coverage.doubt import doubt_in
from pipeline.rules.rule import framework_rule
from pipeline.rules.schema.edits import without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document, Node
    from pipeline.findings import Fix
    from pipeline.guidance.coverage import Figure
    from pipeline.model.demands import AcceptedGaps, Measure
    from pipeline.model.framework import Entry, Framework
    from pipeline.rules.coverage.accepted import Accepted


@framework_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Dit gat is er niet meer: “{title}” is in orde ({name}).",
            en="This gap is gone: “{title}” is in order ({name}).",
        ),
        "outside": Text(
            nl="Dit gat is er niet: {name} gaat niet over “{title}”.",
            en="This gap does not exist: {name} is not about “{title}”.",
        ),
        "part": Text(
            nl="Dit ontbreekt niet meer bij “{title}” ({name}).",
            en="“{title}” no longer lacks this ({name}).",
        ),
    },
    help=Text(
        nl="Haal het hier weg. Anders valt het niet op als hetzelfde gat terugkomt.",
        en="Take it out here. Otherwise nobody notices when the same gap comes back.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Hold each accepted gap against what is lacking now."""
    found = file_of(framework)
    if found is None or doubt_in(framework).is_everywhere:
        return
    document, names = found
    by_name = {figure.measure.name: figure for figure in figures(framework)}
    for each in accepted(framework):
        figure = by_name.get(each.measure)
        if figure is None or each.entry is None or each.entry.node is None or not each.sure:
            continue
        if _is_doubtful(framework, figure.measure, each.entry):
            continue
        lacking = _lacking_now(framework, figure, each)
        closed = [node for node in each.lacking if node.value not in lacking]
        if each.entry.id not in figure.counted:
            yield _problem(document, each, each.node, "outside", _taken_out(document, names, each))
        elif not lacking or (each.lacking and len(closed) == len(each.lacking)):
            yield _problem(document, each, each.node, "", _taken_out(document, names, each))
        else:
            yield from (_problem(document, each, node, "part", None) for node in closed)


def _is_doubtful(framework: Framework, measure: Measure, entry: Entry) -> bool:
    """Whether a mistake told elsewhere may be why there is no gap."""
    doubt = doubt_in(framework)
    if measure.each and doubt.is_vague(entry, measure.each):
        return True
    return any(doubt.about(entry, need) for need in measure.needs)


def _lacking_now(framework: Framework, figure: Figure, each: Accepted) -> set[str]:
    """Give what an entry lacks; all that it may lack where that takes a day nobody has told."""
    measure = figure.measure
    gaps = [gap for gap in figure.gaps if gap.entry is each.entry and each.partner in {"", gap.partner_id}]
    lacking = {lack.need.name for gap in gaps for lack in gap.lacks}
    if not framework.today:
        lacking.update(need.name for need in measure.needs if need.within)
    return lacking or {measure.name for _gap in gaps}


def _problem(document: Document, each: Accepted, node: Node, variant: str, fix: Fix | None) -> Problem:
    title = each.entry.title if each.entry else ""
    return Problem(
        location=document.place(node),
        variant=variant,
        parameters={"title": title, "name": each.measure},
        fix=fix,
    )


def _taken_out(document: Document, names: AcceptedGaps, each: Accepted) -> Fix | None:
    """Take out the entry, or the whole gap where it is the only one."""
    node = each.around if len(items_of(each.around, names.entries)) == 1 else each.node
    return without(document, node, node.start, safe=False)
