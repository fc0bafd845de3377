"""The external addresses of a framework, each with all places where it stands.

They are asked for without their fragment: a website never gets to see that. Addresses of
this framework's own pages are left to ``links/own-site``, and mistakes in writing to
``links/malformed-url``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipeline.findings import Edit, Fix
from pipeline.model.load import nodes_at
from pipeline.rules.links.address import EXTERNAL
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.own_site import is_own
from pipeline.rules.links.resolve import leads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.model.framework import Framework
    from pipeline.rules.links.answers import Answer
    from pipeline.rules.links.resolve import Lead
    from pipeline.text import Location

# Characters that could mean something else in YAML, or end a value.
_MEANINGFUL = frozenset(" \t\r\n\"'\\,[]{}`")


class Spot(NamedTuple):
    """A place with an external address: as it was written there, fragment included.

    ``lead`` is the link in running text, ``field`` the path of the field in the front matter.
    A ``made`` address was not written but follows from what was.
    """

    location: Location
    written: str
    lead: Lead | None = None
    field: str = ""
    made: bool = False

    def rewritten(self, address: str) -> str:
        """Give another address with this one's fragment, unless it has its own."""
        fragment = self.written.partition("#")[2]
        return f"{address}#{fragment}" if fragment and "#" not in address else address

    def retargeted(self, address: str) -> Fix | None:
        """Offer another address; none where it cannot be written without knowing more."""
        if self.lead is not None:
            return retarget(self.lead, address)
        place = self.location
        start = place.text.find(self.written)
        if start < 0 or _MEANINGFUL & set(address):
            return None
        written = place.source.at(place.start + start, place.start + start + len(self.written))
        return Fix(title=f"{self.written} → {address}", edits=(Edit(location=written, replacement=address),))


class Outside(NamedTuple):
    """An external address to ask for, with its places in reading order."""

    address: str
    spots: tuple[Spot, ...]


class Answered(NamedTuple):
    """An external address and the answer to it."""

    outside: Outside
    answer: Answer


def outsides(framework: Framework, made: Iterable[Spot] = ()) -> tuple[Outside, ...]:
    """Give each external address once, sorted; ``made`` are more than stand in the texts."""
    found: dict[str, list[Spot]] = {}
    for spot in (*_in_bodies(framework), *_in_fields(framework), *made):
        address = to_ask(spot.written)
        if address and framework.settings.asks(address):
            found.setdefault(address, []).append(spot)
    return tuple(Outside(address=address, spots=tuple(found[address])) for address in sorted(found))


def answered(addresses: Iterable[Outside], answers: Mapping[str, Answer]) -> tuple[Answered, ...]:
    """Put the answers with their addresses; an address without one is left out."""
    return tuple(Answered(outside=each, answer=answers[each.address]) for each in addresses if each.address in answers)


def to_ask(written: str) -> str:
    """Give the form in which an address is asked for; empty for what is no web address."""
    try:
        parts = urlsplit(written.strip())
        named = parts.scheme in {"http", "https"} and parts.hostname
    except ValueError:
        return ""
    if not named or any(char.isspace() for char in parts.netloc):
        return ""
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/", fragment="").geturl()


def _in_bodies(framework: Framework) -> Iterator[Spot]:
    for lead in leads(framework):
        if lead.address.sort == EXTERNAL and not is_own(lead, framework):
            yield Spot(location=target_place(lead), written=lead.link.target.strip(), lead=lead)


def _in_fields(framework: Framework) -> Iterator[Spot]:
    for entry in framework.entries:
        if entry.node is None:
            continue
        for pattern in entry.kind.addresses:
            for path, node in nodes_at(entry.node, pattern, ()):
                if isinstance(node.value, str):
                    yield Spot(
                        location=entry.document.place(node),
                        written=node.value.strip(),
                        field=".".join(map(str, path)),
                    )
