"""The list of ids that were ever released cannot be read.

The list makes sure that an id, once others know it, never disappears. It has one line for each
id: the id, since when, its state (``actief``, ``vervangen`` or ``ingetrokken``) and, for a
replaced one, the id that took its place. While the list is wrong, nobody notices a lost id.

Bad: ``urn:nl:ak:ver:avg-13;2026-01-01;actief;``

Good: ``urn:nl:ak:ver:avg-13,2026-01-01,actief,``

Mend it: put the list back as it was. A program writes it at each release; nobody needs to
edit it by hand. Excel puts semicolons where commas belong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.released import HEADER, STATES, lines_of
from pipeline.rules.rule import framework_rule
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.rules.ids.released import Line


@framework_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Deze regel heeft {count} kolommen in plaats van {columns}.",
            en="This line has {count} columns instead of {columns}.",
        ),
        "missing": Text(
            nl="De lijst met uitgegeven id's ontbreekt.",
            en="The list of released ids is missing.",
        ),
        "header": Text(
            nl="De eerste regel van de lijst met uitgegeven id's hoort te zijn: {header}",
            en="The first line of the list of released ids should be: {header}",
        ),
        "quote": Text(
            nl="Een aanhalingsteken in deze regel wordt niet gesloten, of staat op een vreemde plek.",
            en="A quotation mark in this line is not closed, or is in an odd place.",
        ),
        "empty": Text(nl="In deze regel ontbreekt de id.", en="This line lacks the id."),
        "state": Text(
            nl="“{state}” is geen toestand van een id. Het mag zijn: {states}.",
            en="“{state}” is not a state of an id. It can be: {states}.",
        ),
    },
    help={
        "": Text(
            nl="Zolang deze lijst niet klopt, valt een verdwenen id niet op. Zet de lijst terug zoals die was.",
            en="While this list is wrong, nobody notices when an id disappears. Put the list back as it was.",
        ),
        "header": Text(
            nl="Zolang deze lijst niet klopt, valt een verdwenen id niet op. Excel zet vaak puntkomma's "
            "waar komma's horen. Zet de lijst terug zoals die was.",
            en="While this list is wrong, nobody notices when an id disappears. Excel often puts semicolons where "
            "commas belong. Put the list back as it was.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Read the ledger and report each line that is not as it should be."""
    path = framework.settings.ledger
    if path and path not in framework.extras:
        yield Problem(location=Source(path=path, text="").at(0), variant="missing")
        return
    lines = lines_of(framework)
    if lines and lines[0].values != HEADER:
        yield Problem(location=lines[0].location, variant="header", parameters={"header": ",".join(HEADER)})
        return
    for line in lines[1:]:
        problem = _judge(line)
        if problem:
            yield problem


def _judge(line: Line) -> Problem | None:
    if line.values is None:
        return Problem(location=line.location, variant="quote")
    if len(line.values) != len(HEADER):
        parameters = {"count": len(line.values), "columns": len(HEADER)}
        return Problem(location=line.location, parameters=parameters)
    name, _since, state, _successor = line.values
    if not name:
        return Problem(location=line.location, variant="empty")
    if state not in STATES:
        return Problem(location=line.cell(2), variant="state", parameters={"state": state, "states": STATES})
    return None
