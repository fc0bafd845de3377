"""A date of law stands in the text.

Legislators move dates. A date in a field is changed once and shows up everywhere; one in a
sentence stays behind and becomes wrong. Dates of documents and rulings may be named.

Bad: "Deze plicht geldt vanaf 2 augustus 2026."

Good: the date in a field, and in the text "Sinds deze plicht geldt, …"

Mend it: put the date in the field for it and leave it out of the text, or refer to the law
or the requirement that has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import PROSE, writings_of
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.rules.style.prose import Writing

_MONTH: Final = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan\.|feb\.|mrt\.|apr\.|jun\.|jul\.|aug\.|sep\.|sept\.|okt\.|nov\.|dec\."
)
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_END: Final = r"(?![\w-])"
_ANY_YEAR = lazy_pattern(_YEAR)
_DAY = lazy_pattern(
    rf"(?<![\w-])(?:[0-3]?[0-9](?:e|ste|de)?[ \n]++(?:{_MONTH})[ \n]++{_YEAR}"
    rf"|[0-3]?[0-9]-[01]?[0-9]-{_YEAR}|{_YEAR}-[01][0-9]-[0-3][0-9]){_END}",
    re.IGNORECASE,
)
_MONTH_OR_YEAR = lazy_pattern(rf"(?<![\w./-])(?:(?:{_MONTH})[ \n]++)?{_YEAR}{_END}", re.IGNORECASE)
_LAW = lazy_pattern(
    r"\b(?:geld(?:t|en|ig)|gold(?:en)?|in werking|inwerking\w*|van kracht|van toepassing|verplicht|ingang|vervalt"
    r"|vervallen|overgang\w*|toepass\w+)\b",
    re.IGNORECASE,
)
_SINCE = lazy_pattern(
    r"\b(?:vanaf|per|sinds|uiterlijk|tot|tot en met|vóór|voor|na|in|met ingang van|begin|eind|medio)[ \n]++\Z",
    re.IGNORECASE,
)
# "de uitspraak van 18 juli 2018", "Richtlijn (EU) 2016/2102 van 26 oktober 2016": the date names a document.
_DOCUMENT = lazy_pattern(
    r"(?i:arrest|besluit|uitspraak|vonnis|beschikking|brief|rapport|advies|versie|wijziging|verordening|richtlijn|verdrag"
    r"|nota|notitie|handreiking|document|onderzoek|publicatie|staatsblad|staatscourant|publicatieblad|bericht|overleg"
    r"|vergadering|zitting|wet)(?:[ \n]++[A-Z0-9(]\S{0,30}){0,3}[ \n]++(?:van|uit|d\.d\.)[ \n]++\Z"
)
_REACH: Final = 120


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="“{date}” is een datum van een wet. Zo'n datum hoort niet in de tekst.",
            en="“{date}” is a date of law. Such a date does not belong in the text.",
        ),
        "field": Text(
            nl="“{date}” is een datum van een wet. Zo'n datum hoort niet in de tekst, maar in “{field}”.",
            en="“{date}” is a date of law. Such a date does not belong in the text, but in “{field}”.",
        ),
    },
    help={
        "": Text(
            nl="Wetgevers verschuiven datums, en dan klopt de tekst niet meer. "
            "Laat de datum weg en verwijs naar het vereiste of de wet.",
            en="Legislators move dates, and then the text is wrong. "
            "Leave the date out, and refer to the requirement or the law.",
        ),
        "field": Text(
            nl="Wetgevers verschuiven datums, en dan klopt de tekst niet meer. "
            "Zet de datum boven in het bestand bij “{field}”; de lezer ziet die vanzelf op de pagina.",
            en="Legislators move dates, and then the text is wrong. "
            "Put the date in “{field}” at the top of the file; readers see it on the page by itself.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for days, and for months and years beside words about the law."""
    if kind.style.date_field is None:
        return
    field = kind.style.date_field if kind.style.date_field in kind.properties else ""
    for each in writings_of(document, kind):
        for writing in each.all:
            if writing.part != PROSE and _ANY_YEAR.search(writing.text):
                for start, end in _dates(writing):
                    yield Problem(
                        location=writing.place(start, end),
                        variant="field" if field else "",
                        field=writing.field,
                        parameters={"date": " ".join(writing.text[start:end].split()), "field": field},
                    )


def _dates(writing: Writing) -> Iterator[tuple[int, int]]:
    """Give the places of the dates of law in a text."""
    text = writing.text
    days = [match.span() for match in _DAY.finditer(text)]
    for start, end in days:
        if not _DOCUMENT.search(text[max(0, start - _REACH) : start]):
            yield start, end
    done = 0
    for sentence in writing.sentences:
        if not _LAW.search(text, sentence.start, sentence.end):
            continue
        for match in _MONTH_OR_YEAR.finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            while done < len(days) and days[done][1] <= start:
                done += 1
            before = text[max(0, start - _REACH) : start]
            part_of_day = done < len(days) and days[done][0] <= start
            if not part_of_day and _SINCE.search(before) and not _DOCUMENT.search(before):
                yield start, end
