"""Whether a change in one file can change what rules over the whole framework find elsewhere.

Everything here errs on one side: where it is not certain that nobody can feel a change, it is
said to be felt, and then everything is checked anew.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from pipeline.errors import Text
from pipeline.model.kinds import ANY
from pipeline.rules.links.address import RELATIVE, read_address
from pipeline.rules.nearest import title_matters
from pipeline.rules.references.dangling import is_nameless
from pipeline.rules.references.malformed import looks_malformed
from pipeline.rules.schema.violations import gate
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.documents.document import Document
    from pipeline.findings import Finding, Problem
    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind, Schemas

ANYWHERE: Final = "*"
"""Stands for every page among those that links may lead to."""

_NO_NAMES: Final = frozenset({"", ".", ".."})
_INDEXES: Final = frozenset({"index", "readme"})
_SHOWN: Final = frozenset({"title", "summary"})
_SEPARATORS: Final = tuple(map(lazy_pattern, (r"[/\\]", r"[\n\"']+", ":", r"[^\w.-]+")))
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


def fields_are_felt(changed: frozenset[str], old: Entry, new: Entry, schemas: Schemas) -> bool:
    """Whether rules over the whole framework look at one of these fields, its title apart."""
    is_right = gate(new.kind)
    return not changed <= _unfelt(schemas, new.kind) or is_right(old.fields) != is_right(new.fields)


@lru_cache(maxsize=64)
def _unfelt(schemas: Schemas, kind: Kind) -> frozenset[str]:
    """Give the fields that neither references nor the demands of the framework name."""
    named = {*_names(schemas.settings.demands)}
    for each in schemas.kinds.values():
        parts = (each.references, each.citations, each.needs, each.identity, *each.identifiers.values())
        named.update(_names((*parts, *each.inverses)))
        named.update(field for means, field in each.means.items() if means not in _SHOWN)
    return frozenset(kind.properties) - named


def _names(value: Any) -> Iterator[str]:  # noqa: ANN401 - settings of any shape
    if isinstance(value, str):
        name = value.removeprefix("field:").partition(".")[0]
        yield from (name, name.partition("/")[0])
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
