"""A title is too long, or strings titles together with colons.

Long titles are cut off in lists and search results, and nobody remembers them.

Bad: a title of 120 characters where 80 fit.

Good: ``title: Doe vooraf een DPIA bij een hoog privacyrisico``

Mend it: say in a few words what it is about. Details belong in the summary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import writings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="De titel heeft {count} tekens, terwijl er {limit} passen.",
            en="The title has {count} characters, where {limit} fit.",
        ),
        "colons": Text(
            nl="De titel heeft {count} dubbele punten, terwijl {limit} genoeg is.",
            en="The title has {count} colons, where {limit} will do.",
        ),
    },
    help=Text(
        nl="In lijsten en zoekresultaten valt het eind van een lange titel weg. "
        "Zeg in een paar woorden waar het om gaat, en zet de rest in de samenvatting.",
        en="Lists and search results cut off a long title. "
        "Say in a few words what it is about, and put the rest in the summary.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Count characters, then colons."""
    style = kind.style
    if not style.title_characters and not style.title_colons:
        return
    for each in writings_of(document, kind):
        if each.title is None:
            continue
        counts = {
            "": (len(each.title.text), style.title_characters),
            "colons": (each.title.text.count(": "), style.title_colons),
        }
        for variant, (count, limit) in counts.items():
            if 0 < limit < count:
                parameters = {"count": count, "limit": limit}
                yield Problem(
                    location=each.title.place(), variant=variant, field=each.title.field, parameters=parameters
                )
                break
