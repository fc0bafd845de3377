"""An advice says that something must be done, without a reference to the rule that says so.

Readers must be able to tell law from advice. In an advice, "moet" and "verplicht" are kept for
what a law demands, with a reference in the same sentence.

Bad: "Je moet elke maand een steekproef nemen."

Good: "Neem elke maand een steekproef." Or: "Je moet logs bewaren ({bron:aia:26.6})."

Mend it: write an advice as an instruction ("neem", "overweeg"), or add the reference.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.style.prose import PROSE, TITLE, writings_of
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.documents.document import Document
    from pipeline.documents.sentences import Sentence
    from pipeline.model.kinds import Kind
    from pipeline.rules.style.prose import Writing

_MUST = lazy_pattern(
    r"\b(?:moet(?:en)?|(?:mag|mogen)(?=(?:[ \n]++\w++){0,3}?[ \n]++(niet|geen)\b)|verplicht(?:e|en|ing|ingen)?)\b",
    re.IGNORECASE,
)
# "wat het algoritme moet kunnen", "of je een DPIA moet doen": no duty is laid on anyone.
_QUESTION = lazy_pattern(r"\b(?:wat|wie|hoe|hoeveel|of|waar\w*|wanneer|welke?|waarom)\b[^,.;:!?()]*\Z", re.IGNORECASE)
_DENIED = lazy_pattern(r"\b(?:niet|geen|nooit|zonder)(?:[ \n]++\w++)?[ \n]++\Z", re.IGNORECASE)
_REACH: Final = 200


@document_rule(
    severity=Severity.WARNING,
    message=Text(
        nl="“{word}” klinkt als een plicht, maar er staat geen verwijzing naar een wet bij.",
        en="“{word}” sounds like a duty, but there is no reference to a law beside it.",
    ),
    help=Text(
        nl="Dit is advies. Schrijf het als opdracht (“doe”, “overweeg”). "
        "Is het echt een plicht? Verwijs dan in dezelfde zin naar het vereiste of de wet.",
        en="This is advice. Write it as an instruction (“do”, “consider”). "
        "Is it a duty after all? Then refer to the requirement or the law in the same sentence.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for words of duty in texts without a mention of what binds."""
    if not kind.style.binding or not _MUST.search(document.source.text):
        return
    # A title that is no instruction is told by `style/title-imperative`.
    left_out = {PROSE, TITLE} if kind.style.imperative else {PROSE}
    mentions = document.body.mentions if document.body else ()
    binding = [mention.start for mention in mentions if mention.kind in kind.style.binding]
    for each in writings_of(document, kind):
        for writing in each.all:
            if writing.part in left_out or not _MUST.search(writing.text):
                continue
            for sentence in writing.sentences:
                found = _duty(writing.text, sentence)
                if found and not _refers(writing, sentence, binding):
                    place = writing.place(*found.span())
                    word = f"{found[0]} … {found[1]}" if found[1] else found[0]
                    yield Problem(location=place, field=writing.field, parameters={"word": word})


def _duty(text: str, sentence: Sentence) -> re.Match[str] | None:
    """Give the first word of duty in a sentence that lays one on somebody."""
    for match in _MUST.finditer(text, sentence.start, sentence.end):
        before = text[max(sentence.start, match.start() - _REACH) : match.start()]
        if match[0].lower().startswith("verplicht"):
            # "Verplicht de leverancier om …" is an instruction itself.
            if not _DENIED.search(before) and not (match[0] == "Verplicht" and match.start() == sentence.start):
                return match
        elif not _QUESTION.search(before):
            return match
    return None


def _refers(writing: Writing, sentence: Sentence, binding: Sequence[int]) -> bool:
    """Whether one of the mentions of what binds, by where they begin, stands in this sentence."""
    place = writing.place(sentence.start, sentence.end)
    return bisect.bisect_left(binding, place.start) < bisect.bisect_left(binding, place.end)
