"""A word or phrase is harder than it needs to be.

Officials read over "middels" and "teneinde"; other people stumble. Plain words say the same.
The list stands in the schemas. What stands between quotation marks is left alone.

Bad: "Middels een DPIA dient de gemeente na te gaan …"

Good: "Met een DPIA gaat de gemeente na …"

Mend it: write the word that the message suggests, and read the sentence again: sometimes
more words change along.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.phrases import Phrases
from pipeline.rules.style.prose import TERM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="“{word}” kan eenvoudiger.",
        en="“{word}” can be put more simply.",
    ),
    help=Text(
        nl="Niet iedereen leest hier vlot overheen. Kies een gewoon woord, en lees de zin dan nog eens.",
        en="Not everyone reads over this with ease. Choose an ordinary word, and read the sentence again.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for the words on the list."""
    if not kind.style.plain_words:
        return
    for match in _phrases(kind).find(document, kind):
        if match.writing.part == TERM or match.is_quoted:
            continue
        yield Problem(
            location=match.place,
            field=match.writing.field,
            fix=match.fix(safe=False),
            parameters={"word": match.words, "suggestions": match.alternatives},
        )


@lru_cache(maxsize=64)
def _phrases(kind: Kind) -> Phrases:
    return Phrases(kind.style.plain_words)
