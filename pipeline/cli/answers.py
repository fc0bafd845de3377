"""What ``kader links`` knows of websites from before, and what it hears from them now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.request import getproxies

import click

from pipeline.cli.options import Progress
from pipeline.errors import UserError
from pipeline.rules.links.answers import OFFLINE, host_of
from pipeline.world.kept import Kept, read_kept, write_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import timedelta
    from pathlib import Path

    from pipeline.cli.options import Options
    from pipeline.rules.links.answers import Answer

WITNESSES: Final = 3
"""Other websites that are asked when all those that were asked give no sign of life."""


class Notes:
    """The answers that were kept, and what comes to them."""

    def __init__(self, options: Options, place: Path | None) -> None:
        """Read the file; tell the user when it is of no use."""
        self._options = options
        self._place = place
        self._file = read_kept(place) if place else None
        if self._file and self._file.foreign:
            self._say(
                f"{place} is niet van kader en blijft zoals het is. De antwoorden worden niet bewaard.",
                f"{place} is not of kader and stays as it is. The answers are not kept.",
            )
        elif self._file and self._file.damaged:
            self._say(
                f"{place} is beschadigd. Alles wordt opnieuw gevraagd.",
                f"{place} is damaged. Everything is asked again.",
            )

    def recall(self, addresses: Iterable[str], most: timedelta | None) -> dict[str, Answer]:
        """Give the answers that still count; all of them where no age is given."""
        kept: Mapping[str, Kept] = self._file.answers if self._file else {}
        now = _now()
        return {
            address: kept[address].answer
            for address in addresses
            if address in kept and (most is None or kept[address].is_fresh(now, most))
        }

    def keep(self, answers: Mapping[str, Kept]) -> None:
        """Add answers to the file; that it cannot be written is no reason to fail."""
        if not answers or self._place is None or (self._file and self._file.foreign):
            return
        try:
            write_kept(self._place, answers, _now())
        except UserError as error:
            self._say(error.text.nl, error.text.en)

    def _say(self, nl: str, en: str) -> None:
        if not self._options.quiet:
            click.echo(f"kader: {nl if self._options.language == 'nl' else en}", err=True)


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """A round of questions. ``loopback`` is for tests: this machine may be asked, without pauses."""

    options: Options
    timeout: float
    concurrency: int
    loopback: bool
    given: dict[str, Kept] = field(default_factory=dict)

    def ask(self, addresses: Sequence[str], everything: Iterable[str], notes: Notes) -> dict[str, Answer]:
        """Give the answers, and keep them; also what was heard before an interruption.

        Where nobody gives a sign of life there is no network, and then nothing is said of any link.
        """
        if not addresses:
            return {}
        sound = False
        try:
            self._ask(addresses)
            sound = self._is_network(everything)
        finally:
            notes.keep({name: each for name, each in self.given.items() if sound or each.answer.status})
        if not sound:
            number = len(set(map(host_of, addresses)))
            raise UserError(
                nl=f"Geen enkele website geeft antwoord ({number} geprobeerd). Kijk of er internet is: "
                "over de links is nu niets te zeggen.",
                en=f"No website gives an answer ({number} tried). See whether there is an internet connection: "
                "nothing can be said of the links now.",
            )
        return {address: self.given[address].answer for address in addresses}

    def _is_network(self, everything: Iterable[str]) -> bool:
        """Whether somebody answers: of those who were asked, else of some others."""
        if not self._is_quiet():
            return True
        asked = set(map(host_of, self.given))
        others = {host_of(address): address for address in everything if host_of(address) not in asked}
        self._ask(list(others.values())[:WITNESSES])
        return not self._is_quiet()

    def _is_quiet(self) -> bool:
        return all(each.answer.trouble in OFFLINE for each in self.given.values())

    def _ask(self, addresses: Sequence[str]) -> None:
        from pipeline.world.asking import Manners, ask
        from pipeline.world.web import Access

        progress = Progress(self.options, nl="Gevraagd", en="Asked")
        before = len(self.given)

        def heard(address: str, answer: Answer) -> None:
            self.given[address] = Kept(answer=answer, asked=_now())
            progress(len(self.given) - before, len(addresses))

        manners = Manners(concurrency=self.concurrency)
        if self.loopback:
            manners = Manners(concurrency=self.concurrency, pause=0, backoff=0)
        ask(
            addresses,
            heard,
            access=Access(timeout=self.timeout, proxies=_proxies(), loopback=self.loopback),
            manners=manners,
        )


def _now() -> datetime:
    return datetime.now(UTC)


def _proxies() -> dict[str, str]:
    """Give the proxies that the environment names for the web."""
    proxies = {scheme: proxy for scheme, proxy in getproxies().items() if scheme in {"http", "https"}}
    if any("://" in proxy and not proxy.startswith(("http://", "https://")) for proxy in proxies.values()):
        raise UserError(
            nl="De proxy in HTTP_PROXY of HTTPS_PROXY is van een soort die kader niet kent. "
            "Geef een adres dat begint met http://.",
            en="The proxy in HTTP_PROXY or HTTPS_PROXY is of a sort that kader does not know. "
            "Give an address that begins with http://.",
        )
    return proxies
