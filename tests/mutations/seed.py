"""What a mutation is, and what it expects.

A mutation is a small function that makes one mistake in a page: it says what to write where,
and what the check must then say. It is named after the mistake, and its docstring describes
it in a few words:

    @mutation("schema/unknown-key")
    def a_letter_of_a_field_missing(page: Page) -> Seed | None:
        '''``rolen:`` for ``rollen:``.'''

It gives nothing where the page has no place for the mistake. Changes are made in the source
text itself, so all else in the file stays as it was. `HERE` in a changed text is where the
finding must begin, to the character; a seed without it expects the finding at ``place``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.rules.registry import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.mutations.page import Page

    Make = Callable[[Page], "Seed | None"]

HERE: Final = "⟦"
"""Stands, in a changed text, where the finding must begin."""


@dataclass(frozen=True, slots=True)
class Change:
    """Write ``text`` for the characters ``start`` to ``end`` of a page."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """A consequence that the mistake has of itself: a finding of ``rule`` at ``about`` in another place.

    ``many``: all findings of that rule there; no path: in whatever file.
    """

    rule: str
    path: str
    about: str = ""
    many: bool = False


LACKING: Final = tuple(
    Also(rule=rule, path="", many=True)
    for rule in ("coverage/gap", "completeness/measure-missing", "completeness/example-missing")
)
"""What others may lack once an entry is gone, or counts no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One mistake in a page.

    ``suggests`` is the first thing that the finding must suggest. ``mended`` is what must stand
    in place of the first change once the finding's fix is applied; `Ellipsis` asks for the text
    as it was. ``files`` are other files to write or (none) to take away, ``uses`` those that the
    mistake is about and that nothing else may change. ``breaks`` says what nobody can judge any
    more: the ``fields``, or the whole ``file``.
    """

    changes: tuple[Change, ...] = ()
    suggests: str = ""
    mended: str | None = None
    restores: bool = False
    place: tuple[str, int, int] | None = None
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    uses: frozenset[str] = frozenset()
    also: tuple[Also, ...] = ()
    breaks: str = ""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A kind of mistake: its name, the rule that must find it, and how to make it."""

    name: str
    rule: str
    words: str
    make: Make

    @property
    def family(self) -> str:
        """The family of its rule."""
        return self.rule.partition("/")[0]

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


_ALL: dict[str, Mutation] = {}


def mutation(rule: str, name: str = "", words: str = "") -> Callable[[Make], Make]:
    """Add a function to the kinds of mistakes."""

    def add(make: Make) -> Make:
        called = name or make.__name__.replace("_", " ").strip()
        assert called not in _ALL, called
        _ALL[called] = Mutation(called, rule, words or (make.__doc__ or "").strip(), make)
        return make

    return add


def mutations() -> Mapping[str, Mutation]:
    """Give every kind of mistake by name."""
    from tests.mutations.kinds import everything  # noqa: PLC0415 - they need this module

    assert everything
    return _ALL


def collected() -> tuple[Mutation, ...]:
    """Give the kinds of mistakes for which there is a rule."""
    return tuple(each for each in mutations().values() if each.rule in rules())
