"""Findings for the tests of reports: made by hand, of rules that exist only here."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pipeline.errors import Text
from pipeline.findings import Finding, Problem, Severity, sorted_and_stamped
from pipeline.reports.registry import writer
from pipeline.reports.report import Report
from pipeline.rules.rule import Rule
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings import Fix, Parameter
    from pipeline.text import Location

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            name="source/trailing-space",
            severity=Severity.NOTICE,
            messages=Text(nl="Hier staan spaties ({count} keer).", en="Spaces here ({count} times)."),
            helps=Text(nl="Haal ze weg.", en="Take them away."),
            page="Spaces at the ends of lines.\n\nBad: ``a ··``",
        ),
        Rule(
            name="schema/empty-value",
            severity=Severity.WARNING,
            messages=Text(nl="Het veld “{field}” is leeg.", en="The field “{field}” is empty."),
            helps=Text(nl="Vul het in.", en="Fill it in."),
            page="A field has no value.\n\nNobody\nsees it.\n\nBad:\n\n    titel:\n\nMend it: fill it in.",
        ),
        Rule(
            name="references/unknown-target",
            severity=Severity.ERROR,
            messages={
                "": Text(nl="Er is geen {kind} “{key}”.", en="There is no {kind} “{key}”."),
                "kind": Text(nl="“{key}” is geen soort. Schrijf {{soort:code}}.", en="“{key}” is no kind."),
            },
            helps=Text(
                nl="De lezer mist nu deze relatie. Gebruik de code van een bestaande pagina.",
                en="Readers now miss this relation. Use the code of an existing page.",
            ),
            page="A reference names an entry that does not exist.\n\nBad:\n\n    a: b",
        ),
    )
}
KIND = Text(nl="vereiste", en="requirement")


def marked(text: str, path: str = "a.md") -> Location:
    """Give the place between ⟦ and ⟧ of a text; they are no part of it."""
    before, _, rest = text.partition("⟦")
    words, _, after = rest.partition("⟧")
    return Source(path=path, text=before + words + after).at(len(before), len(before) + len(words))


def unknown(key: str, location: Location, *suggestions: str, **more: Any) -> Finding:  # noqa: ANN401 - as of `found`
    """Make a reference to a target that does not exist."""
    parameters: dict[str, Parameter] = {"kind": KIND, "key": key, "suggestions": suggestions}
    return found("references/unknown-target", location, parameters, **more)


def found(
    rule: str,
    location: Location,
    parameters: Mapping[str, Parameter] | None = None,
    *,
    variant: str = "",
    field: str = "",
    entry: str = "",
    fix: Fix | None = None,
    related: tuple[Location, ...] = (),
) -> Finding:
    """Make a finding of one of the rules above."""
    problem = Problem(
        location=location, parameters=parameters or {}, variant=variant, field=field, fix=fix, related=related
    )
    return Finding(rule=rule, severity=RULES[rule].severity, problem=problem, entry=entry)


def report(*findings: Finding, files: int = 2, entries: int = 1, language: str = "nl", prefix: str = "") -> Report:
    """Make a report on the findings, with the rules above."""
    return Report(
        findings=sorted_and_stamped(findings),
        files=files,
        entries=entries,
        language=language,
        prefix=prefix,
        rules=RULES,
    )


def written(name: str, report: Report, *, width: int = 60, colour: bool = False) -> str:
    """Tell what a report looks like in a format."""
    stream = io.StringIO()
    writer(name)(report, stream, width=width, colour=colour)
    return stream.getvalue()
