"""A title does not start with a verb that tells what to do.

The title of a measure is its shortest instruction. "Maak een overzicht" says what to do;
"Overzicht van algoritmes" could be anything.

Bad: ``title: Het beoordelen van data``

Good: ``title: Beoordeel of je gegevens goed genoeg zijn``

Mend it: start with the verb: maak, stel, controleer. Does the title start with such a verb
and is it not known? Add it to ``style.titles.verbs`` in the schemas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.imperatives import imperative_in, is_imperative
from pipeline.rules.style.prose import writings_of
from pipeline.rules.text.unfinished import unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="De titel begint met “{word}”; dat is geen werkwoord dat zegt wat je doet.",
        en="The title starts with “{word}”, which is no verb that says what to do.",
    ),
    help=Text(
        nl="De titel is de kortste opdracht. Begin met een werkwoord, zoals “Maak”, “Stel” of “Controleer”.",
        en="The title is the shortest instruction. Start with a verb, such as “Maak”, “Stel” or “Controleer”.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for the first word in the list of verbs."""
    if not kind.style.imperative:
        return
    verbs = {verb.lower() for verb in kind.style.verbs}
    for each in writings_of(document, kind):
        title = each.title
        if title is None or is_imperative(title.text, verbs) or unfinished(title.text):
            continue  # text/placeholder tells of a title that is still to come
        start = len(title.text) - len(title.text.lstrip())
        word = title.text.split(maxsplit=1)[0]
        found = imperative_in(title.text)
        yield Problem(
            location=title.place(start, start + len(word)),
            field=title.field,
            parameters={"word": word, "suggestions": (found,) if found else ()},
        )
