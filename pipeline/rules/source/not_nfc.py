"""A letter and its accent are stored apart, though they look like one letter.

Texts copied from a PDF or typed on some Macs hold ``e`` followed by a loose accent where others
hold ``é``. Searching then misses words, and the same word counts as two. One notice is given
for each file.

Bad: ``één`` with loose accents (Unicode form NFD)

Good: ``één`` with whole letters (Unicode form NFC)

Mend it: type the word again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized, normalize

from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind

# ASCII never joins with what comes after a space, so words can be judged one by one.
_WORD = lazy_pattern(r"[^ \t\r\n]+")
_SHOWN: Final = 40


@document_rule(
    severity=Severity.NOTICE,
    message=Text(
        nl="In “{word}” zijn letters en accenten los van elkaar opgeslagen (aantal woorden in dit bestand: {count}).",
        en="“{word}” has letters and accents stored apart (number of words in this file: {count}).",
    ),
    help=Text(
        nl="Wie naar dit woord zoekt, vindt het niet. Typ het opnieuw.",
        en="Whoever searches for this word does not find it. Type it again.",
    ),
)
def check(document: Document, _kind: Kind) -> Iterator[Problem]:
    """Find the words that change when they are put in the form NFC."""
    text = document.source.text
    if is_normalized("NFC", text):
        return
    found = [match for match in _WORD.finditer(text) if not is_normalized("NFC", match[0])]
    edits = tuple(Edit(location=document.at(*each.span()), replacement=normalize("NFC", each[0])) for each in found)
    yield Problem(
        location=document.at(*found[0].span()),
        parameters={"word": normalize("NFC", found[0][0])[:_SHOWN], "count": len(found)},
        fix=Fix(title="NFC", edits=edits, safe=True),
        subject="",
    )
