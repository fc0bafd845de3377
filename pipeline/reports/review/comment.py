"""A review in words, as Markdown for GitHub: the comment on a pull request, the summary of a run.

Verdict first, then the new problems, then old ones of what was touched, then what the change means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.errors import Text
from pipeline.findings import State
from pipeline.reports.changes.words import EXPLAINED, WEIGHTS
from pipeline.reports.markdown import code, link
from pipeline.reports.review.fit import Block, fitted
from pipeline.reports.review.meaning import meaning
from pipeline.reports.review.values import WORST_FIRST
from pipeline.reports.words import MANY, ONE, counted, joined, severity_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.compare.changes import Weight
    from pipeline.reports.review.around import Around
    from pipeline.reports.review.values import Review, Tally, Told
    from pipeline.reports.review.words import Words

MARKER: Final = "<!-- kader:review -->"
"""First line of the comment. Nobody sees it; with the author it tells which comment is ours."""

LIMIT: Final = 65_536
"""Most characters of a comment on GitHub."""

SUMMARY_LIMIT: Final = 1_048_576
"""Most bytes of the summary of a step."""

NEW_SHOWN: Final = 50
OLD_SHOWN: Final = 20
CHANGES_SHOWN: Final = 40
CHECKER_SHOWN: Final = 5

_STOPPED: Final = Text(
    nl="Verbeter de fouten; dan kan deze wijziging verder. Waarschuwingen en tips houden niets tegen.",
    en="Mend the errors, and this change can go on. Warnings and notices stop nothing.",
)
_NOT_STOPPED: Final = Text(
    nl="Dit houdt de wijziging niet tegen. Kijk of je er iets mee kunt.",
    en="This does not stop the change. See whether you can use it.",
)
_NOT_YET: Final = Text(nl="Nog niet klaar: {found}", en="Not ready yet: {found}")
_NO_ERRORS: Final = Text(nl="Geen fouten, wel {found}", en="No errors, but {found}")
_NOTHING: Final = Text(nl="Geen nieuwe problemen", en="No new problems")
_UNFINISHED: Final = Text(nl="De controle is niet afgemaakt", en="The check did not finish")
_WHY_UNFINISHED: Final = Text(
    nl="Er ging iets mis met de controle zelf, dus dit oordeel is niet volledig. Kijk in het {log}.",
    en="Something went wrong with the check itself, so this judgment is not complete. Look in the {log}.",
)
_LOG: Final = Text(nl="log van de controle", en="log of the check")
_SOLVED: Final = Text(nl="Opgelost: {found}. Dank je wel!", en="Solved: {found}. Thank you!")
_ALL_SOLVED: Final = Text(
    nl="Alle problemen in deze wijziging zijn opgelost. Dank je wel!",
    en="All problems in this change are solved. Thank you!",
)
_CHECKER: Final = Text(
    nl="Deze wijziging verandert ook de controle zelf: {files}. Wat hieronder staat, is het oordeel van de "
    "gewijzigde controle. Kijk die bestanden eerst zelf na.",
    en="This change alters the check itself: {files}. What follows is the judgment of the altered check. "
    "Look at those files yourself first.",
)
_UNSEEN: Final = Text(
    nl="Deze wijziging raakt zo veel bestanden dat niet te zien is of ze ook de controle zelf verandert. "
    "Kijk dat eerst zelf na.",
    en="This change touches so many files that nobody can see here whether it alters the check itself. "
    "Look at that yourself first.",
)
_AND_MORE: Final = Text(nl="en nog {count}", en="and {count} more")
_NEW: Final = Text(nl="Nieuwe problemen", en="New problems")
_OLD: Final = Text(nl="Was er al in wat je wijzigt: {found}", en="There before in what you change: {found}")
_MEANS: Final = Text(nl="Wat deze wijziging betekent", en="What this change means")
_HEAVIEST: Final = Text(nl="De zwaarste wijziging is {weight}.", en="The heaviest change is {weight}.")
_REST: Final = Text(nl="En nog {count}. {where}", en="And {count} more. {where}")
_WHERE: Final = Text(nl="Alles staat in het {summary}.", en="The {summary} has them all.")
_SUMMARY: Final = Text(nl="overzicht van de controle", en="summary of the check")
_BOTTOM: Final = Text(
    nl="Deze reactie wordt bij elke wijziging bijgewerkt. In het {summary} staat alles, met een voorbeeld van de site.",
    en="This comment follows every change. The {summary} has everything, with a preview of the site.",
)
_IN: Final = Text(nl="in", en="in")


def comment(review: Review, around: Around) -> str:
    """Write the comment in full; it ends with a line end, and is never longer than GitHub takes."""
    bottom = _linked(_BOTTOM, around, summary=_SUMMARY) if around.run else ""
    top = f"{MARKER}\n{_top(review, around)}"
    blocks = [_new(review, around, NEW_SHOWN), _old(review, around, OLD_SHOWN), _means(review, around, CHANGES_SHOWN)]
    return fitted(top, blocks, f"\n---\n{bottom}\n" if bottom else "", LIMIT)


def all_solved(around: Around) -> str:
    """Write the comment for when there is nothing to say any more."""
    return f"{MARKER}\n{around.words.text(_ALL_SOLVED)}\n"


def has_news(review: Review, around: Around) -> bool:
    """Whether there is something to say: a new problem, or a reason not to trust that there is none."""
    return review.new.total > 0 or bool(around.checker) or around.unseen or not around.finished


def summary(review: Review, around: Around) -> str:
    """Write the summary of a run: the same words, and as much as fits."""
    blocks = [_new(review, around), _old(review, around), _means(review, around)]
    return fitted(_top(review, around), blocks, "", SUMMARY_LIMIT)


def item(told: Told, around: Around) -> str:
    """Write a finding as an item of a list: what, where, why and how; empty where it has no words."""
    sentences = around.words.of(told)
    if sentences is None:
        return ""
    sort = severity_word(told.severity, around.words.language).capitalize()
    place = around.place(told.path, told.span.line)
    where = f"- **{sort}** {around.words.text(_IN)} {place} ({code(told.rule)})"
    return "\\\n  ".join(filter(None, (where, *sentences))) + "\n"


def tally(counts: Tally, language: str, adjective: Text | None = None) -> str:
    """Write ``2 fouten en 1 tip``, the worst first; empty where there are none."""
    extra = f"{adjective.in_language(language)} " if adjective else ""
    numbers = [(counts.of(severity), severity) for severity in WORST_FIRST]
    words = [
        f"{count} {extra}{(ONE if count == 1 else MANY)[severity].in_language(language)}"
        for count, severity in numbers
        if count
    ]
    return joined(words, language)


def _top(review: Review, around: Around) -> str:
    solved = tally(review.solved, around.words.language)
    paragraphs = [
        f"### {_verdict(review, around)}",
        _advice(review, around),
        around.words.say(_SOLVED, found=solved) if solved else "",
        _banner(around),
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _verdict(review: Review, around: Around) -> str:
    if not around.finished:
        return around.words.text(_UNFINISHED)
    found = tally(review.new, around.words.language, Text(nl="nieuwe", en="new"))
    template = _NOT_YET if review.new.errors else _NO_ERRORS if review.new.total else _NOTHING
    return around.words.say(template, found=found)


def _advice(review: Review, around: Around) -> str:
    if not around.finished:
        return _linked(_WHY_UNFINISHED, around, log=_LOG)
    if not review.new.total:
        return ""
    return around.words.text(_STOPPED if review.new.errors else _NOT_STOPPED)


def _banner(around: Around) -> str:
    files = [code(path) for path in around.checker[:CHECKER_SHOWN]]
    if around.checker[CHECKER_SHOWN:]:
        files.append(around.words.say(_AND_MORE, count=len(around.checker) - CHECKER_SHOWN))
    text = around.words.say(_CHECKER, files=", ".join(files)) if files else ""
    text = text or (around.words.text(_UNSEEN) if around.unseen else "")
    return f"> [!WARNING]\n> {text}" if text else ""


def _new(review: Review, around: Around, most: int = 0) -> Block:
    found = review.of_state(State.NEW)
    items = tuple(filter(None, (item(each, around) for each in found)))
    return Block(
        head=f"\n#### {around.words.text(_NEW)}\n\n",
        items=items,
        rest=lambda count: _rest(count, around),
        most=most,
        uncounted=max(0, review.new.total - len(items)),
    )


def _old(review: Review, around: Around, most: int = 0) -> Block:
    items = tuple(filter(None, (item(each, around) for each in review.of_state(State.OLD))))
    found = around.words.say(_OLD, found=_count(review.of_state(State.OLD), around))
    return Block(
        head=f"\n<details>\n<summary>{found}</summary>\n\n",
        items=items,
        rest=lambda count: _rest(count, around),
        foot="\n</details>\n",
        most=most,
    )


def _count(found: Iterable[Told], around: Around) -> str:
    number = len(list(found))
    return counted(
        number, Text(nl="probleem", en="problem"), Text(nl="problemen", en="problems"), around.words.language
    )


def _heaviest(weight: Weight | None, words: Words) -> str:
    if weight is None:
        return ""
    told = words.say(_HEAVIEST, weight=words.text(WEIGHTS[weight]).lower())
    return f"{told} {words.text(EXPLAINED[weight])}\n\n"


def _means(review: Review, around: Around, most: int = 0) -> Block:
    gone = review.left_out
    return Block(
        head=f"\n#### {around.words.text(_MEANS)}\n\n{_heaviest(review.changes.weight, around.words)}",
        items=tuple(meaning(review.changes, around)),
        rest=lambda count: _rest(count, around),
        most=most,
        uncounted=gone.entries + gone.relations + gone.redirects,
    )


def _rest(count: int, around: Around) -> str:
    where = _linked(_WHERE, around, summary=_SUMMARY) if around.run else ""
    return f"\n{around.words.say(_REST, count=count, where=where).rstrip()}\n"


def _linked(template: Text, around: Around, **labels: Text) -> str:
    """Fill our own sentence with a link to the run; just the words where its address is unknown."""
    words = around.words
    shown = {
        name: link(words.text(text), around.run) if around.run else words.text(text) for name, text in labels.items()
    }
    return words.say(template, **shown)
