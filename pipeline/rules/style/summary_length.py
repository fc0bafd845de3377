"""A summary is too short or too long, repeats the title, or does not end in a full stop.

The summary stands below the title in lists, search results and previews. A few words tell
nothing new there, and a long text is cut off.

Bad: ``toelichting: Overzicht van algoritmes``

Good: two or three short sentences, of 10 to 40 words together, that say what it comes down to.

Mend it: say in your own words what it is for and what it takes. Details belong in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.sentences import count_words
from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import writings_of
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind
    from pipeline.model.style import Style
    from pipeline.rules.style.prose import Writing

_PUNCTUATION = lazy_pattern(r"[\W_]++")
_ENDS = lazy_pattern(r"[.!?…][\"'”’»)\]]*+\Z")


@document_rule(
    severity=Severity.ERROR,
    message={
        "short": Text(
            nl="De samenvatting heeft te weinig woorden: {count}, terwijl er minstens {limit} nodig zijn.",
            en="The summary has too few words: {count}, where at least {limit} are needed.",
        ),
        "long": Text(
            nl="De samenvatting heeft {count} woorden, terwijl er {limit} passen.",
            en="The summary has {count} words, where {limit} fit.",
        ),
        "same": Text(
            nl="De samenvatting zegt hetzelfde als de titel.",
            en="The summary says the same as the title.",
        ),
        "": Text(
            nl="De samenvatting eindigt niet met een punt.",
            en="The summary does not end in a full stop.",
        ),
    },
    help={
        "short": Text(
            nl="De lezer ziet deze tekst onder de titel. Schrijf een of twee zinnen die meer zeggen dan de titel.",
            en="Readers see this text below the title. Write one or two sentences that say more than the title.",
        ),
        "long": Text(
            nl="In lijsten en zoekresultaten valt het eind weg. Houd over waar het op neerkomt, "
            "en zet de rest in de tekst zelf.",
            en="Lists and search results cut off its end. Keep what it comes down to, and put the rest in the text.",
        ),
        "same": Text(
            nl="De lezer ziet beide onder elkaar. Leg hier in eigen woorden uit waar het op neerkomt.",
            en="Readers see both, one below the other. Explain here in your own words what it comes down to.",
        ),
        "": Text(
            nl="Een samenvatting bestaat uit hele zinnen. Zet er een punt achter.",
            en="A summary is made of whole sentences. End it with a full stop.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Compare with the title, count the words, look at the last character."""
    style = kind.style
    if not (any(style.summary_words) or style.summary_differs or style.summary_stop):
        return
    for each in writings_of(document, kind):
        if each.summary is not None:
            problem = _problem(each.summary, each.title, style)
            if problem:
                yield problem


def _problem(summary: Writing, title: Writing | None, style: Style) -> Problem | None:
    place, field = summary.place(), summary.field
    if style.summary_differs and title is not None and _bare(title) == _bare(summary):
        return Problem(location=place, variant="same", field=field, related=(title.place(),))
    count, (least, most) = count_words(summary.text), style.summary_words
    for variant, limit, wrong in (("short", least, count < least), ("long", most, 0 < most < count)):
        if wrong:
            return Problem(location=place, variant=variant, field=field, parameters={"count": count, "limit": limit})
    text = summary.text.rstrip()
    if style.summary_stop and not _ENDS.search(text):
        last = summary.place(len(text) - 1, len(text))
        edit = Edit(location=last, replacement=f"{text[-1]}.")
        fix = Fix(title=f"{text[-1]} → {text[-1]}.", edits=(edit,), safe=True)
        return Problem(location=last, field=field, fix=fix if text[-1].isalnum() and last.text == text[-1] else None)
    return None


def _bare(writing: Writing) -> str:
    return _PUNCTUATION.sub(" ", writing.text).strip().casefold()
