"""A heading that every entry of this kind has is not there.

Readers look for the same headings on every page. Most often the heading has a typing error or
was lost in an edit, and its text now stands under the heading before it.

Bad: ``## Toelichtng``

Good: ``## Toelichting``

Mend it: write the heading, on a line of its own, as the message says, with its text below it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.completeness.sections import asked_of, parts_of, severity_for
from pipeline.rules.rule import document_rule
from pipeline.rules.text.outline import skips
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.documents.document import Document, Heading
    from pipeline.model.kinds import Kind, Section
    from pipeline.rules.completeness.sections import Part
    from pipeline.text import Location

_MARKS = lazy_pattern(r"(?:^|[\r\n])[ \t>]*(#{1,6})[ \t]+$")


@document_rule(
    severity=Severity.WARNING,
    message={
        "": Text(nl="Hier ontbreekt het kopje “{heading}”.", en="The heading “{heading}” is missing here."),
        "all": Text(nl="Deze kopjes ontbreken: {headings}.", en="These headings are missing: {headings}."),
        "near": Text(
            nl="Het kopje “{written}” hoort “{heading}” te heten.",
            en="The heading “{written}” should be “{heading}”.",
        ),
        "level": Text(
            nl="Het kopje “{heading}” begint met {written} in plaats van met {marks}.",
            en="The heading “{heading}” starts with {written} instead of {marks}.",
        ),
    },
    help={
        "": Text(
            nl="Lezers zoeken op elke pagina dezelfde kopjes. Zet hier een regel met “{marks} {heading}” en "
            "daaronder de tekst.",
            en="Readers look for the same headings on every page. Add a line “{marks} {heading}” here, with its "
            "text below it.",
        ),
        "all": Text(
            nl="Lezers zoeken op elke pagina dezelfde kopjes. Begin elk kopje met “{marks} ” en zet de tekst eronder.",
            en="Readers look for the same headings on every page. Start each with “{marks} ” and put its text below.",
        ),
        "near": Text(
            nl="Lezers zoeken op elke pagina dezelfde kopjes. Schrijf het kopje zoals op de andere pagina's.",
            en="Readers look for the same headings on every page. Write it as on the other pages.",
        ),
        "level": Text(
            nl="Hoe meer hekjes, hoe kleiner het kopje. Nu lijkt dit een deel van een ander stuk tekst. Begin de "
            "regel met “{marks} ”.",
            en="The more hashes, the smaller the heading. It now looks like a part of another section. Start the "
            "line with “{marks} ”.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for the heading of each section that is required."""
    entry = asked_of(document, kind)
    if entry is None:
        return
    parts = parts_of(document, kind)
    severity = severity_for(entry)
    told = {id(heading) for heading, _ in skips(document)}  # by text/heading-skipped
    for part in parts.values():
        if part.slip and part.heading is not None and not (part.slip == "level" and id(part.heading) in told):
            yield _slip(document, part, part.heading, severity)
    wanted = [section for section in kind.sections if section.heading and section.required]
    text = document.source.text
    missing = [each for each in wanted if each.heading not in parts and not _is_unrendered(each.heading, text)]
    if len(missing) > 1 and len(missing) == len(wanted):
        names = ", ".join(section.heading for section in missing)
        parameters = {"headings": names, "marks": "#" * missing[0].level}
        yield Problem(location=entry.location, variant="all", severity=severity, parameters=parameters)
        return
    for section in missing:
        yield Problem(
            location=_place(document, kind, section, parts),
            severity=severity,
            parameters={"heading": section.heading, "marks": "#" * section.level},
        )


def _is_unrendered(heading: str, text: str) -> bool:
    """Whether the heading stands in a line that becomes no heading: `text/heading-not-rendered` tells that."""
    if heading not in text:
        return False
    return re.search(rf"^[ \t>]*+#{{1,6}}[^\S\r\n]*+{re.escape(heading)}", text, re.MULTILINE) is not None


def _place(document: Document, kind: Kind, section: Section, parts: Mapping[str, Part]) -> Location:
    """Give the heading before which a section belongs, or else the end of the text."""
    after = kind.sections[kind.sections.index(section) + 1 :]
    heading = next((parts[each.heading].heading for each in after if each.heading in parts), None)
    if heading is not None:
        return document.at(heading.start, heading.end)
    end = len(document.source.text.rstrip())
    return document.at(end, end)


def _slip(document: Document, part: Part, heading: Heading, severity: Severity) -> Problem:
    place = document.at(heading.start, heading.end)
    if part.slip == "near":
        wanted = part.section.heading
        # What else stands in the line, such as attributes in braces, stays.
        words = document.at(heading.start, heading.start + len(heading.text))
        edits = (Edit(location=words, replacement=wanted),) if words.text == heading.text else ()
        return Problem(
            location=place,
            variant="near",
            severity=severity,
            parameters={"written": heading.text, "heading": wanted, "suggestions": (wanted,)},
            fix=Fix(title=f"{heading.text} → {wanted}", edits=edits) if edits else None,
        )
    marks, written = "#" * part.section.level, "#" * heading.level
    match = _MARKS.search(document.source.text, max(0, heading.start - 80), heading.start)
    edit = Edit(location=document.at(*match.span(1)), replacement=marks) if match else None
    return Problem(
        location=place,
        variant="level",
        severity=severity,
        parameters={"written": written, "heading": heading.text, "marks": marks},
        fix=Fix(title=f"{written} → {marks}", edits=(edit,)) if edit else None,
    )
