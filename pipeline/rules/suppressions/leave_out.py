"""Leave out the findings that somebody has decided about, and tell of decisions without effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.documents.document import Flaw
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.nearest import nearest
from pipeline.rules.suppressions.comments import suppressions
from pipeline.text import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings import Parameter
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Override
    from pipeline.rules.rule import Rule
    from pipeline.rules.suppressions.comments import Suppression

MALFORMED: Final = "suppressions/malformed"
UNUSED: Final = "suppressions/unused"
OFF: Final = "off"


def severity_of(flaw: Flaw, override: Override | None, table: Mapping[str, Rule]) -> Severity | None:
    """Give how bad a flaw is where a schema may say otherwise; none where it switches the rule off."""
    if override is None:
        return flaw.problem.severity or table[flaw.rule].severity
    return None if override.severity == OFF else Severity.of(override.severity)


class Exemptions:
    """What comments and schemas say that need not be told, and whether that was of use."""

    def __init__(self, framework: Framework, table: Mapping[str, Rule]) -> None:
        """Read the comments of all documents."""
        self._framework = framework
        self._table = table
        self._used: set[int] = set()
        self._malformed: list[Flaw] = []
        self._by_path: dict[str, list[Suppression]] = {}
        for document in framework.documents:
            for each in suppressions(document):
                flaw = self._judge(each)
                if flaw:
                    self._malformed.append(flaw)
                else:
                    self._by_path.setdefault(document.source.path, []).append(each)

    def _judge(self, suppression: Suppression) -> Flaw | None:
        rule = suppression.rule
        if not rule:
            problem = Problem(location=suppression.location)
        elif rule not in self._table:
            near = nearest(rule, self._table)
            parameters: dict[str, Parameter] = {"rule": rule, "suggestions": near}
            problem = Problem(location=suppression.location, variant="unknown-rule", parameters=parameters)
        elif not suppression.reason:
            problem = Problem(location=suppression.location, variant="no-reason", parameters={"rule": rule})
        else:
            return None
        return Flaw(rule=MALFORMED, problem=problem)

    def hide(self, flaw: Flaw) -> bool:
        """Whether a comment speaks for what was found."""
        place = flaw.problem.location
        hidden = False
        for each in self._by_path.get(place.source.path, ()):
            if each.rule == flaw.rule and each.covers(place):
                self._used.add(id(each))
                hidden = True
        return hidden

    def severity(self, flaw: Flaw, override: Override | None) -> Severity | None:
        """Give how bad it is here; none where a schema switches the rule off."""
        if override is not None and override.severity == OFF:
            self._used.add(id(override))
        return severity_of(flaw, override, self._table)

    def remarks(self) -> Iterator[Flaw]:
        """Tell of exemptions that cannot be read, and of those that hid nothing."""
        yield from self._malformed
        for each in (each for found in self._by_path.values() for each in found):
            if id(each) not in self._used and self._table[each.rule].asked:
                yield Flaw(rule=UNUSED, problem=_unused(each))
        yield from self._of_schemas()

    def _of_schemas(self) -> Iterator[Flaw]:
        for override in self._framework.schemas.overrides:
            if override.severity == OFF and id(override) not in self._used and self._is_own(override):
                problem = Problem(location=override.location, variant="schema", parameters={"rule": override.rule})
                yield Flaw(rule=UNUSED, problem=problem)

    def _is_own(self, override: Override) -> bool:
        """Whether the schema is part of the repository: a profile serves many, in many states."""
        rule = self._table.get(override.rule)
        return rule is not None and rule.asked and override.source.path in self._framework.files


def _unused(suppression: Suppression) -> Problem:
    place = suppression.location
    text = place.source.text
    start, end = place.start, place.end
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line_end = LINE_END.search(text, end)
    after = line_end.start() if line_end else len(text)
    if not text[line_start:start].strip() and not text[end:after].strip():
        start, end = line_start, line_end.end() if line_end else len(text)
    edit = Edit(location=place.source.at(start, end), replacement="")
    return Problem(
        location=place,
        parameters={"rule": suppression.rule},
        fix=Fix(title=f"{suppression.rule} → “”", edits=(edit,)),
    )
