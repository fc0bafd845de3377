"""A term is written in another way than the framework writes it.

Readers take two words for two things, and search finds only one of them. The list of wrong
forms stands in the schemas.

Bad: "algoritme's", "hoog risico AI-systemen"

Good: "algoritmes", "hoog-risico-AI-systemen"

Mend it: write the form that the message suggests.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="“{word}” schrijven we anders.",
        en="“{word}” is written in another way here.",
    ),
    help=Text(
        nl="Overal hetzelfde woord: dan weet de lezer dat hetzelfde bedoeld is, en vindt de zoekfunctie alles.",
        en="The same word everywhere: readers then know that the same thing is meant, and search finds it all.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for the forms on the list."""
    if not kind.style.term_variants:
        return
    for match in _phrases(kind).find(document, kind):
        if match.words in match.alternatives:
            continue
        yield Problem(
            location=match.place,
            field=match.writing.field,
            fix=match.fix(safe=True),
            parameters={"word": match.words, "suggestions": match.alternatives},
        )


@lru_cache(maxsize=64)
def _phrases(kind: Kind) -> Phrases:
    return Phrases(kind.style.term_variants)
