"""How one row of things became another, where that can be told in time.

`difflib` takes time to the third power where the same thing stands there again and again: a page of
ten kilobytes can keep it busy for an hour.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

MOST: Final = 16
"""Most pairs of equal things, for each of the things: twice what the words of a long text have."""

Thing = TypeVar("Thing", bound="Hashable")


def matcher(old: Sequence[Thing], new: Sequence[Thing], *, autojunk: bool = False) -> SequenceMatcher[Thing] | None:
    """Give what sets two rows side by side; nothing where too much in them is the same."""
    found = SequenceMatcher(None, old, new, autojunk=autojunk)
    places: Mapping[Thing, list[int]] = found.b2j  # type: ignore[attr-defined] # documented, and not in typeshed
    pairs = sum(len(places.get(thing, ())) for thing in old)
    return found if pairs <= MOST * (len(old) + len(new)) else None
