"""Whether rules that look at all entries together may find something else after a change.

Everything here errs on one side: where it is not certain that they find the same, it is said
that they may not, and then everything is asked anew.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from pipeline.documents.outline import parted
from pipeline.guidance.relations import EVERYBODY
from pipeline.model.load import is_unclaimed, references_of
from pipeline.recheck.cards import INDEXES
from pipeline.recheck.matter import names_of_texts
from pipeline.recheck.reach import DUPLICATE
from pipeline.rules.coverage.doubt import is_misread
from pipeline.rules.ids.codes import code_in_stem
from pipeline.rules.ids.redirects import GONE, is_successor
from pipeline.rules.links.resolve import SEARCHED
from pipeline.rules.nearest import title_matters
from pipeline.rules.schema.violations import gate
from pipeline.text import lazy_pattern, stem_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.documents.document import Mention
    from pipeline.findings import Outcome
    from pipeline.model.framework import Entry, Index, Reference
    from pipeline.model.kinds import Schemas, Settings
    from pipeline.recheck.change import Change, Side
    from pipeline.recheck.register import Register

_SHOWN: Final = frozenset({"title", "summary"})
_STEPS: Final = lazy_pattern(r"[./]")


def is_felt_widely(
    change: Change, outcome: Outcome, register: Register, index: Index, texts: Mapping[str, str]
) -> bool:
    """Whether any of them may.

    ``register`` and ``index`` are of before the change. ``texts`` are those of the ledger and of the file
    with accepted gaps, by path.
    """
    schemas = register.schemas
    return (
        _is_doubtful(change, register)
        or (change.renames and _names_are_felt(change, outcome, register, texts))
        or (change.comes_or_goes and _files_are_felt(change, register))
        or _fields_are_felt(change)
        or _links_are_felt(change, outcome)
        or (_is_covered(schemas) and _coverage_is_felt(change, schemas, index, texts))
    )


def _is_doubtful(change: Change, register: Register) -> bool:
    """Whether it, or what it may have meant, goes by a name that is not known."""
    if any(card.doubtful for side in change.sides for card in side.line.cards):
        return True
    if not change.is_page and (change.comes_or_goes or any(map(_is_broken, change.sides))):
        return True
    return change.renames and any(card.doubtful for line in register.lines.values() for card in line.cards)


def _is_broken(side: Side) -> bool:
    """Whether a list is not whole."""
    document, front = side.document, side.document.front
    is_list = front is not None and isinstance(front.value, list)
    return not document.readable or not is_list or len(side.entries) < len(front.items if front else ())


def _names_are_felt(change: Change, outcome: Outcome, register: Register, texts: Mapping[str, str]) -> bool:
    """Whether another name may be remembered, or is one that is looked up in another way."""
    kind, ledger = change.kind, texts.get(register.schemas.settings.ledger, "")
    coded = kind.identity.id_of(code_in_stem(kind, stem_of(change.path)))
    ids = (coded, *(card.id for cards in change.cards for card in cards))
    # What is told twice is not told as vanished as well: it may be, once it is told no longer.
    twice = any(finding.rule == DUPLICATE for finding in (*outcome.findings, *outcome.hidden))
    return (
        any(name and name in ledger for name in ids)
        or bool(ledger and twice)
        or _has_another_first(change)
        or bool(kind.identifiers)
    )


def _has_another_first(change: Change) -> bool:
    """Whether of entries with the same name in one file another may be the first."""
    cards = [side.line.cards for side in change.sides]
    counted = [Counter(name for card in some for name in card.every_name) for some in cards]
    twice = {name for names in counted for name, count in names.items() if count > 1}
    orders = [[card.naming for card in some if not twice.isdisjoint(card.every_name)] for some in cards]
    return orders[0] != orders[-1]


def is_file_felt(path: str, outcome: Outcome, register: Register) -> bool:
    """Whether a file that holds no entries, and came or went, is minded by more than who leads to it."""
    settings = register.schemas.settings
    return (
        path in read_besides(settings)
        or is_unclaimed(path, settings)
        or _are_too_many(outcome)
        or _is_alone_or_alike(path, register)
    )


def read_besides(settings: Settings) -> frozenset[str]:
    """Give the files that hold no entries and are read all the same."""
    return frozenset({*(each.file for each in settings.navigation), settings.ledger, *settings.demands.files})


def _files_are_felt(change: Change, register: Register) -> bool:
    """Whether a file that came or went changes what the names of files and folders mean."""
    same = register.paths_of.get(change.kind.name, ())
    return _is_alone_or_alike(change.path, register) or all(other == change.path for other in same)


def _is_alone_or_alike(path: str, register: Register) -> bool:
    """Whether a file stands for its folder, is the only one there or with its ending, or differs in capitals only."""
    folder, ending, others = posixpath.dirname(path), _ending(path), register.files - {path}
    return (
        _small(stem_of(path)) in INDEXES
        or _small(path) in map(_small, others)
        or ending not in map(_ending, others)
        or folder not in map(posixpath.dirname, others)
    )


def _ending(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


def _small(name: str) -> str:
    return normalize("NFC", name).lower()


def _fields_are_felt(change: Change) -> bool:
    kind, changed = change.kind, change.fields
    if not changed.isdisjoint(kind.identifiers.values()):
        return True
    successor = kind.means.get("successor")
    return (successor in changed or change.has_another_state) and any(map(_is_sent_on, change.sides))


def _is_sent_on(side: Side) -> bool:
    return any(map(is_successor, side.references))


def _links_are_felt(change: Change, outcome: Outcome) -> bool:
    """Whether links are counted among too many."""
    if not _are_too_many(outcome):
        return False
    if change.renames or change.titles or change.has_other_headings:
        return True
    if change.old and change.new and change.is_clear:
        links = parted(change.old.document, change.new.document, "links")
        return bool(links.gone or links.come)
    return any(side.document.body.links for side in change.sides if side.document.body)


def _are_too_many(outcome: Outcome) -> bool:
    return any(count > SEARCHED for count in outcome.searched.values())


def _is_covered(schemas: Schemas) -> bool:
    """Whether there is anything that the framework should cover."""
    demands = schemas.settings.demands
    return bool(demands.coverage or demands.gaps or (demands.guidance and demands.guidance.scenarios))


def _coverage_is_felt(change: Change, schemas: Schemas, index: Index, texts: Mapping[str, str]) -> bool:
    """Whether something may be covered that was not, or the other way round.

    A field with references is not felt where all that it named and names is there and counts.
    """
    old, new = change.old, change.new
    if old is None or new is None or not change.is_clear or change.renames or change.has_another_state:
        return True
    gaps = schemas.settings.demands.gaps
    if (
        gaps
        and change.titles
        and any(title_matters(names_of_texts([texts.get(gaps.file, "")]), title) for title in change.titles)
    ):
        return True
    kind, changed = change.kind, change.fields
    referring = {field for field in changed if kind.reference_in(field)}
    sound = [gate(kind)(entry.fields) for side in (old, new) for entry in side.entries]
    if (
        not changed <= kind.properties.keys() - _named(schemas)
        or sound[0] != sound[-1]
        or (referring and not all(sound))  # what stands there may have been meant for a reference
        or not changed - referring <= kind.properties.keys() - _in_references(schemas)
    ):
        return True
    if any(
        _counts(reference, schemas, index)
        for side in (old, new)
        for reference in side.references
        if reference.path and reference.path[0] in referring
    ):
        return True
    mentions = parted(old.document, new.document, "mentions")
    return any(
        _is_counted(mention, entry, schemas, index)
        for side, some in ((old, mentions.gone), (new, mentions.come))
        for entry in side.entries
        for mention in some
    )


def _counts(reference: Reference, schemas: Schemas, index: Index) -> bool:
    """Whether a reference may cover something: what it names does, or is not there."""
    spec = reference.spec
    relations = {EVERYBODY, *([spec.inverse.name] if spec.inverse else [])}
    target = index.find(reference.key, spec)
    return not relations.isdisjoint(_demanded(schemas)) or target is None or target.state in GONE


def _is_counted(mention: Mention, entry: Entry, schemas: Schemas, index: Index) -> bool:
    """Whether a demand minds who mentions whom: it does where it is not certain what either of them has."""
    if any(
        measure.alone and measure.of == entry.kind.name and measure.alone.of == mention.kind
        for measure in schemas.settings.demands.coverage
    ):
        return True
    target = index.table(mention.kind, "code").get(mention.code)
    return target is None or target.state in GONE or any(_is_vague(entry, field, index) for field in _shared(schemas))


def _is_vague(entry: Entry, field: str, index: Index) -> bool:
    """Whether a field may mean something else than it says, or names what is not there."""
    named = (each for each in references_of(entry, index) if each.path[:1] == (field,))
    return is_misread(entry, field) or any(each.target is None for each in named)


@lru_cache(maxsize=4)
def _shared(schemas: Schemas) -> frozenset[str]:
    """Give the fields that entries are to have in common with those that they name."""
    demands = schemas.settings.demands
    needs = [*demands.needs, *(need for kind in schemas.kinds.values() for need in kind.needs)]
    for measure in demands.coverage:
        needs += [*measure.needs, *((measure.alone.need,) if measure.alone else ())]
    return frozenset(need.sharing for need in needs if need.sharing)


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


def _names(value: Any) -> Iterator[str]:  # noqa: ANN401 - settings of any shape
    if isinstance(value, str):
        yield from (value, *_STEPS.split(value.removeprefix("field:")))
    elif isinstance(value, dict):
        yield from _names((*value, *value.values()))
    elif isinstance(value, (tuple, list, frozenset)):
        for each in value:
            yield from _names(each)
