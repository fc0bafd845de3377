"""A sentence is too long, or the sentences of a text are too long on average.

After some twenty words, readers have lost the beginning. Names of laws count as one word.

Bad: one sentence of forty words with three commas.

Good: "Vraag eerst advies. Beslis daarna zelf, en leg uit waarom."

Mend it: make two sentences of it, or a list. Start a new sentence at "waarbij", "zodat" or "en".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import writings_of
from pipeline.rules.text.lists import begins_like_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.rules.style.prose import Writings

# The mean of fewer says little.
_FEWEST: Final = 5


@document_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Deze zin heeft {count} woorden, terwijl {limit} het meeste is.",
            en="This sentence has {count} words, where {limit} is the most.",
        ),
        "mean": Text(
            nl="De zinnen in deze tekst hebben gemiddeld {count} woorden, terwijl {limit} het meeste is. "
            "Deze is de langste.",
            en="The sentences of this text have {count} words on average, where {limit} is the most. "
            "This is the longest.",
        ),
    },
    help=Text(
        nl="Bij een lange zin is de lezer het begin kwijt. Maak er twee zinnen van, of een lijst.",
        en="In a long sentence readers lose the beginning. Make two sentences of it, or a list.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Count the words of each sentence; the mean only where no sentence is too long by itself."""
    limit = kind.style.sentence_words
    if not limit and not kind.style.sentence_mean:
        return
    for each in writings_of(document, kind):
        found = False
        for writing in each.prose if limit else ():
            for sentence in writing.sentences:
                if sentence.words > limit:
                    found = True
                    place = writing.place(sentence.start, sentence.end)
                    if not begins_like_items(place.text):  # the rules on text tell that
                        parameters = {"count": sentence.words, "limit": limit}
                        yield Problem(location=place, field=writing.field, parameters=parameters)
        if kind.style.sentence_mean and not found:
            yield from _mean(each, kind.style.sentence_mean)


def _mean(writings: Writings, limit: int) -> Iterator[Problem]:
    counted = [(sentence, writing) for writing in writings.prose for sentence in writing.whole_sentences]
    total = sum(sentence.words for sentence, _ in counted)
    if len(counted) >= _FEWEST and total > limit * len(counted):
        sentence, writing = max(counted, key=lambda each: each[0].words)
        yield Problem(
            location=writing.place(sentence.start, sentence.end),
            variant="mean",
            field=writing.field,
            parameters={"count": f"{total / len(counted):.1f}".replace(".", ","), "limit": limit},
        )
