"""What a reference without a target may have meant."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.model.framework import names_of
from pipeline.rules.nearest import Names

if TYPE_CHECKING:
    from pipeline.model.framework import Framework, Reference
    from pipeline.model.kinds import ReferenceField


def suggestions_for(reference: Reference, framework: Framework) -> tuple[str, ...]:
    """Give names, as this field writes them, of entries near to what was written."""
    return _ready(framework, reference.spec).near(reference.key)


def names_for(reference: Reference, framework: Framework) -> tuple[str, ...]:
    """Give the names of all entries that this field may name."""
    return tuple(_names(framework, reference.spec))


@lru_cache(maxsize=64)
def _ready(framework: Framework, spec: ReferenceField) -> Names:
    return Names(_names(framework, spec))


# One table serves all dangling references of a field; frameworks compare by identity.
@lru_cache(maxsize=64)
def _names(framework: Framework, spec: ReferenceField) -> dict[str, str]:
    return {
        name: entry.title
        for kind in spec.to
        for entry in framework.index.of_kind(kind)
        for name in list(names_of(entry, spec.by))[:1]
    }
