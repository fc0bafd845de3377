"""What a reference without a target may have meant."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.compare.moves import moves_of
from pipeline.errors import UserError
from pipeline.model.framework import names_of
from pipeline.model.kinds import ANY
from pipeline.rules.nearest import Names, nearest, nearest_entry

if TYPE_CHECKING:
    from pipeline.model.framework import Framework, Reference
    from pipeline.model.kinds import ReferenceField


def suggestions_for(reference: Reference, framework: Framework) -> tuple[str, ...]:
    """Give names, as this field writes them, of entries near to what was written."""
    return _ready(framework, reference.spec).near(reference.key)


def renamed(reference: Reference, framework: Framework) -> tuple[str, ...] | None:
    """Give the present name, as this field writes it, of the entry that had the written one in the base.

    None where the base had no such entry: then it may be a typing error. Empty where the entry
    is gone.
    """
    base = framework.base
    earlier = base.index.find(reference.key, reference.spec) if base is not None else None
    if earlier is None:
        return None
    moves = moves_of(framework)
    entry = moves.after(earlier) or moves.entries.get(earlier.id)
    if entry is None or not {entry.kind.name, ANY} & set(reference.spec.to):
        return ()
    return tuple(names_of(entry, reference.spec.by))[:1]


def unknown_entry(framework: Framework, name: str) -> UserError:
    """Say that nothing has this name, and what may have been meant."""
    codes = {entry.code: entry.title for entry in framework.entries}
    near = nearest_entry(name, codes) or nearest(name, [entry.id for entry in framework.entries])
    words = ", ".join(near)
    return UserError(
        nl=f"Er is geen onderdeel “{name}”." + (f" Bedoel je {words}?" if near else ""),
        en=f"There is no entry “{name}”." + (f" Did you mean {words}?" if near else ""),
    )


def names_for(reference: Reference, framework: Framework) -> tuple[str, ...]:
    """Give the names of all entries that this field may name."""
    return tuple(_names(framework, reference.spec))


@lru_cache(maxsize=64)
def _ready(framework: Framework, spec: ReferenceField) -> Names:
    return Names(_names(framework, spec))


# One table serves all dangling references of a field; frameworks compare by identity.
@lru_cache(maxsize=64)
def _names(framework: Framework, spec: ReferenceField) -> dict[str, str]:
    return {name: title for kind in spec.to for name, title in framework.index.called(kind, spec.by)}
