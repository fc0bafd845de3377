"""The list of released ids after a release: each new id on a line at its end.

Nothing in the list is ever taken away or put in another order. A line changes only where its
entry was replaced, was withdrawn or came back since: then its state, and its successor.
"""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.errors import UserError
from pipeline.findings import Edit
from pipeline.fixing.patch import Patch, in_order
from pipeline.rules.ids.lost import is_lasting
from pipeline.rules.ids.redirects import is_successor
from pipeline.rules.ids.released import HEADER, STATES, lines_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model.framework import Entry, Framework
    from pipeline.rules.ids.released import Line
    from pipeline.text import Source

_ACTIVE, _REPLACED, _WITHDRAWN = STATES
_STATE, _SUCCESSOR = HEADER.index("state"), HEADER.index("successor")
_SEVERAL: Final = "|"


class Issued(NamedTuple):
    """What the list says of an id."""

    id: str
    state: str
    successor: str = ""


class Completed(NamedTuple):
    """What changes in the list, and how many lines are added or become others."""

    patch: Patch
    added: int
    changed: int


def issued(framework: Framework) -> dict[str, Issued]:
    """Give each id that a release of this framework makes known, sorted."""
    found = (_issued(framework, entry) for entry in framework.entries if is_lasting(entry))
    return {each.id: each for each in sorted(found)}


def _issued(framework: Framework, entry: Entry) -> Issued:
    if entry.state == "withdrawn":
        return Issued(entry.id, _WITHDRAWN)
    if entry.state != "replaced":
        return Issued(entry.id, _ACTIVE)
    successors = (each.target for each in framework.outgoing(entry) if is_successor(each))
    names = dict.fromkeys(each.id for each in successors if each is not None)
    return Issued(entry.id, _REPLACED, _SEVERAL.join(names))


def completed(ledger: Source, ids: Mapping[str, Issued], since: str) -> Completed:
    """Give what changes in the list when these ids were released on a day."""
    lines = lines_in(ledger)
    if lines[0].values != HEADER or any(len(line.values or ()) != len(HEADER) for line in lines):
        raise UserError(
            nl=f"{ledger.path} is geen goede lijst van id's; `kader check` zegt waarom.",
            en=f"{ledger.path} is not a sound list of ids; `kader check` tells why.",
        )
    known = {line.values[0] for line in lines[1:] if line.values}
    changed = [edits for line in lines[1:] if (edits := tuple(_updated(line, ids)))]
    new = [each for name, each in ids.items() if name not in known]
    edits = in_order([*chain.from_iterable(changed), *_appended(ledger, new, since)])
    return Completed(Patch(source=ledger, edits=edits), len(new), len(changed))


def _updated(line: Line, ids: Mapping[str, Issued]) -> Iterator[Edit]:
    values = line.values or ("",) * len(HEADER)
    now = ids.get(values[0])
    if now is None:
        return
    for index, value in ((_STATE, now.state), (_SUCCESSOR, now.successor)):
        if values[index] != value:
            yield Edit(location=line.cell(index), replacement=_row([value], ""))


def _appended(ledger: Source, new: Sequence[Issued], since: str) -> Iterator[Edit]:
    if not new:
        return
    text = ledger.text
    ending = "\r\n" if "\r\n" in text else "\n"
    start = "" if text.endswith("\n") else ending
    rows = "".join(_row([each.id, since, each.state, each.successor], ending) for each in new)
    yield Edit(location=ledger.at(len(text), len(text)), replacement=start + rows)


def _row(values: Sequence[str], ending: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=ending).writerow(values)
    # A lone empty value would get quotation marks, so that a line is not empty.
    return stream.getvalue() if any(values) else ""
