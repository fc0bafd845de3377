"""An id kept its name, but another entry goes by it now.

Others know an entry by its id: a register, a contract, another site. They now arrive at
something else, and nobody tells them. It happens when entries are numbered anew after one was
put in between, or when an old page is written over for a new subject. Writing an entry anew
about the same subject is fine. This needs ``--base``: an earlier revision to compare with.

Bad: ``urn:nl:ak:ver:avg-13`` was about the DPIA, and is about the register of processing now

Good: ``avg-13`` stays about the DPIA, and the register gets the next free number

Mend it: give each text back the id that it had. What is new gets a new id. An entry that is not
needed any more keeps its id, with the status for withdrawn or replaced.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.compare.moves import SEARCHED, moves_of, same_text, share
from pipeline.compare.texts import words_in, words_of
from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.ids.codes import with_id
from pipeline.rules.ids.lost import is_lasting, repeated
from pipeline.rules.ids.redirects import GONE, is_successor
from pipeline.rules.rule import framework_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.compare.moves import Moves
    from pipeline.model.framework import Entry, Framework

# Measured on 171 entries that another author wrote anew, none of which may be reported, and on
# 55 ids of a public repository that came to name something else, all of which must be.
MARGIN: Final = 0.2
"""How much more the text under another id must be like the old one than the text under this id is."""

UNLIKE: Final = 0.1
"""Likeness up to which two whole entries may be about different things."""

UNLIKE_IN_SHORT: Final = 0.05
"""The same of their titles and summaries alone."""

SAME: Final = 0.9
"""Share of words from which on nobody needs to look further."""

ENOUGH: Final = 12
"""Different words from which on texts can be told apart; shorter ones need the same title too."""

PLENTY: Final = 25
"""Different words that two entries need before they may be called different for that alone."""


@framework_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="De id “{id}” was van “{title}”, maar hoort nu bij een heel andere tekst.",
            en="The id “{id}” was that of “{title}”, but belongs to quite another text now.",
        ),
        "left": Text(
            nl="De id “{id}” was van “{title}”. Die tekst heeft nu de id “{other}”.",
            en="The id “{id}” was that of “{title}”. That text has the id “{other}” now.",
        ),
        "taken": Text(
            nl="De id “{id}” was van “{title}”. Nu staat hier de tekst van “{other}”.",
            en="The id “{id}” was that of “{title}”. Now the text of “{other}” is here.",
        ),
    },
    help={
        "": Text(
            nl="Wie naar deze id verwijst, komt nu bij iets anders uit. Geef de nieuwe tekst een nieuwe id, en zet de "
            "oude pagina terug.",
            en="Whoever refers to this id now arrives at something else. Give the new text a new id, and put the old "
            "entry back.",
        ),
        "left": Text(
            nl="Wie naar deze id verwijst, komt nu bij iets anders uit. Geef de oude tekst haar id terug, en de nieuwe "
            "een nieuwe id.",
            en="Whoever refers to this id now arrives at something else. Give the old text its id back, and the new "
            "one a new id.",
        ),
        "taken": Text(
            nl="Wie naar deze id verwijst, komt nu bij iets anders uit. Geef deze tekst haar oude id terug.",
            en="Whoever refers to this id now arrives at something else. Give this text its old id back.",
        ),
    },
    needs_base=True,
)
def check(framework: Framework) -> Iterator[Problem]:
    """Hold every entry that changed much against the one that had its id."""
    if framework.base is None:
        return
    for entry, before in islice(_suspects(framework), SEARCHED):
        reuse = _judged(framework, before, entry)
        if reuse is not None:
            yield _problem(entry, before, reuse)


class _Reuse(NamedTuple):
    variant: str
    other: Entry | None = None


def _suspects(framework: Framework) -> Iterator[tuple[Entry, Entry]]:
    """Give each entry that shares too few words with the one that had its id, with that one."""
    moves, twice = moves_of(framework), repeated(framework)
    for entry in framework.entries:
        before = moves.before(entry)
        if before is None or same_text(entry, before) or entry.id in twice:
            continue
        # A page that only says what took its place may well have lost its text.
        if entry.state in GONE or not is_lasting(entry):
            continue
        if (
            share(words_of(before), words_of(entry)) < SAME
            and share(words_in(before.title), words_in(entry.title)) < SAME
        ):
            yield entry, before


def _judged(framework: Framework, before: Entry, entry: Entry) -> _Reuse | None:
    moves = moves_of(framework)
    likeness = moves.texts.likeness(before, entry)
    giver, holder = moves.giver(entry), moves.holder(before)
    if giver is not None and _is_moved(moves, giver, entry, likeness) and not _leads_to(framework, giver, entry):
        return _Reuse("taken", giver)
    if holder is not None and _is_moved(moves, before, holder, likeness) and not _leads_to(framework, before, holder):
        return _Reuse("left", holder)
    return _Reuse("") if _is_another(framework, before, entry, likeness) else None


def _is_moved(moves: Moves, old: Entry, new: Entry, likeness: float) -> bool:
    """Whether ``new`` holds the text of ``old``, far more than what has its id does."""
    if moves.texts.likeness(old, new) - likeness < MARGIN:
        return False
    return old.title == new.title or moves.texts.size(old) >= ENOUGH <= moves.texts.size(new)


def _leads_to(framework: Framework, old: Entry, new: Entry) -> bool:
    """Whether the entry that has the old id now says that the new one took its place."""
    present = moves_of(framework).after(old)
    outgoing = framework.outgoing(present) if present is not None else ()
    return any(is_successor(each) and each.target is new for each in outgoing)


def _is_another(framework: Framework, before: Entry, entry: Entry, likeness: float) -> bool:
    """Whether two entries have neither words nor relations in common."""
    base, texts = framework.base, moves_of(framework).texts
    if base is None or likeness >= UNLIKE or min(texts.size(before), texts.size(entry)) < PLENTY:
        return False
    old, new = _relations(base, before), _relations(framework, entry)
    return bool(old and new and not old & new) and texts.likeness_in_short(before, entry) < UNLIKE_IN_SHORT


def _relations(framework: Framework, entry: Entry) -> set[str]:
    """Give the entries that the fields of an entry name, other than words from a list."""
    outgoing = (each for each in framework.outgoing(entry) if each.path and not each.spec.vocabulary)
    return {each.target.id if each.target else each.key for each in outgoing}


def _problem(entry: Entry, before: Entry, reuse: _Reuse) -> Problem:
    other = reuse.other
    suggested = other.id if other is not None and reuse.variant == "taken" else ""
    return Problem(
        location=entry.location,
        variant=reuse.variant,
        field=entry.kind.identity.field,
        parameters={
            "id": entry.id,
            "title": before.title,
            "other": other.id if other is not None else "",
            "suggestions": (suggested,) if suggested else (),
        },
        related=(other.location,) if other is not None and reuse.variant == "left" else (),
        fix=with_id(entry, suggested) if suggested else None,
    )
