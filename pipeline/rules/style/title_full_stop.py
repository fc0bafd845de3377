"""A title ends in a full stop, or is made of several sentences.

A title is a label in lists, search results and links. Nothing follows a stop there, and a
second sentence belongs in the summary.

Bad: ``title: Maak een overzicht van je algoritmes.``

Good: ``title: Maak een overzicht van je algoritmes``

Mend it: take the stop away. Keep the sentence that says most, and move the others to the summary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.sentences import ends_in_abbreviation, sentences
from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import writings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.rules.style.prose import Writing


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="De titel eindigt met een punt.", en="The title ends in a full stop."),
        "sentences": Text(
            nl="De titel heeft {count} zinnen, terwijl er één past.",
            en="The title has {count} sentences, where one fits.",
        ),
    },
    help={
        "": Text(
            nl="Een titel staat in lijsten en links, waar geen punt hoort. Haal de punt weg.",
            en="Titles stand in lists and links, where no full stop belongs. Take it away.",
        ),
        "sentences": Text(
            nl="Houd de zin die het meeste zegt, zonder punt. Zet de rest in de samenvatting.",
            en="Keep the sentence that says most, without its stop. Put the rest in the summary.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at the last character, and for a stop before it."""
    if kind.style.title_stop or "." not in document.source.text:
        return
    for each in writings_of(document, kind):
        if each.title and "." in each.title.text:
            yield from _problems(each.title)


def _problems(title: Writing) -> Iterator[Problem]:
    text = title.text.rstrip()
    found = [each for each in sentences(text) if text[each.end - 1] == "." or each.end == len(text)]
    if len(found) > 1:
        place = title.place(found[0].end - 1, found[0].end)
        yield Problem(location=place, variant="sentences", field=title.field, parameters={"count": len(found)})
    elif text.endswith(".") and not ends_in_abbreviation(text):
        whole = title.place(len(text.rstrip(". ")), len(title.text))
        fix = Fix(title=". → “”", edits=(Edit(location=whole, replacement=""),), safe=True)
        yield Problem(
            location=title.place(len(text.rstrip(".")), len(text)),
            field=title.field,
            fix=fix if not whole.text.strip(". ") else None,
        )
