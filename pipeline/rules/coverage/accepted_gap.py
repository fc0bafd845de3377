"""Something in the file with accepted gaps cannot be understood.

What cannot be understood hides nothing: the gap is reported as if nobody had accepted it. And a
gap without a reason tells the next reader nothing.

Bad: ``regel: K22``, or an accepted gap without a reason

Good: the name of a measure, the ids of the entries, and why it cannot be helped now

Mend it: correct the name as the message suggests, or add what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.coverage.accepted import SEARCHED, accepted, file_of, groups_of, items_of, near_entries
from pipeline.rules.coverage.doubt import doubt_in
from pipeline.rules.nearest import nearest
from pipeline.rules.rule import framework_rule
from pipeline.rules.schema.edits import renamed, rewritten
from pipeline.rules.words import one_of
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.documents.document import Document, Node
    from pipeline.findings import Parameter
    from pipeline.model.demands import AcceptedGaps, Measure
    from pipeline.model.framework import Entry, Framework


@framework_rule(
    severity=Severity.WARNING,
    message={
        "": Text(nl="“{key}” is hier geen veld.", en="“{key}” is not a field here."),
        "file": Text(
            nl="Het bestand met geaccepteerde gaten ontbreekt.",
            en="The file with accepted gaps is missing.",
        ),
        "shape": Text(nl="Hier hoort een lijst van gaten met hun velden.", en="A list of gaps belongs here."),
        "missing": Text(nl="Bij dit gat ontbreekt “{key}”.", en="This gap lacks “{key}”."),
        "measure": Text(nl="Er is geen meting “{key}”.", en="There is no measure “{key}”."),
        "entry": Text(
            nl="“{key}” is niet de id van {noun}, en daar gaat {name} over.",
            en="“{key}” is not the id of {noun}, and that is what {name} is about.",
        ),
        "partner": Text(nl="Er is niets met de id “{key}”.", en="There is nothing with the id “{key}”."),
        "lacking": Text(nl="Bij {name} kan “{key}” niet ontbreken.", en="“{key}” cannot be lacking in {name}."),
        "twice": Text(nl="Dit gat staat al op regel {line}.", en="This gap is already on line {line}."),
    },
    help={
        "": Text(
            nl="Zolang dit niet klopt, telt het gat niet als geaccepteerd. Hier past: {known}.",
            en="While this is not right, the gap does not count as accepted. What fits here: {known}.",
        ),
        "file": Text(
            nl="Zonder dit bestand weet niemand welke gaten bekend zijn. Zet het terug. Zijn er geen gaten, maak dan "
            "een leeg bestand.",
            en="Without it nobody knows which gaps are known. Put it back. If there are none, make an empty file.",
        ),
        "missing": Text(
            nl="Wie dit later leest, wil weten waar het over gaat en waarom het mag. Voeg het toe.",
            en="Whoever reads this later wants to know what it is about and why it is allowed. Add it.",
        ),
        "entry": Text(
            nl="Zolang dit niet klopt, telt het gat niet als geaccepteerd. Schrijf de id zoals die op de pagina staat.",
            en="While this is not right, the gap does not count as accepted. Write the id as it stands on the page.",
        ),
        "partner": Text(
            nl="Zolang dit niet klopt, telt het gat niet als geaccepteerd. Schrijf de id zoals die op de pagina staat.",
            en="While this is not right, the gap does not count as accepted. Write the id as it stands on the page.",
        ),
        "twice": Text(nl="Haal een van de twee weg.", en="Take one of the two away."),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Read the file and name what is not as it should be."""
    gaps = framework.settings.demands.gaps
    if gaps and gaps.file not in framework.extras:
        yield Problem(location=Source(path=gaps.file, text="").at(0), variant="file")
    found = file_of(framework)
    if found is None:
        return
    document, names = found
    file = _File(framework, document, names)
    yield from file.around()
    for group in groups_of(document, names):
        yield from file.group(group)
    yield from file.repeated()


class _File:
    """The file, with what it may name."""

    def __init__(self, framework: Framework, document: Document, names: AcceptedGaps) -> None:
        self.framework = framework
        self.document = document
        self.names = names
        self.searched = 0
        self.measures = {measure.name: measure for measure in framework.settings.demands.coverage}

    def wrong(self, node: Node, variant: str, near: Sequence[str] = (), **parameters: Parameter) -> Problem:
        """Make a problem at the first line of a value."""
        line = self.document.source.text[node.start : node.end].split("\n", 1)[0].rstrip()
        return Problem(
            location=self.document.at(node.start, node.start + len(line)),
            variant=variant,
            parameters={"suggestions": tuple(near), **parameters},
            fix=rewritten(self.document, node, near[0]) if len(near) == 1 else None,
        )

    def around(self) -> Iterator[Problem]:
        """Look at the fields around the list of gaps, and at the list."""
        front = self.document.front
        fields = ", ".join(self.names.fields)
        if front is None or not isinstance(front.value, dict):
            if front is not None:
                yield self.wrong(front, "shape", known=fields)
            return
        yield from self.unknown(front, [self.names.gaps, *filter(None, [self.names.checked])])
        gaps = front.child(self.names.gaps)
        if gaps is not None and gaps.value is not None:
            items = gaps.items if isinstance(gaps.value, list) else [gaps]
            wrong = (item for item in items if item is gaps or not isinstance(item.value, dict))
            yield from (self.wrong(item, "shape", known=fields) for item in wrong)

    def unknown(self, group: Node, known: Sequence[str]) -> Iterator[Problem]:
        """Name each field that does not exist."""
        for key in group.value:
            node = group.child(key)
            if key in known or node is None:
                continue
            near = nearest(str(key), [name for name in known if name not in group.value])
            yield Problem(
                location=self.document.place_of_key(node),
                parameters={"key": str(key), "known": ", ".join(known), "suggestions": near},
                fix=renamed(self.document, node, near[0]) if len(near) == 1 else None,
            )

    def group(self, group: Node) -> Iterator[Problem]:
        """Look at the fields of one gap."""
        unknown = list(self.unknown(group, self.names.fields))
        yield from unknown
        meant = {name for problem in unknown for name in (problem.parameters["suggestions"] or ())}  # type: ignore[union-attr]
        for field in (self.names.measure, self.names.entries, self.names.reason):
            if field not in meant and not _is_filled(group.child(field)):
                yield self.wrong(group, "missing", key=field)
        node = group.child(self.names.measure)
        if node is None or not node.value:
            return
        measure = self.measures.get(str(node.value))
        if measure is None:
            known = ", ".join(self.measures)
            yield self.wrong(node, "measure", nearest(str(node.value), self.measures), key=str(node.value), known=known)
        else:
            yield from self.named(group, measure)

    def named(self, group: Node, measure: Measure) -> Iterator[Problem]:
        """Look for names of entries and needs that do not exist."""
        table = self.framework.index.table(measure.of, "code")
        needs = [need.name for need in measure.needs]
        for node in items_of(group, self.names.lacking):
            if (key := str(node.value)) not in needs:
                known = ", ".join(needs)
                yield self.wrong(node, "lacking", nearest(key, needs), key=key, name=measure.name, known=known)
        if doubt_in(self.framework).is_everywhere:
            return  # the entry may be in a file that cannot be read
        for node in items_of(group, self.names.entries):
            if (key := str(node.value)) not in table:
                near = self.near_ids(key, table.values())
                noun = one_of([self.framework.kinds[measure.of].noun])
                yield self.wrong(node, "entry", near, key=key, noun=noun, name=measure.name)
        for node in items_of(group, self.names.partner):
            if self.framework.find(key := str(node.value)) is None:
                near = self.near_ids(key, self.framework.entries)
                yield self.wrong(node, "partner", near, key=key)

    def near_ids(self, key: str, entries: Iterable[Entry]) -> tuple[str, ...]:
        """Give the ids that one with a typing error may have meant."""
        self.searched += 1
        return tuple(entry.id for entry in near_entries(key, entries)) if self.searched <= SEARCHED else ()

    def repeated(self) -> Iterator[Problem]:
        """Look for what stands in the file twice."""
        first: dict[tuple[object, ...], Node] = {}
        for each in accepted(self.framework):
            key = (each.measure, each.node.value, each.partner, *sorted(str(node.value) for node in each.lacking))
            node = first.setdefault(key, each.node)
            if node is not each.node:
                place = self.document.place(node)
                yield Problem(
                    location=self.document.place(each.node),
                    variant="twice",
                    parameters={"line": place.begin.line},
                    related=(place,),
                )


def _is_filled(node: Node | None) -> bool:
    return node is not None and bool(node.value.strip() if isinstance(node.value, str) else node.value)
