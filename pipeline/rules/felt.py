"""Whether a change in one file can change what rules over the whole framework find elsewhere.

Everything here errs on one side: where it is not certain that nobody can feel a change, it is
said to be felt, and then everything is checked anew.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from pipeline.errors import Text
from pipeline.guidance.relations import EVERYBODY
from pipeline.model.framework import Index, names_meant, names_of
from pipeline.model.kinds import ANY
from pipeline.model.load import references_of
from pipeline.rules.ids.redirects import GONE
from pipeline.rules.links.address import RELATIVE, read_address
from pipeline.rules.nearest import title_matters
from pipeline.rules.references.dangling import is_nameless
from pipeline.rules.references.malformed import looks_malformed
from pipeline.rules.schema.violations import gate
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Problem
    from pipeline.model.framework import Entry, Framework, Reference
    from pipeline.model.kinds import ReferenceField, Schemas

States = dict[tuple[str, str], dict[str, str]]

ANYWHERE: Final = "*"
"""Stands for every page among those that links may lead to."""

_NO_NAMES: Final = frozenset({"", ".", ".."})
_INDEXES: Final = frozenset({"index", "readme"})
_SHOWN: Final = frozenset({"title", "summary"})
_SEPARATORS: Final = tuple(map(lazy_pattern, (r"[/\\]", r"[\n\"']+", ":", r"[^\w.-]+")))
_STEPS: Final = lazy_pattern(r"[./]")
_ENDING: Final = lazy_pattern(r"\.\w+$")


def linked_headings(documents: Iterable[Document]) -> frozenset[str]:
    """Give the names of the pages that links to a heading lead to: the last step of each path, in small letters."""
    links = (link for document in documents for link in (document.body.links if document.body else ()))
    addresses = (read_address(link) for link in links if "#" in link.target)
    paths = {address.path.lower() for address in addresses if address.sort == RELATIVE and address.path}
    return frozenset(name for path in paths for name in _last_steps(path))


def _last_steps(path: str) -> Iterator[str]:
    steps = path.rstrip("/").split("/")
    name = _ENDING.sub("", steps[-1])
    yield from (steps[-1], ANYWHERE if steps[-1] in _NO_NAMES else name)
    if name in _INDEXES and len(steps) > 1:
        yield from _last_steps("/".join(steps[:-1]))


def headings_are_felt(entry: Entry, documents: Iterable[Document], linked: frozenset[str]) -> bool:
    """Whether a link leads to a heading of a page, from another page or from itself: ``documents``, then and now."""
    names = {entry.stem.lower(), entry.code.lower(), entry.code.lower().rpartition("/")[2], ANYWHERE}
    own = (link for each in documents for link in (each.body.links if each.body else ()))
    return (
        not names.isdisjoint(_INDEXES)
        or not names.isdisjoint(linked)
        or any("#" in link.target and not read_address(link).path for link in own)
    )


def names_page(entry: Entry, problem: Problem) -> bool:
    """Whether a problem names the file of an entry: a better address, with a heading of that page perhaps."""
    words = [unquote(word) for word in (*_words(problem), *_replacements(problem))]
    return any(name in word for word in words for name in (entry.stem, entry.code))


def text_is_felt(entry: Entry, schemas: Schemas) -> bool:
    """Whether rules over the whole framework read the running text of a page."""
    specs = (spec for kind in schemas.kinds.values() for spec in kind.references)
    aimed = (spec for spec in specs if entry.kind.name in spec.to or ANY in spec.to)
    return looks_malformed(entry.document, schemas.kinds, entry.kind) or any(
        is_nameless(entry, spec.by) for spec in aimed
    )


def fields_are_felt(changed: frozenset[str], old: Entry, new: Entry, schemas: Schemas, states: States) -> bool:
    """Whether rules over the whole framework look at one of these fields, its title apart.

    A field with references is not felt where all that it named and names is there and counts.
    """
    is_right = gate(new.kind)
    referring = {field for field in changed if new.kind.reference_in(field)}
    if not changed <= new.kind.properties.keys() - _named(schemas) or is_right(old.fields) != is_right(new.fields):
        return True
    if not changed - referring <= new.kind.properties.keys() - _in_references(schemas):
        return True
    return bool(referring) and any(
        _is_told(reference, entry, schemas, states)
        for entry in (old, new)
        for reference in references_of(entry, Index(()))
        if reference.path and reference.path[0] in referring
    )


def states_of(framework: Framework) -> States:
    """Give the state of each entry by every name that a reference may use, by kind and sort of name."""
    specs = {spec for kind in framework.kinds.values() for spec in kind.references}
    mentioned = {(reference.spec.to[0], "code") for reference in framework.references if reference.is_mention}
    tables = sorted({(kind, spec.by) for spec in specs for kind in spec.to} | mentioned)
    return {key: {name: entry.state for name, entry in framework.index.table(*key).items()} for key in tables}


def _is_told(reference: Reference, entry: Entry, schemas: Schemas, states: States) -> bool:
    """Whether a reference may have, or take away, a finding: of its own, or of what it names."""
    spec = reference.spec
    relations = {EVERYBODY, *([spec.inverse.name] if spec.inverse else [])}
    if spec.mirror or spec.path[0] in _mirrors(schemas) or not relations.isdisjoint(_demanded(schemas)):
        return True
    found = next((table[reference.key] for table in _tables(spec, states) if reference.key in table), None)
    own = {*names_of(entry, spec.by), *names_meant(entry, spec.by)}
    is_early = found == "draft" and entry.state == "final"
    return found is None or found in GONE or is_early or reference.key in own


def _tables(spec: ReferenceField, states: States) -> Iterator[Mapping[str, str]]:
    return (states.get((kind, spec.by), {}) for kind in spec.to)


@lru_cache(maxsize=4)
def _demanded(schemas: Schemas) -> frozenset[str]:
    """Give the words in the demands, among them all fields and relations that they are about."""
    needs = tuple(each.needs for each in schemas.kinds.values())
    return frozenset(_names((schemas.settings.demands, needs)))


@lru_cache(maxsize=4)
def _named(schemas: Schemas) -> frozenset[str]:
    """Give those words, and the fields that play a part."""
    named = {*_demanded(schemas)}
    for each in schemas.kinds.values():
        named.update(_names((each.citations, each.identity, *each.identifiers.values())))
        named.update(field for means, field in each.means.items() if means not in _SHOWN)
        named.update(spec.by.removeprefix("field:") for spec in each.references)
    return frozenset(named)


@lru_cache(maxsize=4)
def _in_references(schemas: Schemas) -> frozenset[str]:
    return frozenset(_names(tuple(each.references for each in schemas.kinds.values())))


@lru_cache(maxsize=4)
def _mirrors(schemas: Schemas) -> frozenset[str]:
    return frozenset(spec.mirror for each in schemas.kinds.values() for spec in each.references if spec.mirror)


def _names(value: Any) -> Iterator[str]:  # noqa: ANN401 - settings of any shape
    if isinstance(value, str):
        yield from (value, *_STEPS.split(value.removeprefix("field:")))
    elif isinstance(value, dict):
        yield from _names((*value, *value.values()))
    elif isinstance(value, (tuple, list, frozenset)):
        for each in value:
            yield from _names(each)


def titles_are_felt(titles: tuple[str, str], findings: Iterable[Finding], gaps: str) -> bool:
    """Whether a finding names an entry by its title, or would if the title were another: before, and now.

    ``gaps`` is the text of the file with accepted gaps: an id in it may be guessed by a title.
    """
    names = {*_parts_of(gaps)}
    for finding in findings:
        problem = finding.problem
        if any(title in word for word in (*_words(problem), *_replacements(problem)) for title in titles):
            return True
        if "suggestions" in problem.parameters:
            asked = {problem.location.text, *_words(problem, without="suggestions")}
            names.update(part for word in asked for each in {word, unquote(word)} for part in _parts_of(each))
    return any(title_matters(names, title) for title in titles)


def _parts_of(text: str) -> Iterator[str]:
    """Give all that may be a name in a text, as a whole and without an ending."""
    for part in (text, *(step for separator in _SEPARATORS for step in separator.split(text))):
        yield part
        if "." in part:
            yield _ENDING.sub("", part)


def _words(problem: Problem, without: str = "") -> Iterator[str]:
    for name, value in problem.parameters.items():
        if name == without:
            continue
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Text):
                yield from (each.nl, each.en)
            elif isinstance(each, str):
                yield each


def _replacements(problem: Problem) -> Iterator[str]:
    if problem.fix:
        yield problem.fix.title
        yield from (edit.replacement for edit in problem.fix.edits)
