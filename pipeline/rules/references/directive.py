"""A comment that the site replaces by a list is not written as the site reads it.

The list then stays empty or shows the wrong pages, and nobody is told.

Bad: ``<!-- list_maatregelen vereist/avg-13-dpia -->``

Good: ``<!-- list_maatregelen vereiste/avg-13-dpia -->``

Mend it: write the name, the field and the page's file name just as the message says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.nearest import nearest, nearest_entry
from pipeline.rules.rule import nearby_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.documents.document import Comment
    from pipeline.findings import Parameter
    from pipeline.model.framework import Entry, Framework
    from pipeline.model.kinds import Directive, NeededDirective, ReferenceField, Schemas
    from pipeline.text import Location

_LIKE_A_NAME = lazy_pattern(r"[A-Za-z]+(?:[_-][A-Za-z]+)+")


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="“{key}” is hier niet bekend.", en="“{key}” is not known here."),
        "name": Text(
            nl="“{key}” is geen opdracht die de site kent.",
            en="“{key}” is no directive that the site knows.",
        ),
        "field": Text(
            nl="Een lijst van {kind} kan niet worden gekozen op “{key}”.",
            en="A list of {kind} cannot be chosen by “{key}”.",
        ),
        "target": Text(nl="Er is geen “{key}” bij “{field}”.", en="There is no “{key}” in “{field}”."),
        "flag": Text(
            nl="“{key}” is geen woord dat de opdracht “{name}” kent.",
            en="“{key}” is no word that the directive “{name}” knows.",
        ),
        "other": Text(
            nl="Deze lijst kiest op “{key}”, maar hoort te kiezen op “{own}”.",
            en="This list chooses by “{key}”, but should choose by “{own}”.",
        ),
        "incomplete": Text(
            nl="In de opdracht “{name}” ontbreekt “{needed}”.",
            en="The directive “{name}” lacks “{needed}”.",
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
        "incomplete": Text(
            nl="De lijst op de pagina toont nu de verkeerde onderdelen. Zet het erbij.",
            en="The list on the page now shows the wrong entries. Add it.",
        ),
        "missing": Text(
            nl="Zonder die opdracht toont de pagina deze lijst niet. Zet haar onder het kopje waar de lijst hoort.",
            en="Without it the page does not show this list. Put it below the heading where the list belongs.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Read every comment that begins with a directive's name, and look for those needed."""
    if not framework.settings.directives:
        return
    for entry in framework.entries:
        body = entry.document.body
        if body is None or entry.kind.files.layout != "document":
            continue
        found: set[str] = set()
        for comment in body.comments:
            name = next(iter(comment.text.split(maxsplit=1)), "")
            if name in framework.settings.directives:
                found.add(name)
                if name != comment.text or _takes_filters(entry, name):
                    yield from _judge(framework, entry, _words(entry, comment))
            elif near := _meant(name, framework.settings.directives):
                found.update(near)
                yield _wrong(_words(entry, comment)[0].location, "name", near, key=name)
        for needed in entry.kind.directives:
            if needed.name not in found:
                yield _missing(entry, needed)


def filters_of(framework: Framework, entry: Entry) -> Iterator[tuple[ReferenceField, str, Location]]:
    """Give what the directives of an entry's page choose by: the field, the name in it and its place."""
    body = entry.document.body
    for comment in body.comments if body else ():
        words = _words(entry, comment)
        directive = framework.settings.directives.get(words[0].text) if words else None
        listed = framework.kinds.get(directive.lists) if directive else None
        for word in words[1:]:
            field, slash, value = word.text.partition("/")
            spec = listed.reference_in(field) if listed and slash else None
            if spec is not None:
                yield spec, value, word.part(len(field) + 1, len(word.text))


def looks_like_directive(comment: Comment, schemas: Schemas) -> bool:
    """Whether a comment begins with the name of a directive, or nearly with one."""
    name = next(iter(comment.text.split(maxsplit=1)), "")
    known = schemas.settings.directives
    return name in known or bool(_meant(name, known))


class _Word(NamedTuple):
    """A word of a comment and where it stands."""

    text: str
    location: Location

    def part(self, start: int, end: int) -> Location:
        source, offset = self.location.source, self.location.start
        return source.at(offset + start, offset + end)


def _words(entry: Entry, comment: Comment) -> list[_Word]:
    text = entry.document.source.text
    inside = re.compile(r"\S+").finditer(text, comment.start + len("<!--"), comment.end - len("-->"))
    return [_Word(match[0], entry.document.at(*match.span())) for match in inside]


def _takes_filters(entry: Entry, name: str) -> bool:
    return any(needed.name == name and needed.filters for needed in entry.kind.directives)


def _meant(name: str, known: Mapping[str, Directive]) -> tuple[str, ...]:
    return nearest(name, known, most=1) if _LIKE_A_NAME.fullmatch(name) else ()


def _judge(framework: Framework, entry: Entry, words: list[_Word]) -> Iterator[Problem]:
    first, *rest = words
    directive = framework.settings.directives[first.text]
    needed = next((each for each in entry.kind.directives if each.name == directive.name), None)
    wanted = {field: value.replace("{stem}", entry.stem) for field, value in (needed.filters.items() if needed else ())}
    problems: list[Problem] = []
    for word in rest:
        problems.extend(_of_word(framework, directive, word, wanted))
    yield from problems
    given = {word.text.partition("/")[0] for word in rest}
    # A filter with a wrong name has been told already.
    for field, value in wanted.items() if not problems else ():
        if field not in given:
            yield _wrong(first.location, "incomplete", (), name=directive.name, needed=f"{field}/{value}")


def _of_word(framework: Framework, directive: Directive, word: _Word, wanted: dict[str, str]) -> Iterator[Problem]:
    field, slash, value = word.text.partition("/")
    listed = framework.kinds.get(directive.lists)
    if not slash or listed is None:
        if word.text not in directive.flags:
            near = nearest(word.text, directive.flags)
            yield _wrong(word.location, "flag", near, key=word.text, name=directive.name)
        return
    spec = listed.reference_in(field)
    after = word.part(len(field) + 1, len(word.text))
    if spec is None:
        near = nearest(field, [each.path[0] for each in listed.references])
        kind = listed.many.lowered()
        yield _wrong(word.part(0, len(field)), "field", near, key=field, kind=kind)
    elif field in wanted and value != wanted[field]:
        yield _wrong(after, "other", (wanted[field],), key=value, own=wanted[field])
    elif framework.index.find(value, spec) is None:
        yield _wrong(after, "target", nearest_entry(value, _titles(framework, spec)), key=value, field=field)


def _titles(framework: Framework, spec: ReferenceField) -> dict[str, str]:
    return {name: title for kind in spec.to for name, title in framework.index.titles(kind, spec.by).items()}


def _wrong(location: Location, variant: str, near: tuple[str, ...], **parameters: Parameter) -> Problem:
    fix: Fix | None = None
    if len(near) == 1:
        fix = Fix(title=f"{location.text} → {near[0]}", edits=(Edit(location=location, replacement=near[0]),))
    return Problem(location=location, variant=variant, parameters={**parameters, "suggestions": near}, fix=fix)


def _missing(entry: Entry, needed: NeededDirective) -> Problem:
    filters = " ".join(f"{field}/{value}".replace("{stem}", entry.stem) for field, value in needed.filters.items())
    return Problem(
        location=entry.location,
        variant="missing",
        parameters={"needed": f"{needed.name} {filters}".strip()},
        subject=needed.name,
    )
