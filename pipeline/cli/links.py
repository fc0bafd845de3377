"""``kader links``: whether the pages that links lead to are still there."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.answers import Inquiry, Notes
from pipeline.cli.checking import write
from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.errors import Text, UserError
from pipeline.exports.law import MADE_FROM, identifiers_of, law_url
from pipeline.findings import Outcome
from pipeline.reports.layout import wrap
from pipeline.reports.registry import FORMATS
from pipeline.reports.words import counted, joined
from pipeline.rules.links import answers as sorts
from pipeline.rules.links.answers import host_of, judge
from pipeline.rules.links.outside import Spot, answered, outsides
from pipeline.rules.run import check_answers
from pipeline.world.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.cli.options import Options
    from pipeline.model.framework import Framework
    from pipeline.rules.links.outside import Answered, Outside

ADDRESS: Final = Text(nl="adres", en="address")
ADDRESSES: Final = Text(nl="adressen", en="addresses")
WEBSITE: Final = Text(nl="website", en="website")
WEBSITES: Final = Text(nl="websites", en="websites")
# What keeps a page from being seen, after the number of addresses.
DOUBTS: Final = {
    sorts.LOCKED: Text(
        nl="achter een wachtwoord of dicht voor programma's", en="behind a password or closed to programs"
    ),
    sorts.BUSY: Text(nl="te druk", en="too busy"),
    sorts.FAILING: Text(nl="met een storing", en="with a fault"),
    sorts.NOT_ASKED: Text(nl="niet gevraagd", en="not asked"),
    sorts.UNCLEAR: Text(nl="zonder duidelijk antwoord", en="without a clear answer"),
}


@click.command("links")
@shared
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="terminal",
    show_default=True,
    help="How to write the findings.",
)
@click.option("--only", multiple=True, metavar="GLOB", help="Only addresses like this: 'https://*.nl/*.pdf'.")
@click.option("--host", multiple=True, metavar="GLOB", help="Only websites like this: '*.overheid.nl'.")
@click.option(
    "--max-age",
    type=click.IntRange(0, 3650),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="How long a good answer counts; a bad one counts for a day at most. 0: ask everything again.",
)
@click.option("--offline", is_flag=True, help="Ask nothing; use the answers that were kept, however old.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to keep answers in. Default: one in your own cache directory.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 600),
    default=20,
    show_default=True,
    metavar="SECONDS",
    help="How long a website may take to answer.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help="Websites to ask at the same time; each gets one request at a time.",
)
@click.option("--loopback", is_flag=True, hidden=True)
def command(
    options: Options,
    *,
    form: str,
    only: tuple[str, ...],
    host: tuple[str, ...],
    max_age: int,
    offline: bool,
    cache: Path | None,
    timeout: float,
    concurrency: int,
    loopback: bool,
) -> int:
    """Ask the websites that links lead to whether the pages are still there.

    Exit code 1 when there is an error; warnings, such as a dead link, do not count.
    """
    framework = read_framework(options, sound_schemas(options))
    everything = outsides(framework, _made(framework))
    wanted = _chosen(everything, only, host)
    names = [each.address for each in wanted]
    notes = Notes(options, cache or _default_place())
    answers = notes.recall(names, None if offline else timedelta(days=max_age))
    if not offline:
        inquiry = Inquiry(options=options, timeout=timeout, concurrency=concurrency, loopback=loopback)
        missing = [name for name in names if name not in answers]
        answers |= inquiry.ask(missing, [each.address for each in everything], notes)
    found = answered(wanted, answers)
    findings = check_answers(framework, found)
    outcome = Outcome(findings=findings, files=len(framework.documents), entries=len(framework.entries))
    write(options, form, outcome)
    if not options.quiet:
        sys.stdout.flush()
        summary = _summary(found, len(wanted) - len(found), options.language)
        click.echo("\n".join(wrap(summary, options.width)), err=form != "terminal")
    return int(outcome.fails)


def _default_place() -> Path | None:
    try:
        return cache_folder(os.environ) / "links.json"
    except RuntimeError:  # a user without a home
        return None


def _made(framework: Framework) -> Iterator[Spot]:
    """Give the addresses of sources of law that follow from their numbers."""
    for entry in framework.entries:
        identifiers = identifiers_of(entry)
        scheme = next((scheme for scheme in MADE_FROM if scheme in identifiers), "")
        field = entry.kind.identifiers.get(scheme, "")
        node = entry.node.child(field) if entry.node is not None else None
        if node is not None:
            yield Spot(location=entry.document.place(node), written=law_url(identifiers), field=field, made=True)


def _chosen(everything: Sequence[Outside], only: Sequence[str], hosts: Sequence[str]) -> list[Outside]:
    """Give the addresses that were asked about."""
    wanted = [
        each
        for each in everything
        if (not only or any(fnmatchcase(each.address, pattern) for pattern in only))
        and (not hosts or any(fnmatchcase(host_of(each.address), pattern.lower()) for pattern in hosts))
    ]
    if everything and not wanted:
        raise UserError(
            nl="Geen enkele link past bij --only en --host. Kijk of het patroon klopt.",
            en="No link fits --only and --host. See whether the pattern is right.",
        )
    return wanted


def _summary(found: Sequence[Answered], without: int, language: str) -> str:
    """Say how much was asked, and of how much nothing can be said."""
    websites = {host_of(each.outside.address) for each in found}
    number = counted(len(found), ADDRESS, ADDRESSES, language)
    places = counted(len(websites), WEBSITE, WEBSITES, language)
    text = Text(nl=f"Gekeken naar {number} van {places}.", en=f"Looked at {number} of {places}.")
    sentences = [text.in_language(language)]
    counts = Counter(judge(each.outside.address, each.answer).sort for each in found)
    doubts = [f"{counts[sort]} {words.in_language(language)}" for sort, words in DOUBTS.items() if counts[sort]]
    if doubts:
        number = counted(sum(counts[sort] for sort in DOUBTS), ADDRESS, ADDRESSES, language)
        why = joined(doubts, language)
        text = Text(
            nl=f"Bij {number} is niet te zien of de pagina er is: {why}.",
            en=f"Of {number} it cannot be seen whether the page is there: {why}.",
        )
        sentences.append(text.in_language(language))
    if without:
        number = counted(without, ADDRESS, ADDRESSES, language)
        text = Text(nl=f"Van {number} is geen antwoord bewaard.", en=f"No answer was kept for {number}.")
        sentences.append(text.in_language(language))
    return " ".join(sentences)
