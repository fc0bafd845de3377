"""What a framework asks of its entries beyond their form, as plain values.

A need says what one entry must have; a coverage measure, what every entry of a kind must
have; guidance, what applies to whom; derived files, what is made from the entries. The
meaning of each member stands in docs/schemas.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Allowed = bool | frozenset[str]
Where = tuple["Mapping[str, Allowed]", ...]
"""Cases of which one must hold; in a case, each field has one of the words, or is there or not."""


class Need(NamedTuple):
    """What an entry must have: fields, or relations with other entries.

    All of ``fields`` are there, at most ``within`` days ago where that is given; or else the
    entry that the field ``through`` names has them. Or at least ``least`` other entries stand
    in one of ``relations``: those for which ``where`` holds and ``unless`` does not, and
    ``unless_beside`` not for what stands beside the reference. ``text`` is what is lacking.
    """

    rule: str = ""
    fields: tuple[str, ...] = ()
    within: int = 0
    through: str = ""
    state: str = ""
    admitted: str = ""
    relations: tuple[str, ...] = ()
    least: int = 1
    where: Where = ()
    unless: Where = ()
    unless_beside: Where = ()
    sharing: str = ""
    text: Text = Text(nl="", en="")

    @property
    def name(self) -> str:
        """What accepted gaps call it: its first field or relation."""
        return (*self.fields, *self.relations)[0]


class Alone(NamedTuple):
    """Those that alone give some entry of a kind what it needs."""

    of: str
    need: Need


class Measure(NamedTuple):
    """A measure of coverage: what every entry ``of`` a kind needs.

    Those count for which ``where`` holds, and those that are ``alone`` somewhere. With
    ``each``, every entry that this field names counts apart. ``rule`` tells its gaps.
    """

    name: str
    label: Text
    of: str
    where: Where = ()
    alone: Alone | None = None
    each: str = ""
    needs: tuple[Need, ...] = ()
    rule: str = "coverage/gap"
    scenarios: bool = False


class AcceptedGaps(NamedTuple):
    """The file with gaps that are known and accepted, and what its fields are called."""

    file: str
    gaps: str
    measure: str
    entries: str
    reason: str
    partner: str = ""
    lacking: str = ""
    checked: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of one gap, in the order in which one writes them."""
        return tuple(filter(None, (self.measure, self.entries, self.partner, self.lacking, self.reason)))


class Level(NamedTuple):
    """A level that an entry has where ``where`` holds and ``unless`` does not.

    ``otherwise`` is its level where the entry does not apply; empty: it has none then.
    """

    name: str
    where: Where = ()
    unless: Where = ()
    state: str = ""
    otherwise: str = ""


class Scenarios(NamedTuple):
    """A kind whose entries describe a situation and what the framework should answer.

    ``verdicts`` and ``levels`` give, by the path of a field, what its entries are expected
    to be: ``applies``, ``may-apply`` or ``does-not-apply``, or a level.
    """

    kind: str
    profile: str
    verdicts: Mapping[str, str]
    levels: Mapping[str, str]


class Guidance(NamedTuple):
    """How the framework tells what applies: the field, its words, and levels by kind."""

    applies: str
    always: str
    unknown: str
    levels: Mapping[str, tuple[Level, ...]]
    scenarios: Scenarios | None = None


class Derived(NamedTuple):
    """A file that a command makes from the entries: a table with a row for each word of a field.

    ``row`` is the column with the word, ``group`` the one with the part of the field it stands
    in, ``listed`` the one with the ids of the entries that use it. A column that is called
    like an entry holds 1 or 0.
    """

    file: str
    of: str
    field: str
    row: str
    command: str
    group: str = ""
    listed: str = ""


class Demands(NamedTuple):
    """All that ``framework.json`` asks."""

    needs: tuple[Need, ...] = ()
    coverage: tuple[Measure, ...] = ()
    gaps: AcceptedGaps | None = None
    guidance: Guidance | None = None
    derived: tuple[Derived, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that hold no entries and are read all the same."""
        return (*((self.gaps.file,) if self.gaps else ()), *(each.file for each in self.derived))


def read_demands(value: Mapping[str, Any]) -> Demands:
    """Read what ``framework.json`` asks."""
    gaps = value.get("accepted-gaps")
    guidance = value.get("guidance")
    return Demands(
        needs=tuple(map(read_need, value.get("needs", ()))),
        coverage=tuple(map(_measure, value.get("coverage", ()))),
        gaps=AcceptedGaps(**gaps) if gaps else None,
        guidance=_guidance(guidance) if guidance else None,
        derived=tuple(Derived(**each) for each in value.get("derived", ())),
    )


def needs_of(schema: Mapping[str, Any], demands: Demands) -> tuple[Need, ...]:
    """Give a kind's own needs, and those for all kinds that its fields allow and it does not change."""
    own = tuple(map(read_need, schema.get("x-needs", ())))
    changed = {need.rule for need in own}
    properties = schema.get("properties", {})
    shared = (need for need in demands.needs if need.fields[0].partition(".")[0] in properties)
    return (*own, *(need for need in shared if need.rule not in changed))


def read_need(value: Mapping[str, Any]) -> Need:
    """Read one need."""
    return Need(
        rule=value.get("rule", ""),
        fields=tuple(value.get("fields", ())),
        within=value.get("within", 0),
        through=value.get("through", ""),
        state=value.get("state", ""),
        admitted=value.get("admitted", ""),
        relations=tuple(value.get("relations", ())),
        least=value.get("least", 1),
        where=read_where(value.get("where", ())),
        unless=read_where(value.get("unless", ())),
        unless_beside=read_where(value.get("unless-beside", ())),
        sharing=value.get("sharing", ""),
        text=Text(**value.get("text", {"nl": "", "en": ""})),
    )


def read_where(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Where:
    """Read one case or a list of cases."""
    cases: Any = [value] if isinstance(value, dict) else value
    return tuple(
        {name: words if isinstance(words, bool) else frozenset(map(str, words)) for name, words in case.items()}
        for case in cases
    )


def _measure(value: Mapping[str, Any]) -> Measure:
    alone = value.get("alone")
    return Measure(
        name=value["name"],
        label=Text(**value["label"]),
        of=value["of"],
        where=read_where(value.get("where", ())),
        alone=Alone(of=alone["of"], need=read_need(alone["need"])) if alone else None,
        each=value.get("each", ""),
        needs=tuple(map(read_need, value.get("needs", ()))),
        rule=value.get("rule", "coverage/gap"),
        scenarios=value.get("scenarios", False),
    )


def _guidance(value: Mapping[str, Any]) -> Guidance:
    scenarios = value.get("scenarios")
    return Guidance(
        applies=value["applies"],
        always=value["always"],
        unknown=value["unknown"],
        levels={kind: tuple(map(_level, levels)) for kind, levels in value.get("levels", {}).items()},
        scenarios=_scenarios(scenarios) if scenarios else None,
    )


def _level(value: Mapping[str, Any]) -> Level:
    return Level(
        name=value["level"],
        where=read_where(value.get("where", ())),
        unless=read_where(value.get("unless", ())),
        state=value.get("state", ""),
        otherwise=value.get("otherwise", ""),
    )


def _scenarios(value: Mapping[str, Any]) -> Scenarios:
    return Scenarios(
        kind=value["kind"],
        profile=value["profile"],
        verdicts=value.get("verdicts", {}),
        levels=value.get("levels", {}),
    )
