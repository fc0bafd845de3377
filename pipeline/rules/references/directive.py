"""A comment that the site replaces by a list is not written as the site reads it.

The list then stays empty or shows the wrong pages, and nobody is told.

Bad: ``<!-- list_maatregelen vereist/avg-13-dpia -->``

Good: ``<!-- list_maatregelen vereiste/avg-13-dpia -->``

Mend it: write the name, the field and the page's file name just as the message says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.nearest import nearest
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Comment
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Directive, NeededDirective
    from pipeline.text import Location


@framework_rule(
    severity=Severity.ERROR,
    message={
        "name": Text(nl="“{key}” is geen bekende opdracht.", en="“{key}” is not a known directive."),
        "field": Text(
            nl="Een lijst van {kind} heeft geen veld “{key}” om op te kiezen.",
            en="A list of {kind} has no field “{key}” to choose by.",
        ),
        "target": Text(nl="Er is geen “{key}” in “{field}”.", en="There is no “{key}” in “{field}”."),
        "flag": Text(nl="“{key}” is geen bekend woord in deze opdracht.", en="“{key}” is not known in this directive."),
        "other": Text(
            nl="Deze lijst kiest op “{key}”, maar deze pagina heet “{own}”.",
            en="This list chooses by “{key}”, but this page is called “{own}”.",
        ),
        "missing": Text(
            nl="Op deze pagina ontbreekt de opdracht <!-- {needed} -->.",
            en="This page lacks the directive <!-- {needed} -->.",
        ),
    },
    help={
        "": Text(
            nl="De lijst op de pagina blijft nu leeg of toont de verkeerde onderdelen. Verbeter dit woord.",
            en="The list on the page now stays empty or shows the wrong entries. Correct this word.",
        ),
        "missing": Text(
            nl="Zonder die opdracht toont de pagina deze lijst niet. Zet haar onder het kopje waar de lijst hoort.",
            en="Without it the page does not show this list. Put it below the heading where the list belongs.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Read every comment that begins with a directive's name, and look for those needed."""
    directives = framework.settings.directives
    if not directives:
        return
    for entry in framework.entries:
        body = entry.document.body
        if body is None or entry.kind.files.layout != "document":
            continue
        found: list[tuple[Directive, dict[str, str]]] = []
        for comment in body.comments:
            name = comment.text.split()[0] if comment.text else ""
            if name in directives:
                filters = dict(_filters(comment))
                found.append((directives[name], filters))
                yield from _judge(framework, entry, directives[name], comment)
            elif re.fullmatch(r"[a-z]+(?:[_-][a-z]+)+", name) and (near := nearest(name, directives, most=1)):
                where = _word(entry, comment, name)
                yield Problem(location=where, variant="name", parameters={"key": name, "suggestions": near})
        for needed in entry.kind.directives:
            yield from _missing(entry, needed, found)


def _words(comment: Comment) -> Iterator[str]:
    yield from comment.text.split()[1:]


def _filters(comment: Comment) -> Iterator[tuple[str, str]]:
    for word in _words(comment):
        field, slash, value = word.partition("/")
        if slash:
            yield field, value


def _judge(framework: Framework, entry: Entry, directive: Directive, comment: Comment) -> Iterator[Problem]:
    listed = framework.kinds.get(directive.lists)
    for word in _words(comment):
        where = _word(entry, comment, word)
        field, slash, value = word.partition("/")
        if not slash:
            if word not in directive.flags:
                near = nearest(word, directive.flags)
                yield Problem(location=where, variant="flag", parameters={"key": word, "suggestions": near})
            continue
        spec = listed.reference_in(field) if listed else None
        if spec is None:
            known = [each.path[0] for each in listed.references] if listed else []
            yield Problem(
                location=where,
                variant="field",
                parameters={
                    "key": field,
                    "kind": listed.many.lowered() if listed else directive.name,
                    "suggestions": nearest(field, known),
                },
            )
        elif framework.index.find(value, spec) is None:
            names = [name for kind in spec.to for name in framework.index.table(kind, spec.by)]
            yield Problem(
                location=where,
                variant="target",
                parameters={"key": value, "field": field, "suggestions": nearest(value, names)},
            )
        else:
            needed = next((each for each in entry.kind.directives if each.name == directive.name), None)
            expected = needed.filters.get(field, "").replace("{stem}", entry.stem) if needed else ""
            if expected and expected != value:
                yield Problem(
                    location=where,
                    variant="other",
                    parameters={"key": value, "own": expected, "suggestions": (f"{field}/{expected}",)},
                )


def _missing(
    entry: Entry, needed: NeededDirective, found: list[tuple[Directive, dict[str, str]]]
) -> Iterator[Problem]:
    """One with the right name but a wrong filter has been judged already."""
    if any(directive.name == needed.name for directive, _ in found):
        return
    filters = " ".join(f"{field}/{value}".replace("{stem}", entry.stem) for field, value in needed.filters.items())
    yield Problem(
        location=entry.location,
        variant="missing",
        parameters={"needed": f"{needed.name} {filters}".strip()},
    )


def _word(entry: Entry, comment: Comment, word: str) -> Location:
    text = entry.document.source.text
    start = text.find(word, comment.start, comment.end)
    return entry.document.at(start, start + len(word))
