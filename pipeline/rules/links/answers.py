"""What came of asking for an external address, and what that means.

Only what is beyond doubt counts against a link. A website that asks for a password, refuses
programs or has a bad day says nothing about the page: the answer is unclear then.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from urllib.parse import SplitResult

# Why there is no status. These mean that nobody gets to the page …
NAME: Final = "name"
"""No website has that name."""
LOOKUP: Final = "lookup"
"""Nobody could tell where the website of that name is."""
UNREACHABLE: Final = "unreachable"
"""It takes no connection."""
SILENT: Final = "silent"
"""It takes one and gives no answer in time."""
CERTIFICATE: Final = "certificate"
"""Its certificate has expired, is for another name, or was made by itself."""
# … and these that it could not be found out.
TLS: Final = "tls"
"""No secure connection; a browser may know a way that we do not."""
BROKEN: Final = "broken"
"""The answer is no HTTP, or stops halfway its first lines."""
PROXY: Final = "proxy"
"""The proxy between us and the website gave no way through."""
LOOP: Final = "loop"
"""It redirects in a circle, or on and on: often to those who take no cookies."""
TARGET: Final = "target"
"""It redirects to what is no web address."""
PRIVATE: Final = "private"
"""It stands in a network that is not public; not asked."""
CREDENTIALS: Final = "credentials"
"""The address has a name or password in it; not asked."""
ADDRESS: Final = "address"
"""The address cannot be asked for."""
SPARED: Final = "spared"
"""Its website had given enough trouble already; not asked."""

OFFLINE: Final = frozenset({NAME, LOOKUP, UNREACHABLE, SILENT, PROXY})
"""What every website seems to do where there is no network."""

# Verdicts.
FINE: Final = "fine"
DEAD: Final = "dead"
LOST: Final = "lost"
MOVED: Final = "moved"
LOCKED: Final = "locked"
BUSY: Final = "busy"
FAILING: Final = "failing"
NOT_ASKED: Final = "not-asked"
UNCLEAR: Final = "unclear"

DOUBTFUL: Final = (LOCKED, BUSY, FAILING, NOT_ASKED, UNCLEAR)
"""Verdicts that say nothing about the page."""

_GONE: Final = (404, 410)
_PERMANENT: Final = (301, 308)
_LOCKED: Final = (401, 403, 407, 451, 999)
_DEAD: Final = frozenset({NAME, LOOKUP, UNREACHABLE, SILENT, CERTIFICATE})
_NOT_ASKED: Final = frozenset({PRIVATE, CREDENTIALS, ADDRESS, SPARED})
_SERVER_ERRORS: Final = range(500, 600)
_SUCCESS: Final = range(200, 300)

_LONGEST: Final = 1000
# Steps in the path of a front page: of the whole site, or in one language.
_FRONT = lazy_pattern(
    r"(?:index|home|homepage|default|start|welkom|welcome)(?:\.[a-z]{2,5})?|(?:nl|en|fy|fr|de|es)(?:[-_][a-z]{2})?",
    re.IGNORECASE,
)
# Pages that stand between a visitor and what they came for, and addresses made for one visit.
_BETWEEN = lazy_pattern(
    r"[/.](?:log-?in|log-?on|sign-?in|inloggen|aanmelden|auth|oauth2?|sso|saml2?|cas|adfs|consent|cookie-?wall"
    r"|captcha|challenge|blocked|forbidden|access-?denied|maintenance|onderhoud"
    r"|error|fout(?:pagina)?|404|not-?found|page-?not-?found|(?:pagina-?)?niet-?gevonden)(?![a-z0-9])"
    r"|[;?&](?:[a-z]*sess(?:ion)?(?:id)?|sid|return[a-z_-]*|redirect[a-z_-]*|continue|goto|next|service|utm_[a-z]+)=",
    re.IGNORECASE,
)


class Hop(NamedTuple):
    """A redirect: its status and the whole address that it leads to."""

    status: int
    address: str


class Answer(NamedTuple):
    """The last status and the redirects before it; or the trouble that kept a status away."""

    status: int = 0
    trouble: str = ""
    hops: tuple[Hop, ...] = ()


class Verdict(NamedTuple):
    """What an answer means; ``address`` is where the page moved to."""

    sort: str
    address: str = ""


def judge(address: str, answer: Answer) -> Verdict:
    """Say what an answer means for links to an address."""
    if answer.trouble:
        return Verdict(sort=DEAD if answer.trouble in _DEAD else _unanswered(answer.trouble))
    if answer.status in _SUCCESS:
        return _arrived(address, answer)
    if answer.status in _GONE:
        return Verdict(sort=DEAD)
    if answer.status in _LOCKED:
        return Verdict(sort=LOCKED)
    if answer.status == 429:  # noqa: PLR2004 - too many requests
        return Verdict(sort=BUSY)
    return Verdict(sort=FAILING if answer.status in _SERVER_ERRORS else UNCLEAR)


def host_of(address: str) -> str:
    """Give the name of the website in an address; empty where there is none."""
    return _parts(address).hostname or ""


def _unanswered(trouble: str) -> str:
    return NOT_ASKED if trouble in _NOT_ASKED else UNCLEAR


def _arrived(address: str, answer: Answer) -> Verdict:
    """Judge an address that led to a page: to its own, or for good to another."""
    best = address
    for hop in answer.hops:
        if hop.status not in _PERMANENT:
            break
        if _is_front(hop.address) and _is_page(address, elsewhere=not _same_site(address, hop.address)):
            return Verdict(sort=LOST if _is_front(answer.hops[-1].address) else UNCLEAR)
        if _is_front(best) and _same_site(best, hop.address) and not _is_top(hop.address):
            break  # which of its pages is the front page is the website's own affair
        best = hop.address
    return _moved(address, best)


def _moved(address: str, best: str) -> Verdict:
    less_safe = address.startswith("https:") and best.startswith("http:")
    if less_safe or _bare(address) == _bare(best):
        return Verdict(sort=FINE)
    if len(best) > _LONGEST or _BETWEEN.search(best):
        return Verdict(sort=UNCLEAR)
    return Verdict(sort=MOVED, address=best)


def _bare(address: str) -> str:
    """Leave out of an address what makes no difference to anybody."""
    return unquote(address.partition("#")[0]).rstrip("/")


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _steps(address: str) -> list[str]:
    return [step for step in _parts(address).path.split("/") if step]


def _is_top(address: str) -> bool:
    return not _steps(address) and not _parts(address).query


def _is_front(address: str) -> bool:
    return not _parts(address).query and all(_FRONT.fullmatch(step) for step in _steps(address))


def _is_page(address: str, *, elsewhere: bool) -> bool:
    """Whether an address is surely of one page within a site.

    A short one may be another name for a whole site, on which that site then has its own.
    """
    steps = [step for step in _steps(address) if not _FRONT.fullmatch(step)]
    return len(steps) > elsewhere


def _same_site(one: str, other: str) -> bool:
    return _site(one) == _site(other)


def _site(address: str) -> str:
    return host_of(address).removeprefix("www.")
