"""What a change means, as items of a list: entries, status, relations, coverage, old names in use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.reports.changes.words import COVERAGE, NOTHING_FOLLOWS
from pipeline.reports.markdown import code
from pipeline.reports.review.entries import entries, several

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.compare.changes import Changes, CoverageChange, Redirect, RelationChange
    from pipeline.reports.review.around import Around

MOST_PLACES: Final = 3
MOST_RELATIONS: Final = 8
"""Most places that are named for an old name, and most relations of one entry, in a comment."""

_GAINED: Final = (
    Text(nl="Relatie erbij", en="Relation gained"),
    Text(nl="Relaties erbij", en="Relations gained"),
)
_LOST: Final = (Text(nl="Relatie weg", en="Relation lost"), Text(nl="Relaties weg", en="Relations lost"))
_COUNT: Final = Text(nl="{covered} van {total}", en="{covered} of {total}")
_SORTS: Final = {
    "id": Text(nl="Oude id", en="Old id"),
    "page": Text(nl="Oude pagina", en="Old page"),
    "file": Text(nl="Oud bestand", en="Old file"),
    "anchor": Text(nl="Oud kopje", en="Old heading"),
}
_USED: Final = Text(nl="staat nog in", en="is still used in")


def meaning(changes: Changes, around: Around, *, brief: bool = False) -> Iterator[str]:
    """Give an item for each thing that happened, what others depend on first; in ``brief`` some are counted."""
    yield from (_redirect(each, around) for each in changes.redirects)
    yield from entries(changes, around, brief=brief)
    yield from _relations(changes.relations, around, brief=brief)
    yield from (_coverage(each, around) for each in changes.coverage)


def _relations(relations: Sequence[RelationChange], around: Around, *, brief: bool) -> Iterator[str]:
    """Tell relations that are gone, and then those gained, an item for each entry that they share."""
    groups: dict[tuple[bool, bool, str], dict[str, list[str]]] = {}
    sizes = Counter((each.gained, True, each.origin) for each in relations)
    sizes.update((each.gained, False, each.target) for each in relations)
    for each in sorted(relations, key=lambda each: each.gained):
        out, back = (each.gained, True, each.origin), (each.gained, False, each.target)
        shared, other = (back, each.origin) if sizes[back] > sizes[out] else (out, each.target)
        groups.setdefault(shared, {}).setdefault(other, []).append(code(each.field))
    for (gained, outward, name), others in groups.items():
        word = around.words.text((_GAINED if gained else _LOST)[sum(map(len, others.values())) > 1])
        shown = [f"{code(other)} ({', '.join(fields)})" for other, fields in others.items()]
        listed = several(shown, around, MOST_RELATIONS if brief else len(shown))
        yield f"- **{word}:** {code(name)} {'→' if outward else '←'} {listed}\n"


def _coverage(change: CoverageChange, around: Around) -> str:
    before, after = (
        around.words.say(_COUNT, covered=covered, total=total) for covered, total in (change.before, change.after)
    )
    label = around.measures.get(change.measure)
    told = f": {around.words.text(label)}" if label else ""
    return f"- **{around.words.text(COVERAGE)}:** {before} → {after}. {code(change.measure)}{told}\n"


def _redirect(change: Redirect, around: Around) -> str:
    words = around.words
    new = code(change.new) if change.new else words.text(NOTHING_FOLLOWS)
    places = several([around.place(each.path, each.line) for each in change.places], around, MOST_PLACES, "; ")
    used = f". {words.text(_USED).capitalize()} {places}" if places else ""
    return f"- **{words.text(_SORTS[change.sort])}:** {code(change.old)} → {new}{used}\n"
