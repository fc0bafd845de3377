"""Too many sentences are in the passive voice.

"De gegevens worden gecontroleerd" does not say who checks. Readers then do not know whether
they have to do something. Only "worden" and "werd" with a participle count.

Bad: "De uitkomsten worden elke maand gecontroleerd."

Good: "De beheerder controleert elke maand de uitkomsten."

Mend it: say who does it, and let that be the subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import writings_of
from pipeline.rules.style.voice import passive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.rules.style.prose import Writing
    from pipeline.text import Location

_RELATED: Final = 5


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="“{words}” is een lijdende vorm. Zulke vormen staan in {count} van de {total} zinnen ({percent} %), "
        "terwijl {limit} % het meeste is.",
        en="“{words}” is in the passive voice. {count} of the {total} sentences ({percent} %) are, "
        "where {limit} % is the most.",
    ),
    help=Text(
        nl="Lezers weten dan niet of ze zelf aan zet zijn. Begin met wie iets doet: "
        "“de beheerder controleert” in plaats van “er wordt gecontroleerd”.",
        en="Readers then do not know whether it is up to them. Start with who acts: "
        "“the manager checks” instead of “it is checked”.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Weigh the passives of each entry against all of its sentences."""
    limit = kind.style.passive
    if limit is None or not _may_be_passive(document.source.text.lower()):
        return
    for each in writings_of(document, kind):
        found: list[tuple[Writing, Location, str]] = []
        for writing in each.prose:
            found.extend(_passives(writing))
        total = sum(len(writing.whole_sentences) for writing in each.prose) if found else 0
        if len(found) * 100 > limit * total:
            writing, place, words = found[0]
            yield Problem(
                location=place,
                field=writing.field,
                related=tuple(place for _, place, _ in found[1 : _RELATED + 1]),
                parameters={
                    "words": words,
                    "count": len(found),
                    "total": total,
                    "percent": round(len(found) * 100 / total),
                    "limit": limit,
                },
            )


def _may_be_passive(small: str) -> bool:
    return "word" in small or "werd" in small


def _passives(writing: Writing) -> Iterator[tuple[Writing, Location, str]]:
    if not _may_be_passive(writing.small):
        return
    for sentence in writing.whole_sentences:
        spans = passive(writing.text, sentence.start, sentence.end)
        if spans:
            (first, last), between = sorted(spans), " "
            if last[0] - first[1] > 1:
                between = " … "
            words = f"{writing.text[slice(*first)]}{between}{writing.text[slice(*last)]}"
            yield writing, writing.place(first[0], last[1]), words
