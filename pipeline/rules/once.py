"""One mistake, one finding: what is left out because another finding says it already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.rules.source.invisible_character import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.documents.document import Flaw
    from pipeline.model.kinds import Schemas

_UNSEEN: Final = "source/invisible-character"

_SPELLING: Final = frozenset(
    {
        *("ids/file-name-mismatch", "ids/malformed"),
        *("links/broken", "links/broken-anchor", "links/malformed-url", "links/missing-image"),
        *("references/directive", "references/malformed", "references/unknown-target"),
        *("schema/format", "schema/not-allowed-value", "schema/pattern", "schema/unknown-key", "schema/wrong-type"),
        "style/title-imperative",
    }
)
"""Rules that compare words to the letter: a character that nobody sees makes a word another one."""

_SAID_BY: Final = {
    "ids/file-name-mismatch": ("ids/duplicate", "ids/vanished"),
    "ids/vanished": ("ids/duplicate",),
    "style/summary-length": ("text/placeholder",),
    "text/heading-skipped": ("text/heading-not-rendered",),
}
"""Rules that have nothing to add where one of these others points at the same place."""

SAYING: Final = frozenset(other for others in _SAID_BY.values() for other in others)
"""Those others."""


def once(found: Sequence[Flaw], schemas: Schemas) -> Iterator[Flaw]:
    """Leave out what follows from a mistake that is told already."""
    unseen = {flaw.problem.location.source.path for flaw in found if flaw.rule == _UNSEEN}
    unseen = {path for path in unseen if not _is_off(schemas, path)}
    places = {(flaw.rule, *_place(flaw)) for flaw in found if flaw.rule in SAYING}
    for flaw in found:
        where = flaw.problem.location
        if flaw.rule in _SPELLING and where.source.path in unseen and INVISIBLE.search(where.text):
            continue
        if any((other, *_place(flaw)) in places for other in _SAID_BY.get(flaw.rule, ())):
            continue
        yield flaw


def _place(flaw: Flaw) -> tuple[str, int]:
    where = flaw.problem.location
    return where.source.path, where.start


def _is_off(schemas: Schemas, path: str) -> bool:
    kind = schemas.claim(path)
    override = kind.overrides.get(_UNSEEN) if kind else None
    return override is not None and override.severity == "off"
